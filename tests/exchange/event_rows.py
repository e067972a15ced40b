"""Event rows drawn at random, with text that no file is ready for."""

from __future__ import annotations

from hypothesis import strategies as st

from detente.ontology import load_ontology
from detente.records import STATUSES
from detente.rows import DATASETS, EventRow, Party, RowPlace

ONTOLOGY = load_ontology()
_HOSTILE = st.sampled_from(
    ["\t", "\n", "\r\n", '"', '""', "\x00", "NA", "NULL", "\ufeff", "習近平", "é", ",", ";", "\x1f"]
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.lists(_HOSTILE, max_size=4).map("".join)
MAYBE = st.none() | TEXT
COUNTRY = st.none() | st.sampled_from(["USA", "CHN", "ROU", "XKX", "PSE", "COD"])
SECTORS = st.lists(st.sampled_from(sorted(ONTOLOGY.sectors)), max_size=3, unique=True).map(tuple)
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False)
PARTY = st.builds(Party, MAYBE, COUNTRY, MAYBE, SECTORS)
PLACE = st.builds(
    RowPlace,
    MAYBE,
    COUNTRY,
    MAYBE,
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180),
    st.none() | st.integers(0, 10**15),
)
_MODES = [(kind, None) for kind in ONTOLOGY.types] + list(ONTOLOGY.modes)
_CAMEO = [(entry.code, entry.type, entry.mode, entry.contexts) for entry in ONTOLOGY.cameo.values()]
_ACLED = [("Armed clash", "ASSAULT", None, ()), ("Other", None, None, ()), ("Peaceful protest", "PROTEST", "demo", ())]
CODED = (
    st.sampled_from(_CAMEO).map(lambda coded: ("cameo", *coded))
    | st.sampled_from(_MODES).map(lambda pair: ("plover", pair[0], *pair, ("economic",)))
    | st.sampled_from(_ACLED).map(lambda coded: ("acled", *coded))
)


@st.composite
def event_rows(draw: st.DrawFn) -> EventRow:
    """One row; what a row says in two places agrees, as in rows that were imported."""
    scheme, code, kind, mode, contexts = draw(CODED)
    start = draw(st.none() | st.dates())
    quad = draw(st.none() | st.sampled_from(["verbal conflict", "material cooperation"]))
    score = draw(NUMBER)
    return EventRow(
        dataset=draw(st.sampled_from(DATASETS)),
        id=draw(TEXT | st.integers(0, 10**17).map(str)),
        start=start,
        end=start,
        actor=draw(PARTY),
        recipient=draw(PARTY),
        code=code,
        code_scheme=scheme,
        type=kind,
        mode=mode,
        contexts=contexts,
        status=draw(st.sampled_from(STATUSES)),
        quad=quad,
        quad_scheme=draw(st.sampled_from(["plover", "gdelt"])) if quad else None,
        score=score,
        score_scheme=draw(st.sampled_from(["plover", "goldstein"])) if score is not None else None,
        place=draw(PLACE),
        document=draw(MAYBE),
        sentence=draw(st.none() | st.integers(-1, 10**6)),
        publisher=draw(MAYBE),
        url=draw(MAYBE),
        text=draw(MAYBE),
        reports=draw(st.none() | st.integers(0, 10**6)),
        tone=draw(NUMBER),
        confidence=draw(st.none() | st.floats(0, 1)),
    )
