"""Saved replies, in the forms that ticket systems take.

Placeholders are written ``[what to fill in]``: the systems take braces for variables of their own and would send an empty place. For
the same reason all other ``{{``, ``}}``, ``{%`` and ``%}`` are written apart, as ``{ {``: whoever wants the system's own variables puts
them in there. Links are absolute: to the site for everybody where it has the page, else to the wiki; one that leads nowhere is taken off.
Every reply comes with the address of the article that a customer may be sent, where there is one and the form has a place for it.
Forms:

- ``zendesk``: a JSON list of macros as ``POST /api/v2/macros`` takes them, one request each; the description names the
  article for the customer.
- ``freshdesk``: a JSON list of canned responses as ``POST /api/v2/canned_responses`` takes them, but for the folder, which is yours.
  They have no field for an address, and one that is not known would be refused with the whole request.
- ``intercom``: a JSON list of macros, name and body as HTML and as plain text, to be pasted or brought in by a script.
- ``csv``: one line for each reply and language, with the text plain and as HTML; for spreadsheets and every other system.

A cell of the CSV that a spreadsheet would take for a formula begins with an apostrophe. It is UTF-8 without a byte order mark: of the
programs that take it only Excel wants one, and that can be told (Data, From Text/CSV, 65001); most others would read the mark as a part
of the first column's name.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kbgen.exports.addresses import Addresses
from kbgen.exports.braces import apart
from kbgen.model.address import encoded
from kbgen.model.article import Article
from kbgen.model.plan import Projection
from kbgen.model.settings import Settings

_FILL = re.compile(r"\{\{([a-z][a-z0-9_]{0,31})\}\}")
_ATTRIBUTES = r'(?:[^>"]|"[^"]*")*?'
_ANCHOR = re.compile(rf'<a\b({_ATTRIBUTES}) href="kb-link:(\d+)"({_ATTRIBUTES})>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(rf'<img\b({_ATTRIBUTES}) src="kb-link:(\d+)"({_ATTRIBUTES})>')
_ALT = re.compile(r' alt="([^"]*)"')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class SavedReply:
    """A saved reply in one language.

    Attributes:
        id: its name, the same in every language.
        language: language code.
        title: what agents find it by.
        html: its text as safe HTML, placeholders in words, links absolute.
        text: the same as plain text.
        article: id of the article that holds it.
        area: id of that article's product area.
        url: that article's address in the wiki.
        public_url: the address of the article that a customer may be sent, or ``""``.
    """

    id: str
    language: str
    title: str
    html: str
    text: str
    article: str
    area: str
    url: str
    public_url: str


def saved_replies(articles: Iterable[Article], projection: Projection, settings: Settings) -> tuple[SavedReply, ...]:
    """Every reply of every article, by id and language."""
    site = next(name for name in settings.sites if settings.is_narrowest(name))
    addresses = Addresses(projection, settings)
    found: list[SavedReply] = []
    for article in articles:
        prefix = "" if article.language == settings.default_language else f"{article.language}/"
        url = f"{settings.sites[site].url}{encoded(prefix + article.address)}"
        labels = article.meta.placeholders
        replies = article.full.outline.playbook.replies
        hrefs = addresses.links(article) if replies else ()
        public_url = addresses.for_customers(article) if replies else ""
        for reply in replies:
            found.append(
                SavedReply(
                    id=reply.id,
                    language=article.language,
                    title=apart(reply.title),
                    html=_linked(_filled(reply.html, {name: html.escape(label) for name, label in labels.items()}), hrefs),
                    text=_filled(reply.text, labels),
                    article=article.id,
                    area=article.meta.product_area,
                    url=f"{url}#reply-{reply.id}",
                    public_url=public_url,
                )
            )
    return tuple(sorted(found, key=lambda reply: (reply.id, reply.language, reply.article)))


def _filled(text: str, labels: Mapping[str, str]) -> str:
    return apart(_FILL.sub(lambda found: f"[{labels.get(found[1], found[1])}]", text))


def _linked(text: str, hrefs: Sequence[str | None]) -> str:
    """The HTML with its addresses in place."""

    def address(number: str) -> str:
        href = hrefs[int(number)] or ""
        return html.escape(href.replace("{", "%7B").replace("}", "%7D"))

    def anchor(found: re.Match[str]) -> str:
        href = address(found[2])
        return f'<a{found[1]} href="{href}"{found[3]}>{found[4]}</a>' if href else found[4]

    def image(found: re.Match[str]) -> str:
        href = address(found[2])
        alt = _ALT.search(found[1] + found[3])
        return f'<img{found[1]} src="{href}"{found[3]}>' if href else alt[1] if alt else ""

    return _IMAGE.sub(image, _ANCHOR.sub(anchor, text))


def _name(reply: SavedReply) -> str:
    """Area, title, language: as ticket systems sort them into folders."""
    return "::".join(filter(None, (reply.area, reply.title, reply.language)))


def zendesk(replies: Sequence[SavedReply]) -> str:
    """Macros."""
    return _json(
        [
            {
                "macro": {
                    "title": _name(reply),
                    "active": True,
                    "description": f"{reply.id}, from {reply.article}: {reply.url}"
                    + (f"; for customers: {reply.public_url}" if reply.public_url else ""),
                    "actions": [{"field": "comment_value_html", "value": reply.html}, {"field": "comment_mode_is_public", "value": "true"}],
                }
            }
            for reply in replies
        ]
    )


def freshdesk(replies: Sequence[SavedReply]) -> str:
    """Canned responses, for all agents."""
    return _json([{"title": _name(reply), "content_html": reply.html, "visibility": 0} for reply in replies])


def intercom(replies: Sequence[SavedReply]) -> str:
    """Macros."""
    return _json(
        [
            {
                "name": _name(reply),
                "body": reply.html,
                "body_text": reply.text,
                "visible_to": "everyone",
                "public_url": reply.public_url,
            }
            for reply in replies
        ]
    )


def as_csv(replies: Sequence[SavedReply]) -> str:
    """A table with a header, RFC 4180, UTF-8."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(("id", "language", "area", "title", "text", "html", "article", "url", "public_url"))
    for reply in replies:
        row = (reply.id, reply.language, reply.area, reply.title, reply.text, reply.html, reply.article, reply.url, reply.public_url)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return target.getvalue()


def _json(value: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[SavedReply]], str]] = {
    "zendesk": zendesk,
    "intercom": intercom,
    "freshdesk": freshdesk,
    "csv": as_csv,
}
"""Name of a format → what writes it; the text ends with a line break."""
