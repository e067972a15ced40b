"""`detente review`: what people have judged, from the command line."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from detente.analysis.agreement import Agreement, agreement
from detente.analysis.precision import Precision, precisions
from detente.analysis.proof import what_of
from detente.analysis.review_notes import notes_of
from detente.cli.printable import one_line, printable
from detente.errors import InputError, OptionError, RecordError
from detente.exchange.reviewed import FORMATS, gold_files, written
from detente.ledger import reading, refresh, sole_writer, writing
from detente.ledger.corrections import (
    coded_record,
    file_review,
    import_reviews,
    records_reviewed,
    reviews_of,
    setting_about,
    settled_documents,
)
from detente.ledger.review_form import judged, typed_of
from detente.ledger.review_queue import Order, next_record, progress
from detente.ledger.review_values import FIELDS, KINDS, words_of
from detente.ledger.reviews import Review, make_review, review_from_dict
from detente.lexicon.naming import parse_dyad
from detente.settings import load_settings

_WIDTH = 150


def run_next(db: Path | None, by: str, kind: str, order: str, seed: int, dyad: str | None, as_json: bool) -> None:
    """Show the next record of a kind that somebody has not judged."""
    asked = Order(order, seed, parse_dyad(*_two(dyad)) if dyad else None, kind)
    with reading(_path(db)) as connection:
        done, whole = progress(connection, by, asked)
        id = next_record(connection, by, asked)
        record = coded_record(connection, id) if id else None
    if record is None:
        print(f"nothing left: {done} of {whole} judged")
    elif as_json:
        print(json.dumps(record.to_dict(), ensure_ascii=False))
    else:
        print(f"{record.id}  {one_line(what_of(record), _WIDTH)}")
        print(f"  {one_line(words_of(record), _WIDTH)}")
        for name, value in typed_of(record).items():
            print(f"  {name:10} {one_line(value.replace(chr(10), '; '), _WIDTH)}")
        print(f"  {done} of {whole} judged, confidence {record.confidence:.2f}", file=sys.stderr)


def run_judge(db: Path | None, id: str, by: str, fields: list[str], reject: bool, why: str, drawn: str) -> None:
    """File what somebody makes of a record."""
    path = _path(db)
    typed = dict(_field(pair) for pair in fields)
    if reject and typed:
        raise OptionError("--reject: a record that is rejected has no fields to set")
    with sole_writer(path), writing(path) as connection:
        record = coded_record(connection, id)
        made = None if reject else judged(record, {**typed_of(record), **typed}, setting_about(connection, record))
        filed = file_review(connection, make_review(record, by, datetime.now(UTC), made, why, drawn))
    with sole_writer(path):
        refresh(path)
    print(f"{filed.verdict}: {', '.join(filed.fields) or 'nothing changed'}", file=sys.stderr)


def run_list(db: Path | None, by: str | None, as_json: bool) -> None:
    """All reviews, those whose record is gone marked so."""
    with reading(_path(db)) as connection:
        told, there = reviews_of(connection), records_reviewed(connection)
    for one in told:
        if by is not None and one.reviewer != by:
            continue
        found = there.get(one.number)
        if as_json:
            print(json.dumps(one.to_dict() | {"number": one.number, "about": found}, ensure_ascii=False))
        else:
            print(_line(one, found))


def _line(one: Review, found: str | None) -> str:
    (note,) = notes_of([one])
    changes = "; ".join(f"{one.field}: {one.coded} → {one.corrected}" for one in note.changes)
    verdict = one.verdict + (" (adjudication)" if one.adjudicates else "")
    head = f"{one.number:4}  {one.at:%Y-%m-%d %H:%M}  {one.reviewer}  {verdict}  {found or 'record no longer found'}"
    return printable(one_line(" – ".join(part for part in (head, changes, one.why) if part), 2 * _WIDTH))


def run_agreement(db: Path | None, as_json: bool) -> None:
    """How far coders agree."""
    with reading(_path(db)) as connection:
        told = reviews_of(connection)
    found = [agreement(told, kind) for kind in KINDS]
    if as_json:
        return _json(found)
    for of in found:
        _print_agreement(of)
    return None


def _print_agreement(found: Agreement) -> None:
    names = ", ".join(f"{one.name} ({one.judged})" for one in found.coders)
    print(f"{found.records} {found.kind} judged by two or more{f' of: {printable(names)}' if names else ''}")
    if found.records:
        print(f"  {found.contested} to be adjudicated, {found.adjudicated} adjudicated")
    for field in found.fields if found.records else ():
        same, alpha = _figure(field.same), _figure(field.alpha)
        print(f"  {field.field:11} {field.records:5} compared  {same} the same  alpha {alpha}")


def run_precision(db: Path | None, as_json: bool) -> None:
    """How often the coder is right, from random samples."""
    with reading(_path(db)) as connection:
        found = precisions(connection)
    if as_json:
        return _json(found)
    if not found:
        print("no record of a random sample is judged yet (detente review next --by NAME --order random --seed 1)")
    for one in found:
        _print_precision(one)
    return None


def _print_precision(one: Precision) -> None:
    whole = f" of {one.whole}" if one.whole else ""
    who = f"{one.by} alone" if one.by else "by " + ", ".join(one.reviewers)
    print(printable(f"{one.drawn}: {one.judged}{whole} {one.kind} judged, {who}; coder {one.coder}"))
    if one.passed or one.contested:
        print(f"  no simple random sample: {one.passed or 0} passed over, {one.contested} contested")
    for share in one.shares:
        interval = f"{_figure(share.low)} – {_figure(share.high)}"
        print(f"  {share.what:28} {share.right:4} of {one.judged}  {_figure(share.share)}  95 % {interval}")


def run_export(db: Path | None, out: Path, format: str) -> None:
    """Write what was judged: a folder of gold files, or a file of JSON Lines."""
    if format not in FORMATS:
        raise OptionError(f"--format {format}: not known ({', '.join(FORMATS)})")
    with reading(_path(db)) as connection:
        documents, told = list(settled_documents(connection)), reviews_of(connection)
    if format != "gold":
        out.write_bytes(written(format, documents, told))
    else:
        if out.exists() and not out.is_dir():
            raise OptionError(f"--out {out}: a file; gold needs a folder")
        out.mkdir(parents=True, exist_ok=True)
        for document, records in documents:
            for name, content in gold_files(document, records).items():
                (out / name).write_text(content, encoding="utf-8", newline="")
    print(f"{len(documents)} documents, {len(told)} reviews", file=sys.stderr)


def run_import(db: Path | None, file: Path) -> None:
    """File reviews that `detente review export --format reviews` wrote, each once."""
    found = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as fault:
        raise InputError(str(file), "not UTF-8") from fault
    for number, line in enumerate(lines, start=1):
        try:
            found.append(review_from_dict(json.loads(line)))
        except (ValueError, RecordError, OptionError) as fault:
            raise InputError(str(file), str(fault), where=f"line {number}", right="one review a line") from fault
    path = _path(db)
    with sole_writer(path):
        with writing(path) as connection:
            fresh, there = import_reviews(connection, found)
        refresh(path)
    print(f"{fresh} new reviews of {len(found)}, {there} of them of records in this ledger", file=sys.stderr)


def _field(pair: str) -> tuple[str, str]:
    name, mark, value = pair.partition("=")
    known = [name for fields in FIELDS.values() for name in fields]
    if not mark or name not in known:
        raise OptionError(f"--set {pair!r}: write FIELD=VALUE ({', '.join(known)})")
    return name, value


def _two(dyad: str) -> tuple[str, str]:
    one, _, other = dyad.partition("-")
    return one, other


def _path(db: Path | None) -> Path:
    return db or load_settings().ledger


def _figure(value: float | None) -> str:
    return "    –" if value is None else f"{value:.3f}"


def _json(found: Any) -> None:
    from dataclasses import asdict

    plain = [asdict(one) for one in found] if isinstance(found, list) else asdict(found)
    print(json.dumps(plain, ensure_ascii=False))
