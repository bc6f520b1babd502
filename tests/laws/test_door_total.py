"""The door is total: whatever a file holds, it becomes an article or is unreadable, with a problem whose place is in the file."""

from __future__ import annotations

import hashlib

from hypothesis import example, given, settings
from hypothesis import strategies as st
from law_projects import times

from kbgen.content.corpus import read_corpus
from kbgen.content.discover import Discovered
from kbgen.content.door import Opened, open_source
from kbgen.content.drafts import read_snippets
from kbgen.model.article import SourceFile
from kbgen.model.data import Data, ProductArea
from kbgen.model.settings import Limits, Settings

SETTINGS = Settings.model_validate(
    {
        "sites": {"public": {"name": "Help", "audience": "public"}, "internal": {"name": "Wiki", "audience": "internal"}},
        "front_matter": {"map": {"audience": [{"when": {"draft": True}, "value": "internal"}], "last_reviewed": "ms.date"}},
        "defaults": [{"paths": ["**"], "set": {"audience": "public"}}],
    }
)
DATA = Data(areas=(ProductArea(id="billing", name={"en": "Billing"}),), areas_declared=True)
VALID = (
    b"---\ntitle: Ask for a refund\naudience: public\nlast_reviewed: 2026-09-01\ntags: [money, time]\n---\n"
    b"# Ask for a refund\n\nText with a [link](b.md) and ![image](a.png).\n\n"
    b"/// internal\n\nFor us.\n\n///\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n    - two[^1]\n\n[^1]: Note.\n"
)
ODD = [
    "---",
    "---\n",
    "...",
    "\t",
    "\r",
    "\0",
    "\ufeff",
    "\xa0",
    "\u2028",
    "\x85",
    "&a ",
    "*a",
    "<<: ",
    "!!",
    "? ",
    "%YAML 1.1\n",
    "|",
    ">-\n",
]
ODD += [
    "[",
    "{",
    "audience: public\n",
    "Audience: x\n",
    "draft: true\n",
    "///",
    "/// internal\n",
    "> ",
    "```\n",
    "<div>",
    "<!--",
    "[^1]",
    '--8<-- "a.md"\n',
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The valid article after a few edits: pieces cut out, doubled, moved, overwritten, odd things put in."""
    data = VALID
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 60)))
        put = draw(st.one_of(st.just(b""), st.sampled_from(ODD).map(str.encode), st.binary(max_size=4), st.just(data[start:end] * 2)))
        data = data[:start] + put + data[end:]
    return data


HEADERS = st.lists(st.sampled_from([*ODD, "title: T\n", "a: b\n", "  ", "'", '"', ": ", "\n", "# c\n", "- "]), max_size=12).map(
    lambda parts: f"---\n{''.join(parts)}\n---\nText.\n".encode()
)


@settings(max_examples=times(300))
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")), HEADERS, mutated()))
@example(b"")
@example(b"---\n---\n")
@example(VALID)
def test_a_file_is_an_article_or_unreadable(data: bytes) -> None:
    source = SourceFile("content/billing/a.md", data, hashlib.sha256(data).hexdigest())
    corpus = read_corpus(Discovered((source,), {}, {}, {}), SETTINGS, DATA)
    assert len(corpus.articles) + len(corpus.unreadable) == 1
    assert all(each.problems for each in corpus.unreadable)
    lines = data.decode("utf-8", "replace").split("\n")
    for problem in (*corpus.problems, *(each for one in (*corpus.articles, *corpus.unreadable) for each in one.problems)):
        assert problem.place.path == source.path
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert problem.code
        assert problem.message
        assert problem.hint
    for article in corpus.articles:
        assert article.source.data == data
        assert all(1 <= link.line <= len(lines) for link in article.full.outline.links)


@settings(max_examples=times(300))
@given(st.one_of(st.text(max_size=200), mutated().map(lambda data: data.decode("utf-8", "replace")), HEADERS.map(bytes.decode)))
def test_the_body_is_kept_byte_for_byte(text: str) -> None:
    data = text.encode("utf-8", "replace")
    opened = open_source(SourceFile("content/page.md", data), Limits())
    if isinstance(opened, Opened):
        lines = data.decode().split("\n")
        assert "\n".join(lines[opened.body_line - 1 :]) == opened.body or (opened.body == "" and opened.body_line > len(lines) - 1)
        assert data.endswith(opened.body.encode())


@settings(max_examples=times(100))
@given(st.dictionaries(st.sampled_from(["a.md", "b.md", "en/a.md"]), st.one_of(mutated(), HEADERS), max_size=3))
def test_snippets_are_read_or_have_a_problem(sources: dict[str, bytes]) -> None:
    files = {name: SourceFile(f"content/_snippets/{name}", data) for name, data in sources.items()}
    snippets, problems = read_snippets(files, SETTINGS)
    assert set(snippets) <= set(files)
    told = {problem.place.path for problem in problems}
    assert {files[name].path for name in files.keys() - snippets.keys()} <= told
    corpus = read_corpus(Discovered((SourceFile("content/page.md", VALID + b'\n--8<-- "a.md"\n'),), {}, files, {}), SETTINGS, DATA)
    assert len(corpus.articles) + len(corpus.unreadable) == 1
