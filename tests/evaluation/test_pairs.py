from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.errors import InputError
from detente.evaluation import evaluate
from detente.evaluation.plover_pairs import between, marks
from detente.records import Document

MARKED = "<s>Peru</s> freed two sailors of <t>Chile</t>, and <t>Chile</t> thanked <s>Peru</s>."
HEADER = "sentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_root\tgold_penta\n"


def row(number: int, marked: str, root: str, penta: int) -> str:
    plain = marked.replace("<s>", "").replace("</s>", "").replace("<t>", "").replace("</t>", "")
    return f"{number}\t{plain}\t{marked}\tPeru\tChile\t{root}\t{penta}\n"


def test_marks_are_taken_off_and_kept_as_offsets() -> None:
    text, source, target = marks(MARKED)
    assert text == "Peru freed two sailors of Chile, and Chile thanked Peru."
    assert [text[a:b] for a, b in source] == ["Peru", "Peru"]
    assert [text[a:b] for a, b in target] == ["Chile", "Chile"]


def test_the_event_from_source_to_target_goes_before_a_mutual_one(make: Any) -> None:
    text, source, target = marks(MARKED)
    peru, chile = make.who("Peru", "PER", "Peru", text), make.who("Chile", "CHL", "Chile", text)
    freed = make.event("RETREAT", (peru,), (chile,), "freed", text=text, confidence=0.4)
    thanked = make.event("SUPPORT", (chile,), (peru,), "thanked", text=text)
    met = make.event("CONSULT", (chile, peru), (), "thanked", text=text, reciprocal=True)
    assert between([thanked, met, freed], source, target) is freed
    assert between([thanked, met], source, target) is met
    assert between([thanked], source, target) is None
    assert between([thanked], [], source) is thanked


class Pairs:
    """A coder that knows pairs by heart."""

    def __init__(self, known: dict[str, tuple[str, float]]) -> None:
        self.known = known

    def code(self, document: Document) -> Any:
        raise AssertionError(f"asked to code {document.text}")

    def classify_pair(self, sentence: str, source: str, target: str) -> tuple[str, float] | None:
        assert (source, target) == ("Peru", "Chile")
        return self.known.get(sentence)


def test_a_coder_that_classifies_pairs_is_asked_to(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    marked = [
        "<s>Peru</s> freed <t>Chile</t>’s men.",
        "<s>Peru</s> scolded <t>Chile</t>.",
        "<s>Peru</s> met <t>Chile</t>.",
    ]
    rows = [row(1, marked[0], "YIELD", 2), row(2, marked[1], "ACCUSE", 3), row(3, marked[2], "CONSULT", 1)]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    coder = Pairs({"Peru freed Chile’s men.": ("RETREAT", 1.0), "Peru scolded Chile.": ("REJECT", 0.6)})
    report = evaluate("plover_pairs", coder, path)
    assert report.figures["accuracy"] == pytest.approx(1 / 3)
    assert report.figures["quad.accuracy"] == pytest.approx(2 / 3)
    assert report.figures["binary.accuracy"] == pytest.approx(2 / 3)
    assert report.figures["coverage"] == pytest.approx(2 / 3)
    assert report.figures["f1.YIELD"] == 1.0
    assert report.figures["calibration.ece"] == pytest.approx(0.3)
    assert [p["got"] for p in report.predictions] == ["YIELD", "REJECT", None]


def test_a_row_without_marks_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(HEADER + row(1, "Peru met Chile.", "CONSULT", 1), encoding="utf-8")
    with pytest.raises(InputError, match="line 2: neither <s>"):
        evaluate("plover_pairs", Pairs({}), path)
