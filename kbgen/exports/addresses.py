"""Where the links of a wiki's article lead for somebody who reads its text elsewhere: in a mail, in a ticket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from kbgen.model.address import encoded
from kbgen.model.article import Article
from kbgen.model.plan import Page, Projection, SitePlan
from kbgen.model.settings import Settings

_OUTSIDE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


class Addresses:
    """Absolute addresses: on the site for everybody what customers may read, on the wiki the rest."""

    def __init__(self, projection: Projection, settings: Settings) -> None:
        self._wiki = {plan.edition.language: plan for plan in projection.plans if settings.is_narrowest(plan.edition.site)}
        self._open = [plan for plan in projection.plans if settings.is_open(plan.edition.site) and settings.sites[plan.edition.site].url]
        self._urls = {name: site.url for name, site in settings.sites.items()}

    def links(self, article: Article) -> tuple[str | None, ...]:
        """For each link of the article's whole text the address; None where it leads nowhere.

        An image has one only where customers may load it: None means its alternative text.
        """
        plan = self._wiki.get(article.language)
        page = plan.pages.get(article.address) if plan else None
        if plan is None or page is None or page.article is not article:  # left out of the wiki: nobody has resolved its links
            return tuple(link.target if _OUTSIDE.match(link.target) else None for link in article.full.outline.links)
        return tuple(self._absolute(plan, page, position, href) for position, href in enumerate(page.hrefs))

    def for_customers(self, article: Article) -> str:
        """The article that a customer may be sent: itself where everybody may read it, else the first such one that it links to.

        It is in the article's language. ``""`` where there is none, or where the site for everybody has no address.
        """
        outside = next((plan for plan in self._open if plan.edition.language == article.language), None)
        found = next((address for address in self._near(article) if address in outside.pages), None) if outside else None
        return "" if outside is None or found is None else self._urls[outside.edition.site] + encoded(outside.edition.prefix + found)

    def _near(self, article: Article) -> Iterator[str]:
        """Its own address, then those that its links lead to in its own edition."""
        yield article.address
        plan = self._wiki.get(article.language)
        page = plan.pages.get(article.address) if plan else None
        if plan is None or page is None or page.article is not article:
            return
        prefix = plan.edition.prefix
        for link, href in zip(page.rendering.outline.links, page.hrefs, strict=True):
            if link.kind == "link" and href and not urlsplit(href).scheme and not href.startswith("//"):
                path = unquote(urlsplit(urljoin("/" + encoded(prefix + article.address), href)).path).lstrip("/")
                if path.startswith(prefix):
                    yield path.removeprefix(prefix)

    def _absolute(self, plan: SitePlan, page: Page, position: int, href: str | None) -> str | None:
        if href is None or urlsplit(href).scheme:
            return href
        if href.startswith("//"):
            return f"https:{href}"
        parts = urlsplit(urljoin("/" + encoded(plan.edition.prefix + page.article.address), href))
        path = unquote(parts.path).lstrip("/")
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        for other in self._open:
            if path.startswith(other.edition.prefix) and (fragments := _has(other, path.removeprefix(other.edition.prefix))) is not None:
                known = not fragments or unquote(parts.fragment) in fragments
                return f"{self._urls[other.edition.site]}{encoded(path)}{fragment if known else ''}"
        if page.rendering.outline.links[position].kind == "image":
            return None
        return f"{self._urls[plan.edition.site]}{encoded(path)}{fragment}"


def _has(plan: SitePlan, address: str) -> frozenset[str] | None:
    """Places on the page or file with this address that may be linked to, empty where nobody knows; None: there is none."""
    page = plan.pages.get(address)
    if page is not None:
        return page.rendering.outline.anchors | {"top"}
    there = address in {"", *plan.generated.values()} or address in plan.assets
    return frozenset() if there else None
