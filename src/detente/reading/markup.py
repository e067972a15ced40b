"""The text of a fragment of HTML, as feeds carry it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    "address article aside blockquote center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main"
    " nav ol p pre section table td th tr ul".split()
)
_UNSEEN: Final = frozenset("script style head title".split())


def text_of(fragment: str) -> str:
    """Its text: blocks separated by blank lines, other white space single, `<br>` a line break."""
    reader = _Reader()
    reader.feed(fragment)
    reader.close()
    reader.end_block()
    return "\n\n".join(reader.blocks)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._lines: list[list[str]] = [[]]
        self._unseen = 0

    def end_block(self) -> None:
        lines = [" ".join("".join(pieces).split()) for pieces in self._lines]
        block = "\n".join(lines).strip()
        if block:
            self.blocks.append(block)
        self._lines = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _BLOCKS:
            self.end_block()
        elif tag == "br":
            self._lines.append([])
        elif tag in _UNSEEN:
            self._unseen += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        elif tag in _UNSEEN and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._lines[-1].append(data)
