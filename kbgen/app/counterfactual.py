"""Part of a build: is it a leak, or only the same word?

An internal article called "Team" or ``faq.md`` forbids words that the public site uses anyway. So where the gate meets an internal title,
id or address, the public site is staged once more from a project that holds no internal article at all: a word that stands in the same
file then, too, tells nothing of them. (A run of eight internal words is a leak whatever the reason, and is never excused.)
"""

from __future__ import annotations

import dataclasses
import html
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from kbgen.app.project import Gathered
from kbgen.audiences.canaries import Canaries
from kbgen.audiences.data import site_data
from kbgen.audiences.links import prefix_of
from kbgen.audiences.project import project
from kbgen.model.plan import Projection
from kbgen.model.staged import StagedPage
from kbgen.search import build_index
from kbgen.sites.gate import Leak, leaks_in
from kbgen.staging.searching import search_documents
from kbgen.staging.stage import stage

_ENGINES_OWN = ("assets/",)

Words = Mapping[str, Mapping[str, str]]


Excuse = Callable[[str, bytes], frozenset[Leak]]


def excuse(gathered: Gathered, site: str, words: Words, forbidden: Canaries, theme_pages: Mapping[str, bytes]) -> Excuse:
    """What a file of the site would hold without any internal article, too. Nothing is computed until it is asked.

    Args:
        gathered: the project.
        site: the site.
        words: the theme's words.
        forbidden: the site's canaries.
        theme_pages: pages of the site that hold nothing but the theme's own words, by path: the 404 pages.
    """

    @cache
    def files() -> dict[str, bytes]:
        return _files(_without_internal(gathered, site), site, words)

    @cache
    def in_theme() -> frozenset[Leak]:
        return frozenset(leak for path, data in theme_pages.items() for leak in leaks_in(path, data, forbidden))

    def excused(path: str, data: bytes) -> frozenset[Leak]:
        without = files().get(path)
        if without is None or without == data:
            # The very same bytes; or a file of the engine's own, whose content no article has a part in.
            return frozenset(leaks_in(path, data, forbidden)) if without is not None or path.startswith(_ENGINES_OWN) else frozenset()
        said = {(leak.kind, leak.found) for leak in (*leaks_in(path, without, forbidden), *in_theme())}
        return frozenset(Leak(path, kind, found) for kind, found in said)

    return excused


def _without_internal(gathered: Gathered, site: str) -> Gathered:
    """The project as if nothing internal were in it. Of the unreadable files those stay that stood in the site before they broke."""
    settings, corpus = gathered.settings, gathered.corpus
    live = gathered.live[site]
    left = dataclasses.replace(
        corpus,
        articles=tuple(article for article in corpus.articles if settings.sees(site, article.meta.audience)),
        unreadable=tuple(item for item in corpus.unreadable if prefix_of(item.language, settings) + item.address in live),
    )
    data = site_data(gathered.data, settings, site)
    return dataclasses.replace(gathered, corpus=left, data=data, projection=project(left, settings, data, gathered.live, gathered.resting))


def _files(gathered: Gathered, site: str, words: Words) -> dict[str, bytes]:
    """Path in the site → bytes: of pages what is staged of them, written as a page, of other files what they are."""
    plans = tuple(plan for plan in gathered.projection.plans if plan.edition.site == site)
    mine = Projection(plans, ())
    files: dict[str, bytes] = {}
    editions = stage(mine, gathered.corpus, gathered.settings, gathered.data, gathered.staleness, words=words, live=gathered.live)
    for plan, edition in zip(plans, editions, strict=True):
        prefix = edition.edition.prefix
        documents = search_documents(plan, gathered.settings, gathered.data, words.get(plan.edition.language, {}))
        index = build_index(documents, plan.edition.language)
        files.update({prefix + path: data for path, data in edition.files.items()})
        files.update({f"{prefix}search/{path}": data for path, data in index.items()})
        files.update({prefix + page.output: _as_page(page) for page in edition.pages.values()})
    return files


def _as_page(page: StagedPage) -> bytes:
    """A staged page without any template: every text of its context wherever a title or an address may stand, and its body."""
    texts: list[str] = []
    waiting: list[Any] = [json.loads(page.context)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, str):
            texts.append(item)
    shown = "".join(f'<title>{html.escape(text)}</title><a href="{html.escape(text)}"></a>\n' for text in texts)
    return (shown + page.html).encode("utf-8")
