"""The engines: each makes an index of a collection and says how Chromium searches it."""

from __future__ import annotations

import gzip
import html
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

from kbgen import search as kbgen_search
from search_bench.box import BOX, box_page
from search_bench.corpora import document
from search_bench.score import DEPTH
from search_bench.shapes import Collection, Page

PAGEFIND = "1.5.2"
"""The version that is compared; the newest one that can be had as a Python package."""

Ranking = Callable[[Sequence[str], bool], list[list[str]]]
"""Queries, and whether they are still being typed → addresses for each, best first."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An index, made.

    Attributes:
        seconds: how long that took.
        files: what a server serves, by path; or else
        folder: the folder that it serves.
        more: what ``page.js`` has to know besides.
        always: gzipped bytes of scripts that ``page.js`` does without and a page with a search box does not.
        titles: where the files lie that a list of titles is made of, before there are results; empty: there is no such list.
        box: the page with the search box, where it can be tried: a path.
        rank: ranks without a browser, where that is possible.
    """

    seconds: float
    files: Mapping[str, bytes] = field(default_factory=dict)
    folder: Path | None = None
    more: Any = None
    always: int = 0
    titles: str = ""
    box: str = ""
    rank: Ranking | None = None


class Engine(Protocol):
    """A search engine. ``kind`` is its name in ``page.js``."""

    kind: str
    title: str

    def why_not(self) -> str:
        """A sentence that says why it cannot be had here; empty: it can."""

    def prepare(self, collection: Collection, work: Path) -> Ready:
        """Make the index of a collection; ``work`` is an empty folder."""


class Kbgen:
    """This project's own. Ranked in Python, which ranks as the browser does."""

    kind, title = "kbgen", "kbgen"

    def __init__(self, root: Path) -> None:
        self._theme = root / "theme"
        self._scripts = self._theme / "javascripts"

    def why_not(self) -> str:
        return ""

    def prepare(self, collection: Collection, work: Path) -> Ready:  # noqa: ARG002
        documents = [document(page) for page in collection.pages]
        begun = time.perf_counter()
        index = kbgen_search.build_index(documents, collection.language, *([collection.synonyms] if collection.synonyms else []))
        seconds = time.perf_counter() - begun
        scripts = kbgen_search.browser_files()
        files = {**scripts, **{f"search/{path}": data for path, data in index.items()}, **box_page(self._theme, collection.language)}
        return Ready(
            seconds,
            files,
            more=list(scripts),
            always=self._box(scripts),
            titles="search/",
            box=BOX,
            rank=lambda queries, typing: _ranked(index, queries, typing),
        )

    def _box(self, scripts: Mapping[str, bytes]) -> int:
        """The scripts of the box and of the results page: those of the theme that are not in the engine already."""
        inside = {line.strip() for script in scripts.values() for line in script.splitlines()}
        outside = [path.read_bytes() for path in sorted(self._scripts.glob("search*.js"))]
        return sum(len(gzip.compress(data, 6, mtime=0)) for data in outside if not _holds(inside, data))


def _holds(lines: AbstractSet[bytes], script: bytes) -> bool:
    """Whether most lines of the script are among these: it stands there, but for its comments."""
    own = [line.strip() for line in script.splitlines() if line.strip()]
    return 2 * sum(line in lines for line in own) > len(own)


def _ranked(index: Mapping[str, bytes], queries: Sequence[str], typing: bool) -> list[list[str]]:
    """What the page of results shows; for queries that are being typed, what the box shows meanwhile."""
    reader = kbgen_search.open_index(index.__getitem__)
    if reader is None:
        return [[] for _ in queries]
    if typing:
        return [[hit.address for hit in kbgen_search.suggest(reader, query, DEPTH)] for query in queries]
    return [[hit.address for hit in kbgen_search.find(reader, query, DEPTH, passages=False).hits] for query in queries]


