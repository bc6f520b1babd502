"""Generated projects: what they hold, how they are written to disk, and what becomes of them before any engine runs.

A project is a mapping of paths to bytes. Every article, block, snippet and title holds a word of its own, so that a law can say where
its text may be and where not.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
from collections.abc import Mapping
from pathlib import Path

from hypothesis import strategies as st

from kbgen.app.project import Gathered, Project, gather
from kbgen.audiences.data import site_data
from kbgen.audiences.project import project
from kbgen.engines.words import strings
from kbgen.freshness.assess import resting
from kbgen.model.staged import StagedEdition
from kbgen.search import build_index
from kbgen.staging.searching import search_documents
from kbgen.staging.stage import stage

Files = dict[str, bytes]

NIGHTLY = os.environ.get("KBGEN_HYPOTHESIS") == "nightly"


def times(count: int) -> int:
    """How often a law is tried: so many times, eight times as often at night."""
    return count * (8 if NIGHTLY else 1)


TODAY = datetime.date(2026, 10, 10)
WORDS = {code: strings(code) for code in ("en", "ru")}
SETTINGS = b"""\
site_name: Law
theme: material
plugins:
  - kbgen:
      sites:
        public: { audience: public, name: Law Help, url: "https://help.law.example/" }
        internal: { audience: internal, name: Law Wiki, url: "https://wiki.law.example/" }
      languages:
        en: { name: English }
        ru: { name: Russian }
      defaults:
        - { paths: ["*/inside/**", "inside/**"], set: { audience: internal } }
