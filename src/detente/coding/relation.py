"""The learned relation model: which type, mode, direction and status a marked trigger has between two marked parties.

A MiniLM-L6 encoder with five heads, run by ONNX Runtime on one thread; `training/relation` makes it, the model card in
`docs/model.md` tells of what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from detente.coding.decide import PairWeights
from detente.coding.marking import mark, token_places
from detente.coding.question import DIRECTIONS, EMBARGO, Question, modes, types
from detente.errors import InstallationError
from detente.ontology import load_ontology
from detente.records import STATUSES

LONGEST: Final = 256  # tokens
_FOLDER: Final = "model"
_MEND: Final = "run `pip install --force-reinstall detente`"

Array = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The model's answer to one question: calibrated probabilities that sum to 1 each.

    `types` has the 16 PLOVER types and NONE (an embargo is a SANCTION, as the manual has it); `modes` an entry for each
    of `question.modes()`, `directions` for `DIRECTIONS`, `statuses` for `STATUSES`. `contexts` are independent.
    """

    types: dict[str, float]
    modes: dict[str, float]
    directions: dict[str, float]
    statuses: dict[str, float]
    contexts: dict[str, float]

    def mode_of(self, kind: str) -> str | None:
        """The most probable mode of a type, None if none of its modes is more probable than no mode."""
        of_kind = {name: share for name, share in self.modes.items() if name.startswith(f"{kind}:") or not name}
        best = max(of_kind, key=lambda name: of_kind[name])
        return best.partition(":")[2] or None


class RelationModel:
    """The model of a folder with `relation.onnx`, `relation.json` and `tokenizer.json`; keeps no state between calls.

    Raises:
        InstallationError: a file is missing, is not the one that was trained, or knows other labels than the tables.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        where = folder or files("detente.coding") / _FOLDER
        try:
            card = json.loads((where / "relation.json").read_text(encoding="utf-8"))
            weights = (where / "relation.onnx").read_bytes()
            words = (where / "tokenizer.json").read_bytes()
            for name, content in (("relation.onnx", weights), ("tokenizer.json", words)):
                if hashlib.sha256(content).hexdigest() != card["sha256"][name]:
                    raise InstallationError(f"{name} is not the one that relation.json describes: {_MEND}")
            if card["labels"] != labels():
                raise InstallationError("the relation model was trained for other tables than these: run `make train`")
            self._temperature = float(card["temperature"])
            self.pairs = PairWeights.read(card["pairs"])
            # Of several models of one recipe the digest tells which it was.
            self.version = f"{card['version']}-{card['sha256']['relation.onnx'][:8]}"
        except OSError as fault:
            raise InstallationError(f"the relation model cannot be read: {fault}: {_MEND}") from fault
        except (ValueError, KeyError, TypeError) as fault:
            raise InstallationError(f"relation.json is damaged ({fault!r}): {_MEND}") from fault
        if not 0 < self._temperature < float("inf"):
            raise InstallationError(f"relation.json has the temperature {self._temperature}, not above 0: {_MEND}")
        self._tokenizer = Tokenizer.from_str(words.decode("utf-8"))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        # One thread: the same sums in the same order, and workers run side by side.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    def read(self, questions: Sequence[Question], batch: int = 1) -> list[Reading]:
        """Answer each question, in order.

        In a `batch` of several the int8 network scales all alike, so that an answer depends on its neighbours in the
        third digit; one by one it does not, and is hardly slower.
        """
        if not questions:
            return []
        kind, mode, direction, status, contexts = self._logits(questions, batch)
        tables = (
            [_as_plover(shares) for shares in self.type_shares(kind)],
            _named(modes(), _softmax(mode)),
            _named(DIRECTIONS, _softmax(direction)),
            _named(STATUSES, _softmax(status)),
            _named(tuple(load_ontology().contexts), _sigmoid(contexts)),
        )
        return [Reading(*answers) for answers in zip(*tables, strict=True)]

    def type_logits(self, questions: Sequence[Question]) -> Array:
        """Logits of the type before calibration, one row a question."""
        return self._logits(questions, 1)[0]

    def type_shares(self, logits: Array | Sequence[Sequence[float]]) -> list[dict[str, float]]:
        """Calibrated probabilities of `question.types()`, from `type_logits`."""
        return _named(types(), _softmax(np.asarray(logits, dtype=np.float32) / self._temperature))

    def _logits(self, questions: Sequence[Question], batch: int) -> list[Array]:
        """The five heads' logits, in the order of the questions; in a batch are sentences of about one length."""
        order = sorted(range(len(questions)), key=lambda i: len(questions[i].text))
        parts = [self._run([questions[i] for i in order[at : at + batch]]) for at in range(0, len(order), batch)]
        back = np.argsort(np.array(order, dtype=np.int64))
        return [np.concatenate(head)[back] for head in zip(*parts, strict=True)]

    def _run(self, questions: Sequence[Question]) -> list[Array]:
        marked = [mark(question) for question in questions]
        coded = self._tokenizer.encode_batch([one.text for one in marked])
        at = [token_places(one, encoding.offsets) for one, encoding in zip(marked, coded, strict=True)]
        inputs = {
            "ids": np.array([encoding.ids for encoding in coded], dtype=np.int64),
            "mask": np.array([encoding.attention_mask for encoding in coded], dtype=np.int64),
            "at": np.array(at, dtype=np.int64),
        }
        return [np.asarray(out, dtype=np.float32) for out in self._session.run(None, inputs)]


def _as_plover(shares: dict[str, float]) -> dict[str, float]:
    merged = {name: share for name, share in shares.items() if name != EMBARGO}
    merged["SANCTION"] += shares[EMBARGO]
    return merged


def _softmax(logits: Array) -> Array:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def _sigmoid(logits: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


def _named(names: Sequence[str], shares: Array) -> list[dict[str, float]]:
    return [dict(zip(names, (float(share) for share in row), strict=True)) for row in shares]


def labels() -> dict[str, list[str]]:
    """What the outputs stand for, in order; the card of a model must have the same."""
    return {
        "types": list(types()),
        "modes": list(modes()),
        "directions": list(DIRECTIONS),
        "statuses": list(STATUSES),
        "contexts": list(load_ontology().contexts),
    }


@cache
def load_relation_model() -> RelationModel:
    """The model shipped with the package."""
    return RelationModel()
