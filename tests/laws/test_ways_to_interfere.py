"""Non-interference, way by way: each is an edit of internal content that could show outside, and once did or easily might."""

from __future__ import annotations

from pathlib import Path

import pytest
from law_projects import AREAS, SETTINGS, SUPPORT, TEAMS, Files, article, block, gathered, list_of, snippet, staged, write

INNER = '--8<-- "inner.md"'


def boxed(first: str, second: str = INNER) -> Files:
    text = f"Text.\n\n{block(first)}\n\nMore.\n\n{block(second)}"
    return {"content/en/billing/boxed.md": article("Boxed", "public", text)}


BASE: Files = {
    "mkdocs.yml": SETTINGS,
    "content/_data/areas.yml": list_of(AREAS),
    "content/_data/teams.yml": list_of(TEAMS),
    **{f"content/_data/{name}.yml": list_of(rows) for name, rows in SUPPORT.items()},
    "content/_snippets/common.md": snippet("public", "Common."),
    "content/_snippets/boxed.md": snippet("public", f"Boxed.\n\n{block('For us.')}"),
    "content/_snippets/inner.md": snippet("internal", "Inner."),
    "content/en/billing/plain.md": article("Plain", "public", "Text."),
    "content/en/billing/named.md": article("Named", "public", "Text.", id="KB-1", product_area="billing"),
    "content/ru/billing/other-name.md": article("Named in Russian", "public", "Text.", id="KB-1"),
    "content/en/billing/shared.md": article("Shared", "public", 'Text.\n\n--8<-- "common.md"\n\n--8<-- "boxed.md"'),
    **boxed("For us."),
    "content/en/billing/leaning.md": article("Leaning", "public", "See [it](../team/rules.md)."),
    "content/en/team/rules.md": article("Rules", "internal", "Text."),
    "content/ru/team/rules.md": article("Rules in Russian", "public", "Text."),
    "content/en/team/named.md": article("Rules with a name", "internal", "Text.", id="KB-2"),
    "content/ru/team/other-name.md": article("Rules with a name in Russian", "public", "Text.", id="KB-2"),
}


def support(name: str, *before: str, **changed: str | None) -> Files:
    """A data file with internal entries in front, and others changed or taken away (None)."""
    rows = {str(number): row for number, row in enumerate(before)}
    rows |= {key: row for key, row in {**SUPPORT[name], **changed}.items() if row is not None}
    return {f"content/_data/{name}.yml": list_of(rows)}


DEEP = "".join(f"{'    ' * level}- a\n" for level in range(300))
WAYS: dict[str, Files] = {
    "a block that cannot be converted": boxed(DEEP),
    "a block that looks like two": boxed("<aside class='kb-internal'>x</aside>"),
    "an element that is never closed": boxed("<div>\n\nx"),
    "a comment that is never closed": boxed("<!-- x"),
    "a reference that others could use": boxed("[More]: https://elsewhere.example/\n\n[^1]: x\n\n*[More]: x"),
    "a heading with the name of another": boxed("## More"),
    "a block inside a block, from a snippet": {"content/_snippets/inner.md": snippet("internal", block("x"))},
    "a snippet that closes the block": {"content/_snippets/inner.md": snippet("internal", "x\n\n///\n\nOut.\n\n/// internal\n\nx")},
    "a snippet that opens a fence": {"content/_snippets/inner.md": snippet("internal", "```")},
    "a snippet with a slip": {"content/_snippets/inner.md": snippet("internal", "/// Internal")},
    "a snippet that is broken": {"content/_snippets/inner.md": b"---\naudience: [\n---\n"},
    "a snippet that is gone": {"content/_snippets/inner.md": b""},
    "a snippet that is not there": boxed("For us.", '--8<-- "nowhere.md"'),
    "a snippet in front of a public one": {"content/_snippets/en/common.md": snippet("internal", "Ours.")},
    "a snippet that is broken in front of a public one": {"content/_snippets/en/common.md": b"---\naudience: [\n---\n"},
    "the block of a public snippet": {"content/_snippets/boxed.md": snippet("public", f"Boxed.\n\n{block('Something else.')}")},
    "no block in a public snippet": {"content/_snippets/boxed.md": snippet("public", "Boxed.")},
    "the target of a link is broken": {"content/en/team/rules.md": b"---\ntitle: [\n---\n"},
    "an original is broken": {"content/en/team/rules.md": b"---\ntitle: x\naudience: [internal\n---\n"},
    "an original with an id is broken": {"content/en/team/named.md": b"---\ntitle: x\naudience: [internal\nid: KB-2\n---\n"},
    "an id is taken": {"content/en/billing/aaa.md": article("Thief", "internal", "x", id="KB-1", product_area="team")},
    "an address is taken": {"content/en/billing/plain/index.md": article("Thief", "internal", "x")},
    "an address is taken but for capitals": {"content/en/billing/Plain.md": article("Thief", "internal", "x")},
    "an address is taken by what cannot be read": {"content/en/billing/plain/index.md": b"---\n"},
    "the page of an area is written": {"content/en/billing/index.md": article("Area", "internal", "x")},
    "the home is written": {"content/en/index.md": article("Home", "internal", "x")},
    "something is featured": {"content/en/team/rules.md": article("Rules", "internal", "x", featured="true", product_area="billing")},
    "a new folder": {"content/en/newfolder/x.md": article("X", "internal", "x"), "content/general/x.md": article("X", "internal", "x")},
    "a translation into another language": {"content/ru/billing/plain.md": article("Plain", "internal", "x")},
    "an area without a page": {"content/_data/areas.yml": list_of({"new": "{ id: new, name: { en: New }, folder: newer }", **AREAS})},
    "an area that is wrong": {"content/_data/areas.yml": list_of({**AREAS, "team": "{ id: team, name: X, colour: red }"})},
    "an area with the folder of another in front": {
        "content/_data/areas.yml": list_of({"new": "{ id: new, name: { en: New }, folder: billing }", **AREAS})
    },
    "the teams": {"content/_data/teams.yml": b"- [\n"},
    "the id of a public entry is taken": support("channels", "{ id: chat, name: { en: Thief } }"),
    "the id of a public entry is taken by one with an odd audience": support(
        "plans", "{ id: standard, name: { en: Thief }, audience: Public }"
    ),
    "the id of a public entry is taken by what cannot be read": support("plans", "{ id: standard, audience: public, name: { en: a: b } }"),
    "an internal entry that is never closed": support("channels", "{ id: x, name: { en: [ }"),
    "a quote in an internal entry that is never closed": support("channels", "id: x\n  name: 'x"),
    "an internal entry with a list and a slip": support("plans", "id: x\n  name: {en: a: b}\n  includes:" + "\n    - {en: x}" * 20),
    "bytes that are no UTF-8": {"content/_data/channels.yml": list_of(SUPPORT["channels"]) + b"- { id: x, name: { en: \xff } }\n"},
    "a byte order mark": {"content/_data/channels.yml": b"\xef\xbb\xbf" + list_of(SUPPORT["channels"])},
    "an internal entry that is very long": support("plans", f"{{ id: x, name: {{ en: {'x ' * 130_000} }} }}"),
    "an internal entry farther to the right": {"content/_data/plans.yml": list_of(SUPPORT["plans"]) + b"  - id: x\n    name: { en: X }\n"},
    "an internal entry farther to the left": {
        "content/_data/plans.yml": b"- id: x\n  name: { en: X }\n" + list_of(SUPPORT["plans"]).replace(b"- ", b"  - ")
    },
    "the channel behind a public one is gone": support("channels", room=None),
    "the channel behind a public one is open": support("channels", room="{ id: room, name: { en: Other }, written: false }"),
    "an internal priority": support("severity", high=None),
    "the promises": {**support("sla", one="{ plan: standard }"), **support("releases", r1=None)},
    "the ladder is broken": {f"content/_data/{name}.yml": b"- [\n" for name in ("escalation", "alerts", "trackers")},
    "everything internal among the data is gone": {
        **{f"content/_data/{name}.yml": b"" for name in ("teams", "sla", "escalation", "releases", "alerts", "trackers")},
        **support("channels", room=None),
        **support("plans", reseller=None),
        **support("severity", high=None),
    },
}
# What must be in a site for the ways above to mean anything.
SHOWN = ["billing/plain/index.md", "billing/named/index.md", "billing/shared/index.md", "billing/boxed/index.md"]


