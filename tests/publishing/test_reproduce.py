"""What was published is made again from the same input: the same bytes, or where and why they part."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente.analysis.series import Asked
from detente.cli.import_export import run_export, run_import
from detente.coding import Coder
from detente.errors import DetenteError, InputError, OptionError
from detente.ledger import writing
from detente.ledger.corrections import coded_record, file_review
from detente.ledger.exports import Wanted
from detente.ledger.reviews import make_review
from detente.publishing.publish import publish_panel
from detente.publishing.reproduce import Reproduction, reproduce

DYAD = ("NOR", "RUS")
Again = Callable[..., Reproduction]


@pytest.fixture
def again(coder_of_news: Coder) -> Again:
    def run(manifest: Path, *inputs: Path, out: Path | None = None) -> Reproduction:
        paths = [str(path) for path in inputs]
        return reproduce(manifest, paths, coder=lambda: coder_of_news, out=out, on_error=_raise)

    return run


def _raise(fault: DetenteError) -> None:
    raise fault


@pytest.fixture
def published(filed_news: Path, tmp_path: Path) -> Path:
    """The manifest of a panel."""
    publish_panel(filed_news, tmp_path / "p.parquet", [DYAD])
    return tmp_path / "p.parquet.manifest.json"


def test_the_same_documents_give_the_same_bytes(published: Path, news_file: Path, again: Again, tmp_path: Path) -> None:
    made = again(published, news_file, out=tmp_path / "again")
    assert made.identical and not made.differences and not made.causes
    assert made.files == ("p.parquet", "p.parquet.dictionary.csv", "p.parquet.citation.txt")
    for name in (*made.files, published.name):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_a_ledger_is_input_too(published: Path, filed_news: Path, again: Again) -> None:
    assert again(published, filed_news).identical


def test_the_files_that_the_manifest_names_are_read(
    filed_news: Path, news_file: Path, again: Again, tmp_path: Path
) -> None:
    copy = tmp_path / "data" / "news.jsonl"
    copy.parent.mkdir()
    shutil.copy(news_file, copy)
    publish_panel(filed_news, tmp_path / "out.csv", [DYAD], made_from=[copy])
    manifest = tmp_path / "out.csv.manifest.json"
    assert again(manifest).identical
    # Both are moved together.
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for path in (copy.parent, manifest, tmp_path / "out.csv"):
        shutil.move(str(path), moved / path.name)
    assert again(moved / manifest.name).identical
    with (moved / "data" / "news.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(InputError, match="its bytes are others"):
        again(moved / manifest.name)


def test_a_missing_document_is_named_and_the_first_cell_shown(
    published: Path, news_file: Path, again: Again, tmp_path: Path
) -> None:
    fewer = tmp_path / "fewer.jsonl"
    lines = news_file.read_text(encoding="utf-8").splitlines()
    fewer.write_text("".join(line + "\n" for line in lines if '"n3"' not in line), encoding="utf-8")
    made = again(published, fewer)
    assert not made.identical
    assert made.differences[0] == "p.parquet: row 2, documents: 2 was wanted, 1 came"
    assert made.causes[:2] == ("documents: 8 were wanted, 7 came", "documents missing: n3")


def test_a_changed_and_a_new_document_are_named(published: Path, news_file: Path, again: Again, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in news_file.read_text(encoding="utf-8").splitlines()]
    rows[0]["publisher"] = "Other Agency"
    rows.append({**rows[1], "id": "late", "text": "Peru thanked Chile on Monday."})
    other = tmp_path / "other.jsonl"
    other.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    causes = again(published, other).causes
    assert "documents not in the manifest: late" in causes and "documents with another content: n1" in causes


def test_another_version_is_said_to_be_a_cause(published: Path, news_file: Path, again: Again) -> None:
    plain = json.loads(published.read_text(encoding="utf-8"))
    plain["made_with"]["duckdb"] = "0.1"
    plain["outputs"][0]["sha256"] = "0" * 64
    published.write_text(json.dumps(plain), encoding="utf-8")
    made = again(published, news_file)
    (told,) = [line for line in made.differences if line.startswith("p.parquet: ")]
    assert "no longer the one it names" in told and "the table is the same, cell by cell" in told
    assert any(cause.startswith("duckdb: 0.1 then, ") for cause in made.causes)


def test_reviews_are_said_to_be_a_cause(filed_news: Path, news_file: Path, again: Again, tmp_path: Path) -> None:
    ledger = Path(shutil.copy(filed_news, tmp_path / "reviewed.duckdb"))
    with writing(ledger) as connection:
        ids = connection.execute("SELECT event FROM event_dyads WHERE first = 'NOR' AND second = 'RUS' ORDER BY 1")
        event = coded_record(connection, ids.fetchall()[0][0])
        file_review(connection, make_review(event, "Ada", datetime(2026, 12, 1, tzinfo=UTC), None, "no such event"))
    publish_panel(ledger, tmp_path / "r.csv", [DYAD])
    made = again(tmp_path / "r.csv.manifest.json", news_file)
    assert not made.identical and made.causes == ("reviews: 1 then, nothing now",)


def test_without_the_old_file_it_is_said_that_one_would_help(
    published: Path, news_file: Path, again: Again, tmp_path: Path
) -> None:
    (tmp_path / "p.parquet").unlink()
    assert again(published, news_file).identical
    lines = news_file.read_text(encoding="utf-8").splitlines()
    (tmp_path / "few.jsonl").write_text("\n".join(lines[:6]) + "\n", encoding="utf-8")
    assert "put the old file beside the manifest" in again(published, tmp_path / "few.jsonl").differences[0]


def test_what_cannot_be_made_again_is_told(published: Path, again: Again, news_file: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="names no files to read"):
        again(published)
    with pytest.raises(OptionError, match="name another folder"):
        again(published, news_file, out=tmp_path)
    plain = json.loads(published.read_text(encoding="utf-8"))
    published.write_text(json.dumps(plain | {"command": "rm"}), encoding="utf-8")
    with pytest.raises(InputError, match="made by 'rm'"):
        again(published, news_file)


def test_a_cell_of_each_kind_of_file_is_shown(filed_news: Path, news_file: Path, again: Again, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in news_file.read_text(encoding="utf-8").splitlines()]
    rows[2]["text"] = "Norway praised Russia on Tuesday."
    other = tmp_path / "other.jsonl"
    other.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for ending, told in (("csv", "p.csv: line 3: "), ("dta", "p.dta: row 2, ")):
        publish_panel(filed_news, tmp_path / f"p.{ending}", [DYAD])
        made = again(tmp_path / f"p.{ending}.manifest.json", other)
        assert made.differences[0].startswith(told) and "was wanted" in made.differences[0]


def test_a_panel_of_others_rows_is_made_again_from_their_files(filed_news: Path, again: Again, tmp_path: Path) -> None:
    rows = tmp_path / "rows.tsv"
    run_export("gdelt2", "detente", Wanted(), "episodes", rows, filed_news, quiet=True)
    ledger = tmp_path / "theirs.duckdb"
    assert run_import([str(rows)], "auto", ledger, quiet=True) == 0
    publish_panel(ledger, tmp_path / "p.csv", None, Asked(source="gdelt", scores="goldstein"))
    manifest = tmp_path / "p.csv.manifest.json"
    assert str(tmp_path) not in manifest.read_text(encoding="utf-8")
    made = again(manifest, rows)
    assert made.identical, made
    (tmp_path / "more.tsv").write_bytes(rows.read_bytes() * 2)
    with pytest.raises(DetenteError):
        again(manifest, tmp_path / "more.tsv")
