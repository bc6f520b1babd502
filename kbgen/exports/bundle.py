"""A copy of a finished site that opens from disk by a double click, for when the site or the network is down.

The copy is a zip file that holds ``START-HERE.html`` and, in a folder called as the site, every file of it, changed where a file system
is no web server:

* links to folders lead to their ``index.html`` (:mod:`kbgen.exports.bundle_links`);
* browsers let no page that was opened as a file read other files, only load scripts: so each file of the search index is one,
  ``search/first/0a1b2c3d.json`` is ``search/first/0a1b2c3d.js``. It says ``kbIndexFile(JSON.parse("…"));``, which
  ``theme/javascripts/search-load.js`` listens for in pages whose ``<html>`` has the attribute ``data-kb-bundle``, as all of a copy have.
  That works over a web server as well;
* each page says that it is a copy, and of which day;
* what only a web server reads is left out: ``404.html``, ``robots.txt``, ``sitemap.xml``.

Same site, same day, same bytes.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from kbgen.exports.bundle_links import linked

START = "START-HERE.html"
STYLE = "assets/stylesheets/bundle.css"
"""Where the style sheet of what only a copy has stands in the site's folder."""
_SERVED = frozenset({"404.html", "robots.txt", "sitemap.xml"})
_UNSAFE = re.compile("[<\u2028\u2029]")
"""``</script`` would end the script where somebody puts it into a page; the others end lines in old browsers."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the copied site.

    Attributes:
        code: of the language.
        name: the language's own name.
        prefix: its folder in the site: ``""`` or e.g. ``ru/``.
        site: the site's name in it.
        words: the theme's words in it.
        day: the day of the copy, in words.
    """

    code: str
    name: str
    prefix: str
    site: str
    words: Mapping[str, str]
    day: str

    def word(self, key: str) -> str:
        """Words by key, filled in."""
        return self.words[f"bundle.{key}"].replace("{name}", self.site).replace("{day}", self.day)


@dataclass(frozen=True, slots=True)
class Copy:
    """What is copied: the site's folder name, the path at which it is served, its languages, and whether it is for staff only."""

    site: str
    root: str
    tongues: tuple[Tongue, ...]
    internal: bool
    style: bytes


def bundle(copy: Copy, paths: Sequence[str], read: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """Path in the zip file → bytes, one after the other, in an order that is always the same.

    Args:
        copy: what is copied.
        paths: of all files of the finished site.
        read: reads one of them.
    """
    kept = frozenset(path for path in paths if not _served(path, copy.tongues))
    yield START, start_page(copy, kept).encode()
    for path in sorted({*kept, STYLE}):
        if path == STYLE:
            yield f"{copy.site}/{path}", copy.style
        elif path.endswith(".html"):
            yield f"{copy.site}/{path}", page(copy, path, read(path), kept)
        elif _in_index(path, copy.tongues):
            yield f"{copy.site}/{path.removesuffix('json')}js", script(read(path))
        else:
            yield f"{copy.site}/{path}", read(path)


def script(data: bytes) -> bytes:
    """A file of the index as a script. JSON goes as a text, for as a script ``__proto__`` would be no key like others."""
    text = json.dumps(data.decode("utf-8"), ensure_ascii=False)
    text = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return f"kbIndexFile(JSON.parse({text}));\n".encode()


def page(copy: Copy, path: str, data: bytes, paths: frozenset[str]) -> bytes:
    """A page of the copy: its links, the mark for the scripts, the line that says what it is."""
    text = linked(data.decode("utf-8", "surrogateescape"), path, paths, copy.root)
    text = re.sub(r"<html\b", "<html data-kb-bundle", text, count=1)
    style = posixpath.relpath(STYLE, posixpath.dirname(path) or ".")
    text = text.replace("</head>", f'<link rel="stylesheet" href="{style}"></head>', 1)
    tongue = max((one for one in copy.tongues if path.startswith(one.prefix)), key=lambda one: len(one.prefix))
    told = f'<p class="kb-copy">{escape(tongue.word("page"))}</p>'
    text = re.sub(r"<body\b[^<>]*>", lambda found: found[0] + told, text, count=1)
    return text.encode("utf-8", "surrogateescape")


def start_page(copy: Copy, paths: frozenset[str]) -> str:
    """The page to begin with, in every language that the copy has."""
    tongues = [one for one in copy.tongues if f"{one.prefix}index.html" in paths]
    first = tongues[0]
    # One heading of the first level: the others say the same in another language.
    sections = "\n".join(_section(copy, one, "h1" if one is first else "h2") for one in tongues)
    return f"""<!doctype html>
<html lang="{escape(first.code)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<title>{escape(first.word("title"))}</title>
<link rel="stylesheet" href="{copy.site}/{STYLE}">
</head>
<body class="kb-start-here">
<main>
{sections}
</main>
</body>
</html>
"""


def _section(copy: Copy, tongue: Tongue, level: str) -> str:
    internal = f'<p class="kb-start-here__internal">{escape(tongue.word("internal"))}</p>\n' if copy.internal else ""
    home = escape(f"{copy.site}/{tongue.prefix}index.html")
    code = escape(tongue.code)
    return f"""<section lang="{code}">
<{level}>{escape(tongue.word("title"))}</{level}>
{internal}<p>{escape(tongue.word("text"))}</p>
<p>{escape(tongue.word("works"))}</p>
<p><a class="kb-start-here__open" href="{home}" hreflang="{code}">{escape(tongue.word("open"))} ({escape(tongue.name)})</a></p>
</section>"""


def _served(path: str, tongues: Sequence[Tongue]) -> bool:
    return any(path.startswith(one.prefix) and path.removeprefix(one.prefix) in _SERVED for one in tongues)


def _in_index(path: str, tongues: Sequence[Tongue]) -> bool:
    return path.endswith(".json") and any(path.startswith(f"{one.prefix}search/") for one in tongues)
