"""The engine's process: ``python -I … kbgen.engines.worker SOURCE TARGET`` renders one edition.

``SOURCE`` holds ``edition.json`` and ``pages/``. The configuration is made here, in memory, from known keys of edition.json; no
mkdocs.yml is read. Exit code 0: every staged page was written; else the reason is on standard error.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig

from kbgen.engines.plugin import StagedPlugin
from kbgen.engines.theme_dir import theme_dir
from kbgen.engines.words import Words

_COLOUR = re.compile(r"[a-z]+(?:-[a-z]+)*")
_NO_ADDRESS = "https://site.invalid/"
# Stands in where a site has no address yet: MkDocs takes the 404 page's base from it (only the path is ever printed).
_STYLES = {
    False: ("kbgen.css", "contact.css", "guide.css", "search.css", "print.css"),
    True: ("kbgen.css", "contact.css", "wiki.css", "guide.css", "runbook.css", "desk.css", "search.css", "print.css"),
}
_EVERYWHERE = ("kbgen.js", "search-load.js", "search-box.js", "search-words.js")
_SCRIPTS = {
    False: (*_EVERYWHERE, "guide.js", "contact.js"),
    True: (
        *(*_EVERYWHERE, "case.js", "fills.js", "guide.js", "contact.js"),
        *("case-bar.js", "runbook.js", "replies.js", "handover.js"),
        *("escalation.js", "ladder-words.js", "ladder-now.js", "ladder-view.js", "escalation-page.js", "shift.js"),
    ),
}
# By whether the edition is the wiki's: the public site gets none of its files. In the order in which they need each other.


def configuration(source: Path, target: Path, edition: Mapping[str, Any], theme: Path) -> MkDocsConfig:
    """MkDocs' configuration for an edition. ValueError when MkDocs finds fault with it."""
    words = Words(str(edition.get("language") or "en"), theme, edition.get("strings") or {})
    wiki = bool(edition.get("widest"))
    config = MkDocsConfig(config_file_path=str(source / "edition.json"))
    config.load_dict(
        {
            "site_name": str(edition.get("name") or ""),
            "site_url": str(edition.get("url") or _NO_ADDRESS) + str(edition.get("prefix") or ""),
            "docs_dir": str(source / "pages"),
            "site_dir": str(target),
            "use_directory_urls": True,
            # The default leaves out a folder templates/; everything in the staged folder is meant.
            "exclude_docs": "!/templates/\n",
            "nav": [],
            "plugins": [],
            "markdown_extensions": [],
            "theme": _theme(edition, theme, words),
            "extra": {"scope": "/"},
            "extra_css": _own(theme, "stylesheets", _STYLES[wiki]),
            "extra_javascript": [{"path": path, "defer": True} for path in _own(theme, "javascripts", _SCRIPTS[wiki])],
        }
    )
    errors, _ = config.validate()
    if errors:
        raise ValueError("; ".join(f"{key}: {error}" for key, error in errors))
    config.theme.static_templates = {"404.html"}
    config.plugins["kbgen"] = StagedPlugin(edition, words)
    return config


def _theme(edition: Mapping[str, Any], theme: Path, words: Words) -> dict[str, Any]:
    colour = str(edition.get("colour") or "")
    colour = colour if _COLOUR.fullmatch(colour) else "indigo"
    shades = (("light", "default", "material/weather-night", "theme.dark"), ("dark", "slate", "material/weather-sunny", "theme.light"))
    return {
        "name": "material",
        "custom_dir": str(theme),
        "language": "en",
        "font": False,
        "favicon": f"assets/images/{'wiki' if edition.get('widest') else 'help'}.svg",
        "features": ["content.code.copy", "content.tabs.link"],
        "palette": [
            {
                "media": f"(prefers-color-scheme: {name})",
                "scheme": scheme,
                "primary": colour,
                "accent": colour,
                "toggle": {"icon": icon, "name": words.text(key)},
            }
            for name, scheme, icon, key in shades
        ],
    }


def _own(theme: Path, folder: str, files: Sequence[str]) -> list[str]:
    """Those of our files that the theme has, as addresses in the edition."""
    return [f"assets/{folder}/{file}" for file in files if (theme / folder / file).is_file()]


def render(source: Path, target: Path) -> None:
    """Render the edition in ``source`` into ``target``. RuntimeError when a page is missing afterwards."""
    edition = json.loads((source / "edition.json").read_bytes())
    pages = source / "pages"
    pages.mkdir(exist_ok=True)
    build(configuration(source, target, edition, theme_dir()))
    staged = (path.relative_to(pages).parent for path in pages.rglob("index.md"))
    missing = sorted(folder.as_posix() for folder in staged if not (target / folder / "index.html").is_file())
    if missing:
        raise RuntimeError(f"{len(missing)} staged pages were not rendered, the first is {missing[0]}")


def main(arguments: list[str]) -> int:
    """Exit code for the two folders in ``arguments``."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    source, target = (Path(argument) for argument in arguments)
    try:
        render(source, target)
    except (Exception, SystemExit) as error:  # the process ends here either way; MkDocs aborts with SystemExit
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
