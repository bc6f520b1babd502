"""Pick findings by code: ``--select KB301`` or ``--select KB3``."""

from __future__ import annotations

from collections.abc import Iterable

from kbgen.model.finding import Finding


def select(findings: Iterable[Finding], codes: Iterable[str]) -> tuple[Finding, ...]:
    """The findings whose code is one of these or begins with one of them; all of them where no code is given. Capitals don't matter."""
    wanted = _upper(codes)
    return tuple(finding for finding in findings if not wanted or finding.code.startswith(wanted))


def unknown(codes: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Those of the codes to select that neither are nor begin a known code: a misspelt one would select nothing and look like success."""
    every = tuple(known)
    return tuple(code for code in codes if not any(name.startswith(code.strip().upper() or "?") for name in every))


def _upper(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in codes)
