"""The network: a sentence encoder, the vectors at the three marks and the mean of all, and one linear head each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from detente.coding.marking import mark, token_places
from detente.coding.question import DIRECTIONS, Question, modes, types
from detente.coding.relation import LONGEST
from detente.records import STATUSES
from training.relation.examples import contexts


class RelationNetwork(nn.Module):
    """Inputs: token ids (B, T), attention mask (B, T), mark positions (B, 3) with 0 (the first token) for no mark.
    Outputs: logits of type (B, 18), mode, direction (B, 4), status (B, 8), contexts.
    """

    def __init__(self, weights: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights, dtype=torch.float32)
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        sizes = (len(types()), len(modes()), len(DIRECTIONS), len(STATUSES), len(contexts()))
        self.heads = nn.ModuleList(nn.Linear(4 * width, size) for size in sizes)

    def forward(self, ids: Tensor, mask: Tensor, at: Tensor) -> tuple[Tensor, ...]:
        """One row of logits per question and head."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        index = at.unsqueeze(-1).expand(-1, -1, states.shape[-1])
        marks = states.gather(1, index).flatten(1)
        joint = self.dropout(torch.cat([mean, marks], dim=1))
        return tuple(head(joint) for head in self.heads)


class Batcher:
    """Turns questions into the tensors of the network."""

    def __init__(self, weights: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(weights)

    def __call__(self, questions: Sequence[Question]) -> tuple[Tensor, Tensor, Tensor]:
        marked = [mark(question) for question in questions]
        coded = self.tokenizer(
            [one.text for one in marked],
            padding=True,
            truncation=True,
            max_length=LONGEST,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = coded["offset_mapping"].tolist()
        at = [token_places(one, places) for one, places in zip(marked, offsets, strict=True)]
        return coded["input_ids"], coded["attention_mask"], torch.tensor(at)
