"""A project on disk, and everything that reading it tells."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kbgen import __version__
from kbgen.audiences.project import project
from kbgen.config.data import load_data
from kbgen.config.load import load_settings
from kbgen.content.corpus import first_folders, read_corpus
from kbgen.content.discover import discover
from kbgen.errors import SettingsError
from kbgen.freshness.assess import assess, resting
from kbgen.handover import known_addresses
from kbgen.model.article import Corpus
from kbgen.model.data import Data
from kbgen.model.plan import Projection
from kbgen.model.ports import Facts, Searches
from kbgen.model.review import Staleness
from kbgen.model.settings import Settings
from kbgen.translations.pair import pair

MANIFEST_VERSION = f"{__version__}/1"
Begin = Callable[[str], None]
"""Told the name of every stage when it begins, e.g. ``reading``; for whoever waits."""


def silent(stage: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where a project's things are: ``root`` holds mkdocs.yml."""

    root: Path

    @property
    def work(self) -> Path:
        """The work folder: caches, staging, manifests, the idle twins of the sites."""
        return self.root / ".kbgen"

    @property
    def sites(self) -> Path:
        """The folder of the finished sites."""
        return self.root / "site"


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is known before anything is rendered.

    ``live`` and ``gone`` are, for each site, the addresses of articles that it holds now and that it held once.
    """

    settings: Settings
    data: Data
    corpus: Corpus
    staleness: tuple[Staleness, ...]
    projection: Projection
    live: Mapping[str, frozenset[str]]
    gone: Mapping[str, frozenset[str]]
    resting: frozenset[str]
    today: datetime.date

    def facts(self, built: Mapping[str, Mapping[str, bytes]] | None = None, searches: Searches | None = None) -> Facts:
        """What rules may look at."""
        return Facts(self.settings, self.data, self.corpus, self.projection, self.staleness, built or {}, self.today, searches)


def gather(where: Project, today: datetime.date, jobs: int = 1, begin: Begin = silent) -> Gathered:
    """Read the project: settings, data, articles; complete the translations, assess freshness, decide who sees what."""
    begin("reading")
    settings = load_settings(where.root / "mkdocs.yml")
    if not (where.root / settings.content_dir).is_dir():
        hint = "Make it, or write the right one in mkdocs.yml as docs_dir."
        raise SettingsError(f"there is no content folder '{settings.content_dir}' beside mkdocs.yml", hint)
    found = discover(where.root, settings)
    data, data_problems = load_data(where.root, settings, first_folders(found, settings))
    begin("converting")
    read = read_corpus(found, settings, data, where.work / "conversions.sqlite", jobs)
    articles = pair(read.articles, read.unreadable, settings)
    corpus = Corpus(articles, read.unreadable, read.assets, (*data_problems, *read.problems))
    begin("deciding who sees what")
    known = {name: known_addresses(where.sites / name, where.work, name) for name in settings.sites}
    live = {name: addresses for name, (addresses, _) in known.items()}
    gone = {name: addresses for name, (_, addresses) in known.items()}
    asleep = resting(articles, today)
    projection = project(corpus, settings, data, live, asleep)
    return Gathered(settings, data, corpus, assess(articles, settings, today), projection, live, gone, asleep, today)
