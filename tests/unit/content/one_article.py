"""One article in one language, read and projected in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from kbgen.audiences.project import project
from kbgen.content.corpus import read_corpus
from kbgen.content.discover import Discovered
from kbgen.model.article import Corpus, SourceFile
from kbgen.model.data import Data
from kbgen.model.settings import Settings
from kbgen.staging.searching import search_documents
from kbgen.staging.stage import stage

PATH = "content/odd.md"
SETTINGS = Settings.model_validate(
    {"sites": {"public": {"name": "Help", "audience": "public"}, "internal": {"name": "Wiki", "audience": "internal"}}}
)


def source(data: bytes, path: str = PATH) -> SourceFile:
    return SourceFile(path, data, hashlib.sha256(data).hexdigest())


def read(data: bytes, snippets: Mapping[str, str] | None = None, settings: Settings = SETTINGS) -> Corpus:
    """The corpus of this one article; ``snippets``: path inside _snippets → text."""
    blocks = {name: source(text.encode(), f"content/_snippets/{name}") for name, text in (snippets or {}).items()}
    return read_corpus(Discovered((source(data),), {}, blocks, {}), settings, Data())


def public_bytes(corpus: Corpus, settings: Settings = SETTINGS) -> bytes:
    """Everything of the public site that the engine, the search index or a reader would get, one after the other."""
    live = {"public": frozenset({"odd/"}), "internal": frozenset({"odd/"})}
    projection = project(corpus, settings, Data(), live)
    editions = stage(projection, corpus, settings, Data(), (), {}, live)
    parts = [repr(search_documents(plan, settings, Data())).encode() for plan in projection.plans if plan.edition.site == "public"]
    for edition in editions:
        if edition.edition.site == "public":
            parts += [edition.config, *(page.data for page in edition.pages.values()), *edition.files.values()]
    return b"\n".join(parts)
