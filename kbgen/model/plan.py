"""What each site will hold, decided before anything is rendered. Only :mod:`kbgen.audiences` makes these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kbgen.model.article import Article, Rendering
from kbgen.model.finding import Problem


@dataclass(frozen=True, slots=True)
class Edition:
    """One site in one language. ``prefix`` is its folder in the site: ``""`` for the default language, else e.g. ``ru/``."""

    site: str
    language: str
    prefix: str

    @property
    def key(self) -> str:
        """Its name in messages and folders, e.g. ``public-ru``."""
        return f"{self.site}-{self.language}"


@dataclass(frozen=True, slots=True)
class Page:
    """An article as one edition shows it.

    Attributes:
        article: the article.
        rendering: the text this edition shows.
        hrefs: for each link of the rendering's outline: the address to write (relative to the page), or None: the link is taken
            off and its text stays; for an image None means that its alt text stands in for it.
        assets: the assets (paths from the project's root) it shows or offers.
    """

    article: Article
    rendering: Rendering
    hrefs: tuple[str | None, ...]
    assets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correcting:
    """An article that the narrowest audience's site should show and does not.

    Attributes:
        address: where it would stand in its edition.
        alerts: the alerts that it claims, or seems to where nobody can read it.
        twins: language code → address of each of its translations that the site shows.
    """

    address: str
    alerts: frozenset[str]
    twins: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What one edition holds.

    Attributes:
        edition: which.
        pages: by address.
        withheld: addresses of articles of this site that are left out, live before or not.
        areas: ids of the product areas that have a page here, in the declared order.
        assets: path in the edition → path of the asset from the project's root.
        translations: address → (language code → address in that language's edition of the same site).
        generated: pages that kbgen makes from data, the same in every language of the site: name → address, e.g. ``sla`` → ``desk/sla/``.
        alerts: alerts that have a page ``r/<alert>/``, by name.
        correcting: on the narrowest audience's site what becomes of those that are left out; empty on every other one.
    """

    edition: Edition
    pages: Mapping[str, Page]
    withheld: frozenset[str]
    areas: tuple[str, ...]
    assets: Mapping[str, str]
    translations: Mapping[str, Mapping[str, str]]
    generated: Mapping[str, str] = field(default_factory=dict)
    alerts: tuple[str, ...] = ()
    correcting: tuple[Correcting, ...] = ()


@dataclass(frozen=True, slots=True)
class Projection:
    """The plans of all editions, and what the audiences found wrong on the way."""

    plans: tuple[SitePlan, ...]
    problems: tuple[Problem, ...]
