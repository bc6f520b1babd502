"""What the rules about sections share: which headings of an article are the sections of its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kbgen.model.article import Article, Heading, Rendering
from kbgen.model.finding import Place
from kbgen.model.sections import SECTIONS, SectionKind, heading_words
from kbgen.model.settings import Settings
from kbgen.rules.place import heading_places, key_place


@dataclass(frozen=True, slots=True)
class Found:
    """A section that an article has: which, and where its heading stands."""

    section: SectionKind
    heading: Heading
    place: Place


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections that the article's type has, in order, and those of them that are there, in the order of the text."""

    wanted: tuple[SectionKind, ...]
    found: tuple[Found, ...]
    start: Place


def sections(article: Article, settings: Settings) -> Sections | None:
    """The sections of an article; None where its type has none, or was not written but assumed."""
    wanted = SECTIONS.get(article.meta.type, ())
    if not wanted or not article.meta.typed:
        return None
    headings = shown(article, settings).outline.headings
    named = _named(wanted, article.language, settings)
    by_id = {section.id: section for section in wanted}
    found: dict[str, Found] = {}
    for heading, place in zip(headings, heading_places(article, headings), strict=True):
        section = by_id.get(heading.id) or named.get(_plain(heading.text))
        if section:
            found.setdefault(section.id, Found(section, heading, place))
    return Sections(wanted, tuple(found.values()), type_place(article, settings))


def type_place(article: Article, settings: Settings) -> Place:
    """Where the article says its type; in a translation, which does not, where its text begins."""
    place = key_place(article, "type", settings)
    return place if place.line > 1 else Place(place.path, article.body_line)


def shown(article: Article, settings: Settings) -> Rendering:
    """The text that the article's own readers see: without internal blocks, unless it is for those who see them."""
    return article.full if article.meta.audience == settings.audiences[-1] else article.cut


def proposed(section: SectionKind, language: str, settings: Settings) -> str:
    """A heading for a section, as it may be written."""
    words = heading_words(language, section.id, settings.sections)
    return f"## {words[0] if words else section.id} {{#{section.id}}}"


def _named(wanted: tuple[SectionKind, ...], language: str, settings: Settings) -> Mapping[str, SectionKind]:
    """Heading in plain letters → section. Where two sections may be called the same, it is the first one's name."""
    named: dict[str, SectionKind] = {}
    for section in wanted:
        for words in heading_words(language, section.id, settings.sections):
            named.setdefault(_plain(words), section)
    return named


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split()).rstrip(" .:?!")
