"""What people have judged, as files: gold for `detente evaluate examples --data FOLDER`, rows to learn from, and the
reviews themselves.

    gold_files(document, records) -> {name: content}   `NAME.gold.json` and its text, as marked articles are
    training_rows(document, records) -> rows           one object a judged record
    written(format, documents, reviews) -> bytes       "gold" (a zip), "training" or "reviews" (JSON Lines)

`records` are the events and statements of a document as coded, each with its reviews
(`ledger.corrections.settled_documents`).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, Final

from detente.errors import OptionError
from detente.ledger.review_values import Record, tone_of, values_of
from detente.ledger.reviews import Review, restated, settle
from detente.lexicon.load import slug
from detente.records import Document, Event, Participant, Statement

FORMATS: Final = ("gold", "training", "reviews")
Records = Sequence[tuple[Record, Sequence[Review]]]
# A zip file says when each of its files was made; the same reviews give the same bytes.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def written(format: str, documents: Iterable[tuple[Document, Records]], reviews: Iterable[Review]) -> bytes:
    """All of it in one file.

    Raises:
        OptionError: the format is not known.
    """
    if format == "gold":
        return _zipped(documents)
    if format == "training":
        return _lines(row for document, records in documents for row in training_rows(document, records))
    if format == "reviews":
        return _lines(one.to_dict() for one in reviews)
    raise OptionError(f"format {format!r} is not known ({', '.join(FORMATS)})")


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _zipped(documents: Iterable[tuple[Document, Records]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for document, records in documents:
            for name, content in gold_files(document, records).items():
                packed.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def gold_files(document: Document, records: Records) -> dict[str, str]:
    """A marked article and its text.

    A record that was kept is to be found as judged. One that nobody has judged, or that coders differ on, is
    optional: it counts neither as missed nor as false. One that was rejected is left out: who codes it is wrong.
    """
    made = [(counted, decided) for one, told in records for counted, decided in _counted(one, told)]
    name = f"{slug(document.id)[:60]}-{sha256(document.id.encode()).hexdigest()[:8]}"
    gold = {
        "article": f"{name}.txt",
        "published": (document.published or date.min).isoformat(),
        "publisher": document.publisher,
        "issuer": document.issuer,
        "kind": document.kind,
        "how_to_read": "Records as judged by people; optional ones by nobody yet. What was missed is not here.",
        "events": [_gold_event(one, decided) for one, decided in made if isinstance(one, Event)],
        "statements": [_gold_statement(one, decided) for one, decided in made if isinstance(one, Statement)],
    }
    text = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
    return {f"{name}.gold.json": text, f"{name}.txt": document.text}


def _counted(record: Record, reviews: Sequence[Review]) -> Iterator[tuple[Record, bool]]:
    """The record as it counts, and whether people have decided on it; nothing if it is rejected."""
    settled = settle(reviews) if reviews else None
    if settled is None or not settled.decided:
        yield record, False
    elif (made := restated(record, settled)) is not None:
        yield made, True


def _gold_event(made: Event, decided: bool) -> dict[str, Any]:
    values = values_of(made)
    days = [values["start"], values["end"]]
    return {
        "id": made.id,
        "type": [made.type],
        "mode": made.mode,
        "actor": [_party(who) for who in made.actors] or None,
        "recipient": [_party(who) for who in made.recipients] or None,
        "reciprocal": made.reciprocal,
        "status": made.status,
        "date": days if all(days) else None,
        "place": {"name": made.place.name} if made.place else None,
        "said_by": made.said_by.actor.name if made.said_by else None,
        "evidence": made.evidence.text,
        "optional": not decided,
    }


def _gold_statement(made: Statement, decided: bool) -> dict[str, Any]:
    tone = tone_of(made)
    return {
        "id": made.id,
        "speaker": made.speaker.actor.name if made.speaker else "",
        "side": made.side,
        "addressee": made.addressee.actor.name if made.addressee else None,
        "form": made.form,
        "issues": list(made.issues),
        # What is neither friendly nor hostile has no tone to be found.
        "tone": None if tone == "neutral" else tone,
        "content": made.content.text,
        "optional": not decided,
    }


def _party(who: Participant) -> dict[str, Any]:
    actor = who.actor
    kind, _, name = actor.id.partition(":")
    if kind == "person":
        return {"country": actor.country, "person": actor.name}
    return {"country": actor.country} if actor.country else {"org": list(dict.fromkeys((actor.name, name or kind)))}


def training_rows(document: Document, records: Records) -> Iterator[dict[str, Any]]:
    """Every record that is decided: its words, what the coder made of it and what people did."""
    for record, reviews in records:
        settled = settle(reviews) if reviews else None
        if settled is None or not settled.decided:
            continue
        made = restated(record, settled)
        kind = record.to_dict()["record"]
        words = {"evidence": record.evidence, "trigger": record.trigger} if isinstance(record, Event) else {}
        words |= {"content": record.content} if isinstance(record, Statement) else {}
        yield {
            "kind": kind,
            "document": document.id,
            "published": document.published.isoformat() if document.published else None,
            **{name: span.to_dict() for name, span in words.items()},
            "verdict": settled.by[-1].verdict,
            "state": settled.state,
            "reviewers": [one.reviewer for one in settled.by],
            "why": settled.by[-1].why,
            "confidence": record.confidence,
            "coder": record.coder,
            "coded": values_of(record),
            "judged": values_of(made) if made else None,
            kind: made.to_dict() if made else None,
        }
