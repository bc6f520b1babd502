"""Which pages kbgen makes from data on each site. They exist where their data do, in every language of the site.

``contact/`` is made for every site that sees a channel; all others are the narrowest audience's alone, whatever the data say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kbgen.model.article import Article, Rendering
from kbgen.model.data import Data
from kbgen.model.settings import Settings

CONTACT = "contact"
DESK = ("escalation", "sla", "replies", "off-hours", "alerts")
"""Names of the pages that only the narrowest audience's site has, in the order of its navigation."""
PAGES = (CONTACT, *DESK)
"""Names of all generated pages that articles may link to as ``page:<name>``."""


def page_address(name: str) -> str:
    """The address of a generated page in its edition."""
    return f"{name}/" if name == CONTACT else f"desk/{name}/"


def alert_address(alert: str) -> str:
    """The address of an alert's page in its edition: the one that alerts link to."""
    return f"r/{alert}/"


def is_inside(address: str) -> bool:
    """Whether only the narrowest audience's site may have a page at this address of an edition."""
    return address.split("/", 1)[0] in {"desk", "r"}


def contact_anchors(data: Data, sign_in: str) -> frozenset[str]:
    """The places on the contact page that links may lead to. ``sign_in``: the id of the article that the page opens with, if any."""
    places = {"channels", "confirmation", *(f"plan-{plan.id}" for plan in data.plans)}
    places |= {"sign-in"} if sign_in else set()
    places |= {"how"} if data.severities or data.plans else set()
    places |= {"priorities"} if data.severities else set()
    return frozenset(places | ({"plans"} if data.plans else set()))


def generated(
    data: Data, shown: Iterable[tuple[Article, Rendering]], settings: Settings, site: str, named: Sequence[str]
) -> dict[str, str]:
    """Name → address of the pages that a site has, but for those of single alerts.

    Args:
        data: the data as the site sees them.
        shown: the articles that the site shows, each with the rendering it shows.
        settings: the settings.
        site: the site.
        named: the alerts that have a page.
    """
    there = {CONTACT} if data.channels else set()
    if settings.is_narrowest(site):
        articles = list(shown)
        there |= {name for name, entries in (("escalation", data.tiers), ("sla", data.sla)) if entries}
        there |= {"replies" for _, rendering in articles if rendering.outline.playbook.replies}
        there |= {"off-hours" for article, _ in articles if article.meta.off_hours}
        there |= {"alerts"} if named else set()
    return {name: page_address(name) for name in (*DESK, CONTACT) if name in there}


def alerts(data: Data, claimed: frozenset[str]) -> tuple[str, ...]:
    """The alerts that are declared, and those that a runbook claims, by name."""
    return tuple(sorted(claimed.union(alert.id for alert in data.alerts), key=lambda name: (name.casefold(), name)))


def takes(address: str, data: Data) -> str:
    """The first segment of an article's address that a generated page of the site needs; ``""`` for none.

    What is reserved on every site (``desk``, ``r``) is known before the article is read; this is what depends on the site's data.
    """
    first = address.split("/", 1)[0].casefold()
    return first if data.channels and first == CONTACT else ""
