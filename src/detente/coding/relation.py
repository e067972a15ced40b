"""The learned relation model: which type, mode, direction and status a marked trigger has between two marked parties.

A MiniLM-L6 encoder with five heads, run by ONNX Runtime on one thread; `training/relation` makes it, the model card in
`docs/model-card.md` tells of what.
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

from detente.coding.question import DIRECTIONS, EMBARGO, NONE, Question, mark, modes, types
from detente.errors import InstallationError
from detente.ontology import load_ontology
from detente.records import STATUSES

LONGEST: Final = 160  # tokens
_BATCH: Final = 32
_FOLDER: Final = "model"

Array = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The model's answer to one question: calibrated probabilities that sum to 1 each.

    `types` has an entry for each of `question.types()`; `directions` for `DIRECTIONS`, `statuses` for `STATUSES`;
    `modes` for `question.modes()`. `contexts` are independent probabilities by name.
    """

    types: dict[str, float]
    modes: dict[str, float]
    directions: dict[str, float]
    statuses: dict[str, float]
    contexts: dict[str, float]

    @property
    def plover(self) -> dict[str, float]:
        """Probabilities of the 16 PLOVER types and NONE: an embargo is a SANCTION."""
        merged = {name: share for name, share in self.types.items() if name != EMBARGO}
        merged["SANCTION"] += self.types[EMBARGO]
        return merged

    def mode_of(self, kind: str) -> str | None:
        """The most probable mode of a type, None if none of its modes is more probable than no mode."""
        of_kind = {name: share for name, share in self.modes.items() if name.startswith(f"{kind}:") or not name}
        best = max(of_kind, key=lambda name: of_kind[name])
        return best.partition(":")[2] or None


class RelationModel:
    """The model of a folder with `relation.onnx`, `relation.json` and `tokenizer.json`; keeps no state between calls.

    Raises:
        InstallationError: a file is missing, is not the one that was trained, or knows other types than the tables.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        where = folder or files("detente.coding") / _FOLDER
        try:
            card = json.loads((where / "relation.json").read_text(encoding="utf-8"))
            weights = (where / "relation.onnx").read_bytes()
            words = (where / "tokenizer.json").read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise InstallationError(f"the relation model is incomplete: {error.filename} is missing") from error
        if hashlib.sha256(weights).hexdigest() != card["sha256"]:
            raise InstallationError("relation.onnx is not the model that relation.json describes: install again")
        if card["types"] != list(types()) or card["modes"] != list(modes()):
            raise InstallationError("the relation model was trained for other types than ontology/ has: train again")
        self.version: str = card["version"]
        self._temperature = float(card["temperature"])
        self._tokenizer = Tokenizer.from_str(words)
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        # One thread: the same sums in the same order, and workers run side by side.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    def read(self, questions: Sequence[Question]) -> list[Reading]:
        """Answer each question, in order."""
        if not questions:
            return []
        kind, mode, direction, status, contexts = self._logits(questions)
        tables = (
            _named(types(), _softmax(kind / self._temperature)),
            _named(modes(), _softmax(mode)),
            _named(DIRECTIONS, _softmax(direction)),
            _named(STATUSES, _softmax(status)),
            _named(tuple(load_ontology().contexts), _sigmoid(contexts)),
        )
        return [Reading(*answers) for answers in zip(*tables, strict=True)]

    def type_logits(self, questions: Sequence[Question]) -> Array:
        """Logits of the type before calibration, one row a question."""
        return self._logits(questions)[0]

    def _logits(self, questions: Sequence[Question]) -> list[Array]:
        """The five heads' logits, in the order of the questions; sentences of about one length go together."""
        order = sorted(range(len(questions)), key=lambda i: len(questions[i].text))
        parts = [self._run([questions[i] for i in order[at : at + _BATCH]]) for at in range(0, len(order), _BATCH)]
        back = np.argsort(np.array(order, dtype=np.int64))
        return [np.concatenate(head)[back] for head in zip(*parts, strict=True)]

    def _run(self, questions: Sequence[Question]) -> list[Array]:
        marked = [mark(question) for question in questions]
        coded = self._tokenizer.encode_batch([one.text for one in marked])
        at = np.zeros((len(marked), 3), dtype=np.int64)
        for row, (one, encoding) in enumerate(zip(marked, coded, strict=True)):
            starts = {start: number for number, (start, end) in enumerate(encoding.offsets) if end > start}
            for column, offset in enumerate(one.at):
                at[row, column] = starts.get(offset, 0)
        inputs = {
            "ids": np.array([encoding.ids for encoding in coded], dtype=np.int64),
            "mask": np.array([encoding.attention_mask for encoding in coded], dtype=np.int64),
            "at": at,
        }
        return [np.asarray(out, dtype=np.float32) for out in self._session.run(None, inputs)]


def _softmax(logits: Array) -> Array:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def _sigmoid(logits: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


def _named(names: Sequence[str], shares: Array) -> list[dict[str, float]]:
    return [dict(zip(names, (float(share) for share in row), strict=True)) for row in shares]


@cache
def load_relation_model() -> RelationModel:
    """The model shipped with the package."""
    return RelationModel()


__all__ = ["EMBARGO", "NONE", "Reading", "RelationModel", "load_relation_model"]
