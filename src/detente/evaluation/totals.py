"""The figures, misses and prediction rows of scored articles; `seed` and `examples` share them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from detente.evaluation.marked import ArticleScore, EventOutcome, describe
from detente.evaluation.matching import content_shares, is_place, same_person
from detente.evaluation.measures import Counts, calibration_error

# What must be right for an event to count, for each F1 that is reported.
LEVELS = {
    "event": ("type", "sides", "status"),
    "event_dated": ("type", "sides", "status", "date"),
    "event_countries": ("type", "countries", "status"),
    "event_pair": ("type", "countries"),
    "event_type": ("type",),
}


def figures(scores: Sequence[ArticleScore]) -> dict[str, float]:
    """Summed over the articles: precision, recall and F1 of events by level and of statements, and how fields fared."""
    total: dict[str, float] = {}
    for name, fields in LEVELS.items():
        total.update(sum((s.counts(*fields) for s in scores), Counts()).figures(name))
    counted = [o for s in scores for o in s.counted]
    found = [(s, o) for s in scores for o in s.counted if o.event is not None]
    total["events.wanted"] = len(counted)
    total["events.right"] = sum(o.right and o.date for o in counted)
    total["events.elsewhere"] = sum(o.elsewhere for o in counted)
    total["events.repeats"] = sum(s.repeats for s in scores)
    total["events.optional_right"] = sum(o.right for s in scores for o in s.events if o.gold.optional)
    total.update(_fields([o for _, o in found]))
    total["must_not.broken"] = sum(len(s.violations) for s in scores)
    total.update(_statements(scores))
    total["contacts.wanted"] = sum(len(s.contacts) for s in scores)
    total["contacts.right"] = sum(ok for s in scores for _, ok in s.contacts)
    total["calibration.ece"] = calibration_error(pair for s in scores for pair in s.calibration)
    return total


def _fields(found: Sequence[EventOutcome]) -> dict[str, float]:
    """Accuracy of single fields among the events found, where the gold has them."""
    modes = [o.event.mode == o.gold.mode for o in found if o.event and o.gold.mode and o.right]
    places = [is_place(o.gold.place, o.event) for o in found if o.event and o.gold.place and o.right]
    said = [(o.event.said_by is not None) == (o.gold.said_by is not None) for o in found if o.event and o.right]
    return {
        "field.status": _share([o.status for o in found]),
        "field.date": _share([o.date for o in found]),
        "field.mode": _share(modes),
        "field.place": _share(places),
        "field.attributed": _share(said),
    }


def _statements(scores: Sequence[ArticleScore]) -> dict[str, float]:
    rows = [(gold, got, s.article.document.text) for s in scores for gold, got in s.statements]
    pairs = [(gold, got, text) for gold, got, text in rows if got is not None]
    right, false = len(pairs), sum(s.extra_statements for s in scores)
    shares = [content_shares(gold, got, text) for gold, got, text in pairs]
    to = [
        got.addressee is not None and same_person(g.addressee, got.addressee.actor.name)
        for g, got, _ in pairs
        if g.addressee
    ]
    via = [got.via is not None for gold, got, _ in pairs if gold.via]
    form = [got.form == gold.form for gold, got, _ in pairs if gold.form]
    tone = [(got.tone > 0) == (gold.tone == "positive") and got.tone != 0 for gold, got, _ in pairs if gold.tone]
    return {
        "statements.wanted": len(rows),
        "statements.right": right,
        **Counts(right, right + false, len(rows)).figures("statement"),
        "statement.content_f1": _share([2 * a * b / (a + b) for a, b in shares if a + b]),
        "statement.addressee": _share(to),
        "statement.via": _share(via),
        "statement.form": _share(form),
        "statement.tone": _share(tone),
    }


def _share(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def misses(score: ArticleScore, prefix: str = "") -> Iterable[str]:
    """A line for each thing that is missing, wrong, false or forbidden in one article."""
    for outcome in score.counted:
        if not (outcome.right and outcome.date):
            gold, got = outcome.gold, outcome.event
            have = f"; coded: {describe(got)}" if got else ""
            yield f"{prefix}{gold.id} {outcome.faults}: {gold}{have} “{gold.phrase}”"
    for event in score.extra:
        yield f"{prefix}false: {describe(event)} “{event.trigger.text}” in “{event.evidence.text}”"
    for line in score.violations:
        yield f"{prefix}must not: {line}"
    for gold_said, got_said in score.statements:
        if got_said is None:
            yield f"{prefix}{gold_said.id} statement not found: {gold_said.speaker}: {gold_said.phrase}"
    for contact, ok in score.contacts:
        if not ok:
            yield f"{prefix}contact without material: {contact}"


def rows(score: ArticleScore, prefix: str = "") -> Iterable[dict[str, Any]]:
    """A prediction row for each gold event and statement of one article."""
    for outcome in score.events:
        event = outcome.event
        yield {
            "id": prefix + outcome.gold.id,
            "wanted": str(outcome.gold),
            "got": describe(event) if event else None,
            "confidence": event.confidence if event else None,
            "right": outcome.right,
            "right_dated": outcome.right and outcome.date,
            "optional": outcome.gold.optional,
            "faults": outcome.faults,
            "evidence": event.evidence.text if event else None,
        }
    for gold, got in score.statements:
        yield {
            "id": prefix + gold.id,
            "wanted": f"{gold.speaker}: {gold.phrase}",
            "got": got.content.text if got else None,
            "confidence": got.confidence if got else None,
            "right": got is not None,
        }
