"""What a file that cannot be read seems to say. Nothing of it is believed: it makes us careful, and tells people where to look."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kbgen.model.article import Unreadable

_ID = re.compile(rb"^[ \t{]*[\"']?id[\"']?[ \t]*:[ \t]*[\"']?([A-Za-z0-9._-]+)", re.MULTILINE)
_WORD = re.compile(rb"[A-Za-z0-9._-]+")
_FENCE = re.compile(rb"^[ \t]*---[ \t]*\r?$", re.MULTILINE)
_HEADER_BYTES = 64_000


def seeming_ids(item: Unreadable) -> frozenset[str]:
    """The ids that it seems to have."""
    return frozenset(found.decode("ascii") for found in _ID.findall(item.source.data[:_HEADER_BYTES]))


def seeming_alerts(item: Unreadable, known: Iterable[str]) -> frozenset[str]:
    """Those of the known alerts that what seems to be its header names."""
    top = item.source.data[:_HEADER_BYTES]
    fences = list(_FENCE.finditer(top))
    head = top[: fences[1].start()] if len(fences) > 1 else top
    if b"alerts" not in head:
        return frozenset()
    named = {found.decode("ascii") for found in _WORD.findall(head)}
    return frozenset(known) & named
