"""What HTML may leave an article: an allow-list of elements, attributes, classes and addresses, enforced by nh3 after conversion.

Addresses of links and images are taken out on the way and replaced by ``kb-link:N``: where they lead is decided per site, later.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import nh3

LINK = "kb-link:"

_TAGS = set(
    """
    p div section article aside details summary blockquote pre hr br ul ol li dl dt dd h1 h2 h3 h4 h5 h6
    table thead tbody tfoot tr th td caption figure figcaption
    a abbr b cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var wbr img input label
    """.split()
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "class", "lang", "dir"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "ol": {"start", "type", "reversed"},
    "details": {"open"},
    "abbr": {"title"},
    "input": {"type", "checked", "disabled"},
}
_SCHEMES = {"http", "https", "mailto", "tel", "page"}  # page:contact is a page that kbgen makes; see kbgen.audiences.links
_CLASSES = re.compile(
    r"^(?:admonition(?:-title)?|note|tip|info|warning|danger|important|caution|success|failure|bug|example|question|abstract|quote"
    r"|highlight|language-[\w+-]+|filename|[a-z]{1,2}[a-z0-9]?|footnote(?:-ref|-backref)?|task-list(?:-item|-control|-indicator)?"
    r"|kb-internal|table)$"
)
# The theme's own ids begin so; an article must not take them.
_ID = re.compile(r"^(?!__|kb-|kbSearch|md-)[^\s\"'<>&`%]{1,200}$")


_FORMATTING = re.compile(r"<(?P<end>/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b", re.IGNORECASE)
_OPEN_AT_ONCE = 100


def overgrown(html: str) -> bool:
    """Whether so many formatting elements are open at once that reading the HTML would cost gigabytes: every paragraph repeats them."""
    depth = 0
    for tag in _FORMATTING.finditer(html):
        depth = max(0, depth - 1) if tag["end"] else depth + 1
        if depth > _OPEN_AT_ONCE:
            return True
    return False


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link or image as it stood in the converted HTML: the address with entities decoded, and ``link`` or ``image``.

    ``line`` and ``column`` in the text, from 1, where they are known already; else 0.
    """

    target: str
    kind: str
    line: int = 0
    column: int = 0


def sanitise(html: str, mark: str = "", taken: Collection[str] = ()) -> tuple[str, tuple[RawLink, ...]]:
    """The safe part of a converted text, and its links and images in order.

    Args:
        html: the converted text.
        mark: how the classes begin that our own elements have on their way; ``""`` for none.
        taken: ids that no element may have, because elements of ours get them later.
    """
    links: list[RawLink] = []

    def filtered(tag: str, name: str, value: str) -> str | None:
        if (tag, name) in {("a", "href"), ("img", "src")}:
            links.append(RawLink(value, "link" if tag == "a" else "image"))
            return f"{LINK}{len(links) - 1}"
        if name == "class":
            return " ".join(word for word in value.split() if _CLASSES.match(word) or (mark and word.startswith(mark))) or None
        if name in {"id", "name"}:
            return value if _ID.match(value) and value not in taken else None
        if name == "title":
            return value.replace("<", "").replace(">", "")
        if (tag, name) == ("input", "type"):
            return value if value == "checkbox" else None
        return value

    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=filtered,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
        clean_content_tags={"script", "style", "template", "iframe", "object", "math", "svg", "form", "noscript", "title"},
        set_tag_attribute_values={"input": {"disabled": ""}},
    )
    return clean, tuple(links)
