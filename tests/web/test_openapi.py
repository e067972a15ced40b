"""The API as it is described, asked at random."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from schemathesis import Case, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# Few examples: each asks a real ledger. What a page does with bad parameters is in test_answers.
BOUNDED = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


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
    assert "/dyads/{dyad}.json" in asked and "/dyads/{dyad}/{noun}.parquet" in asked and len(asked) > 8
