"""The title that an article had until now no longer brings it among the first three results.

Readers look for an article by what it was called when they last saw it, and so do saved replies and colleagues who tell them. The built
site knows the old titles: where one differs from the title in the source, the search as it is about to be is asked for it, in each site
and language that shows the article. Said is only what the change would lose: an old title that finds the article in the built site.

To mend it, write the old title into ``keywords:``, and leave it there. Where another article is called so now and answers it as well,
look whether the two say the same. After the next build the new title is the one that is known, and nothing is said any more.

Bad::

    title: Notes

Good::

    title: Notes
    keywords: [Get a refund]

Effect: the finding is reported. ``kbgen check`` looks for it, a build does not ask. Without a built site nobody knows the old title.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.article import Article
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts, Searches
from kbgen.rules.place import key_place
from kbgen.rules.questions import listed, said, seen

CODE = "KB603"
NAME = "old-title-not-found"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    if facts.searches is None:
        return
    lost: dict[tuple[str, str, str], list[str]] = {}
    articles: dict[str, Article] = {}
    for site, article, title, found in _lost(facts, facts.searches):
        articles[article.source.path] = article
        lost.setdefault((article.source.path, title, found), []).append(site)
    for (path, title, found), sites in lost.items():
        article = articles[path]
        message = f"its title was '{title}' before; asked that, the search of {listed(tuple(sites))} {found}"
        yield Problem(CODE, key_place(article, "title", facts.settings), message, _hint(article, title), tuple(sites))


def _lost(facts: Facts, searches: Searches) -> Iterator[tuple[str, Article, str, str]]:
    """Site, article, its old title, and what the site's search would say when it is asked that."""
    for plan in facts.projection.plans:
        for address, page in plan.pages.items():
            title = searches.live_title(plan, address)
            if title and title != page.article.meta.title:
                standing = searches.standing(plan, title, address)
                if not seen(standing) and seen(searches.live_standing(plan, title, address)):
                    yield plan.edition.site, page.article, title, said(plan, standing)


def _hint(article: Article, title: str) -> str:
    if title.casefold() in (keyword.casefold() for keyword in article.meta.keywords):
        return "it stands in keywords: already; look whether this article and those in front say the same"
    return f"add '{title}' to keywords:"
