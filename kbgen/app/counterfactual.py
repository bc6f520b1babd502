"""Part of a build: is it a leak, or only the same word?

An internal article called "Team" or ``faq.md`` forbids words that the public site uses anyway, an alert called ``OnError`` a word of the
theme, a runbook that quotes the contact page a sentence of it. So where the gate meets anything, the public site is staged once more from
a project that holds nothing internal at all, neither articles nor data: what it says then, too, tells nothing of them.

- A short title, an id, an address, a name and a contact are excused in a file that holds them then, too.
- A run of eight words or a long title is excused where pages that are made from data and the theme's words, but are no articles, say it
  then, too. What is in the text of an article never is: if it may be shown, it is no canary in the first place.
- Files that the engine brings along (scripts, styles, the 404 page) have no article's content in them. Words and names there are the
  theme's own, and so they are in the frame of every page. A contact is excused in scripts and styles only, whose digits mean nothing.
"""

from __future__ import annotations

import dataclasses
import html
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kbgen.app.project import Gathered
from kbgen.audiences.canaries import Canaries, widened
from kbgen.audiences.data import site_data
from kbgen.audiences.links import prefix_of
from kbgen.audiences.project import project
from kbgen.model.data import Data
from kbgen.model.plan import Projection
from kbgen.model.settings import Settings
from kbgen.model.staged import StagedPage
from kbgen.search import browser_files, build_index
from kbgen.sites.gate import EXCUSABLE, LONG, Leak, leaks_in
from kbgen.staging.searching import search_documents
from kbgen.staging.stage import stage

