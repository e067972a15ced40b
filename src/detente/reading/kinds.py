"""What sort of document a text is, and whose, from its title or first line."""

from __future__ import annotations

import re
from typing import Final

_READOUT: Final = re.compile(r"^(?:joint\s+|press\s+)?read-?out\b|^.{0,40}\bread-?out\s+(?:of|from|on)\b", re.I)
_TRANSCRIPT: Final = re.compile(
    r"\btranscript\b|\bremarks\b|\bpress\s+(?:briefing|gaggle|conference|availability|call)\b|\bq\s?&\s?a\b"
    r"|\bjoint\s+press\b|\binterview\s+(?:with|of)\b|\bnews\s+conference\b|\bpress\s+avail\b|\bbriefing\s+by\b",
    re.I,
)
_STATEMENT: Final = re.compile(
    r"^(?:.{0,30}\b)?(?:press|joint|trilateral|quadrilateral|media|official|leaders[’']?)\s+(?:press\s+)?"
    r"(?:statement|communiqu[eé]|declaration)\b|^(?:statement|communiqu[eé]|declaration)\s+(?:by|from|of|on|regarding)\b"
    r"|^(?:g7|g20|nato|quad)\b.{0,40}\b(?:statement|communiqu[eé]|declaration)\b",
    re.I,
)
_STATEMENT_OF: Final = re.compile(
    r"^(?:press\s+)?statement\s+(?:by|from|of)\s+(?:the\s+)?(?P<who>[^,:;]{2,120}?)"
    r"(?=\s+(?:on|regarding|about|ahead|after|at|before|following|concerning|marking)\b|[,:;]|$)",
    re.I,
)
_SPEECH: Final = re.compile(
    r"^(?:[\w-]+\s+){0,2}(?:remarks|speech|address|keynote)(?:,?\s+as\s+prepared(?:\s+for\s+delivery)?)?\s+(?:by|of)"
    r"\s+(?:the\s+)?(?P<who>[^,:;]{2,120}?)"
    r"(?=\s+(?:on|regarding|about|ahead|after|at|before|following|in|to|and|as|during|for)\b|[,:;]|$)",
    re.I,
)


def heading(title: str | None, text: str) -> str:
    """The title, or else the first line that is not empty (200 characters of it at most)."""
    if title and title.strip():
        return " ".join(title.split())
    return text.lstrip()[:400].partition("\n")[0].strip()[:200]


def guess_kind(head: str) -> str:
    """One of readout, statement, news by the heading; a transcript is known by its turns, not here."""
    if _READOUT.search(head):
        return "readout"
    return "statement" if _STATEMENT.search(head) or _SPEECH.match(head) else "news"


def promises_transcript(head: str) -> bool:
    """Whether the heading is that of remarks, a briefing, an interview or the like."""
    return bool(_TRANSCRIPT.search(head))


def guess_issuer(kind: str, head: str, publisher: str | None) -> str | None:
    """Whose readout or statement it is, as the source words it: who a statement is by, or else the publisher."""
    if kind not in ("readout", "statement"):
        return None
    if kind == "statement" and (match := _STATEMENT_OF.match(head) or _SPEECH.match(head)):
        who = match["who"].strip()
        # A lone word is a title cut short or no name at all.
        if " " in who:
            return who
    return publisher
