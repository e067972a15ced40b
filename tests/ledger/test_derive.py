"""What a dyad comes to, whatever days the documents give."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.ledger.derive import derive
from detente.relations import Report
from tests.ledger.reports import AMERICA, BLINKEN, CHINA, DYAD, WANG, report

_ENDS = (date.min, date.max, date(1, 1, 3), date(9999, 12, 29), date(2023, 6, 18))


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.sampled_from(_ENDS)] * 2, st.sampled_from(["explicit", "publication"])), min_size=2))
def test_days_at_the_ends_of_the_calendar(days: list[tuple[date, date, str]]) -> None:
    """Files give days such as 9999-12-31 for "not known"."""
    reports: list[Report] = []
    for number, (on, published, basis) in enumerate(days):
        more = {"on": on, "published": published, "basis": basis, "document": f"d{number}"}
        reports.append(report("Blinken met Wang", [BLINKEN], [WANG], **more))  # type: ignore[arg-type]
        words = "China agreed to hold talks on trade with America"
        reports.append(report(words, [CHINA], [AMERICA], kind="AGREE", start=40, trigger="agreed", **more))  # type: ignore[arg-type]
        words = "China promised America to open a rail link by May"
        reports.append(report(words, [CHINA], [AMERICA], kind="AGREE", start=90, trigger="promised", **more))  # type: ignore[arg-type]
    sources = {one.source.document: one.source for one in reports}
    for as_of in (date.min, date(2023, 12, 31), date.max):
        found = derive(DYAD, reports, (), sources, as_of)
        assert sum(len(episode.reports) for episode in found.episodes) == len(reports)
