"""Translations share an id, or else their path inside the language's folder.

A translation writes its own title, summary, keywords, questions, audience and review date, and takes the rest from its original. Of two
audiences the narrower holds, so that forgetting one never publishes anything; an original that cannot be read counts as the narrowest
audience's, and one that is itself a translation as narrow as its own original.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from kbgen.model.article import Article, Unreadable
from kbgen.model.finding import Place, Problem
from kbgen.model.settings import Settings

_OWN = frozenset(
    {
        "title",
        "summary",
        "keywords",
        "questions",
        "audience",
        "last_reviewed",
        "reviewed_how",
        "original",
        "redirect_from",
        "off_hours",
        "placeholders",
    }
)
_ID = re.compile(rb"^[ \t{]*[\"']?id[\"']?[ \t]*:[ \t]*[\"']?([A-Za-z0-9._-]+)", re.MULTILINE)
_HEADER_BYTES = 64_000


def pair(articles: Sequence[Article], unreadable: Sequence[Unreadable], settings: Settings) -> tuple[Article, ...]:
    """The same articles in the same order, translations completed from their originals."""
    originals = _Originals(settings, articles, unreadable)
    return tuple(originals.complete(article, (article.source.path,)) for article in articles)


class _Originals:
    """Who is whose original. Lives only inside :func:`pair`."""

    def __init__(self, settings: Settings, articles: Sequence[Article], unreadable: Sequence[Unreadable]) -> None:
        self.settings = settings
        # Of several that claim one id the widest is the original: a narrower one that is added must not hide what is public.
        order = settings.audiences
        widest_last = sorted(articles, key=lambda article: (order.index(article.meta.audience), article.path), reverse=True)
        self.by_id = {(article.language, article.id): article for article in widest_last}
        self.by_path = {(article.language, article.path): article for article in articles}
        self.broken = {(item.language, item.path) for item in unreadable}
        self.broken.update((item.language, id_) for item in unreadable for id_ in _ids(item))

    def complete(self, article: Article, trail: tuple[str, ...]) -> Article:
        """The article with what it takes from its original. ``trail``: paths of those that wait for it, so that circles end."""
        language = article.meta.original or self.settings.default_language
        if language == article.language:
            return article
        original = self.by_id.get((language, article.id)) or self.by_path.get((language, article.path))
        if original is None:
            if (language, article.path) not in self.broken and (language, article.id) not in self.broken:
                return article
            # Nobody can say for whom the original is.
            return self._narrowed(article, self.settings.audiences[-1], "its original cannot be read")
        if article.meta.original is None and original.meta.original == article.language:
            return article  # the other one says that it is the translation
        if original.source.path not in trail:
            original = self.complete(original, (*trail, original.source.path))
        inherited = {name: getattr(original.meta, name) for name in type(original.meta).model_fields if name not in _OWN}
        taken = dataclasses.replace(article, id=original.id, meta=article.meta.model_copy(update=inherited))
        return self._narrowed(taken, original.meta.audience, f"its original {original.source.path} is for {original.meta.audience}")

    def _narrowed(self, article: Article, widest: str, why: str) -> Article:
        order, sites = self.settings.audiences, self.settings.sites
        audience = max(article.meta.audience, widest, key=order.index)
        if audience == article.meta.audience:
            return article
        narrower = tuple(name for name, site in sites.items() if order.index(site.audience) < order.index(audience))
        message = f"it says audience: {article.meta.audience}, but {why}; it counts as {audience}"
        place = Place(article.source.path, min(2, article.body_line))
        problem = Problem("KB307", place, message, "write the same audience in both", narrower)
        meta = article.meta.model_copy(update={"audience": audience})
        return dataclasses.replace(article, meta=meta, problems=(*article.problems, problem))


def _ids(item: Unreadable) -> set[str]:
    """The ids that a file which cannot be read seems to have."""
    return {found.decode("ascii") for found in _ID.findall(item.source.data[:_HEADER_BYTES])}
