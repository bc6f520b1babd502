"""An engine that only pretends: every page is a plain function of its staged bytes and of the edition's settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from kbgen.model.ports import RenderFailure, RenderJob


class PretendingEngine:
    """Renders at once; ``look`` stands for the theme."""

    def __init__(self) -> None:
        self.look = "1"

    def key(self) -> str:
        return f"pretending-{self.look}"

    def render(self, jobs: Sequence[RenderJob]) -> Sequence[RenderFailure]:
        for job in jobs:
            settings = (job.source / "edition.json").read_bytes()
            stamp = hashlib.sha256(settings).hexdigest() + self.look
            pages = job.source / "pages"
            for page in sorted(pages.rglob("*.md")):
                context, _, body = page.read_bytes().partition(b"\n")
                target = job.target / page.relative_to(pages).with_suffix(".html")
                target.parent.mkdir(parents=True, exist_ok=True)
                title = json.loads(context)["title"].encode()
                target.write_bytes(b"<title>%s</title>\n<!-- %s %s -->\n%s" % (title, stamp.encode(), context.replace(b"--", b"- -"), body))
            job.target.mkdir(parents=True, exist_ok=True)
            (job.target / "404.html").write_text(f"<title>404 {stamp}</title>", encoding="utf-8")
            (job.target / "theme.css").write_text(f"/* {self.look} */", encoding="utf-8")
        return ()
