"""Edits of internal content only: each takes a project's files and gives others that the public site must not tell apart."""

from __future__ import annotations

import re

from hypothesis import strategies as st
from law_projects import (
    AREAS,
    PIXEL,
    PUBLIC_SNIPPETS,
    SLOTS,
    SUPPORT,
    TEAMS,
    Files,
    article,
    block,
    inner_text,
    list_of,
    pieces,
    snippet,
    word,
)

_AUDIENCE = re.compile(rb"^audience: (\w+)$", re.MULTILINE)
_BLOCK = re.compile(r"/// internal\n\n.*?\n\n///", re.DOTALL)
BROKEN = [b"", b"\xff\xfe", b"title: [\n", b"---\ntitle: x\naudience: [internal\n---\n", b"---\ntitle: x\n", b"---\n- a\n---\n", b"\0"]


def is_internal(data: bytes) -> bool:
    """Whether a file of the generated project is nothing but internal: by its word, or because it cannot be read."""
    found = _AUDIENCE.search(data)
    return not found or found[1] != b"public"


def articles(files: Files) -> list[str]:
    return [path for path in files if path.endswith(".md") and "/_snippets/" not in path]


def internals(files: Files) -> list[str]:
    return [path for path in articles(files) if is_internal(files[path])]


def lone(files: Files) -> list[str]:
    """Internal articles that no public translation leans on: when they go, or say that they are the translation, nothing becomes public."""
    return [
        path for path in internals(files) if path.startswith("content/ru/") or is_internal(files.get(path.replace("/en/", "/ru/"), b""))
    ]


def publics(files: Files) -> list[str]:
    return [path for path in articles(files) if not is_internal(files[path])]


def originals(files: Files) -> list[str]:
    """Ids of public articles in the default language. (An original that is internal makes its translations internal: that is said.)"""
    found = (re.search(rb"^id: (\S+)$", files[path], re.MULTILINE) for path in publics(files) if path.startswith("content/en/"))
    return sorted(each[1].decode("latin-1") for each in found if each)


def inside(path: str) -> str:
    return path.removeprefix("content/")


@st.composite
def new_article(draw: st.DrawFn, files: Files) -> Files:
    """Another internal article: somewhere, or right beside a public one, at its address or with its id."""
    slot = draw(
        st.sampled_from([*SLOTS, "team/fourth", "newfolder/fifth", "billing/first/index", "setup/second/index", "billing/First", "sixth"])
    )
    code = draw(st.sampled_from(["en", "ru"]))
    path = f"content/{code}/{slot}.md"
    # A translation of a public article may be internal; an original of a public one makes that one internal.
    if path in files or (code == "en" and not is_internal(files.get(f"content/ru/{slot}.md", b""))):
        return files
    return {**files, path: draw(text_of(path, files))}


@st.composite
def text_of(draw: st.DrawFn, path: str, files: Files) -> bytes:
    """The text of an internal article, perhaps with the id of another one; sometimes a text that nobody can read."""
    name = inside(path)
    if draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(BROKEN)) + f" body{word(name)}".encode()
    body = "\n\n".join(draw(st.lists(pieces(name), max_size=3)))
    if draw(st.integers(0, 7)) == 0:
        body += "\n\n/// internal\n\nnever closed"  # the header can be read, the text cannot
    keys = draw(
        st.dictionaries(
            st.sampled_from(["summary", "tags", "owner", "featured", "product_area", "type", "review_every", "Audience", "draft", "odd"]),
            st.sampled_from(["leads", "[a, b]", "true", "billing", "runbook", "90d", "Secretvalue"]),
            max_size=3,
        )
    )
    more = [{}, {}, {"expires": "2026-01-01"}, {"publish_at": "2030-01-01"}, *({"id": each} for each in originals(files))]
    if path not in files or path in lone(files):
        more.append({"original": "ru"})
    keys |= draw(st.sampled_from(more))
    return article(f"Title {word(name)} {draw(st.integers(1, 9))}", "internal", body, **keys)


@st.composite
def changed_article(draw: st.DrawFn, files: Files) -> Files:
    path = draw(st.sampled_from(internals(files) or [""]))
    return {**files, path: draw(text_of(path, files))} if path else files


@st.composite
def deleted_article(draw: st.DrawFn, files: Files) -> Files:
    path = draw(st.sampled_from(lone(files) or [""]))
    return {name: data for name, data in files.items() if name != path}


@st.composite
def renamed_article(draw: st.DrawFn, files: Files) -> Files:
    path = draw(st.sampled_from(lone(files) or [""]))
    target = f"content/en/team/{draw(st.sampled_from(['moved', 'other']))}.md"
    if not path or target in files:
        return files
    return {(target if name == path else name): data for name, data in files.items()}


