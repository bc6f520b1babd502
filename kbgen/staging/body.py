"""Puts the resolved addresses and the theme's words into a page's body."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from kbgen.model.plan import Page

# Attribute values may hold ">", so a tag ends at the first ">" outside quotes. Text cannot hold a tag: its "<" is escaped.
_ATTRIBUTES = r'(?:[^>"]|"[^"]*")*?'
_ANCHOR = re.compile(rf'<a\b({_ATTRIBUTES}) href="kb-link:(\d+)"({_ATTRIBUTES})>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(rf'<img\b({_ATTRIBUTES}) src="kb-link:(\d+)"({_ATTRIBUTES})>')
_ALT = re.compile(r' alt="([^"]*)"')
_FIRST_H1 = re.compile(r"^\s*<h1\b[^>]*>(.*?)</h1>\s*", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
# Only our own blocks have such elements, and they are empty: the words depend on the edition, the conversion must not.
_WORD = re.compile(rf'(<(\w+)\b{_ATTRIBUTES} data-kb-word="([a-z.-]+)"{_ATTRIBUTES}>)(?=</\2>)')


def body(page: Page, *, hide_referrer: bool, word: Callable[[str], str] = str) -> str:
    """The body of a page as its edition shows it.

    Args:
        page: the page.
        hide_referrer: True for a site whose addresses must not be told to others.
        word: gives the theme's words by their keys.
    """
    text = _WORD.sub(lambda found: found[1] + html.escape(word(found[3]), quote=False), page.rendering.html)
    return linked(_without_title(text, page.article.meta.title), page, hide_referrer=hide_referrer)


def linked(text: str, page: Page, *, hide_referrer: bool, move: Callable[[str], str] = str) -> str:
    """A piece of a page's HTML with its addresses in place.

    Args:
        text: the piece, as the rendering has it.
        page: the page it is from.
        hide_referrer: True for a site whose addresses must not be told to others.
        move: makes an address right for the page on which the piece is shown, where that is another one.
    """

    def anchor(found: re.Match[str]) -> str:
        href = page.hrefs[int(found[2])]
        if href is None:
            return f"<span>{found[4]}</span>"
        rel = ' rel="noreferrer"' if hide_referrer and href.startswith(("http:", "https:", "//")) else ""
        return f'<a{found[1]} href="{html.escape(move(href))}"{found[3]}{rel}>{found[4]}</a>'

    def image(found: re.Match[str]) -> str:
        href = page.hrefs[int(found[2])]
        if href is None:
            alt = _ALT.search(found[1] + found[3])
            return f'<span class="kb-missing">{alt[1]}</span>' if alt and alt[1] else ""
        return f'<img{found[1]} src="{html.escape(move(href))}"{found[3]} loading="lazy">'

    return _IMAGE.sub(image, _ANCHOR.sub(anchor, text))


def _without_title(text: str, title: str) -> str:
    """A body that repeats the title as its first heading loses it: the template prints the title."""
    first = _FIRST_H1.match(text)
    if first and " ".join(html.unescape(_TAGS.sub("", first[1])).split()).casefold() == title.casefold():
        return text[first.end() :]
    return text
