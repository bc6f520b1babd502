"""Cuts the terms of an index into files of about one size, so that an edit moves few of the cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from kbgen.search.layout import SHARD_BYTES, SINGLE_BYTES, digest


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its posting, ready to be written: ``data`` is its JSON."""

    term: str
    data: bytes


def split(entries: Sequence[Entry]) -> list[tuple[str, Sequence[Entry]]]:
    """Shards as (first term, entries). The whole is cut at the term of the highest digest in its middle half, and so on with the parts."""
    sizes = [len(entry.data) + 1 for entry in entries]
    if sum(sizes) <= SINGLE_BYTES:
        return [("", entries)]
    digests = [digest(entry.term) for entry in entries]
    taken = {digest("")}  # a file's name is a digest: no two shards may begin at terms with the same one
    cuts: list[int] = []
    parts = [(0, len(entries))]
    while parts:
        start, end = parts.pop()
        if sum(sizes[start:end]) <= SHARD_BYTES:
            continue
        free = [position for position in range(start + 1, end) if digests[position] not in taken]
        if not free:
            continue
        # One very common term may fill the middle half alone: then any place will do.
        cut = max(_middle(free, sizes, start, end) or free, key=lambda position: digests[position])
        taken.add(digests[cut])
        cuts.append(cut)
        parts += [(start, cut), (cut, end)]
    starts = [0, *sorted(cuts)]
    return [
        ("" if start == 0 else entries[start].term, entries[start:end])
        for start, end in zip(starts, [*starts[1:], len(entries)], strict=True)
    ]


def _middle(free: Sequence[int], sizes: Sequence[int], start: int, end: int) -> list[int]:
    """Those of the free places between start and end that leave at least a quarter of the bytes on either side."""
    before = list(accumulate(sizes[start:end], initial=0))
    return [position for position in free if before[-1] <= 4 * before[position - start] <= 3 * before[-1]]
