"""The API as it is described, asked at random."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

# Few examples: each asks a real ledger. What a page does with bad parameters is in test_answers.
BOUNDED = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def described(desk: str) -> Any:
    return schemathesis.openapi.from_url(f"{desk}/openapi.json")


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@BOUNDED
def test_no_question_breaks_the_desk_and_answers_are_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate(
        checks=[
            schemathesis.checks.not_a_server_error,
            schemathesis.checks.status_code_conformance,
            schemathesis.checks.content_type_conformance,
            schemathesis.checks.response_schema_conformance,
        ]
    )
