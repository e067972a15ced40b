"""GDELT's global knowledge graph 2.1: 27 columns, tab-separated, without header; a row says what a document is about.

Source of the columns: GKG Codebook V2.1. Lists in a cell stay as published (`;` and `,` between their parts).
"""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa

from detente.exchange.formats.cells import Cells, number, plain, shown, small, stamp, stamp_text
from detente.exchange.formats.layout import Columns, Layout
from detente.ledger.row_tables import DOCUMENTS

COLUMNS: Final = (
    *("GKGRECORDID", "DATE", "SourceCollectionIdentifier", "SourceCommonName", "DocumentIdentifier", "Counts"),
    *("V2Counts", "Themes", "V2Themes", "Locations", "V2Locations", "Persons", "V2Persons", "Organizations"),
    *("V2Organizations", "V2Tone", "Dates", "GCAM", "SharingImage", "RelatedImages", "SocialImageEmbeds"),
    *("SocialVideoEmbeds", "Quotations", "AllNames", "Amounts", "TranslationInfo", "Extras"),
)
_ID: Final = re.compile(r"\d{14}-T?\d+")
# Columns of rows that are cells as published.
_PLAIN: Final = (
    ("publisher", "SourceCommonName"),
    ("document", "DocumentIdentifier"),
    ("themes", "V2Themes"),
    ("places", "V2Locations"),
    ("persons", "V2Persons"),
    ("organisations", "V2Organizations"),
)


def _decode(cells: Cells) -> Columns:
    found = {ours: cells.text(theirs) for ours, theirs in _PLAIN}
    return found | {
        "id": cells.checked("GKGRECORDID", "[0-9]{14}-T?[0-9]{1,18}", "is no id of a GKG record", required=True),
        # 0 where the day of a special collection is not known.
        "published": cells.read("DATE", lambda text: None if text == "0" else stamp(text), pa.timestamp("s")),
        "collection": cells.read("SourceCollectionIdentifier", small, pa.int32()),
        # The first of seven figures is the tone.
        "tone": cells.read("V2Tone", lambda text: number(text.partition(",")[0]), pa.float64()),
    }


def _encode(rows: pa.Table) -> Columns:
    cells = dict.fromkeys(COLUMNS, pa.array([""] * rows.num_rows, pa.string()))
    cells |= {theirs: plain(rows[ours]) for ours, theirs in _PLAIN}
    return cells | {
        "GKGRECORDID": plain(rows["id"]),
        "DATE": shown(rows["published"], stamp_text),
        "SourceCollectionIdentifier": shown(rows["collection"], str),
    }


def _looks(cells: list[str]) -> bool:
    return len(cells) == 27 and bool(_ID.fullmatch(cells[0]))


GDELT_GKG: Final = Layout(
    name="gdelt-gkg",
    datasets=("gdelt",),
    columns=COLUMNS,
    decode=_decode,
    encode=_encode,
    looks=_looks,
    key=("GKGRECORDID", "DATE", "DocumentIdentifier"),
    required=("GKGRECORDID",),
    schema=DOCUMENTS,
    # Names in GDELT's own tables in BigQuery and in the codebook.
    aliases={"V1Counts": "Counts", "V1Themes": "Themes", "V1Locations": "Locations", "V1Persons": "Persons"}
    | {"V1Organizations": "Organizations", "V15Tone": "V2Tone", "V2SourceCommonName": "SourceCommonName"}
    | {"V2DocumentIdentifier": "DocumentIdentifier", "V2Date": "DATE", "V21Date": "DATE"},
)
