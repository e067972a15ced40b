"""Writes codebook.md from the ontology's tables and the vocabularies of the records."""

from __future__ import annotations

from typing import Final

from pages import DOCS, code, number, run, table

from detente.ontology import Ontology, load_ontology
from detente.ontology.definitions import FORM, SAID, STATUS, TONE
from detente.ontology.tables import FUTURE_IS_AGREE, QUADS
from detente.records import DATE_BASES, FORMS, LEVELS, STATUSES

PAGE = DOCS / "codebook.md"

BASIS: Final = {
    "explicit": "The text gives a calendar date: *18 June 2023*, *in February 2022*.",
    "relative": "The text gives a date that only publication fixes: *Sunday*, *last year*. A bare weekday is the latest one "
    "on or before publication, unless the clause is about the future.",
    "inherited": "The clause has no date; that of another clause about the same event is taken.",
    "publication": "The text gives no date; that of publication stands in.",
}
LEVEL: Final = {
    "leader": "Heads of state and of government",
    "deputy leader": "Vice presidents, deputy prime ministers",
    "foreign minister": "Foreign ministers, whatever their title",
    "defence minister": "Defence ministers",
    "economic minister": "Ministers of finance, trade, commerce, the economy",
    "security adviser": "National security advisers and their like",
    "minister": "Other members of a government",
    "deputy minister": "Deputy ministers, state secretaries",
    "ambassador": "Ambassadors and other heads of mission",
    "military": "Commanders and chiefs of staff",
    "parliament": "Members of parliaments",
    "official": "Other officials, spokespersons, unnamed officials",
    "party": "Party officials",
    "organisation": "International organisations and their heads",
}


def page() -> str:
    """The whole page."""
    ontology = load_ontology()
    return (
        "\n\n".join(
            [
                "<!-- Written by docs/build_codebook.py from the tables: change those. -->",
                "# Codebook",
                "Détente codes events in [PLOVER](https://github.com/openeventdata/PLOVER) (2021 draft) and gives each its CAMEO "
                "code besides. This page is made from the tables that the coder reads, so it cannot differ from what the coder "
                "does. The names and scores are PLOVER's (Open Event Data Alliance, CC BY-SA 4.0), the definitions our own words.",
                *_types(ontology),
                *_modes(ontology),
                *_vocabularies(),
                *_contexts(ontology),
                *_sectors(ontology),
                *_cameo(ontology),
                "",
            ]
        ).rstrip()
        + "\n"
    )


def _types(ontology: Ontology) -> list[str]:
    rows = [
        (f"[{kind.name}](#{kind.name.lower()})", kind.quad, number(kind.score), kind.definition)
        for quad in QUADS
        for kind in ontology.types.values()
        if kind.quad == quad
    ]
    future = ", ".join(sorted(FUTURE_IS_AGREE))
    return [
        "## Event types",
        "Sixteen types in four quad classes. The score runs from −10 (conflict) to 10 (cooperation). Every record names the "
        "scheme of its quad class (`plover`), because users differ: protest is material conflict here and in Phoenix, verbal "
        "in GDELT.",
        table(("Type", "Quad class", "Score", "What it is"), rows),
        "### Rules worth knowing",
        f"- {future} still to come (invitations, promises, planned visits) are coded AGREE; the field `act` keeps the type "
        "that the words name, and the status tells planned from possible.\n"
        "- In a visit the visitor is the actor and the host the recipient. Where no such difference is made, everyone is an "
        "actor, `reciprocal` is true and there is no recipient.\n"
        "- Summoning an ambassador is coded by what he is told (ACCUSE, REJECT), not as CONSULT. Recalling one's own is "
        "SANCTION, `withdraw`.\n"
        "- A country that is only talked about is no party. A capital may stand for a government; then it is no place.\n"
        "- The PLOVER manual prints the score of ACCUSE as 3. Its modes run from −2 to −3.5: it is −3.\n"
        "- PLOVER's benchmarks count CONCEDE and RETREAT as one class, YIELD. The records keep them apart.",
    ]


def _modes(ontology: Ontology) -> list[str]:
    parts = ["## Modes", "A mode says how. Types that are not listed have none."]
    for kind in ontology.types.values():
        rows = [
            (code(mode.name), number(mode.score), mode.definition)
            for mode in ontology.modes.values()
            if mode.type == kind.name
        ]
        parts += [f"### {kind.name}", kind.definition]
        parts += [table(("Mode", "Score", "What it is"), rows)] if rows else ["No modes."]
    return parts


def _vocabularies() -> list[str]:
    return [
        "## Status",
        "Whether it happened. PLOVER foresees this as auxiliary modes; here every event has exactly one.",
        table(("Status", "What it says"), ((code(name), STATUS[name]) for name in STATUSES)),
        "## Date bases",
        "How the date range of a record was found.",
        table(("Basis", "What it says"), ((code(name), BASIS[name]) for name in DATE_BASES)),
        "## Statements",
        "Who said what, one record a sentence of content.",
        table(("Field", "What it says"), ((code(name), about) for name, about in SAID.items())),
        "## Forms of statements",
        table(("Form", "What it says"), ((code(name), FORM[name]) for name in FORMS)),
        "## Tone of statements",
        "A number from −1 to 1, by the words of the lexicon; its sign says",
        table(("Tone", "What it says"), ((code(name), about) for name, about in TONE.items())),
        "## Levels of actors",
        table(("Level", "Who"), ((code(name), LEVEL[name]) for name in LEVELS)),
    ]


def _contexts(ontology: Ontology) -> list[str]:
    rows = [(code(context.name), context.definition) for context in ontology.contexts.values()]
    return [
        "## Contexts",
        "What it is about; an event has any number of them.",
        table(("Context", "What it covers"), rows),
    ]


def _sectors(ontology: Ontology) -> list[str]:
    return [
        "## Sectors of actors",
        table(("Code", "Who"), ((code(name), text) for name, text in ontology.sectors.items())),
    ]


def _cameo(ontology: Ontology) -> list[str]:
    rows = [
        (
            code(entry.code),
            entry.name,
            entry.type,
            code(entry.mode or ""),
            ", ".join(entry.contexts),
            number(entry.goldstein),
        )
        for entry in sorted(ontology.cameo.values(), key=lambda entry: entry.code)
    ]
    return [
        "## CAMEO crosswalk",
        "Each CAMEO code and the PLOVER type, mode and contexts it goes to, after the crosswalk of 17 September 2021; modes "
        "that PLOVER has dropped since are those that replaced them. CAMEO 01 (public statement) has no type: it is a "
        "statement record. In the other direction an event gets the code whose type and mode are its own and whose contexts "
        "fit best; so several CAMEO codes can come from an import that no event coded here will have. The last column is the "
        "Goldstein score published for the code.",
        table(("CAMEO", "Name", "Type", "Mode", "Contexts", "Goldstein"), rows),
    ]


if __name__ == "__main__":
    run(PAGE, page)
