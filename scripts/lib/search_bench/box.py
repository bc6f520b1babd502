"""A page with nothing but the theme's search box: for the time from a key to the rows that a reader sees."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from kbgen.engines import worker
from kbgen.engines.words import Words

BOX = "box/index.html"


def box_page(theme: Path, language: str) -> Mapping[str, bytes]:
    """The page and the scripts that every page of a public site has, by path."""
    words = Words(language, theme, {})
    facts = {"root": "/", "kb": {"kind": "home"}, "edition": {}, "t": words.text, "search_words": words.search(wiki=False)}
    form = Environment(loader=FileSystemLoader(theme), autoescape=False).get_template("kb/search-box.html").render(facts)
    names = [name for name in worker._EVERYWHERE if (theme / "javascripts" / name).is_file()]
    scripts = "".join(f"<script defer src=/box/{name}></script>" for name in names)
    page = (
        f"<!doctype html><html lang={language}><meta charset=utf-8><title>box</title>{form}{scripts}<script defer src=/bench.js></script>"
    )
    return {BOX: page.encode(), **{f"box/{name}": (theme / "javascripts" / name).read_bytes() for name in names}}
