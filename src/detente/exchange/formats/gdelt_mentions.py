"""GDELT 2.0's table of mentions: 16 columns, tab-separated, without header; a row says where an event was told.

Source of the columns: GDELT Event Codebook V2.0. Confidence is published in per cent and kept as a share of 1.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.exchange.formats.cells import Cells, plain, shown, shown_numbers, small, stamp, stamp_text
from detente.exchange.formats.layout import Columns, Layout
from detente.ledger.row_tables import MENTIONS

COLUMNS: Final = (
    *("GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier"),
    *("SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"),
    *("MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
_TIME: Final = pa.timestamp("s")


def _decode(cells: Cells) -> Columns:
    return {
        "event": cells.checked("GLOBALEVENTID", "[0-9]{1,18}", "is no whole number", required=True),
        "first_seen": cells.read("EventTimeDate", stamp, _TIME),
        "mentioned": cells.read("MentionTimeDate", stamp, _TIME, required=True),
        "collection": cells.read("MentionType", small, pa.int32()),
        "publisher": cells.text("MentionSourceName"),
        "document": cells.text("MentionIdentifier"),
        "sentence": cells.read("SentenceID", small, pa.int32()),
        "confidence": pc.divide(cells.numbers("Confidence", 0, 100), 100.0),
        "tone": cells.numbers("MentionDocTone"),
    }


def _encode(rows: pa.Table) -> Columns:
    cells = dict.fromkeys(COLUMNS, pa.array([""] * rows.num_rows, pa.string()))
    return cells | {
        "GLOBALEVENTID": plain(rows["event"]),
        "EventTimeDate": shown(rows["first_seen"], stamp_text),
        "MentionTimeDate": shown(rows["mentioned"], stamp_text),
        "MentionType": shown(rows["collection"], str),
        "MentionSourceName": plain(rows["publisher"]),
        "MentionIdentifier": plain(rows["document"]),
        "SentenceID": shown(rows["sentence"], str),
        "Confidence": shown_numbers(pc.round(pc.multiply(rows["confidence"], 100.0), 6)),
        "MentionDocTone": shown_numbers(rows["tone"]),
    }


def _looks(cells: list[str]) -> bool:
    return len(cells) == 16 and cells[0].isdecimal() and all(len(c) == 14 and c.isdecimal() for c in cells[1:3])


GDELT_MENTIONS: Final = Layout(
    name="gdelt-mentions",
    datasets=("gdelt",),
    columns=COLUMNS,
    decode=_decode,
    encode=_encode,
    looks=_looks,
    key=("GLOBALEVENTID", "MentionTimeDate", "MentionIdentifier"),
    required=("GLOBALEVENTID", "MentionTimeDate"),
    schema=MENTIONS,
)
