"""The script that the search box loads at first focus: lunr, its Russian stemmer, and our analyser and engine, in one file.

lunr and the stemmer are taken from the installed MkDocs and Material wheels at build, so that their updates arrive with pip.
"""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

import kbgen

ENGINE_PATH = "assets/search/engine.js"
"""Where it stands in an edition; ``search.js`` appends ``search/engine.js`` to the assets folder it is told."""

_MINIFIED = "material/templates/assets/javascripts/lunr/min/"
_INSTALLED = (
    ("mkdocs", "mkdocs/contrib/search/templates/search/lunr.js"),
    ("mkdocs-material", f"{_MINIFIED}lunr.stemmer.support.min.js"),
    ("mkdocs-material", f"{_MINIFIED}lunr.ru.min.js"),
)
_OURS = (
    "search-analyse.js",
    "search-engine-read.js",
    "search-engine-retype.js",
    "search-engine-query.js",
    "search-engine-rank.js",
    "search-engine-show.js",
    "search-engine.js",
)
_DOC_COMMENT = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n|^[ \t]*//[^\n]*\n|^[ \t]+|^\n", re.MULTILINE | re.DOTALL)


def browser_files() -> dict[str, bytes]:
    """Path in the edition → bytes of every file the search box needs beside the index and ``search.js``.

    Raises:
        FileNotFoundError: an installed package lacks a script (another version of MkDocs or Material than kbgen is made for).
    """
    parts = [_without_comments(Path(str(distribution(name).locate_file(path))).read_text(encoding="utf-8")) for name, path in _INSTALLED]
    parts += [_without_comments((_javascripts() / name).read_text(encoding="utf-8")) for name in _OURS]
    return {ENGINE_PATH: "\n;\n".join(parts).encode("utf-8")}


def _without_comments(script: str) -> str:
    """The script without comments and indentation that fill whole lines: half of lunr is its manual. The licence on top stays."""
    if not script.startswith("/*"):
        return _DOC_COMMENT.sub("", script)
    licence, rest = script.split("*/", 1)
    return f"{licence}*/{_DOC_COMMENT.sub('', rest)}"


def _javascripts() -> Path:
    """The theme's scripts: inside the package in a wheel, beside it in a checkout."""
    package = Path(kbgen.__file__).parent
    inside = package / "theme" / "javascripts"
    return inside if inside.is_dir() else package.parent / "theme" / "javascripts"