"""
AREAS = {
    "billing": "{ id: billing, name: { en: Billing, ru: Oplata }, summary: { en: About money }, owner: money }",
    "setup": "{ id: setup, name: { en: Set-up, ru: Nastroika }, owner: money }",
    "team": "{ id: team, name: { en: Teamwordarea, ru: Teamwordarea }, owner: leads }",
}
TEAMS = {"money": "{ id: money, name: { en: Moneywordteam } }", "leads": "{ id: leads, name: { en: Leadswordteam } }"}
# The data about support. What has no audience is internal; so is, in what has one, every reference to something internal.
SUPPORT = {
    "severity": {
        "low": "{ id: low, name: { en: Low, ru: Nizkij }, definition: { en: Slower }, changed_by: [leads], audience: public }",
        "medium": "{ id: medium, name: { en: Medium }, definition: { en: In part }, changed_by: [money], audience: public }",
        "high": "{ id: high, name: { en: Secrethighword }, definition: { en: Secretdownword }, changed_by: [leads] }",
    },
    "plans": {
        "standard": "{ id: standard, name: { en: Standardplan }, includes: [{ en: Chat }, { en: Mail }], free: true, audience: public }",
        "reseller": "{ id: reseller, name: { en: Secretresellerword }, limits: [{ en: Secretlimitword }] }",
        "premium": "{ id: premium, name: { en: Premiumplan }, limits: [{ en: Vendors }], audience: public }",
    },
    "channels": {
        "chat": "{ id: chat, name: { en: Chatchannel }, unread: { after: 5m, to: mail }, reserve: room, audience: public }",
        "room": "{ id: room, name: { en: Secretroomword }, address: 'https://meet.law.example/secret', unread: { after: 1h, to: chat } }",
        "mail": "{ id: mail, name: { en: Mailchannel }, unread: { after: 5m, to: room }, reserve: chat, audience: public }",
    },
    "sla": {
        "one": "{ plan: standard, severity: low, channels: [chat, room], first_answer: 7h, next_update: 9h, resolution: not promised }"
    },
    "escalation": {
        "one": "{ id: one, level: 1, name: { en: Secrettierword }, teams: [money], next: two, keeps: { low: 13m }, branches: { bug: two }}",
        "two": "{ id: two, level: 2, name: { en: Two }, teams: [leads], exit: { en: Secretexitword }, "
        "closed: { told: { en: Secrettoldword }, decides: leads } }",
    },
    "releases": {"r1": "{ id: r1, date: 2026-09-01, areas: [billing], changed: { en: Secretreleaseword }, known_problems: [ID-none] }"},
    "alerts": {"slow": "{ id: SecretAlert.slow, severity: low, area: billing, meaning: { en: Secretmeaningword } }"},
    "trackers": {"bugs": "{ id: bugs, name: { en: Secretbugsword }, takes: bug, url: 'https://bugs.law.example/?s={summary}' }"},
    "synonyms": {
        "seen": "{ words: [Chatchannel, talking], audience: public }",
        "inner": "{ words: [Standardplan, Secretsynonymword] }",
        "one-way": "{ from: [basic], to: [Standardplan], audience: public }",
    },
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PUBLIC_SNIPPETS = {"common.md": "Commonsnippetword text.", "more.md": 'More.\n\n--8<-- "common.md"'}
SLOTS = [f"{area}/{name}" for area in ("billing", "setup", "team") for name in ("first", "second", "third")]


def list_of(rows: Mapping[str, str]) -> bytes:
    return "".join(f"- {row}\n" for row in rows.values()).encode()


def article(title: str, audience: str, body: str, **keys: str) -> bytes:
    more = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\ntitle: {title}\naudience: {audience}\nlast_reviewed: 2026-09-01\n{more}---\n\n{body}\n".encode()


def snippet(audience: str, body: str) -> bytes:
    return f"---\naudience: {audience}\n---\n{body}\n".encode()


def word(path: str) -> str:
    """The word that only the article with this path holds in its title, and with ``body`` before it in its text."""
    return "word" + "".join(letter for letter in path if letter.isalnum())


def pieces(path: str) -> st.SearchStrategy[str]:
    """A piece of the text of the article with this path (inside the content folder): text, links good and bad, images, includes."""
    target = st.sampled_from([*SLOTS, "team/nowhere", "setup/nowhere"])
    return st.one_of(
        st.just(f"Plain text with body{word(path)}."),
        st.sampled_from(
            ["## A heading\n\nText.", "- one\n- two\n    - three", "| a | b |\n|---|---|\n| 1 | 2 |", "```markdown\n/// internal\n```"]
        ),
        target.map(lambda slot: f"See [that](../{slot}.md) and more."),
        target.map(lambda slot: f"See [part](../{slot}.md#a-heading)."),
        target.map(lambda slot: f'Raw <a href="../{slot}.md">link</a>.'),
        target.map(lambda slot: f"By address [that](/{slot}/) or https://help.law.example/{slot}/ there."),
        st.just("The wiki: https://wiki.law.example/team/first/."),
        st.sampled_from(["![Seen](../../shown.png)", "![Gone](../../gone.png)", "[Paper](../../paper.txt)"]),
        st.just("![Inside](../../inside/plan.png)"),
        st.sampled_from(["common.md", "more.md", "inner.md", "nowhere.md"]).map(lambda name: f'--8<-- "{name}"'),
        inner_text(path).map(block),
    )


def block(text: str) -> str:
    return f"/// internal\n\n{text}\n\n///"


def inner_text(path: str) -> st.SearchStrategy[str]:
    """What may stand in an internal block: anything that does not end it."""
    secret = f"secret{word(path)}"
    target = st.sampled_from([*SLOTS, "team/nowhere"])
    return st.one_of(
        st.just(f"Only for us: {secret}."),
        target.map(lambda slot: f"## {secret}\n\nSee [it](../{slot}.md) and [nothing](nothing.md)."),
        st.sampled_from(["inner.md", "nowhere.md", "common.md"]).map(lambda name: f'{secret}\n\n--8<-- "{name}"'),
        st.sampled_from(
            [
                f"{secret} ![Inside](../../inside/plan.png) ![Seen](../../shown.png)",
                f"{secret} <div>\n\nnot closed",
                f"<!-- {secret}\n\nnot closed",
                f"[that]: https://elsewhere.example/{secret}\n\n[^1]: {secret}",
                f"<aside class='kb-internal'>{secret}</aside>",
                "".join(f"{'    ' * level}- {secret}\n" for level in range(150)),
                f"```\n{secret}\n```",
                f"# {secret}\n\n## A heading",
            ]
        ),
    )


@st.composite
def projects(draw: st.DrawFn) -> Files:
    """A project with public and internal articles in two languages, blocks, snippets, assets, data; some of it wrong."""
    files: Files = {
        "mkdocs.yml": SETTINGS,
        "content/_data/areas.yml": list_of(AREAS),
        "content/_data/teams.yml": list_of(TEAMS),
        **{f"content/_data/{name}.yml": list_of(rows) for name, rows in SUPPORT.items()},
        "content/shown.png": PIXEL,
        "content/paper.txt": b"Paper.\n",
        "content/inside/plan.png": PIXEL,
        "content/_snippets/inner.md": snippet("internal", "Innersnippetword text."),
    }
    for name, text in PUBLIC_SNIPPETS.items():
        files[f"content/_snippets/{name}"] = snippet("public", text)
    for slot in SLOTS:
        audience = "internal" if slot.startswith("team/") else draw(st.sampled_from(["public", "public", "public", "internal"]))
        present = draw(st.sampled_from([("en",), ("en", "ru"), ("en", "ru"), ("ru",)]))
        for code in present:
            path = f"{code}/{slot}.md"
            own = (
                draw(st.sampled_from([audience, audience, audience, "internal", "public"]))
                if code == "ru" and "en" in present
                else audience
            )
            own = "internal" if slot.startswith("team/") else own
            body = "\n\n".join([f"First body{word(path)}.", *draw(st.lists(pieces(path), max_size=3))])
            keys = {"id": f"ID-{slot.replace('/', '-')}"} if slot.endswith("first") else {}
            files[f"content/{path}"] = article(f"Title {word(path)}", own, body, **keys)
    return files


def write(root: Path, files: Files, before: Files | None = None) -> None:
    """Make the folder hold these files, given what it holds."""
    for path in (before or {}).keys() - files.keys():
        (root / path).unlink()
    for path, data in files.items():
        if before is None or before.get(path) != data:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)


def gathered(root: Path, live: Mapping[str, frozenset[str]] | None = None, jobs: int = 1, today: datetime.date = TODAY) -> Gathered:
    """The project as it is read, projected with these addresses as those that were live before."""
    read = gather(Project(root), today, jobs)
    live = live or {name: frozenset() for name in read.settings.sites}
    asleep = resting(read.corpus.articles, today)
    return dataclasses.replace(read, live=live, projection=project(read.corpus, read.settings, read.data, live, asleep))


def staged(read: Gathered, only: str = "") -> dict[str, dict[str, bytes]]:
    """For each site (or ``only`` one) what is made before an engine runs: staged pages, the engine's settings, files, search indexes."""
    plans = tuple(plan for plan in read.projection.plans if only in {"", plan.edition.site})
    editions: tuple[StagedEdition, ...] = stage(
        dataclasses.replace(read.projection, plans=plans),
        read.corpus,
        read.settings,
        read.data,
        read.staleness,
        words=WORDS,
        live=read.live,
    )
    sites: dict[str, dict[str, bytes]] = {name: {} for name in read.settings.sites}
    for plan, edition in zip(plans, editions, strict=True):
        key, site = edition.edition.key, sites[edition.edition.site]
        documents = search_documents(plan, read.settings, read.data, WORDS.get(plan.edition.language, {}))
        synonyms = site_data(read.data, read.settings, plan.edition.site).synonyms
        index = build_index(documents, plan.edition.language, synonyms)
        site[f"{key}/edition.json"] = edition.config
        site.update({f"{key}/pages/{page.uri}": page.data for page in edition.pages.values()})
        site.update({f"{key}/files/{path}": data for path, data in {**edition.files, **index}.items()})
    return sites
