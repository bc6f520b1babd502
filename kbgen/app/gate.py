"""Part of a build: the leak gate over a site's files. A file that passed once passes again while it and the canaries are the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kbgen.app.counterfactual import Excuse
from kbgen.app.project import Gathered
from kbgen.audiences.canaries import Canaries, canaries, origins_of
from kbgen.audiences.data_canaries import data_texts
from kbgen.model.article import Corpus
from kbgen.model.finding import Place, Problem
from kbgen.sites.gate import Leak, leaks_in

_NAMED = 3
_FILLED_IN = re.compile(r"\{\w+\}")
_HINT = "the site is not handed over; if the text may be public, write it into a public article, else take it out"


def site_canaries(gathered: Gathered, site: str, words: Sequence[str], corrected: frozenset[str]) -> Canaries:
    """What must not occur in a site. The words of the theme and the data that the site sees are no secret."""
    areas = {area for plan in gathered.projection.plans if plan.edition.site == site for area in plan.areas}
    data = data_texts(gathered.data, gathered.settings, site, areas)
    assets = {path for plan in gathered.projection.plans if plan.edition.site == site for path in plan.assets.values()}
    texts = [gathered.corpus.assets[path].data.decode("utf-8", "replace") for path in sorted(assets) if path.endswith((".csv", ".txt"))]
    pieces = (piece for word in words for piece in (word, *_FILLED_IN.split(word)))  # what is filled in stands between public words
    plans = [plan for plan in gathered.projection.plans if plan.edition.site == site]
    made = {plan.edition.prefix + address for plan in plans for address in (*plan.generated.values(), *(f"{area}/" for area in plan.areas))}
    return canaries(gathered.corpus, gathered.settings, site, (*pieces, *texts), corrected, data, made)


def gate(
    site: str, files: Mapping[str, bytes], forbidden: Canaries, corpus: Corpus, excused: Excuse, memory: Path | None
) -> Iterator[Problem]:
    """The leaks in a site's files, without quoting them.

    Args:
        site: the site.
        files: path in the site → bytes.
        forbidden: what must not occur there.
        corpus: the sources, to name those that a leak comes from.
        excused: what a file would hold without anything internal, too.
        memory: the file that remembers what has passed; None: look at all.
    """
    key = forbidden.digest()
    passed = _recall(memory, key) if memory else frozenset()
    now: set[str] = set()
    for path, data in files.items():
        digest = hashlib.sha256(path.encode() + b"\0" + data).hexdigest()
        if digest not in passed:
            leaks = list(leaks_in(path, data, forbidden))
            if leaks:
                innocent = excused(path, data)
                leaks = [leak for leak in leaks if leak not in innocent]
            if leaks:
                yield _problem(site, path, leaks, corpus, forbidden)
                continue
        now.add(digest)
    if memory:
        _remember(memory, key, now)


def _problem(site: str, path: str, leaks: Sequence[Leak], corpus: Corpus, forbidden: Canaries) -> Problem:
    kinds = ", ".join(sorted({leak.kind for leak in leaks}))
    sources = sorted({source for leak in leaks[:_NAMED] for source in origins_of(leak.found, corpus, forbidden.data)})
    named = f"; it also stands in {', '.join(sources[:_NAMED])}" if sources else ""
    return Problem(
        "KB902", Place(f"site/{site}/{path}"), f"internal text stands in this file of the {site} site ({kinds}){named}", _HINT, (site,)
    )


def _recall(memory: Path, key: str) -> frozenset[str]:
    try:
        kept = json.loads(memory.read_bytes())
        return frozenset(kept["passed"]) if kept["canaries"] == key else frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def _remember(memory: Path, key: str, passed: set[str]) -> None:
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(json.dumps({"canaries": key, "passed": sorted(passed)}), encoding="utf-8")
    except OSError:
        memory.unlink(missing_ok=True)


def theme_pages(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pages among a site's files that hold nothing but the theme's own words."""
    return {path: data for path, data in files.items() if path.rpartition("/")[2] == "404.html"}