CONTACT = "contact"
NO_TEMPLATES: Mapping[str, bytes] = {}
_DRAWING = re.compile(rb"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)

Words = Mapping[str, Mapping[str, str]]


Excuse = Callable[[str, bytes], frozenset[Leak]]


@dataclass(frozen=True, slots=True)
class _Staged:
    """The site without anything internal: its files by path, and the texts of its pages that are no articles."""

    files: Mapping[str, bytes]
    told: tuple[str, ...]


def excuse(
    gathered: Gathered,
    site: str,
    words: Words,
    forbidden: Canaries,
    theme_pages: Mapping[str, bytes],
    templates: Mapping[str, bytes] = NO_TEMPLATES,
) -> Excuse:
    """What a file of the site would hold without anything internal, too. Nothing is computed until it is asked.

    Args:
        gathered: the project.
        site: the site.
        words: the theme's words.
        forbidden: the site's canaries.
        theme_pages: pages of the site that hold nothing but the theme's own words, by path: the 404 pages.
        templates: the theme's templates.
    """

    @cache
    def staged() -> _Staged:
        return _staged(_without_internal(gathered, site), site, words)

    @cache
    def wider() -> Canaries:
        return widened(forbidden, staged().told)

    @cache
    def in_theme() -> frozenset[tuple[str, str]]:
        """Kind and words of what the frame of every page holds; of contacts, what drawings seem to."""
        framed = {each for path, data in (*theme_pages.items(), *templates.items()) for each in _said(path, data, forbidden, EXCUSABLE)}
        drawn = b"\n".join(drawing for data in theme_pages.values() for drawing in _DRAWING.findall(data))
        return frozenset(framed) | frozenset(_said("", drawn, forbidden, {CONTACT}))

    def excused(path: str, data: bytes) -> frozenset[Leak]:
        here = list(leaks_in(path, data, forbidden))
        said = set(in_theme())
        without = staged().files.get(path)
        if without is not None:
            said.update(_said(path, without, forbidden, EXCUSABLE | {CONTACT}))
        elif path in theme_pages:
            said.update((leak.kind, leak.found) for leak in here if leak.kind in EXCUSABLE)
        elif _is_engines_own(path, gathered.settings):
            said.update((leak.kind, leak.found) for leak in here if leak.kind in EXCUSABLE | {CONTACT})
        if any(leak.kind in LONG for leak in here) and not any(leak.kind in LONG for leak in leaks_in(path, data, wider())):
            said.update((leak.kind, leak.found) for leak in here if leak.kind in LONG)
        return frozenset(leak for leak in here if (leak.kind, leak.found) in said)

    return excused


def _said(path: str, data: bytes, forbidden: Canaries, kinds: Collection[str]) -> Iterator[tuple[str, str]]:
    return ((leak.kind, leak.found) for leak in leaks_in(path, data, forbidden) if leak.kind in kinds)


def _is_engines_own(path: str, settings: Settings) -> bool:
    """Whether the engine brought a file along: a script, a style. The files that articles show stand in a folder of their own."""
    prefixes = tuple(prefix_of(language, settings) for language in settings.languages)
    return any(path.startswith(f"{prefix}assets/") and not path.startswith(f"{prefix}assets/files/") for prefix in prefixes)


def _without_internal(gathered: Gathered, site: str) -> Gathered:
    """The project as if nothing internal were in it. Of the unreadable files those stay that stood in the site before they broke."""
    settings, corpus = gathered.settings, gathered.corpus
    live = gathered.live[site]
    left = dataclasses.replace(
        corpus,
        # Without the text of internal blocks: should it ever be shown by mistake, it must not be shown here as well.
        articles=tuple(
            dataclasses.replace(article, full=article.cut) for article in corpus.articles if settings.sees(site, article.meta.audience)
        ),
        unreadable=tuple(item for item in corpus.unreadable if prefix_of(item.language, settings) + item.address in live),
    )
    data = _public(gathered.data, settings, site)
    return dataclasses.replace(gathered, corpus=left, data=data, projection=project(left, settings, data, gathered.live, gathered.resting))


def _public(data: Data, settings: Settings, site: str) -> Data:
    """The data of which every entry is for this site. Not left to :func:`site_data`: a fault there has to show here."""
    return Data(
        areas=data.areas,
        severities=tuple(entry for entry in data.severities if settings.sees(site, entry.audience)),
        plans=tuple(entry for entry in data.plans if settings.sees(site, entry.audience)),
        channels=tuple(entry for entry in data.channels if settings.sees(site, entry.audience)),
        synonyms=tuple(entry for entry in data.synonyms if settings.sees(site, entry.audience)),
        areas_declared=data.areas_declared,
    )


def _staged(gathered: Gathered, site: str, words: Words) -> _Staged:
    """Path in the site → bytes: of pages what is staged of them, written as a page, of other files what they are."""
    plans = tuple(plan for plan in gathered.projection.plans if plan.edition.site == site)
    mine = Projection(plans, ())
    files: dict[str, bytes] = {}
    told: dict[str, None] = {}
    editions = stage(mine, gathered.corpus, gathered.settings, gathered.data, gathered.staleness, words=words, live=gathered.live)
    for plan, edition in zip(plans, editions, strict=True):
        prefix = edition.edition.prefix
        documents = search_documents(plan, gathered.settings, gathered.data, words.get(plan.edition.language, {}))
        index = build_index(documents, plan.edition.language, site_data(gathered.data, gathered.settings, site).synonyms)
        made = {**edition.files, **browser_files(), **{f"search/{path}": data for path, data in index.items()}}
        files.update({prefix + path: data for path, data in made.items()})
        told.update(dict.fromkeys(_texts(edition.config)))
        for address, page in edition.pages.items():
            texts = _texts(page.context)
            files[prefix + page.output] = _as_page(texts, page)
            if address not in plan.pages:
                told.update(dict.fromkeys(texts))
    return _Staged(files, tuple(told))


def _texts(context: bytes) -> list[str]:
    """Every text of a context."""
    texts: list[str] = []
    waiting: list[Any] = [json.loads(context)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, str):
            texts.append(item)
    return texts


def _as_page(texts: Iterable[str], page: StagedPage) -> bytes:
    """A staged page without any template: every text of its context wherever a title or an address may stand, and its body."""
    shown = "".join(f'<title>{html.escape(text)}</title><a href="{html.escape(text)}"></a>\n' for text in texts)
    return (shown + page.html).encode("utf-8")
