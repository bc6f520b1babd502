"""From discovered files to a corpus: read every header and text, convert each distinct text once, put the articles together."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from kbgen.content import cache
from kbgen.content.convert import VERSION, Conversion, Failure, convert
from kbgen.content.discover import Discovered
from kbgen.content.door import open_source
from kbgen.content.header import read_header
from kbgen.content.includes import Expanded, IncludeFault, Snippet, expand
from kbgen.content.internal import Blocks, cut, scan
from kbgen.content.internal import inside as inside_block
from kbgen.content.locate import locate
from kbgen.content.places import address_of, language_of, reserved
from kbgen.model.article import Article, Corpus, Outline, Rendering, SourceFile, Unreadable
from kbgen.model.data import Data
from kbgen.model.finding import Place, Problem
from kbgen.model.meta import Meta
from kbgen.model.settings import Settings

_POOL_FROM = 40  # texts; below, starting processes costs more than it saves


@dataclass(frozen=True, slots=True)
class _Draft:
    """An article that was read but not yet converted."""

    source: SourceFile
    language: str
    path: str
    meta: Meta
    id: str
    body_line: int
    full: Expanded
    blocks: Blocks
    cut_text: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """A text to convert: ``key`` is the digest of everything the result depends on."""

    key: str
    text: str
    internal_allowed: bool


def read_corpus(found: Discovered, settings: Settings, data: Data, cache_file: Path | None = None, jobs: int = 1) -> Corpus:
    """Read all articles.

    Args:
        found: what lies in the content folder.
        settings: the settings.
        data: product areas and teams.
        cache_file: where conversions are kept between builds; None keeps none.
        jobs: processes that may convert at the same time.
    """
    problems = list(found.problems)
    snippets = _snippets(found.snippets, settings, problems)
    drafts: list[_Draft] = []
    unreadable: list[Unreadable] = []
    for source in found.articles:
        draft = _read(source, settings, data, snippets, problems)
        if isinstance(draft, Unreadable):
            unreadable.append(draft)
        elif draft is not None:
            drafts.append(draft)
    for path, problem in found.refused.items():
        place = language_of(path.removeprefix(settings.content_dir.strip("/") + "/"), settings)
        if place is None:
            problems.append(problem)
        else:
            unreadable.append(Unreadable(SourceFile(path, b""), place[0], place[1], address_of(place[1]), (problem,)))
    conversions = _convert_all([job for draft in drafts for job in _jobs(draft)], cache_file, jobs)
    articles: list[Article] = []
    for draft in drafts:
        made = _assemble(draft, conversions)
        if isinstance(made, Article):
            articles.append(made)
        else:
            unreadable.append(made)
    problems.extend(_shared_ids(articles))
    return Corpus(tuple(articles), tuple(sorted(unreadable, key=lambda item: item.source.path)), found.assets, tuple(problems))


def first_folders(found: Discovered, settings: Settings) -> tuple[str, ...]:
    """The first-level folders that hold articles, sorted; product areas are derived from them where none are declared."""
    prefix = settings.content_dir.strip("/") + "/"
    inside = (language_of(source.path.removeprefix(prefix), settings) for source in found.articles)
    return tuple(sorted({place[1].split("/", 1)[0] for place in inside if place and "/" in place[1]}))


def _snippets(sources: Mapping[str, SourceFile], settings: Settings, problems: list[Problem]) -> dict[str, Snippet]:
    snippets: dict[str, Snippet] = {}
    for name, source in sources.items():
        opened = open_source(source, settings.limits)
        if isinstance(opened, tuple):
            problems.extend(opened)
            continue
        audience = opened.values.get("audience")
        if audience not in settings.audiences or set(opened.values) - {"audience", "title"}:
            line, column = opened.marks.get(("audience",), (1, 1))
            message = f"a snippet's header holds audience: ({' or '.join(settings.audiences)}) and nothing else; it counts as internal"
            problems.append(Problem("KB305", Place(source.path, line, column), message, "write its audience"))
            audience = settings.audiences[-1]
        snippets[name] = Snippet(source.path, str(audience), opened.body, opened.body_line)
    return snippets


def _read(
    source: SourceFile, settings: Settings, data: Data, snippets: Mapping[str, Snippet], problems: list[Problem]
) -> _Draft | Unreadable | None:
    inside = source.path.removeprefix(settings.content_dir.strip("/") + "/")
    place = language_of(inside, settings)
    if place is None:
        message = "left out: it lies in no language's folder"
        hint = f"move it to one of: {', '.join(settings.folder(code) + '/' for code in settings.languages)}"
        problems.append(Problem("KB504", Place(source.path), message, hint))
        return None
    language, path = place
    address = address_of(path)
    opened = open_source(source, settings.limits)
    taken = reserved(address, settings)
    if taken:
        hint = f"rename the folder or file: kbgen needs '{taken}/' for itself"
        unfit = Problem("KB505", Place(source.path), f"its address would start with '{taken}/'", hint)
        opened = (*opened, unfit) if isinstance(opened, tuple) else (unfit,)
    if isinstance(opened, tuple):
        return Unreadable(source, language, path, address, opened)
    folder = path.split("/", 1)[0] if "/" in path else ""
    meta, article_id, said = read_header(source.path, inside, folder, opened, settings, data)
    full = expand(opened.body, source.path, opened.body_line, snippets, language)
    blocks = scan(full.text)
    missing = [_missing(fault, inside_block(fault.at, blocks), settings) for fault in full.faults]
    odd = [Problem("KB303", Place(*full.origin[fault.line], fault.column), fault.message, fault.hint) for fault in blocks.faults]
    if odd:
        return Unreadable(source, language, path, address, (*said, *missing, *odd))
    return _Draft(source, language, path, meta, article_id, opened.body_line, full, blocks, cut(full.text, blocks), (*said, *missing))


def _missing(fault: IncludeFault, in_block: bool, settings: Settings) -> Problem:
    """A snippet that is not there. Outside internal blocks it looks like one that is not for the site: the page is withheld there."""
    place = Place(fault.path, fault.line)
    if in_block:
        return Problem("KB403", place, fault.message, fault.hint)
    return Problem("KB302", place, fault.message, fault.hint, settings.wider_sites())


def _jobs(draft: _Draft) -> tuple[_Job, ...]:
    full = _job(draft.full.text, bool(draft.blocks.ranges))
    return (full, _job(draft.cut_text, False)) if draft.blocks.ranges else (full,)


def _job(text: str, internal_allowed: bool) -> _Job:
    stamp = f"{VERSION}\0{int(internal_allowed)}\0{text}".encode("utf-8", "surrogatepass")
    return _Job(hashlib.sha256(stamp).hexdigest(), text, internal_allowed)


def _convert_all(wanted: Iterable[_Job], cache_file: Path | None, processes: int) -> dict[str, Conversion | Failure]:
    """Convert every distinct text once, from the cache where it knows it."""
    unique = {job.key: job for job in wanted}
    known: dict[str, Conversion] = cache.load(cache_file, unique) if cache_file else {}
    missing = [job for key, job in unique.items() if key not in known]
    fresh = dict(zip((job.key for job in missing), _run(missing, processes), strict=True))
    if cache_file:
        cache.store(cache_file, {key: value for key, value in fresh.items() if isinstance(value, Conversion)}, unique)
    return {**known, **fresh}


def _run(missing: list[_Job], processes: int) -> list[Conversion | Failure]:
    if len(missing) < _POOL_FROM or processes < 2:
        return [_convert(job) for job in missing]
    try:
        with ProcessPoolExecutor(min(processes, os.cpu_count() or 1)) as pool:
            return list(pool.map(_convert, missing, chunksize=max(1, min(50, len(missing) // (processes * 4)))))
    except BrokenProcessPool:
        # A worker died (out of memory); converting one after the other at least names the text that cannot be.
        return [_convert(job) for job in missing]


def _convert(job: _Job) -> Conversion | Failure:
    return convert(job.text, internal_allowed=job.internal_allowed)


def _assemble(draft: _Draft, conversions: Mapping[str, Conversion | Failure]) -> Article | Unreadable:
    made = [(job, conversions[job.key]) for job in _jobs(draft)]
    address = address_of(draft.path)
    failures = [result.message for _, result in made if isinstance(result, Failure)]
    blocks = len(draft.blocks.ranges)
    first = made[0][1]
    code = "KB008"
    if not failures and isinstance(first, Conversion) and first.internal != blocks:
        failures = [f"{blocks} internal blocks are written, but the page shows {first.internal}: one stands inside HTML, a list or a quote"]
        code = "KB303"
    if failures:
        problem = Problem(code, Place(draft.source.path, draft.body_line), failures[0], "simplify that part of the article")
        return Unreadable(draft.source, draft.language, draft.path, address, (*draft.problems, problem))
    full = _rendering(made[0][0], made[0][1], draft.full.origin)
    open_text = _rendering(made[1][0], made[1][1], _kept(draft)) if blocks else full
    return Article(
        id=draft.id or draft.path.removesuffix(".md"),
        source=draft.source,
        language=draft.language,
        path=draft.path,
        address=address,
        meta=draft.meta,
        body_line=draft.body_line,
        full=full,
        cut=open_text,
        includes=tuple(sorted({(path, audience) for path, audience, line in draft.full.includes if not inside_block(line, draft.blocks)})),
        problems=draft.problems,
    )


def _kept(draft: _Draft) -> tuple[tuple[str, int], ...]:
    """The origins of the lines that are left when the internal blocks are cut."""
    lines = cut("\n".join(str(index) for index in range(len(draft.full.origin))), draft.blocks).split("\n")
    return tuple(draft.full.origin[int(line)] for line in lines if line)


def _rendering(job: _Job, made: Conversion | Failure, origin: tuple[tuple[str, int], ...]) -> Rendering:
    assert isinstance(made, Conversion)
    links = locate(made.links, job.text, origin)
    return Rendering(job.text, job.key, made.html, Outline(made.headings, links, made.anchors, made.sections))


def _shared_ids(articles: Iterable[Article]) -> Iterable[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for article in articles:
        first = seen.setdefault((article.language, article.id), article.source.path)
        if first != article.source.path:
            yield Problem("KB106", Place(article.source.path, 2), f"the id {article.id} is taken by {first}", "give it an id of its own")
