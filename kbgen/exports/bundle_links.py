"""Links of a page that is opened from disk: nobody answers an address of a folder there, so they lead to its ``index.html``.

Only addresses are touched, byte for byte: comments, texts of scripts and styles, other hosts, parts of the same page stay as they stand.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container
from html import escape, unescape
from urllib.parse import unquote

from kbgen.model.address import encoded

_TOKEN = re.compile(r"""<!--.*?(?:-->|\Z)|<(?P<name>[a-zA-Z][\w:-]*)(?:[^"'<>]|"[^"]*"|'[^']*')*>""", re.DOTALL)
_RAW = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "textarea")}
_ATTRIBUTE = re.compile(r"""(?P<head>\s(?P<name>[^\s"'<>=/]+)\s*=\s*)(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>]+))""")
_ADDRESSES = frozenset({"href", "src", "srcset", "poster", "data", "action", "formaction", "xlink:href", "content"})
_OUT = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]{2}")
_QUERY = re.compile(r"[?#]")
_CANDIDATE = re.compile(r"([^\s,]\S*[^\s,]|[^\s,])(\s+[^\s,]+)?")
_REFRESH = re.compile(r"(\s*[\d.]+\s*;\s*url\s*=\s*['\"]?)([^'\"]*)", re.IGNORECASE)


def opened_from_disk(href: str, page: str, paths: Container[str], root: str = "/") -> str:
    """The address to write for one that leads to a page of the site; any other one as it is.

    Args:
        href: the address as written, entities resolved.
        page: path of the file it stands in.
        paths: all files of the copy.
        root: the path at which the site is served, with which addresses from the root begin.
    """
    written = href.strip()
    path = _QUERY.split(written, 1)[0]
    if not path or _OUT.match(written):
        return href
    plain = unquote(path)
    if rooted := plain.startswith("/"):
        plain = f"{plain}/" if f"{plain}/" == root else plain
        if not plain.startswith(root):
            return href  # on the same host, but not of this site
    target = posixpath.normpath(plain.removeprefix(root) or "." if rooted else posixpath.join(posixpath.dirname(page), plain))
    if target.startswith("../") or target == "..":
        return href
    folder = plain.endswith("/") or posixpath.basename(plain) in {".", ".."}
    index = "index.html" if target == "." else f"{target}/index.html"
    if not folder and target in paths:
        return _relative(page, target) + written[len(path) :] if rooted else href
    if index not in paths:
        return href
    here = _relative(page, index) if rooted else f"{path.rstrip('/')}/index.html"
    return here + written[len(path) :]


def linked(text: str, page: str, paths: Container[str], root: str = "/") -> str:
    """The page with all its addresses as :func:`opened_from_disk` writes them."""
    pieces: list[str] = []
    position = 0
    while found := _TOKEN.search(text, position):
        pieces.append(text[position : found.start()])
        position = found.end()
        name = (found["name"] or "").lower()
        pieces.append(_tag(found[0], name, page, paths, root) if name else found[0])
        if name in _RAW:  # what stands in it is text, until it is closed
            end = _RAW[name].search(text, position)
            pieces.append(text[position : end.start() if end else len(text)])
            position = end.start() if end else len(text)
    return "".join((*pieces, text[position:]))


def _relative(page: str, target: str) -> str:
    return encoded(posixpath.relpath(target, posixpath.dirname(page) or "."))


def _tag(tag: str, name: str, page: str, paths: Container[str], root: str) -> str:
    def led(href: str) -> str:
        return opened_from_disk(href, page, paths, root)

    def attribute(found: re.Match[str]) -> str:
        key = found["name"].lower()
        value = next(text for text in (found["double"], found["single"], found["bare"]) if text is not None)
        if key not in _ADDRESSES or (key == "content" and name != "meta") or (key == "data" and name != "object"):
            return found[0]
        before = unescape(value)
        if key == "srcset":
            after = _CANDIDATE.sub(lambda one: led(one[1]) + (one[2] or ""), before)
        elif key == "content":  # <meta http-equiv="refresh" content="0; url=…">
            after = _REFRESH.sub(lambda one: one[1] + led(one[2]), before) if _REFRESH.match(before) else before
        else:
            after = led(before)
        return found[0] if after == before else f'{found["head"]}"{escape(after)}"'

    return _ATTRIBUTE.sub(attribute, tag)
