"""Did-you-mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word nearest to a misspelt one, as ``did you mean 'x'?``; ``""`` where none is near."""
    candidates = {name.casefold(): name for name in sorted(known)}
    near = difflib.get_close_matches(word.casefold(), list(candidates), n=1, cutoff=0.6)
    return f"did you mean '{candidates[near[0]]}'?" if near else ""
