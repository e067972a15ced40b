"""The API as it is described, asked at random."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from detente.web.guard import FORM_TOKEN
from tests.web.conftest import Serve

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# Few examples: each asks a real ledger. What a page does with bad parameters is in test_answers.
BOUNDED = settings(max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck))


def test_no_question_breaks_the_desk_and_answers_are_as_described(desk: str) -> None:
    schema = openapi.from_url(f"{desk}/openapi.json")
    asked = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @BOUNDED
        @given(case=operation.as_strategy())
        def ask(case: Case) -> None:
            case.call_and_validate(checks=CHECKS)

        ask()
        asked.append(operation.path)
    assert "/add.json" in asked and "/jobs/{id}.json" in asked
    assert "/dyads/{dyad}.json" in asked and "/dyads/{dyad}/{noun}.parquet" in asked and len(asked) > 8


def test_no_form_breaks_the_desk(demo: Path, tmp_path: Path, serve: Serve) -> None:
    desk = serve(Path(shutil.copy(demo, tmp_path / "relations.duckdb")))
    token = httpx.get(desk + "/add.json", timeout=60).json()["token"]
    operation = openapi.from_url(f"{desk}/openapi.json")["/add.json"]["POST"]
    statuses = set()

    @BOUNDED
    @given(case=operation.as_strategy())
    def send(case: Case) -> None:
        if isinstance(case.body, dict):
            case.body[FORM_TOKEN] = token
        statuses.add(case.call_and_validate(checks=CHECKS).status_code)

    send()
    # What is random lacks a date or is no address, and is told so; the guard has let it through.
    assert statuses & {202, 400}
