"""The law that ties the others to the real engine: the same staged bytes become the same site, wherever and whenever it runs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from law_projects import WORDS, Files, gathered, projects, write

from kbgen.engines.mkdocs import MkdocsEngine
from kbgen.model.ports import RenderJob
from kbgen.model.staged import StagedEdition
from kbgen.staging.stage import stage


def editions(files: Files) -> tuple[StagedEdition, ...]:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), files)
        read = gathered(Path(folder))
        return stage(read.projection, read.corpus, read.settings, read.data, read.staleness, words=WORDS, live=read.live)


def rendered(edition: StagedEdition, root: Path, *, backwards: bool) -> Mapping[str, bytes]:
    """The edition as the engine makes it of pages that were written in this order."""
    source, target = root / "in", root / "out"
    (source / "pages").mkdir(parents=True)
    (source / "edition.json").write_bytes(edition.config)
    for number, page in enumerate(sorted(edition.pages.values(), key=lambda page: page.address, reverse=backwards)):
        path = source / "pages" / page.uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.data)
        os.utime(path, (number * 100_000, number * 100_000))
    assert not MkdocsEngine().render([RenderJob(edition.edition, source, target)])
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()}


def check(files: Files) -> None:
    public = next(edition for edition in editions(files) if edition.edition.key == "public-en")
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first = rendered(public, Path(one), backwards=False)
        again = rendered(public, Path(other) / "deeper" / "ещё", backwards=True)
        assert [path for path in sorted(first.keys() | again.keys()) if first.get(path) != again.get(path)] == []
        assert {page.output for page in public.pages.values()} <= first.keys()
        assert not any(one.encode() in data or other.encode() in data for data in (*first.values(), *again.values()))


@settings(max_examples=2, phases=[Phase.generate])
@given(projects())
def test_the_engine_adds_nothing_of_its_own(files: Files) -> None:
    check(files)


@pytest.mark.nightly
@settings(max_examples=30, phases=[Phase.generate])
@given(projects())
def test_the_engine_adds_nothing_of_its_own_many_times(files: Files) -> None:
    check(files)
