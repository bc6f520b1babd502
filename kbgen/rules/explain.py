"""What a code means: the manual page of its rule."""

from __future__ import annotations

import inspect

from kbgen.rules import RETIRED, RULES


def explain(code: str) -> str | None:
    """The manual page of a code, with a head line that names it; None for a code there never was. Capitals do not matter."""
    wanted = code.strip().upper()
    for rule in RULES:
        if wanted == rule.CODE:
            head = f"{rule.CODE} {rule.NAME} (severity: {rule.SEVERITY}, effect: {rule.EFFECT})"
            return f"{head}\n\n{inspect.getdoc(rule)}\n"
    if wanted in RETIRED:
        return f"{wanted} (retired)\n\n{RETIRED[wanted]}\n"
    return None
