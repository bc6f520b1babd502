"""Part of a build: the leak gate over a site's files. A file that passed once passes again while it and the canaries are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kbgen.app.project import Gathered
from kbgen.audiences.canaries import Canaries, canaries
from kbgen.model.finding import Place, Problem
from kbgen.sites.gate import leaks_in

_HINT = "the site is not handed over; if the text may be public, write it into a public article, else take it out"


def site_canaries(gathered: Gathered, site: str, words: Sequence[str], corrected: frozenset[str]) -> Canaries:
    """What must not occur in a site. The words of the theme and the texts of the areas it shows are no secret."""
    areas = {area for plan in gathered.projection.plans if plan.edition.site == site for area in plan.areas}
    shown = [area for area in gathered.data.areas if area.id in areas]
    texts = [text for area in shown for texts in (area.name, area.summary) for text in texts.values()]
    return canaries(gathered.corpus, gathered.settings, site, (*words, *texts), corrected)


def gate(site: str, files: Mapping[str, bytes], forbidden: Canaries, memory: Path | None) -> Iterator[Problem]:
    """The leaks in a site's files, without quoting them. ``memory`` is the file that remembers what has passed; None: look at all."""
    key = forbidden.digest()
    passed = _recall(memory, key) if memory else frozenset()
    now: set[str] = set()
    for path, data in files.items():
        digest = hashlib.sha256(path.encode() + b"\0" + data).hexdigest()
        if digest not in passed:
            found = sorted({leak.kind for leak in leaks_in(path, data, forbidden)})
            if found:
                message = f"internal text stands in this file of the {site} site ({', '.join(found)})"
                yield Problem("KB902", Place(f"site/{site}/{path}"), message, _HINT, (site,))
                continue
        now.add(digest)
    if memory:
        _remember(memory, key, now)


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
