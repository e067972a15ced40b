"""Writes accuracy.md from what `detente evaluate NAME --json` says.

The reports are kept in accuracy.json, without the misses, so that the page can be checked without measuring again.
`python docs/build_accuracy.py NAME…` measures those evaluations only; without a name, all of them. With
`--page` nothing is measured: the page is written anew from accuracy.json and the pinned floors. With `--check` nothing is
written either: the exit status says whether the page is current.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pages import DOCS, ROOT, code, run, table

from detente.evaluation import EVALUATIONS
from detente.evaluation.gate import Bounds, read_floors

PAGE = DOCS / "accuracy.md"
DATA = DOCS / "accuracy.json"

Report = Mapping[str, Any]

# What each evaluation measures, and the best figure known elsewhere with its source, as far as there is one.
ABOUT: Final = {
    "seed": (
        "One news article on a visit of state, read well",
        "Events with type, both sides, status and date right, what must not be coded, statements, contacts.",
    ),
    "examples": (
        "Ten short articles on other dyads and other kinds of event",
        "Written and marked for this project before the coder was run on them; they lie in `examples/`. On longer documents, "
        "marked by others, PETRARCH2 reaches an F1 of .133 for type, both sides and status, UniversalPetrarch .103, and two "
        "human annotators agree at .82.",
    ),
    "unseen": (
        "Six more articles, marked before any run and never tuned on",
        "The honest figure for texts of your own. They lie in `examples/final`; `detente evaluate examples --data examples/check` "
        "measures eight others that were unseen at first and have served development since.",
    ),
    "coref": (
        "Who is meant by titles, pronouns and “both sides”",
        "Marked passages of our own, in `examples/coref`.",
    ),
    "plover_pairs": (
        "The type of what a marked source does to a marked target, 15 classes",
        "On a set of the same kind: UniversalPetrarch .463 macro-F1, GPT-4 .615, zero-shot inference with roberta-large .824, "
        "ConfliBERT fine-tuned .867 (Hu et al., ACL 2024).",
    ),
    "readout_contacts": (
        "Which governments were in contact, from the body of a White House readout",
        "The gold was read off the titles, which the coder does not see. Readouts of domestic meetings must give no contact. No "
        "other tool reports figures on this.",
    ),
    "us_travel": (
        "Visits found in White House documents, against the official record of travel",
        "Wanted are the journeys of which a sentence tells with traveller, host country and day; the rules were tuned on those of "
        "even rank in the record. No other tool reports figures on this.",
    ),
    "us_travel_all": (
        "The same, on documents of every length that may tell of a leader's visit",
        "Press briefings and remarks of up to an hour among them.",
    ),
    "episodes": (
        "One event in several sentences and documents: a year of two states",
        "390 reports in 54 documents of our own (`examples/us-china-2023`), marked before any run. `coverage` is the share of marked "
        "reports of which the coder has an event at all; `pairs` and `b3` are over those, `all` counts what is missed as alone.",
    ),
    "contacts": (
        "Who met whom, through which channel",
        "The contacts of the same documents: both sides' persons, days; then channel, mode and place of those found.",
    ),
    "series_simulation": (
        "Series of which the truth is known: bands and changes of level",
        "Made-up events, reports and miscodings (`src/detente/evaluation/series_worlds.tsv`), no text and no coder: the share of "
        "90 % bands that hold the truth, of shifts found within a month, and of runs without a shift that report one.",
    ),
    "commitments": (
        "Promises and what became of them",
        "The commitments of the same documents, marked before the linker was run: found, confirmed, and settled by which record.",
    ),
    "attribution": (
        "Who said what: source, cue and content, direct and indirect",
        "On PolNeAR (924 news articles).",
    ),
    "meantime": (
        "Dates, and the status of events, on Wikinews",
        "HeidelTime reaches a value F1 of .776 on the TempEval-3 set, which is another one. No event coder reports status.",
    ),
    "factuality": (
        "Did it happen, against graded human judgements",
        "UDS It-Happened v2 and the CommitmentBank.",
    ),
    "geoparsing": (
        "Places within 161 km of the gold",
        "Mordecai 3: .827 on LGL, .941 on GeoWebNews, with GeoNames in an Elasticsearch server.",
    ),
    "ablation": (
        "What rules and model are each worth",
        "The same development sets with the rules alone, the model alone (the rules only say where to look), and both. Of the "
        "pairs the model's answers are cross-validated.",
    ),
    "behaviour": (
        "What must change the coding, and what must not",
        "Generated sentences, in the manner of CheckList (Ribeiro et al., ACL 2020): other names, the passive, a synonym change "
        "nothing; a swap, a negation, a future change what they should. `base.coverage` is the share of sentences coded right "
        "before any change; the others are left out of the rates.",
    ),
}

# The figures that tell most of each; all of them are on the page, these first. One that a report lacks is passed over.
FIRST: Final = {
    "seed": (
        "events.wanted",
        "events.right",
        "must_not.broken",
        "statements.wanted",
        "statements.right",
        "contacts.right",
    ),
    "examples": ("event.f1", "event.precision", "event.recall", "event_dated.f1", "must_not.broken", "statement.f1"),
    "unseen": ("event.f1", "event.precision", "event.recall", "event_dated.f1", "must_not.broken", "statement.f1"),
    "coref": ("accuracy", "accuracy.anaphora"),
    "plover_pairs": ("macro_f1", "accuracy", "quad.macro_f1", "binary.macro_f1"),
    "readout_contacts": ("countries.f1", "exact", "counterparts", "modes", "contact.f1", "domestic.false"),
    "us_travel": ("recall", "recall.even", "recall.odd", "precision"),
    "us_travel_all": ("recall", "recall.even", "recall.odd", "precision"),
    "episodes": ("coverage", "pairs.precision", "pairs.recall", "b3.f1", "all.pairs.f1", "all.b3.f1"),
    "contacts": ("contact.precision", "contact.recall", "contact.f1", "channel", "mode", "days"),
    "series_simulation": (
        "coverage.score",
        "coverage.expected",
        "coverage.net",
        "coverage.index",
        "found.score_0.9",
        "found.episodes_2.5",
        "false_alarms",
    ),
    "commitments": (
        "commitment.precision",
        "commitment.recall",
        "commitment.f1",
        "state",
        "settled.precision",
        "settled.recall",
        "evidence",
        "confirmation",
    ),
    "attribution": ("right_source.f1", "content.f1", "source.f1", "cue.f1", "direct.recall", "indirect.recall"),
    "meantime": ("timex.value.f1", "timex.strict.f1", "status.macro_f1", "status.accuracy"),
    "factuality": ("ih2.mae", "ih2.pearson", "commitmentbank.mae", "commitmentbank.pearson"),
    "geoparsing": (
        "lgl.accuracy",
        "lgl.accuracy.odd",
        "gwn.accuracy",
        "gwn.accuracy.odd",
        "lgl.f1",
        "gwn.f1",
        "geovirus.accuracy",
    ),
    "ablation": tuple(
        f"{name}.{variant}.{figure}"
        for name, figure in (
            ("plover_pairs", "macro_f1"),
            ("seed", "event.f1"),
            ("examples", "event.f1"),
            ("check", "event.f1"),
            ("examples", "calibration.ece"),
        )
        for variant in ("rules", "model", "both")
    ),
    "behaviour": (
        "base.coverage",
        "invariance.names",
        "invariance.persons",
        "invariance.phrase",
        "invariance.passive",
        "invariance.nominal",
        "invariance.synonym",
        "directed.swap",
        "directed.negation",
        "directed.future",
        "directed.joint_actors",
        "directed.joint_recipients",
    ),
}
# Figures that count things; all others are shares.
_COUNTS: Final = frozenset(
    {"wanted", "right", "broken", "repeats", "elsewhere", "optional_right", "documents", "visits", "targets"}
    | {"given", "got", "merged"}
)

INTRODUCTION = """\
Every figure on this page was printed by `detente evaluate NAME`; `python docs/build_accuracy.py` measures them again. Shares run
from 0 to 1. The digest says which data a figure was measured on.

