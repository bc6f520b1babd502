"""Saved replies: in an article side by side with the same reply in other languages, and all of them on one page. Wiki only.

A reply is ``<section class="kb-reply" data-kb-reply="ID">`` in the rendering of an article; nothing but our own block makes one, so what
it holds can be cut out of one page and put into another.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from kbgen.model.address import encoded, relative
from kbgen.model.plan import Page, SitePlan
from kbgen.model.playbook import Reply
from kbgen.staging.body import linked
from kbgen.staging.frame import generated_context
from kbgen.staging.scene import Scene, sort_key

_OPEN = re.compile(r'<section class="kb-reply"[^>]*? data-kb-reply="([a-z0-9-]+)"[^>]*>')
_TEXT = re.compile(r'<div class="kb-reply__text"[^>]*>')
_TAG = re.compile(r"<(/?)section\b")
_LABEL = re.compile(r'(<p class="kb-label"[^>]*>[^<]*)(</p>)')
_ID = re.compile(r' (?:id|name)="[^"]*"')


@dataclass(frozen=True, slots=True)
class Saved:
    """A reply in one language: the page it stands on, what its block says of it, and its text as that page's rendering has it."""

    language: str
    page: Page
    reply: Reply
    text: str


Replies = Mapping[str, Mapping[str, Saved]]
"""Id of a reply → language → the reply; the edition's own language comes first."""


def saved_replies(scene: Scene) -> Replies:
    """Every reply of the site, by id, in all languages."""
    found: dict[str, dict[str, Saved]] = {}
    for language in dict.fromkeys((scene.language, *scene.settings.languages)):
        for page in scene.siblings[language].pages.values():
            texts = {name: _text(page.rendering.html[start:end]) for name, start, end in _sections(page.rendering.html)}
            for reply in page.rendering.outline.playbook.replies:
                if reply.id in texts:
                    found.setdefault(reply.id, {}).setdefault(language, Saved(language, page, reply, texts[reply.id]))
    return found


def beside(scene: Scene, page: Page, text: str, replies: Replies) -> str:
    """A page's body with each of its replies followed by the other languages' texts and the article a customer may be sent."""
    here = page.article.address
    pieces: list[str] = []
    done = 0
    for name, start, end in _sections(text):
        own = replies.get(name, {})
        if scene.language not in own:
            continue
        title = f' <span class="kb-reply__title">{html.escape(own[scene.language].reply.title)}</span>'
        head = _TEXT.split(text[start:end], maxsplit=1)[0]
        inside = _LABEL.sub(rf"\1{_escaped(title)}\2", head, count=1) + _block(scene, here, own[scene.language], with_ids=True)
        others = [_block(scene, here, saved) for language, saved in own.items() if language != scene.language]
        pieces += [text[done:start], inside, *others, *_links(scene, here, own), "</section>"]
        done = end
    return "".join((*pieces, text[done:]))


def replies_context(scene: Scene, replies: Replies) -> dict[str, Any]:
    """The context of the page of all replies; the replies themselves are its body."""
    fills: dict[str, str] = {}
    for own in replies.values():
        for saved in own.values():
            for name in saved.reply.fills:
                label = saved.page.article.meta.placeholders.get(name)
                if label:
                    fills.setdefault(name, label)
    view = {"count": len(replies)}
    named = [{"name": name, "label": label} for name, label in sorted(fills.items())]
    return {**generated_context(scene, "replies", view), "fills": named}


def replies_body(scene: Scene, replies: Replies) -> str:
    """All replies, by product area and title: each with where it is from, its texts side by side, and the article for the customer.

    They are folded to their titles, or the page would be sixty screens long on a phone; in front stands a line of links to the areas.
    """
    here = scene.plan.generated["replies"]
    areas = {area.id: scene.text(area.name) for area in scene.data.areas}
    groups: dict[str, list[tuple[str, Mapping[str, Saved]]]] = {}
    for name, own in replies.items():
        groups.setdefault(_first(own).page.article.meta.product_area, []).append((name, own))
    order = [area for area in areas if area in groups] + sorted(groups.keys() - areas.keys())
    shown, jumps = [], []
    for area in order:
        entries = sorted(groups[area], key=lambda each: (sort_key(_first(each[1]).reply.title), each[0]))
        rows = "\n".join(_entry(scene, here, name, own) for name, own in entries)
        title, anchor = html.escape(areas.get(area, area)), f"area-{html.escape(area)}"
        shown.append(f'<section class="kb-replies__group" id="{anchor}" data-kb-group><h2>{title}</h2>\n{rows}\n</section>')
        jumps.append(f'<li><a href="#{anchor}">{title}</a> <span class="kb-count">{len(entries)}</span></li>')
    if len(jumps) > 1:
        label = html.escape(scene.word("home.areas"))
        shown.insert(0, f'<nav aria-label="{label}"><ul class="kb-desk__jump">{"".join(jumps)}</ul></nav>')
    return "\n".join(shown)


