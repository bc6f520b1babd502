"""Sanitised HTML as plain text, to be pasted where nothing else is understood: chats, tickets, messengers."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from kbgen.content.sanitise import LINK, RawLink

_APART = frozenset("p div section blockquote pre table ul ol dl details h1 h2 h3 h4 h5 h6 figure".split())
_OUTSIDE = ("http://", "https://", "mailto:", "tel:")


def plain_text(html: str, links: Sequence[RawLink] = ()) -> str:
    """The text: paragraphs apart by an empty line, items of lists with ``- `` or their number, addresses behind the words of a link."""
    writer = _Writer(links)
    writer.feed(html)
    writer.close()
    return writer.text()


class _Writer(HTMLParser):
    def __init__(self, links: Sequence[RawLink]) -> None:
        super().__init__(convert_charrefs=True)
        self._links = links
        self._lines: list[str] = []
        self._line: list[str] = []
        self._lists: list[int | None] = []  # the next number of each open list; None for one without numbers
        self._item = ""
        self._code = 0
        self._link: tuple[str, int] | None = None

    def text(self) -> str:
        """What was written."""
        self._break()
        return "\n".join(self._lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in {"ul", "ol"}:
            self._break(apart=not self._lists)
            start = values.get("start") or "1"
            self._lists.append(None if tag == "ul" else int(start) if start.isdecimal() and len(start) < 10 else 1)
        elif tag == "li":
            self._break()
            self._item = self._bullet()
        elif tag in _APART:
            # The first paragraph of an item stands behind its bullet.
            self._break(apart=not self._lists)
        elif tag == "br" or tag in {"tr", "dt", "dd"}:
            self._break()
        elif tag in {"td", "th"} and "".join(self._line).strip():
            self._line.append(" | ")
        elif tag == "img" and values.get("alt"):
            self._line.append(str(values["alt"]))
        elif tag == "a":
            self._link = (self._target(values.get("href") or ""), len(self._line))
        self._code += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link:
            target, begun = self._link
            shown = "".join(self._line[begun:]).strip()
            if target and shown not in {target, target.partition(":")[2]}:
                self._line.append(f" ({target.removeprefix('mailto:').removeprefix('tel:')})")
            self._link = None
        elif tag in {"ul", "ol"} and self._lists:
            self._break()
            self._lists.pop()
            self._break(apart=not self._lists)
        elif tag in _APART:
            self._break(apart=not self._lists)
        elif tag == "li":
            self._break()
        self._code -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if self._code > 0 and "\n" in data:
            for line in data.split("\n")[:-1]:
                self._line.append(line)
                self._break(keep=True)
            data = data.rpartition("\n")[2]
        self._line.append(data)

    def _target(self, href: str) -> str:
        number = href.removeprefix(LINK)
        if href.startswith(LINK) and number.isdecimal() and int(number) < len(self._links):
            target = self._links[int(number)].target.strip()
            return target if target.startswith(_OUTSIDE) else ""
        return ""

    def _bullet(self) -> str:
        depth = max(0, len(self._lists) - 1)
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        return "  " * depth + ("- " if number is None else f"{number}. ")

    def _break(self, *, apart: bool = False, keep: bool = False) -> None:
        written = "".join(self._line)
        written = written.rstrip() if keep or self._code > 0 else " ".join(written.split())
        if keep and not written:
            self._lines.append("")
        elif written:
            self._lines.append((self._item or "  " * len(self._lists)) + written)
            self._item = ""
        self._line = []
        if apart and self._lines and self._lines[-1]:
            self._lines.append("")
