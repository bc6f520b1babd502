"""Takes ``mkdocs.yml`` apart: which of MkDocs' keys kbgen takes, and where among the plugins its own settings stand.

MkDocs would obey much more in this file (hooks, templates, other plugins, extensions of the Markdown parser). kbgen takes known keys
only, and says so of the others: a setting that silently does nothing, or that runs code, would be worse than an error.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kbgen.config.plain import Flaw, quoted, unknown
from kbgen.strict.suggest import did_you_mean
from kbgen.strict.yaml import Path

PLUGIN = "kbgen"
KNOWN = ("site_name", "site_url", "docs_dir", "theme", "plugins")
_OWN_WORDS = {
    "hooks": "kbgen runs no hooks: a hook could put internal text into the public site; remove it",
    "INHERIT": "kbgen reads one settings file only; copy what you need from the other one",
    "markdown_extensions": "kbgen decides which Markdown extensions there are, so that both sites read an article alike; remove it",
    "nav": "kbgen makes the navigation of each site from the product areas; remove it",
    "site_dir": "kbgen writes each site into site/<name of the site>; remove it",
}
_OF_MKDOCS = frozenset(
    (
        "copyright dev_addr draft_docs edit_uri edit_uri_template exclude_docs extra extra_css extra_javascript extra_templates "
        "not_in_nav remote_branch remote_name repo_name repo_url site_author site_description strict use_directory_urls "
        "validation watch"
    ).split()
)


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """The parts of ``mkdocs.yml``: kbgen's own settings (None: there are none), the path to them, and what is wrong with the rest."""

    settings: Mapping[str, Any] | None
    path: Path
    flaws: tuple[Flaw, ...]


def take_apart(value: Any) -> ProjectFile:
    """Take the value of ``mkdocs.yml`` apart; ``docs_dir`` becomes ``content_dir`` of the settings."""
    if not isinstance(value, Mapping):
        return ProjectFile(None, (), (Flaw((), "the file has to hold 'key: value' lines at its top level"),))
    flaws = [Flaw((key,), _foreign(key)) for key in value if key not in KNOWN]
    texts = [key for key in ("site_name", "site_url", "docs_dir") if key in value]
    flaws += [Flaw((key,), "has to be a text") for key in texts if not isinstance(value[key], str)]
    flaws += _theme(value.get("theme", "material"))
    settings, path, wrong = _own(value)
    flaws += wrong
    if settings is not None:
        if "content_dir" in settings:
            flaws.append(Flaw((*path, "content_dir"), "is set by docs_dir at the top level of the file; write it there"))
        settings.pop("content_dir", None)
        if isinstance(value.get("docs_dir"), str):
            settings["content_dir"] = value["docs_dir"]
    return ProjectFile(settings, path, tuple(flaws))


def _foreign(key: str) -> str:
    if key in _OWN_WORDS:
        return _OWN_WORDS[key]
    if key in _OF_MKDOCS:
        return "kbgen does not take this setting of MkDocs, it would do nothing; remove it"
    return unknown(key, KNOWN)


def _theme(theme: Any) -> list[Flaw]:
    if isinstance(theme, str):
        return [] if theme == "material" else [Flaw(("theme",), f"has to be 'material', not {quoted(theme)}")]
    if not isinstance(theme, Mapping):
        return [Flaw(("theme",), "has to be 'material', or a mapping with 'name: material'")]
    flaws = []
    for key, value in theme.items():
        wanted = {"name": "material", "custom_dir": "theme"}.get(key)
        if wanted is None:
            flaws.append(Flaw(("theme", key), f"kbgen decides this itself; only 'name' and 'custom_dir' may stand here{_near(key)}"))
        elif value != wanted:
            flaws.append(Flaw(("theme", key), f"has to be '{wanted}', not {quoted(value)}"))
    if "name" not in theme:
        flaws.append(Flaw(("theme", "name"), "is missing; write 'name: material'"))
    return flaws


def _near(key: str) -> str:
    guess = unknown(key, ("name", "custom_dir"))
    return guess.removeprefix("unknown key") if "did you mean" in guess else ""


def _own(value: Mapping[str, Any]) -> tuple[dict[str, Any] | None, Path, list[Flaw]]:
    """The entry of kbgen among the plugins: a copy of its settings, the path to them, and what is wrong with the list."""
    plugins = value.get("plugins")
    if plugins is None:
        return None, (), [Flaw(("plugins",), "is missing; kbgen's settings belong there, under '- kbgen:'")]
    if not isinstance(plugins, list):
        return None, (), [Flaw(("plugins",), "has to be a list; kbgen's settings belong there, under '- kbgen:'")]
    flaws: list[Flaw] = []
    found: list[tuple[Path, Any]] = []
    for position, entry in enumerate(plugins):
        at: Path = ("plugins", position)
        if isinstance(entry, Mapping) and len(entry) == 1:
            (name, options), inner = next(iter(entry.items())), (*at, next(iter(entry)))
        elif isinstance(entry, str):
            name, options, inner = entry, None, at
        else:
            flaws.append(Flaw(at, "has to be the name of a plugin, or its name, a colon and its settings below, further to the right"))
            continue
        if name == PLUGIN:
            found.append((inner, options))
        elif did_you_mean(name, [PLUGIN]):
            flaws.append(Flaw(inner, unknown(name, [PLUGIN], "plugin")))
        else:
            flaws.append(Flaw(inner, f"the plugin {quoted(name)} would not run: kbgen takes no other plugins; remove it"))
    if not found:
        misspelt = any(flaw.message.startswith("unknown plugin") for flaw in flaws)
        return None, (), flaws if misspelt else [*flaws, Flaw(("plugins",), "has no entry '- kbgen:'; kbgen's settings belong below it")]
    path, options = next((one for one in found if one[1]), found[0])
    flaws += [Flaw(other, "kbgen stands twice among the plugins; keep one") for other, _ in found if other != path]
    if options is not None and not isinstance(options, Mapping):
        return None, path, [*flaws, Flaw(path, "has to be followed by its settings, lines of 'key: value' further to the right")]
    return copy.deepcopy(dict(options or {})), path, flaws
