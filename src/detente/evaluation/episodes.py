"""`detente evaluate episodes`: are reports of one event merged, and only those?

The data is a file of marked reports (`document`, `phrase`, `episode`, and `within`: a larger event of which the episode
is part, or null); the documents lie beside its folder (`documents.jsonl`). They are coded and merged in the dyad that
most of them are about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from detente.errors import InputError
from detente.evaluation.data import digest, examples, read_json, require
from detente.evaluation.filed import Filed, file_documents
from detente.evaluation.measures import Counts
from detente.evaluation.report import CoderLike
from detente.evaluation.report import Report as Figures
from detente.ledger.episodes import build_episodes
from detente.records import Event, Span
from detente.relations import Episode


def evaluate(coder: CoderLike, data: Path | None = None) -> Figures:
    """Score the episodes made of a set of documents.

    A marked report is covered by the event whose trigger lies in the phrase, or one of whose further tellings overlaps
    it; of several, the one whose clause is most like it. `pairs.*` are precision, recall and F1 of the pairs of covered
    reports that are in one episode, `b3.*` the same by B-cubed (Bagga & Baldwin 1998); `all.*` count each report that
    no event covers as an episode of its own, in both measures. `coverage` is the share covered. In
    `pairs.within.precision` a pair of two parts of the same larger event is no fault. `coder.merged` are the pairs that
    the coder took for one event of their document.

    Raises:
        InputError: the data or its documents are missing or not in their format.
    """
    path = data or examples() / "us-china-2023" / "gold" / "episodes.json"
    corpus = path.parent.parent / "documents.jsonl"
    filed = file_documents(coder, corpus)
    marks = _marks(path, filed)
    episodes = build_episodes(filed.dyad, filed.of(filed.dyad))
    home = {event: episode for episode in episodes for event in episode.reports}
    events = {r.event.id: r.event for r in filed.reports if r.event.id in home}
    of_document: dict[str, list[Event]] = defaultdict(list)
    for event in events.values():
        of_document[event.document].append(event)
    found = [covering(mark["span"], of_document[mark["document"]]) for mark in marks]
    wanted = [str(mark["episode"]) for mark in marks]
    got = [home[event.id].id if event else f"none:{number}" for number, event in enumerate(found)]
    covered = [number for number, event in enumerate(found) if event is not None]
    some = [wanted[n] for n in covered], [got[n] for n in covered]
    larger = [marks[n]["within"] or marks[n]["episode"] for n in covered]
    return Figures(
        name="episodes",
        data=str(path),
        sha256=digest(path, corpus),
        items=len(marks),
        figures={
            "coverage": len(covered) / len(marks) if marks else 0.0,
            **pairs(*some).figures("pairs"),
            "pairs.within.precision": pairs(larger, some[1]).precision,
            **_b_cubed(*some, "b3"),
            **pairs(wanted, got).figures("all.pairs"),
            **_b_cubed(wanted, got, "all.b3"),
            "coder.merged": _merged_by_coder(wanted, found),
            "episodes.wanted": len(set(wanted)),
            "episodes.got": len(set(some[1])),
        },
        misses=tuple(_misses(marks, found, home)),
        predictions=tuple(
            {"id": f"{m['document']}:{m['span'].start}", "wanted": want, "got": have, "text": m["phrase"]}
            for m, want, have in zip(marks, wanted, got, strict=True)
        ),
        note=f"dyad {'-'.join(filed.dyad)}",
    )


def pairs(wanted: Sequence[str], got: Sequence[str]) -> Counts:
    """Of all pairs of items: those together in both partitions, in the second, in the first."""
    together = Counter(zip(wanted, got, strict=True))
    return Counts(*(sum(n * (n - 1) // 2 for n in c.values()) for c in (together, Counter(got), Counter(wanted))))


def b_cubed(wanted: Sequence[str], got: Sequence[str]) -> tuple[float, float]:
    """Precision and recall: over the items, the mean share of its cluster that is right (Bagga & Baldwin 1998)."""
    if not wanted:
        return 0.0, 0.0
    together = Counter(zip(wanted, got, strict=True))
    sizes, classes = Counter(got), Counter(wanted)
    precision = sum(n * n / sizes[have] for (_, have), n in together.items()) / len(wanted)
    recall = sum(n * n / classes[want] for (want, _), n in together.items()) / len(wanted)
    return precision, recall


def _b_cubed(wanted: Sequence[str], got: Sequence[str], prefix: str) -> dict[str, float]:
    precision, recall = b_cubed(wanted, got)
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {f"{prefix}.precision": precision, f"{prefix}.recall": recall, f"{prefix}.f1": f1}


def covering(mark: Span, events: Iterable[Event]) -> Event | None:
    """The event that a marked phrase tells, None if there is none."""
    scored = [(score, event.id, event) for event in events if (score := _covers(mark, event)) > (0, 0.0)]
    return max(scored, key=lambda one: one[:2], default=(None, None, None))[2]


def _covers(mark: Span, event: Event) -> tuple[int, float]:
    """Whether the trigger lies in the phrase, and how like it the clause is (Jaccard over characters)."""
    if mark.start <= event.trigger.start < mark.end:
        return 1, _alike(mark, event.evidence)
    further = max((_alike(mark, span) for span in event.also), default=0.0)
    if further > 0.3:
        return 1, further
    return 0, 0.0


def _alike(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(both, 0) / (max(one.end, other.end) - min(one.start, other.start))


def _merged_by_coder(wanted: Sequence[str], found: Sequence[Event | None]) -> int:
    """Pairs of reports of different episodes that one event of the coder tells."""
    told = [(want, event.id) for want, event in zip(wanted, found, strict=True) if event is not None]
    one = pairs([want for want, _ in told], [event for _, event in told])
    return one.given - one.right


def _marks(path: Path, filed: Filed) -> list[dict[str, Any]]:
    rows = read_json(path)
    if not isinstance(rows, list):
        raise InputError(str(path), "not a list of marked reports")
    marks = []
    for number, row in enumerate(rows, 1):
        require(row, ("document", "phrase", "episode", "within"), path, f"row {number}")
        document = filed.documents.get(row["document"])
        start = document.text.find(row["phrase"]) if document else -1
        if start < 0:
            raise InputError(str(path), f"“{row['phrase']}” is not in {row['document']}", where=f"row {number}")
        end = start + len(row["phrase"])
        marks.append({**row, "span": Span(row["document"], start, end, row["phrase"])})
    return marks


def _misses(
    marks: Sequence[Mapping[str, Any]], found: Sequence[Event | None], home: Mapping[str, Episode]
) -> Iterable[str]:
    for mark, event in zip(marks, found, strict=True):
        if event is None:
            yield f"no event: {mark['document']} “{mark['phrase']}”"
    told = [(mark, event) for mark, event in zip(marks, found, strict=True) if event is not None]
    for (one, first), (other, second) in combinations(told, 2):
        same, merged = one["episode"] == other["episode"], home[first.id] is home[second.id]
        if same != merged:
            fault = "split" if same else "merged"
            yield f"{fault}: {_shown(one, first)} | {_shown(other, second)}"


def _shown(mark: Mapping[str, Any], event: Event) -> str:
    when = f"{event.date.start} {event.date.basis}" if event.date else "no date"
    return f"{mark['document']} “{mark['phrase']}” ({mark['episode']}; {event.act}, {event.status}, {when})"
