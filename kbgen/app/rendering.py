"""Part of a build: from staged editions to the files of each site. Only what changed goes through the engine."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbgen.app.project import Project
from kbgen.incremental.plan import BuildPlan, plan_build
from kbgen.model.ports import Engine, RenderFailure, RenderJob
from kbgen.model.site_tree import Manifest, NewFile
from kbgen.model.staged import StagedEdition
from kbgen.sites.read import read_site


@dataclass(frozen=True, slots=True)
class Before:
    """A site as it stands: its manifest (None: none that can be trusted) and the paths that nobody else has touched."""

    manifest: Manifest | None
    current: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A site's files, the plan they were made by, and what kept the engine from finishing (empty: nothing)."""

    files: Mapping[str, NewFile]
    plans: tuple[BuildPlan, ...]
    failures: tuple[RenderFailure, ...]


def render(
    editions: Sequence[StagedEdition],
    indexes: Mapping[str, Mapping[str, bytes]],
    before: Mapping[str, Before],
    engine: Engine,
    project: Project,
    *,
    clean: bool,
) -> dict[str, Rendered]:
    """Render what changed and put each site's files together.

    Args:
        editions: the staged editions.
        indexes: edition's key → search files by path in the edition.
        before: the sites as they stand.
        engine: the engine.
        project: where to work.
        clean: render everything, whatever stands there.
    """
    engine_key = engine.key()
    stamps = {edition.edition.key: _digest(engine_key.encode() + b"\0" + edition.config) for edition in editions}
    plans = {
        edition.edition.key: _plan(edition, stamps[edition.edition.key], before[edition.edition.site], clean=clean) for edition in editions
    }
    staging = project.work / "staging"
    shutil.rmtree(staging, ignore_errors=True)
    jobs = [_write(edition, plans[edition.edition.key], staging) for edition in editions if plans[edition.edition.key].render]
    failures = tuple(engine.render(jobs))
    sites = dict.fromkeys(edition.edition.site for edition in editions)
    rendered = {
        site: _site(
            [edition for edition in editions if edition.edition.site == site],
            plans,
            stamps,
            indexes,
            before[site],
            staging,
            tuple(failure for failure in failures if failure.edition.site == site),
        )
        for site in sites
    }
    shutil.rmtree(staging, ignore_errors=True)
    return rendered


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _inputs(edition: StagedEdition, stamp: str) -> dict[str, str]:
    """What each output of the engine is made from. The 404 page stands for the files that the engine brings along."""
    prefix = edition.edition.prefix
    outputs = {prefix + page.output: _digest(f"{stamp}\0{page.digest}".encode()) for page in edition.pages.values()}
    return {**outputs, f"{prefix}404.html": _theme_inputs(edition, stamp)}


def _theme_inputs(edition: StagedEdition, stamp: str) -> str:
    return f"theme:{edition.edition.key}:{stamp}"


def _plan(edition: StagedEdition, stamp: str, before: Before, *, clean: bool) -> BuildPlan:
    own, current = _own(edition, before.manifest), before.current
    theme = _theme_inputs(edition, stamp)
    if own is not None and not current.issuperset(path for path, entry in own.files.items() if entry.inputs == theme):
        current -= {f"{edition.edition.prefix}404.html"}  # a file that the engine brings along was touched: let it bring them all again
    return plan_build(_inputs(edition, stamp), own, current, clean=clean)


def _own(edition: StagedEdition, manifest: Manifest | None) -> Manifest | None:
    """The part of a site's manifest that lies in this edition's folder."""
    if manifest is None:
        return None
    prefix = edition.edition.prefix
    return Manifest(manifest.version, {path: entry for path, entry in manifest.files.items() if path.startswith(prefix)})


def _write(edition: StagedEdition, plan: BuildPlan, staging: Path) -> RenderJob:
    """Write the pages to render, and nothing else of the edition, for the engine to find."""
    source = staging / edition.edition.key / "in"
    (source / "pages").mkdir(parents=True)
    (source / "edition.json").write_bytes(edition.config)
    wanted = {path.removeprefix(edition.edition.prefix) for path in plan.render}
    for page in edition.pages.values():
        if page.output in wanted:
            target = source / "pages" / page.uri
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.data)
    return RenderJob(edition.edition, source, staging / edition.edition.key / "out")


def _site(
    editions: Sequence[StagedEdition],
    plans: Mapping[str, BuildPlan],
    stamps: Mapping[str, str],
    indexes: Mapping[str, Mapping[str, bytes]],
    before: Before,
    staging: Path,
    failures: tuple[RenderFailure, ...],
) -> Rendered:
    files: dict[str, NewFile] = {}
    if not failures:
        for edition in editions:
            files.update(_edition_files(edition, stamps[edition.edition.key], before, staging / edition.edition.key / "out"))
            made = {**edition.files, **indexes.get(edition.edition.key, {})}
            files.update({edition.edition.prefix + path: _made(data) for path, data in made.items()})
    return Rendered(files, tuple(plans[edition.edition.key] for edition in editions), failures)


def _made(data: bytes) -> NewFile:
    digest = _digest(data)
    return NewFile(digest, digest, data)


def _edition_files(edition: StagedEdition, stamp: str, before: Before, out: Path) -> dict[str, NewFile]:
    """What the engine made or had made: fresh files from its folder, the others as they stand in the live site."""
    prefix = edition.edition.prefix
    inputs = _inputs(edition, stamp)
    theme = _theme_inputs(edition, stamp)
    live = before.manifest.files if before.manifest else {}
    fresh = read_site(out) if out.is_dir() else {}
    files = {prefix + path: NewFile(inputs.get(prefix + path, theme), _digest(data), data) for path, data in fresh.items()}
    for path, entry in live.items():
        carried = entry.inputs == inputs.get(path) or (entry.inputs == theme and not fresh)
        if path not in files and carried:
            files[path] = NewFile(entry.inputs, entry.digest)
    return files