All but `unseen` are **development data**: the rules were written with them in view, though never for single rows of them. Expect
somewhat less on texts of your own. Where a floor is given, the project's checks fail if the figure falls below it.

A figure of another tool is given where one is published. Unless it says so, it was measured on *another set* of the same kind: it
shows the order of magnitude, not who wins."""


def page(reports: Iterable[Report], floors: Mapping[str, Bounds]) -> str:
    """The whole page."""
    by_name = {report["name"]: report for report in reports}
    parts = [
        "<!-- Written by docs/build_accuracy.py from what detente evaluate prints. -->",
        "# Accuracy",
        INTRODUCTION,
    ]
    for name in EVALUATIONS:
        if name in by_name:
            parts += _section(by_name[name], floors.get(name))
    missing = [code(name) for name in EVALUATIONS if name not in by_name]
    if missing:
        parts.append(f"Not measured on this page yet: {', '.join(missing)}.")
    return "\n\n".join(parts) + "\n"


def _section(report: Report, bounds: Bounds | None) -> list[str]:
    title, about = ABOUT[report["name"]]
    source = f"`detente evaluate {report['name']}`: {report['items']} items, digest `{report['sha256'][:12]}`."
    note = f" Note: {report['note']}." if report["note"] else ""
    figures = report["figures"]
    first = {name: figures[name] for name in FIRST[report["name"]] if name in figures}
    inner = "\n".join(f"    {line}" if line else "" for line in _figures(figures, bounds).splitlines())
    everything = f'??? note "All figures"\n\n{inner}'
    return [f"## {title}", about, source + note, *([_figures(first, bounds)] if first else []), everything]


def _figures(figures: Mapping[str, float], bounds: Bounds | None) -> str:
    rows = [(code(name), shown(name, value), _bound(name, bounds)) for name, value in figures.items()]
    if any(bound for _, _, bound in rows):
        return table(("Figure", "Value", "Floor"), rows)
    return table(("Figure", "Value"), (row[:2] for row in rows))


def shown(name: str, value: float) -> str:
    counts = name.startswith("n.") or name.rpartition(".")[2] in _COUNTS
    return f"{value:.0f}" if counts else f"{value:.3f}"


def _bound(name: str, bounds: Bounds | None) -> str:
    if bounds is None:
        return ""
    if name in bounds.ceilings:
        return f"at most {bounds.ceilings[name]:g}"
    return f"{bounds.floors[name]:g}" if name in bounds.floors else ""


def measure(name: str) -> dict[str, Any]:
    """What `detente evaluate NAME --json` prints, without the misses, the data's place told from the checkout."""
    command = [str(Path(sys.executable).with_name("detente")), "evaluate", name, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode != 0:
        raise SystemExit(f"detente evaluate {name} failed: {done.stderr.strip()}")
    report: dict[str, Any] = json.loads(done.stdout)
    del report["misses"], report["data"]
    return report


def read(path: Path = DATA) -> list[dict[str, Any]]:
    """The reports kept, none if there are none."""
    reports: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return reports


def main(names: list[str]) -> None:
    """Measure, keep, write."""
    kept = {report["name"]: report for report in read()}
    for name in names:
        print(f"measuring {name}", flush=True)
        kept[name] = measure(name)
        DATA.write_text(
            json.dumps([kept[known] for known in EVALUATIONS if known in kept], ensure_ascii=False, indent=1) + "\n",
            encoding="utf-8",
        )
    run(PAGE, lambda: page(read(), read_floors()))


if __name__ == "__main__":
    options = {"--page", "--check"} & set(sys.argv[1:])
    main([] if options else sys.argv[1:] or list(EVALUATIONS))