def _first(own: Mapping[str, Saved]) -> Saved:
    return next(iter(own.values()))


def _entry(scene: Scene, here: str, name: str, own: Mapping[str, Saved]) -> str:
    first = _first(own)
    href = f"{scene.across(here, first.language, first.page.article.address)}#reply-{name}"
    source = f'<a href="{html.escape(href)}">{html.escape(first.page.article.meta.title)}</a>'
    head = f"<summary><h3>{html.escape(first.reply.title)}</h3></summary>"
    origin = f'<p class="kb-reply__from">{html.escape(scene.word("replies.from"))} {source}</p>'
    texts = "".join(_block(scene, here, saved) for saved in own.values())
    links = "".join(_links(scene, here, own))
    inside = f'<div class="kb-reply__all">{origin}{texts}{links}</div>'
    return f'<details class="kb-reply" id="reply-{name}" data-kb-reply="{name}">{head}{inside}</details>'


def _block(scene: Scene, here: str, saved: Saved, *, with_ids: bool = False) -> str:
    """A reply's text for some page: links lead to what customers see, where they see it; ids are taken off unless it is their own page."""
    start = scene.siblings[saved.language].edition.prefix + saved.page.article.address
    target = scene.plan.edition.prefix + here

    def move(href: str) -> str:
        return _outside(scene, href, start) or moved(href, start, target)

    text = linked(saved.text, saved.page, hide_referrer=scene.closed, move=move)
    return f'<div class="kb-reply__text" lang="{html.escape(saved.language)}">{text if with_ids else _ID.sub("", text)}</div>'


def _outside(scene: Scene, href: str, start: str) -> str:
    """The address on the site for everybody of what a link of the page at ``start`` leads to; ``""`` where it has no such page."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = posixpath.normpath(posixpath.join("/" + start, unquote(parts.path))).lstrip("/")
    for plan in scene.outside.values():
        url = scene.settings.sites[plan.edition.site].url
        address = f"{path}/".removeprefix(plan.edition.prefix)
        if url and f"{path}/".startswith(plan.edition.prefix) and (address in plan.pages or address in plan.generated.values()):
            return f"{url}{encoded(plan.edition.prefix + address)}" + (f"#{parts.fragment}" if parts.fragment else "")
    return ""


def moved(href: str, start: str, target: str) -> str:
    """An href of the page at ``start`` as the page at ``target`` has to write it."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or start == target:
        return href
    path = posixpath.normpath(posixpath.join("/" + start, unquote(parts.path))).lstrip("/")
    folder = not parts.path or parts.path.endswith("/")
    there = relative(target, f"{path}/" if folder and path else path)
    return there + (f"#{parts.fragment}" if parts.fragment else "")


def _links(scene: Scene, here: str, own: Mapping[str, Saved]) -> Iterator[str]:
    """For each language of a reply the article that a customer may be sent."""
    for language, saved in own.items():
        found = for_customers(scene, saved)
        if found is not None:
            plan, page = found
            site = scene.settings.sites[plan.edition.site]
            away = f"{site.url}{encoded(plan.edition.prefix + page.article.address)}" if site.url else ""
            href = away or scene.across(here, language, page.article.address)
            rel = ' rel="noreferrer"' if away and scene.closed else ""
            title = html.escape(page.article.meta.title)
            yield f'<p class="kb-reply__link" lang="{html.escape(language)}"><a href="{html.escape(href)}"{rel}>{title}</a></p>'


def for_customers(scene: Scene, saved: Saved) -> tuple[SitePlan, Page] | None:
    """The article for customers that goes with a reply: its own where everybody may read that, else the first one it links to."""
    outside = scene.outside.get(saved.language)
    if outside is None:
        return None
    page = saved.page
    addresses = [page.article.address]
    for link, href in zip(page.rendering.outline.links, page.hrefs, strict=True):
        if href is not None and link.kind == "link" and not urlsplit(href).scheme and urlsplit(href).path:
            path = posixpath.normpath(posixpath.join("/" + page.article.address, unquote(urlsplit(href).path)))
            addresses.append(f"{path.lstrip('/')}/")
    return next(((outside, outside.pages[address]) for address in addresses if address in outside.pages), None)


def _sections(text: str) -> Iterator[tuple[str, int, int]]:
    """Id, start and end of every reply in a page's HTML. Sanitised HTML is balanced, so tags are all that has to be counted."""
    for found in _OPEN.finditer(text):
        depth = 0
        for tag in _TAG.finditer(text, found.start()):
            depth += -1 if tag[1] else 1
            if depth == 0:
                yield found[1], found.start(), tag.end() + 1
                break


def _text(section: str) -> str:
    """What a customer is to read: the inside of the text's element, which is the last of its section."""
    start = _TEXT.search(section)
    return section[start.end() : section.rindex("</div>")] if start else ""


def _escaped(replacement: str) -> str:
    return replacement.replace("\\", r"\\")
