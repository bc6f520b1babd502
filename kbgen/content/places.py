"""Where an article lives: its language, its path inside the language's folder, its address. Address = path."""

from __future__ import annotations

import fnmatch

from kbgen.model.settings import Settings


def language_of(inside: str, settings: Settings) -> tuple[str, str] | None:
    """Language code and path inside the language's folder, for a path inside the content folder; None where it is in none."""
    for code in settings.languages:
        folder = settings.folder(code)
        if not folder:
            return code, inside
        if inside.startswith(folder + "/"):
            return code, inside[len(folder) + 1 :]
    return None


def address_of(path: str) -> str:
    """The address of a page: ``billing/refund.md`` → ``billing/refund/``, ``billing/index.md`` → ``billing/``, ``index.md`` → ``""``."""
    stem = path.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("/index") + "/"


def matches(path: str, glob: str) -> bool:
    """Whether a path inside the content folder fits a glob. ``*`` stands for any text, slashes too; a leading ``**/`` may be empty."""
    return fnmatch.fnmatchcase(path, glob) or (glob.startswith("**/") and fnmatch.fnmatchcase(path, glob[3:]))