def public(root: Path, live: bool) -> dict[str, bytes]:
    addresses = {path.removeprefix("content/").removeprefix("en/").removesuffix(".md") + "/" for path in BASE if path.endswith(".md")}
    return staged(
        gathered(root, {"public": frozenset(addresses - {"team/rules/", "team/named/"}), "internal": frozenset()} if live else None)
    )["public"]


@pytest.fixture(scope="module", params=[False, True], ids=["never live", "once live"])
def before(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bool, dict[str, bytes]]:
    root = tmp_path_factory.mktemp("before")
    write(root, BASE)
    made = public(root, request.param)
    assert {f"public-en/pages/{page}" for page in SHOWN} <= made.keys()
    assert "public-ru/pages/billing/other-name/index.md" in made
    assert (b"Leaning" in b"".join(made.values())) is False
    return request.param, made


@pytest.mark.parametrize("way", WAYS)
def test_nothing_shows(way: str, before: tuple[bool, dict[str, bytes]], tmp_path: Path) -> None:
    live, expected = before
    write(tmp_path, {**BASE, **WAYS[way]})
    made = public(tmp_path, live)
    assert [path for path in sorted(made.keys() | expected.keys()) if made.get(path) != expected.get(path)] == []


@pytest.mark.parametrize("path", sorted(path for path in BASE if "/team/" in path and path.startswith("content/en/")))
def test_an_original_that_goes_is_no_secret_any_more(path: str, before: tuple[bool, dict[str, bytes]], tmp_path: Path) -> None:
    """The exception that is meant: a translation that says it is public is only held back by its original."""
    live, expected = before
    write(tmp_path, {name: data for name, data in BASE.items() if name != path})
    assert public(tmp_path, live) != expected


def test_a_translation_of_a_translation_is_as_narrow_as_the_first_original(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": SETTINGS.replace(b"ru: { name: Russian }", b"ru: { name: Russian }\n        de: { name: German }"),
        "content/en/team/rules.md": article("Quorum", "internal", "Text."),
        "content/ru/team/rules.md": article("Quorum in Russian", "public", "Text."),
        "content/de/team/rules.md": article("Quorum in German", "public", "Text.", original="ru"),
    }
    write(tmp_path, files)
    read = gathered(tmp_path)
    assert {made.language: made.meta.audience for made in read.corpus.articles} == dict.fromkeys(("en", "ru", "de"), "internal")
    assert not any(b"Quorum" in data for data in staged(read)["public"].values())
