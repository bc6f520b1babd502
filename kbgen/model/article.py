"""An article on its way from a file to a value: source, header, rendering, outline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kbgen.model.finding import Problem
from kbgen.model.meta import Meta
from kbgen.model.playbook import NO_PLAYBOOK, Playbook


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read, once: ``path`` relative to the project's root with ``/``, ``data`` its bytes, ``digest`` their SHA-256."""

    path: str
    data: bytes = field(repr=False)
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the article: ``level`` 1 to 6, its ``id`` (the anchor), its plain ``text``."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image, in the order of the rendered page. The page's HTML holds ``kb-link:N`` where ``N`` is its position.

    Attributes:
        target: the address as written, entities decoded.
        kind: ``link`` or ``image``.
        path: the file in which it is written (a snippet's, where it comes from one).
        line: line in that file, from 1.
        column: column from 1; 1 where it could not be told.
    """

    target: str
    kind: str
    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of an article as search sees it: the text under one heading. The first has an empty ``id`` and ``heading``."""

    id: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What the parse of one text found in it. ``anchors`` are all ids a link may lead to."""

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] = frozenset()
    sections: tuple[Section, ...] = ()
    playbook: Playbook = NO_PLAYBOOK


@dataclass(frozen=True, slots=True)
class Rendering:
    """One text of an article, converted: ``text`` the Markdown, ``digest`` the SHA-256 of what it was made from, ``html`` sanitised,
    with every link and image address replaced by ``kb-link:N``.
    """

    text: str = field(repr=False)
    digest: str
    html: str = field(repr=False)
    outline: Outline


@dataclass(frozen=True, slots=True)
class Article:
    """An article that was read without a fault.

    Attributes:
        id: permanent name, e.g. ``KB-7Q4M``; derived from the path where the file names none. Translations share it.
        source: the file.
        language: language code, e.g. ``ru``.
        path: path inside the language's folder, e.g. ``billing/refund.md``.
        address: where it lives inside its edition, e.g. ``billing/refund/``; ``""`` for the edition's home.
        meta: the front matter, complete (folder, team and original filled in).
        body_line: line of the file on which the body starts.
        full: the whole text, for the widest audience.
        cut: the text without its internal blocks; the same object as ``full`` where there are none.
        includes: paths of the snippets it includes outside internal blocks, transitively, with the audience of each.
        problems: what is wrong with it without making it unreadable.
    """

    id: str
    source: SourceFile
    language: str
    path: str
    address: str
    meta: Meta
    body_line: int
    full: Rendering
    cut: Rendering
    includes: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read strictly. It is in no site. ``language`` and ``address`` are where it would have lived.

    ``meta`` and ``id`` (as written) are what its header says, where the header at least could be read: good for what the narrowest
    audience's site says of its translations and alerts, and for nothing that a wider site shows.
    """

    source: SourceFile
    language: str
    path: str
    address: str
    problems: tuple[Problem, ...]
    meta: Meta | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages may show or offer: ``path`` from the project's root, ``data`` its bytes, ``digest`` their SHA-256."""

    path: str
    data: bytes = field(repr=False)
    digest: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything the content folder holds, sorted by path."""

    articles: tuple[Article, ...]
    unreadable: tuple[Unreadable, ...]
    assets: Mapping[str, Asset]
    problems: tuple[Problem, ...] = ()
