"""Puts the resolved addresses into a page's body."""

from __future__ import annotations

import html
import re

from kbgen.model.plan import Page

# Attribute values may hold ">", so a tag ends at the first ">" outside quotes. Text cannot hold a tag: its "<" is escaped.
_ATTRIBUTES = r'(?:[^>"]|"[^"]*")*?'
_ANCHOR = re.compile(rf'<a\b({_ATTRIBUTES}) href="kb-link:(\d+)"({_ATTRIBUTES})>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(rf'<img\b({_ATTRIBUTES}) src="kb-link:(\d+)"({_ATTRIBUTES})>')
_ALT = re.compile(r' alt="([^"]*)"')
_FIRST_H1 = re.compile(r"^\s*<h1\b[^>]*>(.*?)</h1>\s*", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")


def body(page: Page, *, hide_referrer: bool) -> str:
    """The body of a page as its edition shows it.

    Args:
        page: the page.
        hide_referrer: True for a site whose addresses must not be told to others.
    """

    def anchor(found: re.Match[str]) -> str:
        href = page.hrefs[int(found[2])]
        if href is None:
            return f"<span>{found[4]}</span>"
        rel = ' rel="noreferrer"' if hide_referrer and href.startswith(("http:", "https:", "//")) else ""
        return f'<a{found[1]} href="{html.escape(href)}"{found[3]}{rel}>{found[4]}</a>'

    def image(found: re.Match[str]) -> str:
        href = page.hrefs[int(found[2])]
        if href is None:
            alt = _ALT.search(found[1] + found[3])
            return f'<span class="kb-missing">{alt[1]}</span>' if alt and alt[1] else ""
        return f'<img{found[1]} src="{html.escape(href)}"{found[3]} loading="lazy">'

    text = _without_title(page.rendering.html, page.article.meta.title)
    return _IMAGE.sub(image, _ANCHOR.sub(anchor, text))


def _without_title(text: str, title: str) -> str:
    """A body that repeats the title as its first heading loses it: the template prints the title."""
    first = _FIRST_H1.match(text)
    if first and " ".join(html.unescape(_TAGS.sub("", first[1])).split()).casefold() == title.casefold():
        return text[first.end() :]
    return text
