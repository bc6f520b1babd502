"""The theme's words in the edition's language, for templates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from babel import Locale, UnknownLocaleError

from kbgen.engines.theme_dir import theme_dir

_IN_THE_PAGE = frozenset({"label", "placeholder"})


class Words:
    """Reader-facing words by key, from the edition's settings, else from the theme in that language, else in English."""

    def __init__(self, language: str, theme: Path, strings: Mapping[str, str]) -> None:
        self._words = {**_read(theme, "en"), **_read(theme, language), **strings}
        try:
            self._plural = Locale.parse(language, sep="-").plural_form
        except (ValueError, UnknownLocaleError):
            self._plural = Locale("en").plural_form

    def text(self, key: str, otherwise: str | None = None) -> str:
        """The words for a key; ``otherwise``, else the key itself, where there are none."""
        return self._words.get(key, key if otherwise is None else otherwise)

    def search(self, wiki: bool) -> dict[str, str]:
        """The words that the search box's script needs, under the names it knows them by."""
        words = {key.removeprefix("search."): text for key, text in sorted(self._words.items()) if key.startswith("search.")}
        if wiki:
            words["internal"] = self.text("internal")
        return {key: text for key, text in words.items() if key not in _IN_THE_PAGE}

    def scripts(self, *groups: str) -> dict[str, str]:
        """The words that scripts of a page show, by the groups they belong to: ``guide`` for ``guide.back`` and its like."""
        heads = tuple(f"{group}." for group in groups)
        return {key: text for key, text in sorted(self._words.items()) if key.startswith(heads)}

    def articles(self, count: int) -> str:
        """A number of articles in words, e.g. ``3 articles``."""
        form = self._words.get(f"articles.{self._plural(count)}") or self.text("articles.other")
        return form.replace("{count}", str(count))


def _read(theme: Path, language: str) -> dict[str, str]:
    path = theme / "strings" / f"{language}.json"
    return dict(json.loads(path.read_bytes())) if path.is_file() else {}


def strings(language: str) -> dict[str, str]:
    """The theme's words in a language, completed from English."""
    theme = theme_dir()
    return {**_read(theme, "en"), **_read(theme, language)}
