"""The collections that are searched, and the queries that come with them: two public corpora, and the project's own articles."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbgen.app.project import Gathered, Project, gather
from kbgen.audiences.data import site_data
from kbgen.engines.words import strings
from kbgen.model.article import Section
from kbgen.model.plan import SitePlan
from kbgen.model.search import SearchDocument
from kbgen.staging.searching import search_documents
from search_bench.shapes import Collection, Page, Piece

TODAY = datetime.date(2026, 11, 22)
"""The day to read the articles on: what is published and what has expired must not move with the calendar."""

_HELP_CENTER = """\
site_name: Help Center
docs_dir: content
plugins:
  - kbgen:
      sites:
        public: { name: Help Center, url: "https://help.example.com/", audience: public }
        internal: { name: Support Wiki, audience: internal }
      languages:
        en: { name: English, folder: . }
      defaults:
        - { paths: ["**"], set: { audience: public } }
      front_matter:
        map:
          audience:
            - { when: { draft: true }, value: internal }
        ignore: [compatible-products]
      review: { unreviewed: warning }
"""
_NUMBER = re.compile(r"^id: *\"?(\d+)", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(https?://[^()\s]*/articles/(\d+)[^()\s]*\)")
_MARKS = re.compile(r"[*_`]+")
_PARAGRAPH = {"en": "Paragraph", "ru": "Абзац"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A collection with the queries that people wrote for it: (text, address of the answer)."""

    collection: Collection
    queries: tuple[tuple[str, str], ...]


def xquad(folder: Path, language: str) -> Asked:
    """Paragraphs as articles, with whole questions. A paragraph has no title of its own, so it is called by its number."""
    pages: list[Page] = []
    queries: list[tuple[str, str]] = []
    for topic in json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf-8"))["data"]:
        for paragraph in topic["paragraphs"]:
            address, title = f"p/{len(pages) + 1}/", f"{_PARAGRAPH[language]} {len(pages) + 1}"
            pages.append(Page(address, title, (Piece("", "", _one_line(paragraph["context"].lstrip("\ufeff"))),)))
            queries += [(_one_line(each["question"]), address) for each in paragraph["qas"]]
    return Asked(Collection(f"xquad {language}", language, tuple(pages), tuple(text for text, _ in queries)), tuple(queries))


def help_center(folder: Path, work: Path) -> Asked:
    """An exported help center with the texts of its links, read by kbgen as README.md says ("Adopt what you have")."""
    root = work / "help-center"
    shutil.copytree(folder / "content", root / "content", dirs_exist_ok=True)
    (root / "mkdocs.yml").write_text(_HELP_CENTER, encoding="utf-8")
    gathered = gather(Project(root), TODAY)
    plan = next(plan for plan in gathered.projection.plans if plan.edition.site == "public")
    address_of: dict[str, str] = {}
    texts: list[str] = []
    for address, page in plan.pages.items():
        text = page.article.source.data.decode("utf-8", "replace")
        texts.append(text)
        if found := _NUMBER.search(text):
            address_of[found[1]] = address
    queries = [
        (_one_line(_MARKS.sub("", text)), address_of[number])
        for source in texts
        for text, number in _LINK.findall(source)
        if number in address_of
    ]
    return Asked(Collection("arduino en", "en", _pages(plan, gathered)), tuple(queries))


def own(root: Path, work: Path) -> Iterator[Asked]:
    """The project's own articles by site and language, with the questions from their headers."""
    copy = work / "own"
    shutil.copytree(root / "content", copy / "content", dirs_exist_ok=True)
    shutil.copy(root / "mkdocs.yml", copy)
    gathered = gather(Project(copy), TODAY)
    for plan in gathered.projection.plans:
        pages = _pages(plan, gathered)
        name = f"own {plan.edition.site} {plan.edition.language}"
        synonyms = site_data(gathered.data, gathered.settings, plan.edition.site).synonyms
        yield Asked(
            Collection(name, plan.edition.language, pages, tuple(question for page in pages for question in page.questions), synonyms),
            tuple((question, page.address) for page in pages for question in page.questions),
        )


def document(page: Page) -> SearchDocument:
    """A page as kbgen's search takes it."""
    sections = tuple(Section(piece.id, piece.heading, piece.text) for piece in page.pieces)
    return SearchDocument(
        page.address, page.title, page.area, page.type, page.audience, page.summary, page.keywords, page.questions, sections
    )


def _pages(plan: SitePlan, gathered: Gathered) -> tuple[Page, ...]:
    """The pages of an edition, as its search box knows them."""
    words = strings(plan.edition.language)
    return tuple(
        Page(
            address=each.address,
            title=each.title,
            pieces=tuple(Piece(section.id, _one_line(section.heading), _one_line(section.text)) for section in each.sections),
            summary=each.summary,
            keywords=each.keywords,
            questions=each.questions,
            area=each.area,
            type=each.type,
            audience=each.audience,
        )
        for each in search_documents(plan, gathered.settings, gathered.data, words)
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
