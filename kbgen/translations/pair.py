"""Translations share an id, or else their path inside the language's folder.

A translation writes its own title, summary, keywords, questions, audience and review date, and takes the rest from its original. Of two
audiences the narrower holds, so that forgetting one never publishes anything; an original that cannot be read counts as the narrowest
audience's, and one that is itself a translation as narrow as its own original.

What such a translation leaves to its original it still takes from it where the original's header could be read: it is the narrowest
audience's by then, whatever that header says, and who is on shift at night needs its severity, tier and alerts. Where not even the header
could be read nobody knows its type, and none is claimed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from kbgen.content.glimpse import seeming_ids
from kbgen.model.article import Article, Unreadable
from kbgen.model.finding import Place, Problem
from kbgen.model.meta import Meta
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
        # Ids as they seem to be: a file that nobody can read may well be the original.
        self.broken: dict[tuple[str, str], Unreadable] = {}
        for item in unreadable:
            for name in sorted({item.path, item.id, *seeming_ids(item)} - {""}):
                self.broken.setdefault((item.language, name), item)

    def complete(self, article: Article, trail: tuple[str, ...]) -> Article:
        """The article with what it takes from its original. ``trail``: paths of those that wait for it, so that circles end."""
        language = article.meta.original or self.settings.default_language
        if language == article.language:
            return article
        original = self.by_id.get((language, article.id)) or self.by_path.get((language, article.path))
        if original is None:
            broken = self.broken.get((language, article.id)) or self.broken.get((language, article.path))
            if broken is None:
                return article
            # Nobody can say for whom the original is: that its header can be read, and says so, is not enough.
            return self._narrowed(_from_broken(article, broken), self.settings.audiences[-1], "its original cannot be read")
        if article.meta.original is None and original.meta.original == article.language:
            return article  # the other one says that it is the translation
        if original.source.path not in trail:
            original = self.complete(original, (*trail, original.source.path))
        taken = _completed(article, original.id, original.meta)
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


def _completed(article: Article, article_id: str, original: Meta) -> Article:
    inherited = {name: getattr(original, name) for name in type(original).model_fields if name not in _OWN}
    return dataclasses.replace(article, id=article_id, meta=article.meta.model_copy(update=inherited))


def _from_broken(article: Article, original: Unreadable) -> Article:
    """A translation with what the header of its original says, where that is known; for one that counts as the narrowest audience's."""
    meta = original.meta
    if meta is None or meta.original not in {None, original.language}:
        # Nothing is known, or the original takes all that from a third one.
        return article if article.meta.typed else dataclasses.replace(article, meta=article.meta.model_copy(update={"type": ""}))
    return _completed(article, original.id or article.id, meta)
