"""No text stops a build: whatever an article holds, reading it ends within its bound, with an article or with a finding."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

import pytest

from kbgen.content import convert as converting
from kbgen.content.convert import Conversion, convert
from kbgen.content.corpus import read_corpus
from kbgen.content.discover import Discovered
from kbgen.content.door import open_source
from kbgen.content.fences import classify
from kbgen.content.header import read_header
from kbgen.content.internal import looks_internal, scan
from kbgen.content.locate import locate
from kbgen.content.sanitise import RawLink
from kbgen.model.article import Corpus, SourceFile
from kbgen.model.data import Data
from kbgen.model.settings import Limits, Settings

SECONDS = 0.4
GRACE = 3.0  # for what runs after the limit has struck, on a busy machine
SETTINGS = Settings.model_validate(
    {"sites": {"public": {"name": "Help", "audience": "public"}, "internal": {"name": "Wiki", "audience": "internal"}}}
)
HEADER = "---\ntitle: T\naudience: public\n---\n"

HEAVY = {
    "quotations in quotations": ">" * 20_000 + " x",
    "lists in lists": "".join("    " * level + "- a\n" for level in range(400)),
    "numbers on one line": "1. " * 5_000,
    "carets": "a^" * 20_000,
    "tildes": "a~" * 20_000,
    "stars": "*a " * 20_000,
    "underlines": "_a " * 20_000,
    "marked sections": "<![" * 20_000,
    "comments": "<!--" * 20_000,
    "instructions": "<?" * 20_000,
    "tags never closed": "<a " * 20_000,
    "elements never closed": "<div>" * 5_000,
    "elements with Markdown": "<div markdown>" * 800,
    "bold never closed": "<b>" * 20_000,
    "openers of footnotes": "[^" * 20_000,
    "footnotes": "".join(f"[^{number}]: x\n" for number in range(3_000)),
    "definitions": "a\n" + ": b\n" * 5_000,
    "brackets": "[" * 20_000,
    "images": "![" * 20_000,
    "links": "[a](" * 5_000,
    "links in links": "[" * 5_000 + "a" + "](b)" * 5_000,
    "ticks of every length": "".join("`" * number + "a" for number in range(600)),
    "headings with one name": "# same\n" * 5_000,
    "admonitions in admonitions": "".join("    " * level + "!!! note\n" for level in range(150)),
    "fences": "```\n" * 5_001,
    "fences in quotations": "".join(">" * level + "```\n" for level in range(400)),
    "a wide table": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|b" * 5_000,
    "attributes": "# a {#" * 3_000,
    "addresses": "http://x.example/" * 5_000,
}
LONG = {
    "slashes": "/" * 200_000,
    "slashes and spaces": "/ " * 100_000,
    "markers": "/// " * 50_000,
    "quotations": "> " * 100_000,
    "tags": "<a" * 100_000,
    "numbers": "1." * 100_000,
    "spaces": " " * 200_000 + "x",
    "a list item of spaces": "- " + " " * 200_000 + "x",
    "ticks": "`" * 200_000 + "x`",
    "exclamation marks": "!" * 200_000,
    "entities": "&" * 200_000,
    "accents": "é" * 200_000,
}


def corpus(text: str, snippets: dict[str, str] | None = None) -> Corpus:
    def file(path: str, text: str) -> SourceFile:
        return SourceFile(path, text.encode(), hashlib.sha256(text.encode()).hexdigest())

    files = {name: file(f"content/_snippets/{name}", text) for name, text in (snippets or {}).items()}
    return read_corpus(Discovered((file("content/page.md", text),), {}, files, {}), SETTINGS, Data())


def within(seconds: float, call: Callable[[], object]) -> None:
    begun = time.monotonic()
    call()
    assert time.monotonic() - begun < seconds


@pytest.mark.parametrize("name", HEAVY)
def test_a_conversion_ends(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "SECONDS", SECONDS)
    begun = time.monotonic()
    read = corpus(HEADER + HEAVY[name])
    assert time.monotonic() - begun < 2 * SECONDS + GRACE
    assert len(read.articles) + len(read.unreadable) == 1
    assert all(problem.code in {"KB008", "KB303"} for each in read.unreadable for problem in each.problems)
    monkeypatch.undo()
    after = convert("Plain [text](a.md).\n", internal_allowed=False)
    assert isinstance(after, Conversion)
    assert after.html == '<p>Plain <a href="kb-link:0">text</a>.</p>', "the converter has forgotten the text before"


@pytest.mark.parametrize("look", [scan, looks_internal, lambda line: classify([line])], ids=["scan", "looks_internal", "classify"])
@pytest.mark.parametrize("name", LONG)
def test_a_long_line_is_looked_at_once(name: str, look: Callable[[str], object]) -> None:
    within(2, lambda: look(LONG[name]))


def test_snippets_that_include_each_other_many_times_end() -> None:
    names = "abcdefgh"
    rows = {name: "".join(f'--8<-- "{after}.md"\n' for _ in range(200)) for name, after in zip(names, names[1:] + "x", strict=True)}
    snippets = {f"{name}.md": f"---\naudience: public\n---\n{text}" for name, text in rows.items()}
    begun = time.monotonic()
    read = corpus(f'{HEADER}--8<-- "a.md"\n', snippets)
    assert time.monotonic() - begun < GRACE
    assert {problem.code for article in read.articles for problem in article.problems} == {"KB302"}


def test_links_that_are_nowhere_in_the_text_end() -> None:
    links = [RawLink(f"https://nowhere.example/{number}", "link") for number in range(20_000)]
    text = "\n".join(f"Line {number} of a long text without any address." for number in range(20_000))
    origin = [("content/page.md", number) for number in range(20_000)]
    within(GRACE, lambda: locate(links, text, origin))


def test_links_on_one_long_line_end() -> None:
    links = [RawLink(f"https://x.example/{number}", "link") for number in range(40_000)]
    text = " ".join(link.target for link in links)
    within(GRACE, lambda: locate(links, text, [("content/page.md", 1)]))


@pytest.mark.parametrize(
    "header",
    [
        "x: " + "[" * 60_000,
        "x: " + "{a: " * 15_000,
        "x: [" + "[]," * 15_000 + "]",
        "x: " + "- " * 30_000,
        "".join(f"{' ' * level}a{level}:\n" for level in range(240)),
        "".join(f"k{number}: 1\n" for number in range(6_000)),
        "".join(f"k{number}: &a{number} [*a{number - 1}, *a{number - 1}]\n" for number in range(1, 900)),
        "x: " + "a: " * 20_000,
        'x: "' + "\\u0041" * 10_000 + '"',
        "x: |\n" + "  a\n" * 15_000,
        "? " * 30_000,
        "!" * 60_000,
        "audience: " + "audienc" * 8_000,
        "'" + "audience" * 7_000 + "': public",
        "x: " + "9" * 60_000,
        "x: 1" + ":1" * 30_000,
        "x: 0x" + "f" * 60_000,
    ],
    ids=lambda header: header[:12].strip().replace("\n", " "),
)
def test_a_header_is_read_in_time(header: str) -> None:
    within(GRACE + 2, lambda: corpus(f"---\ntitle: T\n{header}\n---\nText.\n"))


@pytest.mark.parametrize("body", ["# a" + " " * 4_900 + "b", "# " + "#" * 4_900 + " x", "a " * 2_400 + "\n=", "# " + "a #" * 1_600])
def test_a_title_is_taken_from_the_body_in_time(body: str) -> None:
    opened = open_source(SourceFile("content/page.md", f"---\naudience: public\n---\n{body}\n".encode()), Limits())
    assert not isinstance(opened, tuple)
    within(GRACE, lambda: read_header("content/page.md", "page.md", "", opened, SETTINGS, Data()))
