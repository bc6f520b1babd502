"""Translations share an id, or else their path inside the language's folder.

A translation writes its own title, summary, keywords, questions, audience and review date, and takes the rest from its original. Of two
audiences the narrower holds, so that forgetting one never publishes anything.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from kbgen.model.article import Article, Unreadable
from kbgen.model.finding import Place, Problem
from kbgen.model.settings import Settings

_OWN = frozenset({"title", "summary", "keywords", "questions", "audience", "last_reviewed", "reviewed_how", "original", "redirect_from"})


def pair(articles: Sequence[Article], unreadable: Sequence[Unreadable], settings: Settings) -> tuple[Article, ...]:
    """The same articles in the same order, translations completed from their originals."""
    by_id = {(article.language, article.id): article for article in reversed(articles)}
    by_path = {(article.language, article.path): article for article in reversed(articles)}
    broken = {(item.language, item.path) for item in unreadable}
    return tuple(_complete(article, by_id, by_path, broken, settings) for article in articles)


def _complete(
    article: Article,
    by_id: dict[tuple[str, str], Article],
    by_path: dict[tuple[str, str], Article],
    broken: set[tuple[str, str]],
    settings: Settings,
) -> Article:
    language = article.meta.original or settings.default_language
    if language == article.language:
        return article
    original = by_id.get((language, article.id)) or by_path.get((language, article.path))
    order = settings.audiences
    if original is None:
        if (language, article.path) not in broken:
            return article
        # Nobody can say for whom the original is; what cannot be read counts as the narrowest audience's.
        widest, why = order[-1], "its original cannot be read"
        inherited: dict[str, object] = {}
    else:
        widest, why = original.meta.audience, f"its original {original.source.path} is for {original.meta.audience}"
        inherited = {name: getattr(original.meta, name) for name in type(original.meta).model_fields if name not in _OWN}
    audience = max(article.meta.audience, widest, key=order.index)
    problems = article.problems
    if audience != article.meta.audience:
        narrower = tuple(name for name, site in settings.sites.items() if order.index(site.audience) < order.index(audience))
        message = f"it says audience: {article.meta.audience}, but {why}; it counts as {audience}"
        hint = "write the same audience in both"
        problems = (*problems, Problem("KB307", Place(article.source.path, 2), message, hint, narrower))
    meta = article.meta.model_copy(update={**inherited, "audience": audience})
    return dataclasses.replace(article, id=original.id if original else article.id, meta=meta, problems=problems)
