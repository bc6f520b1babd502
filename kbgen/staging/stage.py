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
from kbgen.staging.context import Scene, Words, area_address, area_context, article_context, correcting_context, home_context


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
    states = {item.article.source.path: item.state for item in staleness}
    editions: list[StagedEdition] = []
    for plan in projection.plans:
        siblings = {other.edition.language: other for other in projection.plans if other.edition.site == plan.edition.site}
        scene = Scene(plan, siblings, settings, data, states, words.get(plan.edition.language, {}))
        pages = _pages(scene, live.get(plan.edition.site, frozenset()))
        files = {path: corpus.assets[source].data for path, source in plan.assets.items()}
        if plan.edition.prefix == "":
            files.update(_site_files(scene))
        editions.append(StagedEdition(plan.edition, canonical(_config(scene)), pages, files))
    return tuple(editions)


def _pages(scene: Scene, live: frozenset[str]) -> dict[str, StagedPage]:
    contexts: dict[str, tuple[dict[str, Any], str]] = {}
    for address, page in scene.plan.pages.items():
        contexts[address] = (article_context(scene, page), body(page, hide_referrer=scene.inside))
    for area_id in scene.plan.areas:
        area = scene.data.area(area_id)
        if area is not None:
            here = area_address(area)
            contexts[here] = (area_context(scene, area), contexts.get(here, ({}, ""))[1])
    contexts[""] = (home_context(scene), contexts.get("", ({}, ""))[1])
    for address in scene.plan.withheld:
        if address not in contexts and scene.plan.edition.prefix + address in live:
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
    if scene.inside:
        return {"robots.txt": b"User-agent: *\nDisallow: /\n"}
    if not site.url:
        return {"robots.txt": b"User-agent: *\nAllow: /\n"}
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.url}sitemap.xml\n"
    return {"robots.txt": robots.encode(), "sitemap.xml": _sitemap(scene, site.url).encode()}


def _sitemap(scene: Scene, url: str) -> str:
    rows: list[str] = []
    for plan in scene.siblings.values():
        for address, page in plan.pages.items():
            reviewed = page.article.meta.last_reviewed
            changed = f"<lastmod>{reviewed.isoformat()}</lastmod>" if reviewed else ""
            twins = plan.translations.get(address, {})
            links = "".join(
                f"<xhtml:link rel={quoteattr('alternate')} hreflang={quoteattr(code)}"
                f" href={quoteattr(url + encoded(scene.siblings[code].edition.prefix + twin))}/>"
                for code, twin in sorted(twins.items())
                if len(twins) > 1
            )
            rows.append(f"<url><loc>{escape(url + encoded(plan.edition.prefix + address))}</loc>{changed}{links}</url>\n")
        rows.append(f"<url><loc>{escape(url + encoded(plan.edition.prefix))}</loc></url>\n")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return f'{head} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(sorted(rows))}</urlset>\n'


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
