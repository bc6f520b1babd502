"""An engine that only pretends: every staged page becomes a small page with what its context holds. Fast, and the same each time."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kbgen.model.ports import RenderFailure, RenderJob

STYLE = "assets/fake.css"


class FakeEngine:
    """Renders for tests.

    Attributes:
        runs: for each run with anything to do: edition's key → addresses of the pages it was given, sorted.
        broken: edition's key → what the engine says of it instead of rendering.
        slips: edition's key → HTML that slips into its home page.
    """

    def __init__(self) -> None:
        self.runs: list[dict[str, list[str]]] = []
        self.broken: dict[str, str] = {}
        self.slips: dict[str, str] = {}
        self.look = "1"

    def key(self) -> str:
        return f"fake-{self.look}"

    def render(self, jobs: Sequence[RenderJob]) -> Sequence[RenderFailure]:
        if jobs:
            self.runs.append({job.edition.key: _addresses(job.source) for job in jobs})
        for job in jobs:
            if job.edition.key not in self.broken:
                self._render(job)
        return [RenderFailure(job.edition, self.broken[job.edition.key]) for job in jobs if job.edition.key in self.broken]

    def _render(self, job: RenderJob) -> None:
        edition = json.loads((job.source / "edition.json").read_bytes())
        for staged in sorted((job.source / "pages").rglob("index.md")):
            address = staged.parent.relative_to(job.source / "pages").as_posix() + "/"
            context, _, body = staged.read_text(encoding="utf-8").partition("\n")
            slip = self.slips.get(job.edition.key, "") if address == "./" else ""
            _write(job.target / address / "index.html", _page(json.loads(context), body + slip))
        _write(job.target / "404.html", f"<title>{html.escape(edition['name'])}</title>")
        _write(job.target / STYLE, "a {}")


def _addresses(source: Path) -> list[str]:
    pages = source / "pages"
    return sorted(path.relative_to(pages).as_posix().removesuffix("index.md") for path in pages.rglob("index.md"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _page(context: Mapping[str, Any], body: str) -> str:
    rows = [*context["breadcrumbs"], *context["articles"], *([context["area"]] if context["area"] else [])]
    rows += [item for area in (*context["nav"], *context["areas"]) for item in (area, *area.get("items", ()), *area.get("articles", ()))]
    links = "".join(f'<a href="{html.escape(row["href"])}">{html.escape(row["title"])}</a>\n' for row in rows)
    others = "".join(f'<a href="{html.escape(each["href"])}">{each["language"]}</a>\n' for each in context["alternates"])
    notice = f"<aside>{html.escape(context['notice']['text'])}</aside>" if context["notice"] else ""
    title = html.escape(context["title"])
    return f"<title>{title}</title>\n<nav>{links}</nav>\n{others}<main>{notice}<h1>{title}</h1>\n{body}</main>\n"
