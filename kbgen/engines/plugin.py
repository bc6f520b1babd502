"""How MkDocs gets to see staged pages, and how it is kept from seeing anything else.

Two plugins: :class:`StagedPlugin` is put into a configuration by the worker. :class:`KbgenPlugin` is what MkDocs finds by the name
``kbgen`` in a project's mkdocs.yml when somebody runs MkDocs itself: it refuses, for MkDocs would publish every article, internal
ones too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn, cast

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from kbgen.engines.words import Words

KINDS = frozenset(
    {"home", "area", "article", "correcting", "contact", "escalation", "sla", "replies", "off-hours", "alerts", "alert", "search"},
)
MATERIAL_FILES = ("assets/stylesheets/main.", "assets/stylesheets/palette.", "assets/javascripts/bundle.")
RESULTS_SCRIPT = "assets/javascripts/search-page.js"
"""A script of one page alone, the page of search results, which names it itself."""
REFUSAL = (
    "This project's articles are for different readers, and MkDocs would publish all of them, the internal ones too. "
    "Nothing was built. Run `kbgen build` (or `kbgen serve`) instead."
)


class KbgenPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """The entry point ``kbgen``: takes any settings and refuses to build."""

    def load_config(self, options: Mapping[str, Any], config_file_path: str | None = None) -> tuple[list[Any], list[Any]]:  # noqa: ARG002
        """Accept whatever stands there: kbgen checks its settings itself, and the refusal must not depend on them."""
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> NoReturn:  # noqa: ARG002
        """Refuse `mkdocs build`, `serve` and `gh-deploy`."""
        raise PluginError(REFUSAL)

    def on_config(self, config: MkDocsConfig) -> NoReturn:  # noqa: ARG002
        """Refuse programs that build without starting up."""
        raise PluginError(REFUSAL)


class StagedPage(Page):
    """A page that is read from a staged file: nothing in it is parsed, neither front matter nor Markdown nor a template."""

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Take the first line as the context and the rest as the finished body."""
        first, _, body = Path(str(self.file.abs_src_path)).read_bytes().partition(b"\n")
        context = json.loads(first)
        if not isinstance(context, dict) or context.get("kind") not in KINDS:
            raise PluginError(f"{self.file.src_uri}: the first line must be a context with one of the kinds {', '.join(sorted(KINDS))}")
        self.markdown = ""
        self.meta = {"kb": context}
        self.title = str(context.get("title") or "")
        self._body = body.decode("utf-8")

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """The body is HTML already."""
        self.content = self._body


class StagedPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Shows MkDocs the staged pages of one edition and the files of the theme that pages refer to."""

    def __init__(self, edition: Mapping[str, Any], words: Words) -> None:
        super().__init__()
        self._edition = edition
        self._words = words

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Keep staged pages and the files that pages refer to; everything else stays out of the edition."""
        wanted = {str(path) for path in (*config.extra_css, *config.extra_javascript, config.theme["favicon"], RESULTS_SCRIPT)}
        for file in list(files):
            if file.is_documentation_page() and file.src_uri.rpartition("/")[2] == "index.md":
                StagedPage(None, file, config)
            elif f"assets/{file.src_uri}" in wanted:
                _move(file, f"assets/{file.src_uri}", config)  # away from the articles' addresses
            elif not file.src_uri.startswith(MATERIAL_FILES) or file.src_uri.endswith(".map"):
                files.remove(file)
        return files

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG002
        """Escape in all templates of ours, whatever a template forgets; Material's own are written for plain output."""
        theme = Path(str(config.theme.custom_dir))
        own = frozenset(path.relative_to(theme).as_posix() for path in theme.rglob("*.html"))
        env.autoescape = lambda name: name in own
        env.globals.update(
            t=self._words.text,
            articles_count=self._words.articles,
            script_words=self._words.scripts,
            search_words=self._words.search(wiki=bool(self._edition.get("widest"))),
            edition=self._edition,
            icon=_Icons(env),
        )
        return env

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Give the templates the page's context as ``kb`` and the way to the edition's root as ``root``."""
        return _with(context, page.meta["kb"], f"{context['base_url']}/")

    def on_template_context(
        self,
        context: TemplateContext,
        *,
        template_name: str,  # noqa: ARG002
        config: MkDocsConfig,  # noqa: ARG002
    ) -> TemplateContext:
        """The one template that is no page is 404.html."""
        base = context["base_url"]
        known = {
            "kind": "missing",
            "title": self._words.text("404.title"),
            "alternates": self._languages(base),
            "contact": self._contact(base),
        }
        return _with(context, known, base)

    def _contact(self, base: str) -> dict[str, str]:
        """For 404.html: the way to support, as contexts of pages hold it."""
        told = self._edition.get("contact") or {}
        url, email, page = (str(told.get(key) or "") for key in ("url", "email", "page"))
        mail, page = f"mailto:{email}" if email else "", base + page if page else ""
        return {
            "href": str(told.get("href") or "") or mail or page,
            "template": url or mail,
            "email": email,
            "article": "",
            "language": str(self._edition.get("language") or ""),
            "page": page,
        }

    def _languages(self, base: str) -> list[dict[str, Any]]:
        """For 404.html: the editions' homes, with addresses from the server's root, as the page may be shown at any address."""
        prefix = str(self._edition.get("prefix") or "")
        root = base.removesuffix(prefix) if prefix else base
        answer = []
        for home in self._edition.get("languages") or []:
            href, current = str(home.get("href") or ""), home["code"] == self._edition.get("language")
            place = base if current else base + href if href.startswith(".") else root + href
            answer.append({"language": home["code"], "name": home["name"], "href": place, "current": current, "exists": True})
        return answer


def _with(context: TemplateContext, kb: Mapping[str, Any], root: str) -> TemplateContext:
    cast("dict[str, Any]", context).update(kb=kb, root=root)
    return context


def _move(file: File, uri: str, config: MkDocsConfig) -> None:
    file.dest_uri = uri
    file.abs_dest_path = str(Path(config.site_dir) / uri)


class _Icons:
    """Whether there is an icon of this name among those that come with Material: names come from data, so only plain ones count."""

    def __init__(self, env: jinja2.Environment) -> None:
        self._env = env
        self._known: dict[str, str] = {}

    def __call__(self, name: str, otherwise: str = "material/file-document-outline") -> str:
        """Path of the icon's template for ``name``, which may lack its family ``material/``."""
        if name not in self._known:
            plain = bool(name) and all(part and part.replace("-", "").isalnum() and part.isascii() for part in name.split("/"))
            candidates = [f".icons/{name}.svg", f".icons/material/{name}.svg"] if plain else []
            self._known[name] = self._env.select_template([*candidates, f".icons/{otherwise}.svg"]).name or ""
        return self._known[name]
