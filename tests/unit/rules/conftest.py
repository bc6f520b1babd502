"""Facts made by hand, for rules that look for themselves."""

import datetime

import pytest

from kbgen.content.convert import convert
from kbgen.model.article import Article, Corpus, Link, Outline, Rendering, SourceFile
from kbgen.model.data import Data
from kbgen.model.meta import Meta
from kbgen.model.plan import Projection
from kbgen.model.ports import Facts
from kbgen.model.settings import Settings

DAY = datetime.date(2026, 10, 10)
SETTINGS = {
    "sites": {"public": {"name": "Help", "audience": "public"}, "internal": {"name": "Wiki", "audience": "internal"}},
}


def _rendering(text: str, path: str) -> Rendering:
    made = convert(text, internal_allowed=True)
    links = tuple(Link(link.target, link.kind, path, 1, 1) for link in made.links)
    return Rendering(text, "", made.html, Outline(made.headings, links, made.anchors, made.sections))


@pytest.fixture
def make_article():
    """An article from its body and, where that differs, its body without internal blocks."""

    def make(body, cut=None, *, header="title: T\naudience: public", path="billing/refund.md", audience="public", **meta):
        source = SourceFile(f"content/en/{path}", f"---\n{header}\n---\n{body}".encode())
        full = _rendering(body, source.path)
        made = Meta(title="T", audience=audience, product_area="billing", owner="accounting", **meta)
        lines = header.count("\n") + 1
        shown = full if cut is None else _rendering(cut, source.path)
        return Article("KB-1", source, "en", path, "billing/refund/", made, lines + 3, full, shown)

    return make


@pytest.fixture
def make_facts():
    """Facts about articles, staleness and built sites; ``settings`` are keys to add."""

    def make(*articles, staleness=(), built=None, problems=(), projected=(), **settings):
        corpus = Corpus(articles, (), {}, tuple(problems))
        return Facts(
            Settings.model_validate({**SETTINGS, **settings}), Data(), corpus, Projection((), tuple(projected)), staleness, built or {}, DAY
        )

    return make
