"""An article has not the shape of its type.

- A how-to has numbered steps: a list ``1.`` ``2.`` with at least two items, or at least two headings with a list each.
- An FAQ has questions as headings: at least two of level 2 or 3 that end with a question mark.
- A reference has something to look up: a table, a list, or at least two headings.
- An announcement says something.

Only articles that name their type are looked at, and for each the text that its own readers see.

To mend it, give the article this shape, or another type: an explanation without steps is a ``concept``.

Bad::

    type: how-to

    Open the settings and choose the currency, then save.

Good::

    type: how-to

    1. Open **Settings → Billing**.
    2. Choose the currency.
    3. Choose **Save**.

Effect: the finding is reported; the page goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from kbgen.model.article import Rendering
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.sections import shown, type_place

CODE = "KB508"
NAME = "shape-of-its-type"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


@dataclass(slots=True)
class _Shape:
    """What was counted: numbered lists of two items and more, lists, tables, headings with a list below."""

    steps: int = 0
    lists: int = 0
    tables: int = 0
    listed: int = 0


def _questions(rendering: Rendering) -> int:
    return sum(heading.level in {2, 3} and heading.text.rstrip().endswith(("?", "？")) for heading in rendering.outline.headings)


def _says_something(rendering: Rendering, _shape: _Shape) -> bool:
    return any(section.text for section in rendering.outline.sections)


_FITS: Mapping[str, tuple[Callable[[Rendering, _Shape], bool], str, str]] = {
    "how-to": (
        lambda _, shape: shape.steps > 0 or shape.listed >= 2,
        "a how-to without numbered steps",
        "write the steps as a list '1.' '2.', or make it a concept",
    ),
    "faq": (
        lambda rendering, _: _questions(rendering) >= 2,
        "an FAQ without questions as headings",
        "write each question as a heading that ends with '?', at least two of them",
    ),
    "reference": (
        lambda rendering, shape: shape.tables + shape.lists > 0 or len(rendering.outline.headings) >= 2,
        "a reference without anything to look up",
        "put it into a table, a list or under headings, or make it a concept",
    ),
    "announcement": (_says_something, "an announcement that says nothing", "write what is new"),
}


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        if article.meta.type not in _FITS or not article.meta.typed:
            continue
        fits, message, hint = _FITS[article.meta.type]
        rendering = shown(article, facts.settings)
        if not fits(rendering, _shape_of(rendering.html)):
            yield Problem(CODE, type_place(article, facts.settings), message, hint)


def _shape_of(html: str) -> _Shape:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.shape


class _Reader(HTMLParser):
    """Counts, but not what is in a guide or in the footnotes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shape = _Shape()
        self._lists: list[tuple[str, int]] = []
        self._aside = ""
        self._depth = 0
        self._fresh = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = (dict(attrs).get("class") or "").split()
        if not self._aside and {"kb-guide", "footnote"} & set(words):
            self._aside, self._depth = tag, 0
        if self._aside:
            self._depth += tag == self._aside
        elif tag in {"ol", "ul"}:
            self.shape.lists += 1
            self.shape.listed += self._fresh
            self._fresh = False
            self._lists.append((tag, 0))
        elif tag == "li" and self._lists:
            kind, items = self._lists[-1]
            self._lists[-1] = (kind, items + 1)
        elif tag == "table":
            self.shape.tables += 1
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._fresh = True

    def handle_endtag(self, tag: str) -> None:
        if self._aside:
            self._depth -= tag == self._aside
            self._aside = self._aside if self._depth else ""
        elif tag in {"ol", "ul"} and self._lists:
            kind, items = self._lists.pop()
            self.shape.steps += kind == "ol" and items >= 2
