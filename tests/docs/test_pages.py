"""Generated pages are what their scripts make, and say all there is to say."""

from __future__ import annotations

import typing
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from detente.cli.main import app
from detente.ontology import load_ontology
from detente.records import DATE_BASES, FORMS, LEVELS, STATUSES

DOCS = Path(__file__).resolve().parents[2] / "docs"
Script = Callable[[str], ModuleType]


@pytest.mark.parametrize("name", ["codebook", "ledger", "records"])
def test_a_generated_page_is_current(script: Script, name: str) -> None:
    page = script(f"build_{name}").page()
    assert (DOCS / f"{name}.md").read_text(encoding="utf-8") == page, f"run python docs/build_{name}.py"


def test_the_codebook_explains_every_name(script: Script) -> None:
    page = script("build_codebook").page()
    ontology = load_ontology()
    for name in (*ontology.contexts, *ontology.cameo, *ontology.sectors, *STATUSES, *DATE_BASES, *FORMS, *LEVELS):
        assert f"| `{name}` |" in page, name
    for kind in ontology.types.values():
        assert f"\n### {kind.name}\n\n{kind.definition}" in page


def test_every_field_on_the_wire_is_explained(script: Script) -> None:
    records = script("build_records")
    event, statement = records.example()
    assert list(event.to_dict()) == list(records.EVENT)
    assert list(statement.to_dict()) == list(records.STATEMENT)
    inside = {
        "actors.": records.PARTICIPANT,
        "recipients.": records.PARTICIPANT,
        "speaker.": records.PARTICIPANT,
        "date.": records.DATE,
        "evidence.": records.SPAN,
        "content.": records.SPAN,
    }
    seen = {*records.paths(event.to_dict()), *records.paths(statement.to_dict())}
    for before, fields in inside.items():
        assert {path.removeprefix(before) for path in seen if path.startswith(before)} == set(fields)


def test_the_example_holds_to_what_the_page_promises_of_spans(script: Script) -> None:
    event, statement = script("build_records").example()
    spans = [event.evidence, event.trigger, *(p.span for p in (*event.actors, *event.recipients)), statement.content]
    for span in spans:
        assert len(span.text) == span.end - span.start
    assert event.cameo == load_ontology().cameo_code(event.type, event.mode, event.contexts)
    assert event.score == load_ontology().score(event.type, event.mode)
    assert event.quad == load_ontology().quad(event.type)


def test_the_reference_of_the_command_line_is_complete() -> None:
    """By content and not to the letter: how help is set out is the library's affair."""
    page = " ".join((DOCS / "cli.md").read_text(encoding="utf-8").split())
    assert app.registered_commands
    for command in app.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__
        assert f"## detente {name} " in page
        section = page.partition(f"## detente {name} ")[2].partition(" ## ")[0]
        for text in (command.callback.__doc__ or "").split("\n\n"):
            assert " ".join(text.split()) in section
        for parameter, hint in typing.get_type_hints(command.callback, include_extras=True).items():
            for info in getattr(hint, "__metadata__", ()):
                assert " ".join(info.help.split()) in section, (name, parameter)
                for option in getattr(info, "param_decls", None) or ():
                    assert option in section
