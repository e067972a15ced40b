"""The text of a fragment of HTML, as feeds carry it."""

from __future__ import annotations

from typing import Final

_BLOCKS: Final = frozenset(
    "address article aside blockquote center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main"
    " nav ol p pre section table td th tr ul".split()
)
_UNSEEN: Final = frozenset("script style title".split())


def text_of(fragment: str) -> str:
    """Its text: blocks separated by blank lines, other white space single, `<br>` a line break."""
    # Imported late: most runs read no feed. (The standard library's parser takes hours over hostile comments.)
    from lxml import etree

    data = fragment.replace("\0", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    tree = etree.fromstring(b"<html><body>" + data, parser)
    blocks = _Blocks()
    unseen = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            if node.tag in _BLOCKS:
                blocks.end()
            elif node.tag == "br":
                blocks.lines.append([])
            unseen += node.tag in _UNSEEN
            text = node.text
        else:
            if event == "end":
                if node.tag in _BLOCKS:
                    blocks.end()
                unseen -= node.tag in _UNSEEN
            text = node.tail
        if text and not unseen:
            blocks.lines[-1].append(text)
    blocks.end()
    return "\n\n".join(blocks.done)


class _Blocks:
    """The blocks that are done, and the lines (in pieces) of the one that is being read."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.lines: list[list[str]] = [[]]

    def end(self) -> None:
        block = "\n".join(" ".join("".join(pieces).split()) for pieces in self.lines).strip()
        if block:
            self.done.append(block)
        self.lines = [[]]
