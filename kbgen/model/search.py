"""What the search index is made of."""

from __future__ import annotations

from dataclasses import dataclass

from kbgen.model.article import Section


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One page as search sees it.

    Attributes:
        address: address in the edition, e.g. ``billing/refund/``.
        title: its title.
        area: name of its product area in the edition's language.
        type: its article type, e.g. ``how-to``.
        audience: its audience, e.g. ``internal``.
        summary: one sentence, may be empty.
        keywords: other words for it.
        codes: what it is looked up by as a whole: its id, the release that mends what it is about.
        questions: questions it answers, in customers' words.
        sections: its text by heading.
        severity: of a runbook, on the site of the narrowest audience: ``low``, ``medium`` or ``high``; else empty.
        featured: whether it stands on the home page, and is offered where a search found nothing.
    """

    address: str
    title: str
    area: str
    type: str
    audience: str
    summary: str
    keywords: tuple[str, ...]
    questions: tuple[str, ...]
    sections: tuple[Section, ...]
    severity: str = ""
    featured: bool = False
    codes: tuple[str, ...] = ()
