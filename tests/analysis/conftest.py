"""Dossiers of two dyads, made by the real coder and the ledger's own rules from short texts of our own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from detente.analysis.dossier import Dossier
from detente.coding import Coder
from detente.ledger import derive
from detente.records import Document
from detente.relations import Report, Source, Telling, dyad_of, dyads_of

OSLO = (
    Document(
        "Norwegian Foreign Minister Espen Barth Eide met Swedish Foreign Minister Tobias Billström in Oslo on 12 March "
        "2024. Eide said that lower quotas for cod would ruin the fishing towns of northern Norway. Billström invited "
        "Eide to visit Stockholm in June. The two ministers agreed to open a railway office in Trondheim.",
        "n1",
        "Neighbours meet in Oslo",
        date(2024, 3, 13),
        "Agency",
        url="https://news.example/oslo",
    ),
    Document(
        "Foreign Minister Espen Barth Eide received Sweden's Foreign Minister Tobias Billström in Oslo on 12 March "
        "2024. Billström assured Eide that Sweden would not reduce the night trains to Narvik.",
        "n2",
        "Meeting with Sweden's foreign minister",
        date(2024, 3, 12),
        "Ministry of Foreign Affairs of Norway",
        kind="readout",
        issuer="NOR",
    ),
    Document(
        "Foreign Minister Tobias Billström met Norway's Foreign Minister Espen Barth Eide in Oslo on 12 March 2024. "
        "Billström said that Sweden stands by Norway in the defence of the north.",
        "n3",
        "Visit to Norway",
        date(2024, 3, 12),
        "Ministry for Foreign Affairs of Sweden",
        kind="readout",
        issuer="SWE",
    ),
    Document(
        "Eide arrived in Stockholm on 5 June 2024 and held talks with Billström. Sweden and Norway held talks.",
        "n4",
        "Eide in Stockholm",
        date(2024, 6, 6),
        "Agency",
    ),
    Document(
        "Norwegian Foreign Minister Espen Barth Eide told Sweden on Thursday that lower quotas for cod would ruin many "
        "fishing towns in northern Norway.",
        "n5",
        "Eide on <b>fish</b>",
        date(2024, 7, 4),
        "Morning Paper",
        url="javascript:alert(1)",
    ),
)
DELHI = (
    Document(
        "India expelled two Pakistani diplomats on Monday. Pakistan summoned the Indian charge d'affaires on Tuesday. "
        'Pakistani Foreign Ministry spokesperson Mumtaz Baloch said: "India bears responsibility for the crisis."',
        "d1",
        "Delhi sends diplomats home",
        date(2024, 5, 15),
        "Agency",
    ),
    Document(
        "Pakistan imposed a ban on Indian airlines on Thursday.",
        "d2",
        "Skies closed",
        date(2024, 5, 17),
        "Agency",
    ),
)


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="session")
def make_dossier(coder: Coder) -> Callable[..., Dossier]:
    """What the ledger would know of a dyad if these documents were all that is filed."""

    def made(documents: Sequence[Document], dyad: tuple[str, str], since: date, until: date) -> Dossier:
        pair, reports, tellings = dyad_of(*dyad), [], []
        heads = {d.id: Source(d.id, d.published, d.title, d.publisher, d.url, d.kind, d.issuer) for d in documents}
        signals = []
        for document in documents:
            coded = coder.code(document)
            reports += [Report(e, heads[document.id]) for e in coded.events if pair in dyads_of(e)]
            tellings += [Telling(s, heads[document.id]) for s in coded.statements]
            signals += coded.signals
        known = derive(pair, reports, tellings, heads, until)
        return Dossier(
            dyad,
            until,
            since,
            until,
            known.episodes,
            known.contacts,
            known.channels,
            known.commitments,
            {report.event.id: report for report in reports},
            tuple(tellings),
            tuple(signals),
            heads,
            {d.id: d.text for d in documents},
        )

    return made


@pytest.fixture(scope="session")
def oslo(make_dossier: Callable[..., Dossier]) -> Dossier:
    """Norway and Sweden in 2024, Norway first."""
    return make_dossier(OSLO, ("NOR", "SWE"), date(2024, 1, 1), date(2024, 7, 31))


@pytest.fixture(scope="session")
def delhi(make_dossier: Callable[..., Dossier]) -> Dossier:
    """Pakistan and India in May 2024, Pakistan first."""
    return make_dossier(DELHI, ("PAK", "IND"), date(2024, 5, 1), date(2024, 5, 31))
