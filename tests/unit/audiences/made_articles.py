"""Articles made by hand, as short as can be."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from kbgen.content.places import address_of
from kbgen.model.article import Article, Asset, Corpus, Heading, Link, Outline, Rendering, SourceFile, Unreadable
from kbgen.model.data import Data, ProductArea
from kbgen.model.finding import Place, Problem
from kbgen.model.meta import Meta
from kbgen.model.settings import Default, Language, Settings, Site

SETTINGS = Settings(
    sites={
        "public": Site(name="Acorn Help", audience="public", url="https://help.acorn.example/"),
        "internal": Site(name="Acorn Wiki", audience="internal", url="https://wiki.acorn.example/"),
    },
    languages={"en": Language(name="English"), "ru": Language(name="Русский")},
    defaults=(Default(paths=("en/team/*",), set={"audience": "internal"}),),
)
DATA = Data(
    areas=(ProductArea(id="billing", name={"en": "Billing", "ru": "Оплата"}), ProductArea(id="team", name={"en": "Team"})),
    areas_declared=True,
)


def rendering(text: str, path: str = "", html: str = "") -> Rendering:
    """``[text](target)``, ``![alt](target)`` and ``## Heading {#id}`` are understood; nothing else is."""
    links: list[Link] = []
    for line, row in enumerate(text.splitlines(), 1):
        for found in re.finditer(r"(!?)\[[^\]]*\]\(([^)]*)\)", row):
            links.append(Link(found[2], "image" if found[1] else "link", path, line, found.start(2) + 1))
    headings = tuple(Heading(2, found[2], found[1]) for found in re.finditer(r"^## (.+?) \{#([\w-]+)\}$", text, re.MULTILINE))
    anchors = frozenset(heading.id for heading in headings)
    return Rendering(text, hashlib.sha256(text.encode()).hexdigest(), html or f"<p>{text}</p>", Outline(headings, tuple(links), anchors))


def article(path: str, text: str = "Text.", audience: str = "public", *, cut: str | None = None, **more: Any) -> Article:
    """An article at ``en/billing/refund.md``; ``more`` are keys of its header, ``id``, ``problems`` or ``includes``."""
    language, _, inside = path.partition("/")
    source = SourceFile(f"content/{path}", text.encode(), "")
    given = {key: value for key, value in more.items() if key in Meta.model_fields}
    folder = inside.split("/")[0] if "/" in inside else ""
    fields: Mapping[str, Any] = {"title": path, "audience": audience, "product_area": folder, "owner": "", **given}
    full = rendering(text, source.path)
    return Article(
        id=more.get("id") or inside.removesuffix(".md"),
        source=source,
        language=language,
        path=inside,
        address=address_of(inside),
        meta=Meta.model_validate(fields),
        body_line=5,
        full=full,
        cut=full if cut is None else rendering(cut, source.path),
        includes=more.get("includes", ()),
        problems=more.get("problems", ()),
    )


def unreadable(path: str) -> Unreadable:
    language, _, inside = path.partition("/")
    source = SourceFile(f"content/{path}", b"", "")
    problem = Problem("KB004", Place(source.path), "broken", "mend it")
    return Unreadable(source, language, inside, address_of(inside), (problem,))


def corpus(*items: Article | Unreadable, assets: tuple[str, ...] = ()) -> Corpus:
    """A corpus, sorted as the real one; ``assets`` are paths inside the content folder."""
    articles = sorted((item for item in items if isinstance(item, Article)), key=lambda item: item.source.path)
    broken = tuple(item for item in items if isinstance(item, Unreadable))
    files = [Asset(f"content/{path}", path.encode(), hashlib.sha256(path.encode()).hexdigest()) for path in assets]
    return Corpus(tuple(articles), broken, {asset.path: asset for asset in files})
