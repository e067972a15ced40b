"""The learned relation model, as it is shipped."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.question import DIRECTIONS, Question
from detente.coding.relation import RelationModel, load_relation_model
from detente.errors import InstallationError
from detente.records import STATUSES

SHIPPED = Path(str(files("detente.coding") / "model"))


def ask(marked: str) -> Question:
    """A question out of a text with [actor], {recipient} and <trigger>."""
    plain, spans = "", {}
    for sign in marked:
        if sign in "[{<":
            start = len(plain)
        elif sign in "]}>":
            spans[sign] = (start, len(plain))
        else:
            plain += sign
    return Question(plain, spans.get("]"), spans.get("}"), spans.get(">"))


def best(shares: dict[str, float]) -> str:
    return max(shares, key=lambda name: shares[name])


@pytest.mark.parametrize(
    ("marked", "kind", "direction"),
    [
        ("[Kenya] <recalled> its envoy from {Chad} on Monday.", "SANCTION", "forward"),
        ("{Kenya} was <shelled> by [Chadian gunners] on Monday.", "ASSAULT", "forward"),
        ("[Kenya] was <shelled> by {Chadian gunners} on Monday.", "ASSAULT", "back"),
        ("[Peru] and {Chile} <signed> a fishing treaty in Lima.", "SUPPORT", "mutual"),
        ("[Peru]'s president will <visit> {Chile} in May.", "AGREE", "forward"),
        ("[Oman] <refused> to hand the boats back to {Yemen}.", "REJECT", "forward"),
        ("[Oman] <handed> the boats back to {Yemen}.", "RETREAT", "forward"),
        ("[The court] <jailed> {two reporters} for libel.", "COERCE", "forward"),
        ("[Ghana] and {Togo} both <condemned> the coup in Niger.", "NONE", "none"),
    ],
)
def test_plain_sentences(marked: str, kind: str, direction: str) -> None:
    reading = load_relation_model().read([ask(marked)])[0]
    assert best(reading.types) == kind
    assert best(reading.directions) == direction


def test_every_head_gives_probabilities() -> None:
    reading = load_relation_model().read([ask("[Kenya] <recalled> its envoy from {Chad}.")])[0]
    for shares in (reading.types, reading.modes, reading.directions, reading.statuses):
        assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
    assert set(reading.directions) == set(DIRECTIONS)
    assert set(reading.statuses) == set(STATUSES)
    assert all(0 <= share <= 1 for share in reading.contexts.values())


def test_answers_come_in_the_order_of_the_questions() -> None:
    short, long = ask("[Iran] <freed> {a Swede}."), ask("[Mali]'s army, " + "which " * 40 + "<bombed> {a village}.")
    model = load_relation_model()
    kinds = [best(reading.types) for reading in model.read([long, short, long, short])]
    assert kinds[0] == kinds[2] != kinds[1] == kinds[3] == "RETREAT"
    assert model.read([]) == []


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=400), st.data())
def test_any_text_with_any_marks_is_answered(text: str, data: st.DataObject) -> None:
    def span() -> tuple[int, int] | None:
        start = data.draw(st.integers(0, len(text) - 1))
        return data.draw(st.sampled_from([None, (start, data.draw(st.integers(start + 1, len(text))))]))

    reading = load_relation_model().read([Question(text, span(), span(), span())])[0]
    assert sum(reading.types.values()) == pytest.approx(1, abs=1e-3)


def test_a_model_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    weights = folder / "relation.onnx"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00\x01")
    with pytest.raises(InstallationError, match=r"relation\.onnx is not the one that relation\.json describes"):
        RelationModel(folder)


def test_a_model_that_lacks_a_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(InstallationError, match="tokenizer"):
        RelationModel(folder)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"sha256": {}}', "{"])
def test_a_damaged_card_is_one_clear_line(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    (folder / "relation.json").write_text(content, encoding="utf-8")
    with pytest.raises(InstallationError, match=r"relation\.json is damaged .* run `pip install"):
        RelationModel(folder)


@pytest.mark.parametrize("temperature", [0, -1])
def test_a_temperature_that_makes_no_sense_is_refused(tmp_path: Path, temperature: float) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    card = json.loads((folder / "relation.json").read_text(encoding="utf-8")) | {"temperature": temperature}
    (folder / "relation.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(InstallationError, match="not above 0"):
        RelationModel(folder)


@pytest.mark.parametrize(
    ("weights", "complaint"),
    [
        ({"trust": [0.5, 0.5, 1]}, "not between 0 and 1"),
        ({"trust": [0, 0.5, 0.5]}, "not between 0 and 1"),
        ({"power": 0}, "not above 0"),
        ({"prior": {"AID": -1}}, "not above 0"),
        ({"prior": [1]}, "damaged"),
    ],
)
def test_weights_that_make_no_sense_are_refused(tmp_path: Path, weights: dict[str, Any], complaint: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    card = json.loads((folder / "relation.json").read_text(encoding="utf-8"))
    card["pairs"] |= weights
    (folder / "relation.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(InstallationError, match=complaint):
        RelationModel(folder)


def test_an_answer_does_not_depend_on_the_other_questions() -> None:
    model = load_relation_model()
    one = ask("[Kenya] <recalled> its envoy from {Chad} on Monday.")
    others = [ask("[Mali] <freed> {a Swede}."), ask("[Iran], which had long complained, <shelled> {an Iraqi town}.")]
    assert model.read([one])[0] == model.read([*others, one])[-1]


def test_marks_far_apart_are_all_seen() -> None:
    far = "which has for many years complained in vain about raids on its northern towns and villages, " * 9
    reading = load_relation_model().read([ask(f"[Kenya], {far}<expelled> {{two Sudanese diplomats}} on Monday.")])[0]
    assert best(reading.types) == "SANCTION"


def test_the_package_stays_small() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 30_000_000
