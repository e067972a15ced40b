"""`detente doctor`: is everything here that is needed to run?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

from detente.errors import DetenteError


def run_doctor() -> int:
    """Print a line for each part, and return 0 if all are well, else 1."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Python", _python),
        ("packages", _packages),
        ("pipeline", _pipeline),
        ("tables", _tables),
        ("model", _model),
        ("coding", _coding),
    ]
    healthy = True
    for name, check in checks:
        try:
            print(f"ok      {name}: {check()}", flush=True)
        except DetenteError as fault:
            healthy = False
            print(f"BROKEN  {name}: {fault}")
        except ImportError as fault:
            healthy = False
            print(f"BROKEN  {name}: {fault}: run `pip install --force-reinstall detente`")
    return 0 if healthy else 1


def _python() -> str:
    return ".".join(str(part) for part in sys.version_info[:3])


def _packages() -> str:
    wrong, fine = [], 0
    for line in requires("detente") or []:
        requirement = Requirement(line)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            wrong.append(f"{requirement.name} is missing: run `pip install '{requirement}'`")
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            wrong.append(f"{requirement.name} is {found}: run `pip install '{requirement}'`")
        fine += 1
    if wrong:
        raise DetenteError("; ".join(wrong))
    return f"{fine} as wanted"


def _pipeline() -> str:
    from detente.coding.pipeline import load_pipeline
    from detente.settings import load_settings

    nlp = load_pipeline(load_settings().pipeline)
    return f"spaCy {nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def _tables() -> str:
    from detente.lexicon import load_lexicon
    from detente.lexicon.triggers import load_triggers
    from detente.ontology import load_ontology

    ontology, triggers = load_ontology(), load_triggers()
    load_lexicon()
    return f"{len(ontology.types)} types, {len(triggers.verbs)} verbs and {len(triggers.nouns)} nouns that name events"


def _model() -> str:
    from detente.coding.relation import load_relation_model

    return f"{load_relation_model().version}, the one that was trained"


def _coding() -> str:
    from datetime import date

    from detente.coding import Coder
    from detente.records import Document
    from detente.settings import load_settings

    text = "Germany expelled two Russian diplomats on Friday."
    coded = Coder(**load_settings().for_coder).code(Document(text, published=date(2021, 9, 18)))
    if not coded.events:
        raise DetenteError("a plain sentence gave no event: run `pip install --force-reinstall detente`")
    return f"a sentence gave {coded.events[0].type} {coded.events[0].actors[0].actor.id}"
