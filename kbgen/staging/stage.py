"""Stages editions: everything the engine and the hand-over need, as bytes, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kbgen.audiences.data import site_data
from kbgen.audiences.pages import alert_address
from kbgen.escalation import tables
from kbgen.model.address import encoded
from kbgen.model.article import Corpus
from kbgen.model.data import Data
from kbgen.model.plan import Page, Projection
from kbgen.model.review import Staleness
from kbgen.model.settings import Settings
from kbgen.model.staged import StagedEdition, StagedPage, canonical
from kbgen.staging.alerts import alert_context, alerts_context, claims
from kbgen.staging.asking import filled
from kbgen.staging.body import body
from kbgen.staging.contact import contact_context
from kbgen.staging.context import area_context, article_context, correcting_context, home_context
from kbgen.staging.desk import escalation_context, off_hours_context, sla_context
from kbgen.staging.outcomes import with_calls
from kbgen.staging.replies import Replies, beside, replies_body, replies_context, saved_replies
from kbgen.staging.results import SEARCH, results_context
from kbgen.staging.scene import Scene, Words, area_address, listing

Content = tuple[dict[str, Any], str]
"""A page's context and its body."""


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
    open_to = settings.audiences[0]
    listings = {
        plan.edition.key: listing(plan, data, inside=settings.is_narrowest(plan.edition.site), open_to=open_to) for plan in projection.plans
    }
    seen = {site: site_data(data, settings, site) for site in dict.fromkeys(plan.edition.site for plan in projection.plans)}
    ids = _ids(projection)
    outside = {plan.edition.language: plan for plan in reversed(projection.plans) if settings.is_open(plan.edition.site)}
    states = {item.article.source.path: item.state for item in staleness}
    editions: list[StagedEdition] = []
    for plan in projection.plans:
        siblings = {other.edition.language: other for other in projection.plans if other.edition.site == plan.edition.site}
        listed = {language: listings[sibling.edition.key] for language, sibling in siblings.items()}
        scene = Scene(
            plan=plan,
            siblings=siblings,
            settings=settings,
            data=seen[plan.edition.site],
            states=states,
            words=words.get(plan.edition.language, {}),
            listings=listed,
            outside=outside,
            ids=ids[plan.edition.site],
        )
        if scene.data.tiers:
            scene = replace(scene, tables=tables(scene.data, scene.language, settings.default_language))
        pages = _pages(scene, live.get(plan.edition.site, frozenset()))
        files = {path: corpus.assets[source].data for path, source in plan.assets.items()}
        if plan.edition.prefix == "":
            files.update(_site_files(scene))
        editions.append(StagedEdition(plan.edition, canonical(_config(scene)), pages, files))
    return tuple(editions)


def _ids(projection: Projection) -> dict[str, dict[str, dict[str, Page]]]:
    """Site → id of an article → language → its page."""
    found: dict[str, dict[str, dict[str, Page]]] = {}
    for plan in projection.plans:
        site = found.setdefault(plan.edition.site, {})
        for page in plan.pages.values():
            site.setdefault(page.article.id, {})[plan.edition.language] = page
    return found


def _pages(scene: Scene, live: frozenset[str]) -> dict[str, StagedPage]:
    contexts: dict[str, Content] = {}
    replies = saved_replies(scene) if "replies" in scene.plan.generated else {}
    for address, page in scene.plan.pages.items():
        text = body(page, hide_referrer=scene.closed, word=scene.word)
        text = with_calls(scene, page, text) if scene.inside else text
        contexts[address] = (article_context(scene, page), beside(scene, page, text, replies) if replies else text)
    for area in scene.areas:
        here = area_address(area)
        contexts[here] = (area_context(scene, area), contexts.get(here, ({}, ""))[1])
    contexts[""] = (home_context(scene), contexts.get("", ({}, ""))[1])
    contexts[SEARCH] = (results_context(scene), "")
    contexts.update(_generated(scene, replies))
    others = {other.edition.prefix for other in scene.siblings.values()} - {scene.plan.edition.prefix, ""}
    for address in scene.plan.withheld:
        elsewhere = not scene.plan.edition.prefix and address.startswith(tuple(others))  # that address is another edition's
        if address not in contexts and not elsewhere and scene.plan.edition.prefix + address in live:
            contexts[address] = (correcting_context(scene, address), "")
    return {
        address: StagedPage(address, canonical(context), html, context["kind"]) for address, (context, html) in sorted(contexts.items())
    }


def _generated(scene: Scene, replies: Replies) -> dict[str, Content]:
    """The pages that are made from data, by address."""
    claimed = claims(scene) if "alerts" in scene.plan.generated else {}
    make: dict[str, Callable[[], Content]] = {
        "contact": lambda: (contact_context(scene), ""),
        "escalation": lambda: (escalation_context(scene), ""),
        "sla": lambda: (sla_context(scene), ""),
        "replies": lambda: (replies_context(scene, replies), replies_body(scene, replies)),
        "off-hours": lambda: (off_hours_context(scene), ""),
        "alerts": lambda: (alerts_context(scene, claimed), ""),
    }
    pages = {address: make[name]() for name, address in scene.plan.generated.items()}
    pages.update({alert_address(name): (alert_context(scene, name, claimed), "") for name in scene.plan.alerts})
    return pages


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
        "contact": _contact(scene),
        "events": settings.search.events,
        "strings": dict(scene.words),
    }


def _contact(scene: Scene) -> dict[str, str]:
    """The way to support for the one page that has no context, 404.html: ``page`` is the contact page's address."""
    url, email = scene.settings.contact.url, scene.settings.contact.email
    page = encoded(scene.plan.generated.get("contact", ""))
    return {"url": url, "href": filled(url, language=scene.language), "email": email, "page": page}


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
    made = {address: dict.fromkeys(scene.siblings, address) for address in scene.plan.generated.values()}
    rows: list[str] = []
    for language, plan in scene.siblings.items():
        own = {address: places for address, places in areas.items() if language in places}
        twins: dict[str, Mapping[str, str]] = {**plan.translations, "": dict.fromkeys(scene.siblings, ""), **own, **made}
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
