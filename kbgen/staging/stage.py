"""Stages editions: everything the engine and the hand-over need, as bytes, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kbgen.model.address import encoded
from kbgen.model.article import Corpus
from kbgen.model.data import Data
from kbgen.model.plan import Projection, SitePlan
from kbgen.model.review import Staleness
from kbgen.model.search import SearchDocument
from kbgen.model.settings import Settings, text_in
from kbgen.model.staged import StagedEdition, StagedPage, canonical
from kbgen.staging.body import body
from kbgen.staging.context import Scene, Words, area_address, area_context, article_context, correcting_context, home_context, listing


def stage(
    projection: Projection,
    corpus: Corpus,
    settings: Settings,
    data: Data,
    staleness: Sequence[Staleness],
    words: Mapping[str, Words],
    live: Mapping[str, frozenset[str]],
) -> tuple[StagedEdition, ...]:
    """Stage every edition.

    Args:
        projection: the plans.
        corpus: the corpus, for the bytes of assets.
        settings: the settings.
        data: product areas and teams.
        staleness: how fresh each article is; only the wiki shows it.
        words: the theme's words by language code.
        live: for each site the addresses it held before; a withheld article among them gets a stand-in.
    """
    listings = {plan.edition.key: listing(plan, data) for plan in projection.plans}
    states = {item.article.source.path: item.state for item in staleness}
    editions: list[StagedEdition] = []
    for plan in projection.plans:
        siblings = {other.edition.language: other for other in projection.plans if other.edition.site == plan.edition.site}
        listed = {language: listings[sibling.edition.key] for language, sibling in siblings.items()}
        scene = Scene(plan, siblings, settings, data, states, words.get(plan.edition.language, {}), listed)
        pages = _pages(scene, live.get(plan.edition.site, frozenset()))
        files = {path: corpus.assets[source].data for path, source in plan.assets.items()}
        if plan.edition.prefix == "":
            files.update(_site_files(scene))
        editions.append(StagedEdition(plan.edition, canonical(_config(scene)), pages, files))
    return tuple(editions)


def _pages(scene: Scene, live: frozenset[str]) -> dict[str, StagedPage]:
    contexts: dict[str, tuple[dict[str, Any], str]] = {}
    for address, page in scene.plan.pages.items():
        contexts[address] = (article_context(scene, page), body(page, hide_referrer=scene.closed))
    for area in scene.areas:
        here = area_address(area)
        contexts[here] = (area_context(scene, area), contexts.get(here, ({}, ""))[1])
    contexts[""] = (home_context(scene), contexts.get("", ({}, ""))[1])
    others = {other.edition.prefix for other in scene.siblings.values()} - {scene.plan.edition.prefix, ""}
    for address in scene.plan.withheld:
        elsewhere = not scene.plan.edition.prefix and address.startswith(tuple(others))  # that address is another edition's
        if address not in contexts and not elsewhere and scene.plan.edition.prefix + address in live:
            contexts[address] = (correcting_context(scene, address), "")
    return {
        address: StagedPage(address, canonical(context), html, context["kind"]) for address, (context, html) in sorted(contexts.items())
    }


def _config(scene: Scene) -> dict[str, Any]:
    edition, settings = scene.plan.edition, scene.settings
    site = settings.sites[edition.site]
    return {
        "site": edition.site,
        "audience": site.audience,
        "widest": scene.inside,
        "closed": scene.closed,
        "language": edition.language,
        "prefix": edition.prefix,
        "name": scene.text(site.name),
        "tagline": scene.text(site.tagline),
        "url": site.url,
        "colour": site.colour,
        "languages": [
            {"code": code, "name": language.name, "href": encoded(scene.siblings[code].edition.prefix)}
            for code, language in settings.languages.items()
        ],
        "contact": settings.contact.model_dump(),
        "strings": dict(scene.words),
    }


def _site_files(scene: Scene) -> dict[str, bytes]:
    """sitemap.xml and robots.txt of a site, for all its editions."""
    site = scene.settings.sites[scene.plan.edition.site]
    if scene.closed:
        return {"robots.txt": b"User-agent: *\nDisallow: /\n"}
    if not site.url:
        return {"robots.txt": b"User-agent: *\nAllow: /\n"}
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.url}sitemap.xml\n"
    return {"robots.txt": robots.encode(), "sitemap.xml": _sitemap(scene, site.url).encode()}


def _sitemap(scene: Scene, url: str) -> str:
    """All pages of all editions with their translations: home, areas, articles. A page that says "being corrected" is none of them."""
    areas = {area_address(area): scene.area_twins(area) for area in scene.data.areas}
    rows: list[str] = []
    for language, plan in scene.siblings.items():
        own = {address: places for address, places in areas.items() if language in places}
        twins: dict[str, Mapping[str, str]] = {**plan.translations, "": dict.fromkeys(scene.siblings, ""), **own}
        for address in {*plan.pages, *twins}:
            page = plan.pages.get(address)
            reviewed = page.article.meta.last_reviewed if page else None
            changed = f"<lastmod>{reviewed.isoformat()}</lastmod>" if reviewed else ""
            place = escape(url + encoded(plan.edition.prefix + address))
            rows.append(f"<url><loc>{place}</loc>{changed}{_alternates(scene, twins.get(address, {}), url)}</url>\n")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return f'{head} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(sorted(rows))}</urlset>\n'


def _alternates(scene: Scene, twins: Mapping[str, str], url: str) -> str:
    if len(twins) < 2:
        return ""
    places = {code: url + encoded(scene.siblings[code].edition.prefix + twin) for code, twin in sorted(twins.items())}
    return "".join(f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(place)}/>' for code, place in places.items())


def search_documents(plan: SitePlan, settings: Settings, data: Data) -> tuple[SearchDocument, ...]:
    """The pages of an edition as search sees them: exactly its articles, in the texts it shows."""
    documents: list[SearchDocument] = []
    for address, page in plan.pages.items():
        meta = page.article.meta
        area = data.area(meta.product_area)
        name = text_in(area.name, plan.edition.language, settings.default_language) if area else ""
        sections = page.rendering.outline.sections
        documents.append(
            SearchDocument(address, meta.title, name, meta.type, meta.audience, meta.summary, meta.keywords, meta.questions, sections)
        )
    return tuple(documents)