class Material:
    """The search of Material for MkDocs: its plugin's own code makes the index of the pages, its own worker searches it in Chromium.

    The settings (language, separator, pipeline, boosts) are those that a build with the theme in that language writes.
    """

    kind = "material"
    title = f"Material {version('mkdocs-material')}"

    def __init__(self) -> None:
        self._settings: dict[str, dict[str, Any]] = {}

    def why_not(self) -> str:
        return ""

    def prepare(self, collection: Collection, work: Path) -> Ready:
        from material.plugins.search.plugin import SearchIndex

        settings = self._of_language(collection.language, work)
        begun = time.perf_counter()
        index = SearchIndex(**settings)
        for page in collection.pages:
            meta = {"title": page.title}
            index.add_entry_from_context(SimpleNamespace(meta=meta, content=as_html(page), toc=[], url=page.address, title=page.title))
        data = index.generate_search_index(None).encode()
        seconds = time.perf_counter() - begun
        assets = Path(str(find_spec("material").submodule_search_locations[0])) / "templates" / "assets" / "javascripts"  # type: ignore[union-attr, index]
        files = {str(path.relative_to(assets.parent)): path.read_bytes() for path in assets.rglob("*.js")}
        worker = next(path for path in files if "/workers/search." in path)
        return Ready(seconds, {**files, "search/search_index.json": data}, more=worker)

    def _of_language(self, language: str, work: Path) -> dict[str, Any]:
        """The settings in the index of a site of one page."""
        if language not in self._settings:
            home = work / f"material-{language}"
            (home / "docs").mkdir(parents=True)
            (home / "docs" / "index.md").write_text("# Page\n\nText.\n", encoding="utf-8")
            theme = f"theme: {{name: material, language: {language}, font: false}}"
            (home / "mkdocs.yml").write_text(f"site_name: Site\n{theme}\nplugins: [search]\n", encoding="utf-8")
            subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=home, check=True, capture_output=True)
            written = json.loads((home / "site" / "search" / "search_index.json").read_text(encoding="utf-8"))
            self._settings[language] = written["config"]
        return self._settings[language]


class Pagefind:
    """Pagefind as it comes, without settings, on plain pages; searched through its own script in Chromium."""

    kind = "pagefind"
    title = f"Pagefind {PAGEFIND}"

    def __init__(self, tools: Path) -> None:
        self._home = tools / f"pagefind-{PAGEFIND}"

    def why_not(self) -> str:
        if self._program().exists():
            return ""
        ask = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--target", str(self._home)]
        try:
            done = subprocess.run([*ask, f"pagefind_bin=={PAGEFIND}"], capture_output=True, text=True, timeout=300, check=False)
        except subprocess.TimeoutExpired:
            return f"Pagefind {PAGEFIND} could not be installed within five minutes."
        if done.returncode == 0 and self._program().exists():
            self._program().chmod(0o755)
            return ""
        shutil.rmtree(self._home, ignore_errors=True)
        return f"Pagefind {PAGEFIND} could not be installed here: no network, or no package for this machine."

    def prepare(self, collection: Collection, work: Path) -> Ready:
        for page in collection.pages:
            target = work / page.address / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            head = f'<!doctype html><html lang="{collection.language}"><head><title>{html.escape(page.title)}</title></head>'
            target.write_text(f"{head}<body><main data-pagefind-body>{as_html(page)}</main></body></html>", encoding="utf-8")
        begun = time.perf_counter()
        subprocess.run([self._program(), "--site", work, "--quiet"], check=True, capture_output=True)
        return Ready(time.perf_counter() - begun, folder=work)

    def _program(self) -> Path:
        return self._home / "pagefind_bin" / "pagefind"


def as_html(page: Page) -> str:
    """The page's text as both of the others get it; what stands only in the header of an article is not on it."""
    parts = [f'<h1 id="top">{html.escape(page.title)}</h1>']
    if page.summary:
        parts.append(f"<p>{html.escape(page.summary)}</p>")
    taken = {"top"}
    for number, piece in enumerate(page.pieces):
        if piece.heading:
            name = piece.id if piece.id and piece.id not in taken else f"part-{number}"  # Material fails where two sections share one
            taken.add(name)
            parts.append(f'<h2 id="{html.escape(name)}">{html.escape(piece.heading)}</h2>')
        parts.append(f"<p>{html.escape(piece.text)}</p>")
    return "\n".join(parts)