@st.composite
def changed_block(draw: st.DrawFn, files: Files) -> Files:
    """Another text in an internal block of a public article, or the block taken away."""
    holders = [path for path in publics(files) if _BLOCK.search(files[path].decode("latin-1"))]
    if not holders:
        return files
    path = draw(st.sampled_from(holders))
    text = files[path].decode("latin-1")  # any bytes, and back again
    found = draw(st.sampled_from(list(_BLOCK.finditer(text))))
    if draw(st.booleans()):
        # With the block goes the blank line after it: so it was written.
        start, end = found.start(), found.end() + len(re.match(r"\n{0,2}", text[found.end() :])[0])
        return {**files, path: (text[:start] + text[end:]).encode("latin-1")}
    return {**files, path: (text[: found.start()] + block(draw(inner_text(inside(path)))) + text[found.end() :]).encode("latin-1")}


@st.composite
def new_block(draw: st.DrawFn, files: Files) -> Files:
    """An internal block at the start of a public article's text or at its end."""
    path = draw(st.sampled_from(publics(files) or [""]))
    if not path:
        return files
    text, new = files[path].decode("latin-1"), block(draw(inner_text(inside(path))))
    if draw(st.booleans()):
        return {**files, path: text.replace("---\n\nFirst", f"---\n\n{new}\n\nFirst", 1).encode("latin-1")}
    return {**files, path: f"{text}\n{new}\n".encode("latin-1")}


@st.composite
def changed_snippet(draw: st.DrawFn, files: Files) -> Files:
    """An internal snippet written, broken or taken away; a language's own one among them, in front of a public one."""
    name = draw(
        st.sampled_from(["inner.md", "other.md", "en/inner.md", *(f"{code}/{name}" for name in PUBLIC_SNIPPETS for code in ("en", "ru"))])
    )
    path = f"content/_snippets/{name}"
    rest = {key: data for key, data in files.items() if key != path}
    texts = [
        "Innersecretword.",
        "///",
        "a\n\n///\n\nInnersecretword\n\n/// internal\n\nb",
        "```",
        "<div>",
        "<!--",
        '--8<-- "common.md"',
        '--8<-- "inner.md"',
        "",
    ]
    texts += [block("Innersecretword"), "/// Internal", "[x]: https://elsewhere.example/"]
    new = draw(st.one_of(st.none(), st.sampled_from(BROKEN), st.sampled_from(texts).map(lambda text: snippet("internal", text))))
    return rest if new is None else {**rest, path: new}


@st.composite
def changed_assets(draw: st.DrawFn, files: Files) -> Files:
    """Files that no public page shows: in the folder for us, referred to by nobody, of types that are not shipped."""
    names = [
        "inside/plan.png",
        "inside/new.png",
        "nobody.png",
        "nobody.txt",
        "en/team/.notes",
        "en/team/old.docx",
        "en/billing/first.md~",
        "README",
    ]
    path = f"content/{draw(st.sampled_from(names))}"
    rest = {key: data for key, data in files.items() if key != path}
    new = draw(st.sampled_from([None, PIXEL, b"Secretfile", PIXEL + b"x", b"\xff"]))
    return rest if new is None else {**rest, path: new}


@st.composite
def changed_data(draw: st.DrawFn, files: Files) -> Files:
    """The area that has no public page, areas nobody uses, and teams, of which the public site tells nothing."""
    areas = dict(AREAS)
    areas["team"] = "{ id: team, name: { en: Other secretword }, summary: { en: Other secretword }, owner: money, icon: material/account }"
    extra = "{ id: spare, name: { en: Spare secretword }, owner: leads }"
    broken = draw(
        st.sampled_from(["{ id: team }", "{ id: team, name: { en: X }, odd: 1 }", "{ id: team, name: X }", areas["team"], AREAS["team"]])
    )
    rows = draw(st.permutations([("team", broken), ("spare", extra)]))
    before = draw(st.booleans())
    kept = {key: row for key, row in AREAS.items() if key != "team"}
    mixed = {**dict(rows), **kept} if before else {**kept, **dict(rows)}
    for name in draw(st.sets(st.sampled_from(["team", "spare"]))):
        mixed.pop(name)
    teams = {
        **TEAMS,
        "leads": "{ id: leads, name: { en: Secretword }, contact: secret@law.example }",
        "new": "{ id: new, name: { en: Newsecret } }",
    }
    return {
        **files,
        "content/_data/areas.yml": list_of(mixed),
        "content/_data/teams.yml": draw(st.sampled_from([list_of(teams), list_of(TEAMS), list_of({"leads": TEAMS["leads"]}), b"- [", b""])),
    }


