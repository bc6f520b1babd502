"""An article has no text.

There is a title, and perhaps a heading or two, but nothing below them, for one of the sites at least. Readers who find the article
by its title come to an empty page. Where all of the text of a public article is internal, the public page is empty.

To mend it, write the text, or delete the file; where the whole text is internal, make the article internal. The page of an area and
the home page (``index.md``) may do without, because they list articles.

Bad::

    ---
    title: How to ask for a refund
    audience: public
    ---

    ## By card

Good::

    ---
    title: How to ask for a refund
    audience: public
    ---

    ## By card

    Open the invoice and press "Refund".

Effect: the finding is reported; the page goes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.article import Article, Rendering
from kbgen.model.finding import Effect, Place, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB503"
NAME = "no-text"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        if article.path.rsplit("/", 1)[-1] == "index.md":
            continue
        place = Place(article.source.path, article.body_line)
        if not _has_text(article.full):
            yield Problem(CODE, place, "the article has no text", "write it, or delete the file")
        elif not _has_text(article.cut) and (sites := _sites_with_cut(article, facts)):
            hint = "write something for these readers, or give the article a narrower audience"
            yield Problem(CODE, place, "all of its text is internal: its page is empty for everybody else", hint, sites)


def _has_text(rendering: Rendering) -> bool:
    outline = rendering.outline
    return any(section.text for section in outline.sections) or any(link.kind == "image" for link in outline.links)


def _sites_with_cut(article: Article, facts: Facts) -> tuple[str, ...]:
    """The sites whose page of this article is the one without internal blocks."""
    narrowest = facts.settings.audiences[-1]
    return tuple(
        name
        for name in facts.settings.sites
        if facts.settings.sees(name, article.meta.audience) and not facts.settings.sees(name, narrowest)
    )
