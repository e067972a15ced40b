"""Which words name which event: the tables of verbs, nouns, nouns of verbs, object classes, support verbs, mode cues.

A verb row reads: these verbs, with such an object (or complement), name this type; its recipient is looked for in these
slots, in order. The first row that fits wins, rows with a condition before rows without. The tables are this project's
own work after the definitions of the PLOVER codebook.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from detente.errors import TableError
from detente.lexicon.tables import Row, data_folder, read_table, split
from detente.ontology import load_ontology


@dataclass(frozen=True, slots=True)
class VerbRule:
    """`condition` on the object or complement (empty: none); `shape` is dir, recip, swap or exercise."""

    number: int
    lemma: str
    particle: str
    condition: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    shape: str
    slots: tuple[str, ...]

    @property
    def name(self) -> str:
        verb = f"{self.lemma} {self.particle}".strip()
        return f"verb:{verb}" + (f"+{self.condition}" if self.condition else "")


@dataclass(frozen=True, slots=True)
class NounRule:
    """`words` before the head ("phone" of "phone call"); `needs` is empty, verbal, modified, had or by-people."""

    head: str
    words: tuple[str, ...]
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    shape: str
    slots: tuple[str, ...]
    needs: str

    @property
    def name(self) -> str:
        return "noun:" + " ".join((*self.words, self.head))


@dataclass(frozen=True, slots=True)
class Filing:
    """Where the published pairs file a type, if mode, contexts and lemma fit (empty: any); `when` is empty, future or
    denied."""

    type: str
    mode: str
    contexts: str
    verbs: frozenset[str]
    when: str
    filed: str


@dataclass(frozen=True, slots=True)
class Triggers:
    """All tables, indexed by lemma; `nominals` gives lemma and particle of the verb that a noun is made from."""

    verbs: dict[str, tuple[VerbRule, ...]]
    nouns: dict[str, tuple[NounRule, ...]]
    nominals: dict[str, tuple[str, str]]
    classes: dict[str, frozenset[str]]
    support: dict[str, tuple[str, str]]
    mode_cues: tuple[tuple[str, str, frozenset[str]], ...]
    filings: tuple[Filing, ...]


@lru_cache(maxsize=1)
def load_triggers() -> Triggers:
    """Read the tables once.

    Raises:
        TableError: a table is malformed, or a row names an unknown type.
    """
    types = load_ontology().types
    classes = {row["class"]: frozenset(split(row["nouns"])) for row in _table("classes", "class", "nouns")}
    verbs: dict[str, list[VerbRule]] = {}
    for number, row in enumerate(_table("verbs", "verbs", "object", "type", "mode", "contexts", "recipient")):
        if row["type"] not in types:
            raise TableError(f"{row['']}: unknown type {row['type']!r}")
        shape, _, slots = row["recipient"].rpartition(":")
        for phrase in split(row["verbs"]):
            lemma, _, particle = phrase.strip().partition(" ")
            rule = VerbRule(
                number,
                lemma,
                particle,
                row["object"],
                row["type"],
                row["mode"] or None,
                tuple(filter(None, row["contexts"].split(";"))),
                shape or "dir",
                tuple(filter(None, slots.split(","))),
            )
            verbs.setdefault(lemma, []).append(rule)
    nouns: dict[str, list[NounRule]] = {}
    for row in _table("nouns", "nouns", "type", "mode", "contexts", "shape", "slots", "needs"):
        if row["type"] not in types:
            raise TableError(f"{row['']}: unknown type {row['type']!r}")
        for phrase in split(row["nouns"]):
            *words, head = phrase.strip().split(" ")
            rule_ = NounRule(
                head,
                tuple(words),
                row["type"],
                row["mode"] or None,
                tuple(filter(None, row["contexts"].split(";"))),
                row["shape"],
                tuple(row["slots"].split(",")),
                row["needs"],
            )
            nouns.setdefault(head, []).append(rule_)
    nominals: dict[str, tuple[str, str]] = {}
    for row in _table("nominalisations", "nouns", "verb"):
        lemma, _, particle = row["verb"].partition(" ")
        if lemma not in verbs:
            raise TableError(f"{row['']}: no row of verbs.tsv has {lemma!r}")
        nominals |= dict.fromkeys(split(row["nouns"]), (lemma, particle))
    support = {
        verb: (row["effect"], row["subject"])
        for row in reversed(_table("support_verbs", "verbs", "effect", "subject"))
        for verb in split(row["verbs"])
    }
    cues = tuple(
        (row["type"], row["mode"], frozenset(split(row["cues"]))) for row in _table("mode_cues", "type", "mode", "cues")
    )
    return Triggers(
        {lemma: tuple(sorted(rules, key=_specific)) for lemma, rules in verbs.items()},
        {head: tuple(sorted(rules, key=lambda rule: -len(rule.words))) for head, rules in nouns.items()},
        nominals,
        classes,
        support,
        cues,
        tuple(_filings(types)),
    )


def _filings(types: Collection[str]) -> Iterator[Filing]:
    for row in _table("filing", "type", "mode", "contexts", "verbs", "when", "filed", "source"):
        for name in (row["type"], row["filed"]):
            if name not in types:
                raise TableError(f"{row['']}: unknown type {name!r}")
        if row["when"] not in ("", "future", "denied"):
            raise TableError(f"{row['']}: unknown time {row['when']!r} (future, denied or nothing)")
        yield Filing(
            row["type"], row["mode"], row["contexts"], frozenset(split(row["verbs"])), row["when"], row["filed"]
        )


def _table(name: str, *columns: str) -> list[Row]:
    return read_table(data_folder() / "triggers" / f"{name}.tsv", columns)


def _specific(rule: VerbRule) -> tuple[bool, bool, int]:
    """Sort key: particle verbs first, then rows with a condition, then in the order of the table."""
    return (not rule.particle, not rule.condition, rule.number)
