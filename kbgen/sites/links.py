"""Links of a finished site: those that lead nowhere inside it, and what its pages load from other hosts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_UNSEEN = re.compile(r"<!--|<(script|style|textarea)\b[^<>]*>", re.IGNORECASE)
_ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "textarea")} | {"": re.compile("-->")}
_TAG = re.compile(r"""<([a-zA-Z][\w:-]*)((?:\s+(?:[^\s"'<>=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?))*)\s*/?>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"')]+))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOADING_RELS = frozenset(
    {"stylesheet", "preload", "modulepreload", "prefetch", "icon", "shortcut", "apple-touch-icon", "mask-icon", "manifest"}
)
_LOADING_RELS |= {"preconnect", "dns-prefetch"}
_LOADING_TAGS = frozenset(
    {"script", "img", "iframe", "source", "video", "audio", "embed", "object", "track", "image", "use", "input", "frame"}
)
_ADDRESSES = ("href", "src", "srcset", "poster", "data", "action", "xlink:href")


class DeadLink(NamedTuple):
    """A link that leads nowhere: the file it is in, the address as written, why it is dead."""

    page: str
    href: str
    why: str


class ForeignRequest(NamedTuple):
    """Something a page or style sheet loads from another host: the file, the address."""

    page: str
    url: str


class _Tag(NamedTuple):
    name: str
    attributes: Mapping[str, str]


def dead_links(files: Mapping[str, bytes], url: str = "") -> Iterator[DeadLink]:
    """Every dead link of a site, each once a page.

    Looks at ``href``, ``src``, ``srcset`` … in pages, ``url()`` in style sheets and the addresses in sitemaps; anchors are looked up in the
    page they lead to. Addresses of other hosts count as alive.

    Args:
        files: path in the site → bytes.
        url: the site's own address, with which absolute links are followed, too; ``""`` for none.
    """
    base = urlsplit(url)
    anchors: dict[str, frozenset[str]] = {}
    waiting: list[tuple[str, str, str, str]] = []
    for path in sorted(files):
        seen: set[str] = set()
        written: Iterator[str]
        if path.endswith((".html", ".htm")):
            tags = list(_tags(files[path]))
            anchors[path] = _anchors(tags)
            written = (href for tag in tags for href in _links(tag))
        elif path.endswith(".css"):
            written = _css_addresses(files[path].decode("utf-8", "replace"))
        elif posixpath.basename(path).startswith("sitemap") and path.endswith(".xml"):
            written = (unescape(found) for found in re.findall(r"<loc>\s*([^<]*?)\s*</loc>", files[path].decode("utf-8", "replace")))
        else:
            continue
        for href in written:
            if href in seen:
                continue
            seen.add(href)
            why, target, fragment = _follow(path, href, files, base.scheme, base.netloc, base.path)
            if why:
                yield DeadLink(path, href, why)
            elif fragment:
                waiting.append((path, href, target, fragment))
    for path, href, target, fragment in waiting:
        # A part of a page is looked up when all pages have been read. "#:~:text=" is the browser's business, "#top" and "#" always exist.
        ids = anchors.get(target)
        if ids is not None and fragment not in ids and fragment != "top" and not fragment.startswith(":~:"):
            yield DeadLink(path, href, f"{target} has no part '#{fragment}'")


def foreign_requests(files: Mapping[str, bytes], url: str = "") -> Iterator[ForeignRequest]:
    """Everything that pages and style sheets load by themselves from a host other than the site's own (``url``), each once a file."""
    own = urlsplit(url).netloc
    loaded: Iterator[str]
    for path in sorted(files):
        if path.endswith((".html", ".htm")):
            loaded = (address for tag in _tags(files[path]) for address in _loaded(tag))
        elif path.endswith((".css", ".svg")):
            loaded = _css_addresses(files[path].decode("utf-8", "replace"))
        else:
            continue
        for address in dict.fromkeys(loaded):
            parts = _split(address)
            if parts is not None and parts[1] and parts[1] != own and parts[0] in {"", "http", "https", "ws", "wss"}:
                yield ForeignRequest(path, address)


def _tags(data: bytes) -> Iterator[_Tag]:
    """The start tags of a page, outside comments and outside the text of scripts and styles."""
    for found in _TAG.finditer(_seen(data.decode("utf-8", "replace"))):
        attributes: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(found[2]):
            value = next(filter(None, values), "")
            attributes.setdefault(name.lower(), unescape(value) if "&" in value else value)
        yield _Tag(found[1].lower(), attributes)


def _seen(text: str) -> str:
    """A page without its comments and without the text of its scripts and styles. What is never closed goes to the end, as in a browser."""
    pieces: list[str] = []
    position = 0
    while found := _UNSEEN.search(text, position):
        pieces.append(text[position : found.end() if found[1] else found.start()])
        end = _ENDS[(found[1] or "").lower()].search(text, found.end())
        if end is None:
            return "".join(pieces)
        position = end.start() if found[1] else end.end()
    return "".join((*pieces, text[position:]))


def _anchors(tags: list[_Tag]) -> frozenset[str]:
    names = {tag.attributes["id"] for tag in tags if "id" in tag.attributes}
    return frozenset(names | {tag.attributes["name"] for tag in tags if tag.name == "a" and "name" in tag.attributes})


def _links(tag: _Tag) -> Iterator[str]:
    rel = tag.attributes.get("rel", "").lower().split()
    if tag.name == "link" and ("preconnect" in rel or "dns-prefetch" in rel):
        return
    for name in _ADDRESSES:
        value = tag.attributes.get(name)
        if value is None or (name == "data" and tag.name != "object") or (name == "action" and tag.name != "form"):
            continue
        yield from _candidates(name, value)


def _candidates(name: str, value: str) -> Iterator[str]:
    if name == "srcset":
        yield from (part.split()[0] for part in value.split(", ") if part.strip())
    else:
        yield value.strip()


def _loaded(tag: _Tag) -> Iterator[str]:
    if "style" in tag.attributes:
        yield from _css_addresses(tag.attributes["style"])
    if tag.name == "link":
        if _LOADING_RELS.intersection(tag.attributes.get("rel", "").lower().split()):
            yield tag.attributes.get("href", "").strip()
    elif tag.name in _LOADING_TAGS:
        for name in _ADDRESSES:
            if name in tag.attributes and name != "action":
                yield from _candidates(name, tag.attributes[name])


def _css_addresses(text: str) -> Iterator[str]:
    for found in _CSS_URL.findall(_CSS_COMMENT.sub("", text)):
        yield next(filter(None, found), "")


def _split(address: str) -> tuple[str, str, str, str] | None:
    """Scheme, host, path, fragment; None where it is no address at all. As browsers do, without line ends, a backslash as a slash."""
    try:
        parts = urlsplit(re.sub(r"[\t\r\n]", "", address).replace("\\", "/"))
    except ValueError:
        return None
    return parts.scheme.lower(), parts.netloc, parts.path, parts.fragment


def _follow(page: str, href: str, files: Mapping[str, bytes], scheme: str, host: str, root: str) -> tuple[str, str, str]:
    """Why an address is dead (``""``: it is not), the file it leads to (``""``: out of the site), and the part of it."""
    parts = _split(href)
    if parts is None:
        return "it is no address", "", ""
    if parts[0] or parts[1]:
        inside = host and parts[1] == host and parts[0] in {"", scheme} and parts[2].startswith(root or "/")
        if not inside:
            return "", "", ""
        path = parts[2][len(root or "/") :]
    elif not parts[2]:
        return "", page, unquote(parts[3])
    elif parts[2].startswith("/"):
        # A site that lives in a folder of its host is served with that folder's path in front.
        path = parts[2].removeprefix(root or "/").lstrip("/")
    else:
        path = posixpath.join(posixpath.dirname(page), parts[2])
    return _find(unquote(path), files, unquote(parts[3]))


def _find(path: str, files: Mapping[str, bytes], fragment: str) -> tuple[str, str, str]:
    folder = path.endswith("/") or posixpath.basename(path) in {"", ".", ".."}
    path = posixpath.normpath(path) if path else "."
    if path == ".." or path.startswith("../"):
        return "it leads out of the site", "", ""
    path = "" if path == "." else path
    index = f"{path}/index.html".lstrip("/")
    if not folder and path in files:
        return "", path, fragment
    if index in files:
        return "", index, fragment
    return f"there is no {index if folder else path} in the site", "", ""
