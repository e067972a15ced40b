"""Read the questions for training out of the shared data: `python -m training.relation.gather SHARED CACHE`.

`pairs.jsonl`: the published pairs with the rules' reading of each. `marked.jsonl`: sentences of real documents with the
answers of `marked.tsv`. `real.jsonl`: sentences of real documents, without labels: what the rules found in them, and
pairs of parties between which they found nothing. All hold the text of others and stay out of the project.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from detente.coding.candidates import find_candidates
from detente.coding.coder import Coder
from detente.coding.judge import question_about, question_of
from detente.coding.pair_reading import read_pair
from detente.coding.parse import analyse_many
from detente.coding.question import DIRECTIONS, Question, types
from detente.errors import InputError
from detente.lexicon.triggers import load_triggers
from detente.records import STATUSES, Document

MARKED = Path(__file__).with_name("marked.tsv")
MARKED_COLUMNS = ("source", "document", "start", "end", "actor", "recipient", "trigger", "type", "direction", "status")
# Documents a source gives at most; the news first, where conflict is told.
_SHARES = {"attribution": 330, "lgl": 150, "geovirus": 60, "us_china_tracker": 330, "mfa": 250, "white_house": 200}
_LONGEST = 6000
# Share of the sentences that give a pair with no word known to relate them.
_UNRELATED = 0.25


def pairs(shared: Path) -> Iterator[dict[str, Any]]:
    """Each published pair with its class and the rules' reading."""
    triggers = load_triggers()
    path = shared / "gold" / "plover_pairs" / "train.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t")):
            reading, question = read_pair(row["sentence"], row["source"], row["target"], triggers)
            yield {
                **asdict(question),
                "row": number,
                "group": row["sentence"],
                "type": row["gold_root"],
                "rule": reading.type if reading else None,
                "sides": reading.sides if reading else 0,
            }


def marked(shared: Path, table: Path = MARKED) -> Iterator[dict[str, Any]]:
    """Each row of `marked.tsv` with the sentence it speaks of.

    Raises:
        InputError: a document, an answer or a range is not there; it names file and line.
    """
    texts = {(source, _name(text)): text for source, some in _texts(shared).items() for text in some}
    with table.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            try:
                yield _marked(row, texts[row["source"], row["document"]])
            except (KeyError, ValueError) as error:
                raise InputError(str(table), f"bad row: {error}", where=f"line {number}") from error


def _marked(row: dict[str, str], text: str) -> dict[str, Any]:
    sentence = text[int(row["start"]) : int(row["end"])].replace("\n", " ")
    ranges = {}
    for name in ("actor", "recipient", "trigger"):
        start, end = (int(number) for number in row[name].split("-"))
        if not 0 <= start < end <= len(sentence):
            raise ValueError(f"{name} {row[name]} lies outside of the sentence")
        ranges[name] = (start, end)
    for name, known in (("type", types()), ("direction", DIRECTIONS), ("status", STATUSES)):
        if row[name] not in known:
            raise ValueError(f"unknown {name} {row[name]!r}")
    answers = {name: row[name] for name in ("type", "direction", "status")}
    return {**asdict(Question(sentence, **ranges)), **answers, "source": row["source"]}


def _name(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def documents(shared: Path, seed: int) -> Iterator[tuple[str, str]]:
    """Source and text of a seeded sample of real documents."""
    rng = random.Random(seed)
    for source, texts in _texts(shared).items():
        rng.shuffle(texts)
        yield from ((source, text[:_LONGEST]) for text in texts[: _SHARES[source]])


def _texts(shared: Path) -> dict[str, list[str]]:
    gold, corpora = shared / "gold", shared / "corpora"
    tracker = gold / "us_china_tracker" / "dev.jsonl"
    return {
        "attribution": _field(gold / "attribution" / "train.jsonl.gz", "text"),
        "lgl": _field(gold / "geoparsing" / "lgl.jsonl", "text"),
        "geovirus": _field(gold / "geoparsing" / "geovirus.jsonl", "text"),
        "us_china_tracker": [f"{line['headline']}.\n" + "\n".join(line["body"]) for line in _lines(tracker)],
        "mfa": _field(corpora / "mfa_singapore.jsonl", "text"),
        "white_house": _field(corpora / "wh_briefings_2021_2022.jsonl.gz", "text"),
    }


def _field(path: Path, name: str) -> list[str]:
    return [line[name] for line in _lines(path)]


def _lines(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def real(shared: Path, seed: int) -> Iterator[dict[str, Any]]:
    """Questions out of real documents."""
    coder, triggers, rng = Coder(relation="rules"), load_triggers(), random.Random(seed)
    sources, texts = zip(*documents(shared, seed), strict=True)
    for source, analysis in zip(sources, analyse_many((Document(text) for text in texts), None), strict=True):
        coder.analyse(analysis)
        seen: set[Question] = set()
        for candidate in find_candidates(analysis, triggers):
            question = question_of(analysis, candidate)
            if question.actor and question.recipient:
                seen.add(question)
                yield {**asdict(question), "source": source}
        for sentence in analysis.sentences:
            parties = [m for m in analysis.mentions if sentence.start <= m.start < sentence.end and m.kind != "pronoun"]
            couples = [(a, b) for a, b in itertools.permutations(parties, 2) if a.end <= b.start or b.end <= a.start]
            words = [t.i for t in analysis.doc[sentence.start : sentence.end] if t.pos_ == "VERB"]
            if couples and words and sentence.end - sentence.start < 60 and rng.random() < _UNRELATED:
                one, other = rng.choice(couples)
                question = question_about(analysis, one, other, rng.choice(words))
                if question not in seen:
                    yield {**asdict(question), "source": source}


def write(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """One JSON object a line; how many."""
    count, half = 0, path.with_suffix(".half")
    with half.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    half.rename(path)
    return count


def main(shared: Path, cache: Path, seed: int = 20231) -> None:
    """Write the files into the cache."""
    cache.mkdir(parents=True, exist_ok=True)
    print("pairs", write(cache / "pairs.jsonl", pairs(shared)), flush=True)
    print("marked", write(cache / "marked.jsonl", marked(shared)), flush=True)
    print("real", write(cache / "real.jsonl", real(shared, seed)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
