"""What the narrowest audience's site tells of articles that it should show and cannot: where they stood, which alerts led to them, and
which of their translations are there. Nobody who is woken by an alert must be told that there is no runbook because of a slip in it.

No other site is told any of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kbgen.content.glimpse import seeming_alerts, seeming_ids
from kbgen.model.article import Article, Corpus, Unreadable
from kbgen.model.plan import Correcting, SitePlan
from kbgen.model.settings import Settings


def claimed_alerts(corpus: Corpus) -> frozenset[str]:
    """The alerts that any article claims, shown or not, as far as its header can be read."""
    metas = (*(article.meta for article in corpus.articles), *(item.meta for item in corpus.unreadable if item.meta))
    return frozenset(name for meta in metas for name in meta.alerts)


def with_correcting(plans: Sequence[SitePlan], corpus: Corpus, settings: Settings) -> Iterator[SitePlan]:
    """The plans, those of the narrowest audience's site with what they leave out."""
    for plan in plans:
        if settings.is_narrowest(plan.edition.site):
            siblings = [other for other in plans if other.edition.site == plan.edition.site]
            yield replace(plan, correcting=tuple(_correcting(plan, siblings, corpus)))
        else:
            yield plan


def _correcting(plan: SitePlan, siblings: Iterable[SitePlan], corpus: Corpus) -> Iterator[Correcting]:
    shown = {page.article.source.path for page in plan.pages.values()}
    items: tuple[Article | Unreadable, ...] = (*corpus.articles, *corpus.unreadable)
    for item in sorted(items, key=lambda each: each.source.path):
        if item.language == plan.edition.language and item.source.path not in shown:
            yield Correcting(item.address, _alerts(item, plan.alerts), _twins(item, siblings))


def _alerts(item: Article | Unreadable, known: Iterable[str]) -> frozenset[str]:
    if item.meta is not None:
        return frozenset(item.meta.alerts)
    return seeming_alerts(item, known) if isinstance(item, Unreadable) else frozenset()


def _twins(item: Article | Unreadable, siblings: Iterable[SitePlan]) -> dict[str, str]:
    ids = {item.id} if item.id else seeming_ids(item) if isinstance(item, Unreadable) else frozenset()
    return {
        plan.edition.language: page.article.address
        for plan in siblings
        if plan.edition.language != item.language
        for page in plan.pages.values()
        if page.article.id in ids or page.article.path == item.path
    }
