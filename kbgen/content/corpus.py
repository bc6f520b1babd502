"""From discovered files to a corpus: read every header and text, convert each distinct text once, put the articles together."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from kbgen.content import cache
from kbgen.content.convert import Conversion, Failure, convert, version
from kbgen.content.discover import Discovered
from kbgen.content.drafts import Draft, read_draft, read_snippets
from kbgen.content.dress import REPLY_TEXT
from kbgen.content.internal import View
from kbgen.content.locate import locate
from kbgen.content.places import address_of, language_of
from kbgen.content.playbook import placed
from kbgen.model.article import Article, Corpus, Outline, Rendering, SourceFile, Unreadable
from kbgen.model.data import Data
from kbgen.model.finding import Place, Problem
from kbgen.model.settings import Settings

_POOL_FROM = 40  # texts; below, starting processes costs more than it saves


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
    snippets, said = read_snippets(found.snippets, settings)
    problems = [*found.problems, *said]
    drafts: list[Draft] = []
    unreadable: list[Unreadable] = []
    for source in found.articles:
        draft = read_draft(source, settings, data, snippets)
        if isinstance(draft, Draft):
            drafts.append(draft)
        elif isinstance(draft, Unreadable):
            unreadable.append(draft)
        else:
            problems.append(draft)
    for path, problem in found.refused.items():
        place = language_of(path.removeprefix(settings.content_dir.strip("/") + "/"), settings)
        if place is None:
            problems.append(problem)
        else:
            unreadable.append(Unreadable(SourceFile(path, b""), place[0], place[1], address_of(place[1]), (problem,)))
    conversions = _convert_all([job for draft in drafts for job in _jobs(draft)], cache_file, jobs)
    articles: list[Article] = []
    for draft in drafts:
        made = _assemble(draft, conversions, settings)
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


def _jobs(draft: Draft) -> list[_Job]:
    """The texts to convert: what is left without the internal blocks, and where there are any the frame and the whole."""
    views = (View.OPEN, View.FRAME, View.WHOLE) if draft.blocks[View.FRAME] else (View.OPEN,)
    return [_job(draft, view) for view in views]


def _job(draft: Draft, view: View) -> _Job:
    text, internal_allowed = draft.texts[view].text, view is not View.OPEN
    stamp = f"{version()}\0{int(internal_allowed)}\0{text}".encode("utf-8", "surrogatepass")
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


def _assemble(draft: Draft, conversions: Mapping[str, Conversion | Failure], settings: Settings) -> Article | Unreadable:
    shown = _converted(draft, View.OPEN, conversions)
    frame = _converted(draft, View.FRAME, conversions) if draft.blocks[View.FRAME] else shown
    if isinstance(shown, Problem) or isinstance(frame, Problem):
        amiss = tuple(dict.fromkeys(each for each in (shown, frame) if isinstance(each, Problem)))
        return Unreadable(draft.source, draft.language, draft.path, draft.address, (*draft.problems, *amiss), draft.meta, draft.id)
    whole = _converted(draft, View.WHOLE, conversions) if draft.blocks[View.FRAME] else shown
    unsure = (*draft.unsure, *((whole,) if isinstance(whole, Problem) else ()))
    # What is in a block must not matter to those who never see it: the article goes out without it, and is left out of the wiki.
    inner = tuple(name for name in settings.sites if settings.is_narrowest(name))
    return Article(
        id=draft.id or draft.path.removesuffix(".md"),
        source=draft.source,
        language=draft.language,
        path=draft.path,
        address=draft.address,
        meta=draft.meta,
        body_line=draft.body_line,
        full=shown if isinstance(whole, Problem) else whole,
        cut=shown,
        includes=draft.texts[View.OPEN].includes,
        problems=(*draft.problems, *(replace(problem, sites=inner) for problem in unsure)),
    )


def _converted(draft: Draft, view: View, conversions: Mapping[str, Conversion | Failure]) -> Rendering | Problem:
    """A view of an article as HTML, or why there is none. The converter has to have seen the blocks that were found in the text."""
    job = _job(draft, view)
    made = conversions[job.key]
    place, hint = Place(draft.source.path, draft.body_line), "simplify that part of the article"
    if isinstance(made, Failure):
        return Problem("KB008", place, made.message, hint)
    written = 0 if view is View.OPEN else draft.blocks[view]
    if made.internal != written:
        message = f"{written} internal blocks are written, but the page shows {made.internal}: one stands inside HTML, a list or a quote"
        return Problem("KB303", place, message, hint)
    origin = draft.texts[view].origin
    if made.lost:
        message = "a block stands where the page cannot hold it whole: HTML around it or in it takes it apart"
        return Problem("KB303", Place(*origin[made.lost[0] - 1]), message, "take the HTML away, or close its elements inside the block")
    links = locate(made.links, job.text, origin)
    html = made.html.replace(REPLY_TEXT, f'{REPLY_TEXT[:-1]} lang="{draft.language}">')
    outline = Outline(made.headings, links, made.anchors, made.sections, placed(made.playbook, origin))
    return Rendering(job.text, job.key, html, outline)


def _shared_ids(articles: Iterable[Article]) -> Iterable[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for article in articles:
        first = seen.setdefault((article.language, article.id), article.source.path)
        if first != article.source.path:
            line = min(2, article.body_line)
            yield Problem("KB106", Place(article.source.path, line), f"the id {article.id} is taken by {first}", "give it an id of its own")
