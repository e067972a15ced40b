"""The training loop, for teacher and student alike."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.relation.augment import vary
from training.relation.examples import Example
from training.relation.network import Batcher, RelationNetwork

_SMOOTHING = 0.05
# Weights of the heads' losses beside the type's: mode, direction, status, contexts.
_BESIDE = (0.3, 0.3, 0.3, 2.0)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast: epochs, peak learning rate of the encoder (heads learn ten times as fast), batch size."""

    epochs: int
    rate: float
    batch: int = 16
    seed: int = 0
    frozen: int = 0
    taught: float = 0.0


def learn(
    network: RelationNetwork,
    batcher: Batcher,
    examples: Sequence[Example],
    plan: Plan,
    teacher: np.ndarray | None = None,
    label: str = "",
) -> None:
    """Fit the network; `teacher` (N, 18) holds probabilities of the type to learn beside the labels, NaN for none."""
    rng = random.Random(plan.seed)
    parties = _parties(examples)
    torch.manual_seed(plan.seed)
    freeze(network, plan.frozen)
    heads = list(network.heads.parameters())
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": plan.rate}, {"params": heads, "lr": plan.rate * 10}], weight_decay=0.01, fused=True
    )
    total = plan.epochs * -(-len(examples) // plan.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [plan.rate, plan.rate * 10], total_steps=total, pct_start=0.1, anneal_strategy="linear"
    )
    network.train()
    for epoch in range(plan.epochs):
        start, losses = time.monotonic(), []
        for indexes in _batches(examples, plan.batch, rng):
            varied = [vary(examples[i], parties, rng) for i in indexes]
            soft = None
            if teacher is not None:
                # Of a variant with another type the teacher has said nothing.
                same = np.array([[one.types == examples[i].types] for one, i in zip(varied, indexes, strict=True)])
                soft = torch.from_numpy(np.where(same, teacher[indexes], np.nan).astype(np.float32))
            with torch.autocast("cpu", torch.bfloat16):
                outputs = network(*batcher([one.question for one in varied]))
            loss = _loss([out.float() for out in outputs], varied, soft, plan.taught)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(loss.item())
        spent = time.monotonic() - start
        print(f"{label} epoch {epoch + 1}/{plan.epochs} loss {np.mean(losses):.3f} {spent:.0f} s", flush=True)
    network.eval()


def freeze(network: RelationNetwork, layers: int) -> None:
    """Keep the embeddings and the first `layers` of the encoder as they are; all learn if `layers` is 0."""
    for parameter in network.parameters():
        parameter.requires_grad_(True)
    if layers:
        for part in (network.encoder.embeddings, *network.encoder.encoder.layer[:layers]):
            for parameter in part.parameters():
                parameter.requires_grad_(False)


def _parties(examples: Sequence[Example]) -> list[str]:
    """The marked parties, as they are written."""
    questions = [one.question for one in examples]
    return sorted({one.text[slice(*span)] for one in questions for span in (one.actor, one.recipient) if span})


def _batches(examples: Sequence[Example], size: int, rng: random.Random) -> list[list[int]]:
    """Random batches of sentences of about one length."""
    order = list(range(len(examples)))
    rng.shuffle(order)
    pools = [order[i : i + size * 20] for i in range(0, len(order), size * 20)]
    batches = []
    for pool in pools:
        pool.sort(key=lambda i: len(examples[i].question.text))
        batches += [pool[i : i + size] for i in range(0, len(pool), size)]
    rng.shuffle(batches)
    return batches


def _loss(outputs: Sequence[Tensor], examples: Sequence[Example], soft: Tensor | None, taught: float) -> Tensor:
    kind, mode, direction, status, contexts = outputs
    log = functional.log_softmax(kind, dim=1)
    loss = torch.zeros(())
    accepted = torch.zeros_like(kind, dtype=torch.bool)
    for row, one in enumerate(examples):
        accepted[row, list(one.types)] = True
    known = accepted.any(1)
    if known.any():
        right = log[known].masked_fill(~accepted[known], float("-inf")).logsumexp(1)
        hard = (1 - _SMOOTHING) * right + _SMOOTHING * log[known].mean(1)
        loss = loss - hard.sum() / len(examples)
    if soft is not None:
        there = ~soft.isnan().any(1)
        if there.any():
            loss = loss + taught * -(soft[there] * log[there]).sum() / len(examples)
    for out, name, weight in ((mode, "mode", 0), (direction, "direction", 1), (status, "status", 2)):
        labels = torch.tensor([-100 if (v := getattr(one, name)) is None else v for one in examples])
        if (labels >= 0).any():
            summed = functional.cross_entropy(out, labels, ignore_index=-100, reduction="sum")
            loss = loss + _BESIDE[weight] * summed / len(examples)
    rows = [row for row, one in enumerate(examples) if one.contexts is not None]
    if rows:
        target = torch.zeros(len(rows), contexts.shape[1])
        for place, row in enumerate(rows):
            target[place, list(examples[row].contexts or ())] = 1
        loss = loss + _BESIDE[3] * functional.binary_cross_entropy_with_logits(contexts[rows], target)
    return loss


@torch.no_grad()
def answer(
    network: RelationNetwork, batcher: Batcher, examples: Sequence[Example], batch: int = 32, *, exact: bool = False
) -> np.ndarray:
    """Logits of the type, (N, 18), as the questions stand; in 32 bits if `exact`, else in half of them."""
    network.eval()
    found = np.zeros((len(examples), network.heads[0].out_features), dtype=np.float32)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].question.text))
    for start in range(0, len(order), batch):
        indexes = order[start : start + batch]
        with torch.autocast("cpu", torch.bfloat16, enabled=not exact):
            outputs = network(*batcher([examples[i].question for i in indexes]))
        found[indexes] = outputs[0].float().numpy()
    return found