# Entries that are internal, or that nobody can read; none of them ends where the next one starts but by its dash.
_INTERNAL_ROWS = {
    "severity": [
        "{ id: high, name: { en: Newsecret }, definition: { en: Newsecret } }",
        "{ id: low, name: { en: Newsecret }, definition: { en: Newsecret } }",
    ],
    "plans": ["{ id: standard, name: { en: Newsecret } }", "{ id: new, name: { en: Newsecret }, includes: [{ en: Newsecret }] }"],
    "channels": [
        "{ id: room, name: { en: Newsecret }, reserve: chat }",
        "{ id: mail, name: { en: Newsecret }, unread: { after: 5m, to: room } }",
        "{ id: fax, name: { en: Newsecret }, address: 'tel:+1-202-555-0199' }",
    ],
    "synonyms": ["{ words: [Newsecret, Chatchannel] }", "{ from: [Newsecret], to: [Standardplan], audience: internal }"],
}
_ODD_ROWS = [
    "{ id: new, name: { en: Newsecret }, definition: { en: x }, audience: internal }",
    "{ id: chat, name: { en: Newsecret }, definition: { en: x }, audience: Public }",
    "{ id: standard, audience: public, name: { en: Newsecret: x } }",
    "{ id: standard, audience: public, audience: public, name: { en: Newsecret } }",
    "{ id: chat, Audience: public, name: { en: Newsecret } }",
    "{ id: chat, audience: public, name: { en: [ }",
    "id: low\n  name: 'Newsecret",
    "id: low\n  name:\n    - { en: Newsecret }\n    - { en: Newsecret }\n    - { en: Newsecret }\n    - { en: Newsecret: x }",
    "{ id: low, name: &a { en: Newsecret } }",
    "Newsecret\n---",
    "Newsecret\n...",
    "@x\0",
    "[audience, public]",
    "5",
]
# What a public entry says of something internal: an internal edit may say something else, and nothing.
_INNER_FIELDS = {
    "severity": (re.compile(r"changed_by: \[\w*\]"), ["changed_by: [leads]", "changed_by: [nobody]", "changed_by: []", "changed_by: 5"]),
    "channels": (re.compile(r"(?:reserve|to): (?:room|fax|nowhere)"), ["room", "fax", "nowhere"]),
}


@st.composite
def changed_support_entries(draw: st.DrawFn, files: Files) -> Files:
    """Internal entries in the files that hold public ones, too: added, edited, deleted, unreadable; and what public ones say of them."""
    name = draw(st.sampled_from(["severity", "plans", "channels", "synonyms"]))
    kept = [row for row in SUPPORT[name].values() if "audience: public" in row]
    if name in _INNER_FIELDS:
        pattern, others = _INNER_FIELDS[name]
        for position, row in enumerate(kept):
            other = draw(st.sampled_from(others))
            kept[position] = pattern.sub(lambda found, new=other: new if ":" in new else f"{found[0].split(':')[0]}: {new}", row)
    added = draw(st.lists(st.sampled_from([*_INTERNAL_ROWS[name], *_ODD_ROWS]), max_size=3))
    for row in added:
        kept.insert(draw(st.integers(0, len(kept))), row)
    return {**files, f"content/_data/{name}.yml": "".join(f"- {row}\n" for row in kept).encode()}


@st.composite
def changed_support_file(draw: st.DrawFn, files: Files) -> Files:
    """A file that is internal as a whole: other entries, none, broken ones, not there."""
    name = draw(st.sampled_from(["teams", "sla", "escalation", "releases", "alerts", "trackers"]))
    path = f"content/_data/{name}.yml"
    rest = {key: data for key, data in files.items() if key != path}
    inner = '{ id: money, name: { en: Newsecret }, active: false, contacts: [{ via: phone, value: "+1-202-555-0101", active: false }] }'
    rows = list(SUPPORT.get(name, TEAMS).values())
    rows = draw(st.permutations([inner, *_ODD_ROWS[:6], *rows]))[: draw(st.integers(1, 4))]
    swapped = b"".join(f"- {row}\n".encode() for row in rows).replace(b"7h", draw(st.sampled_from([b"7h", b"8h", b"x"])))
    new = draw(st.sampled_from([None, b"- [", b"\xff", swapped, swapped, swapped.replace(b"leads", b"money")]))
    return rest if new is None else {**rest, path: new}


EDITS = (
    new_article,
    new_article,
    changed_article,
    changed_article,
    deleted_article,
    renamed_article,
    changed_block,
    changed_block,
    new_block,
    changed_snippet,
    changed_snippet,
    changed_assets,
    changed_data,
    changed_support_entries,
    changed_support_entries,
    changed_support_file,
)
