"""The headings of an article are not in order.

The title of an article comes from its front matter and is the one heading of level 1. The text starts with level 2 (``##``) and goes
down one level at a time. People who use a screen reader move through a page by its headings; a level that is missing looks to them like
a part of the page that is missing. A second heading of level 1 makes two titles.

To mend it, use ``##`` for the parts of the article and ``###`` for the parts of those.

Bad::

    # How to ask for a refund

    #### By card

Good::

    ## How to ask for a refund

    ### By card

Effect: the finding is reported; the page goes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.article import Article, Rendering
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.place import heading_places

CODE = "KB502"
NAME = "heading-levels"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        yield from _out_of_order(article, article.full)
        # Where internal blocks are cut, a heading may be missing that the headings below it need.
        if article.cut is not article.full:
            yield from _out_of_order(article, article.cut)


def _out_of_order(article: Article, rendering: Rendering) -> Iterator[Problem]:
    headings = rendering.outline.headings
    level = 1
    for position, (heading, place) in enumerate(zip(headings, heading_places(article, headings), strict=True)):
        if position == 0 and heading.level == 1 and heading.text.casefold() == article.meta.title.casefold():
            continue  # the title once more, as in files without front matter; the page shows it once
        if heading.level == 1:
            hint = "the title is in the front matter; start with ## here"
            yield Problem(CODE, place, f"the heading '{heading.text}' makes a second title", hint)
        elif heading.level > level + 1:
            hint = f"write it with {'#' * (level + 1)}"
            yield Problem(CODE, place, f"the heading '{heading.text}' is of level {heading.level}, after level {level}", hint)
        level = heading.level
