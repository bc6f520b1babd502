"""The scanner and the converter agree on what is an internal block, or the article is in no site."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from law_projects import times

from kbgen.content.convert import Conversion, convert
from kbgen.content.corpus import read_corpus
from kbgen.content.discover import Discovered
from kbgen.content.internal import scan
from kbgen.model.article import Corpus, SourceFile
from kbgen.model.data import Data
from kbgen.model.settings import Settings

SETTINGS = Settings.model_validate(
    {"sites": {"public": {"name": "Help", "audience": "public"}, "internal": {"name": "Wiki", "audience": "internal"}}}
)
HEADER = "---\ntitle: T\naudience: public\n---\n"
WORD = re.compile(r"w\d+x")
# W is a word of its own in every place; all of them can be read on the page.
VISIBLE = [
    "W",
    "W W W",
    "# W",
    "W\n===",
    "- W\n- W",
    "- W\n    - W\n\n    W",
    "1. W",
    "> W\n> W",
    "| W | W |\n|---|---|\n| W | W |",
    "**W** W",
]
VISIBLE += [
    "Term W\n:   W",
    "!!! note\n    W",
    "??? note\n    W",
    "[W](a.md)",
    "![W](a.png)",
    "```\nW\n```",
    "~~~ md\nW\n\nW\n~~~",
    "    W",
    "`W`",
]
VISIBLE += ["<div>W</div>", '<div markdown="1">\n\nW\n\n</div>', "<p>W</p>", "W{: .x }", "---", "> [!note]\n> W"]
# Whatever this does to the words in it.
ROUGH = [
    "Word[^1] W\n\n[^1]: W",
    "<!-- W",
    "-->",
    "<div>",
    "</div>",
    '<div markdown="1">',
    "```",
    "~~~",
    "````\nW",
    "<script>W",
    "[W]: W",
    "W  ",
    "\\",
    "`W",
    "*W",
    "<W",
    "</p>",
    "<td>W",
]
ROUGH += [
    "    ```",
    "> ```",
    "- ```\n  W",
    "<pre>W",
    "</pre>",
    "<details markdown>\n<summary>W</summary>",
    "<![CDATA[W",
    "<?W",
    "{W",
    "*[W]: W",
    "&lt;W",
    "===",
    "***",
]
MARKERS = [
    "/// internal",
    "///",
    "/// internal\n\nW\n\n///",
    "/// internal\nW\n///",
    "/// internal | W",
    "///internal",
    "/// W",
    "////",
    "/// Internal",
    "// internal",
]


def block(parts: list[str]) -> str:
    return "\n\n".join(["/// internal", *parts, "///"])


def shifted(text: str, how: str) -> str:
    if how in {"```", "~~~"}:
        return f"{how}\n{text}\n{how}"
    if how == "div":
        return f"<div>\n\n{text}\n\n</div>"
    if how == "list":
        return "- W\n\n" + "\n".join(f"    {line}" for line in text.split("\n"))
    return "\n".join(how + line for line in text.split("\n"))


PLAIN = st.sampled_from(VISIBLE)
BLOCK = st.lists(PLAIN, min_size=1, max_size=3).map(block)
SHIFTED = st.tuples(st.one_of(PLAIN, BLOCK), st.sampled_from([" ", "  ", "    ", "> ", ">", "\t", "```", "~~~", "div", "list"])).map(
    lambda drawn: shifted(*drawn)
)
TIDY = st.lists(st.one_of(PLAIN, PLAIN, BLOCK, BLOCK), min_size=1, max_size=6).map("\n\n".join)
ROUGH_BLOCK = st.lists(st.one_of(PLAIN, st.sampled_from(ROUGH)), min_size=1, max_size=3).map(block)
WILD_PART = st.one_of(PLAIN, BLOCK, ROUGH_BLOCK, SHIFTED, st.sampled_from(ROUGH), st.sampled_from(MARKERS))
WILD = st.lists(st.tuples(WILD_PART, st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "\r\n\r\n", "\n \n", ""])), min_size=1, max_size=8).map(
    lambda drawn: "".join(part + end for part, end in drawn)
)


def numbered(text: str) -> str:
    """The text with a word of its own for every W."""
    count = itertools.count(1)
    return re.sub(r"(?<!\w)W(?!\w)", lambda _found: f"w{next(count)}x", text)


def read(text: str) -> Corpus:
    data = (HEADER + text).encode()
    source = SourceFile("content/page.md", data, hashlib.sha256(data).hexdigest())
    return read_corpus(Discovered((source,), {}, {}, {}), SETTINGS, Data())


class Seen(HTMLParser):
    """The words of a page inside internal blocks and outside of them, and how many blocks there are. Footnotes stand in neither."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside: set[str] = set()
        self.outside: set[str] = set()
        self.blocks = 0
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in {"aside", "div"}:
            self._open.append(values.get("class") or "")
            self.blocks += self._open[-1] == "kb-internal"
        self.handle_data(values.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"aside", "div"}:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if "footnote" not in self._open:
            (self.inside if "kb-internal" in self._open else self.outside).update(WORD.findall(data))


def secrets(text: str) -> tuple[set[str], set[str], int]:
    """The words inside and outside the blocks that the scanner finds, and how many those are."""
    lines, blocks = text.split("\n"), scan(text)
    hidden = {word for start, end in blocks.ranges for line in lines[start : end + 1] for word in WORD.findall(line)}
    return hidden, set(WORD.findall(text)) - hidden, len(blocks.ranges)


def check(text: str) -> str:
    """Check the law on one text and say what became of it."""
    corpus = read(text)
    if not corpus.articles:
        return "in no site"
    (article,) = corpus.articles
    hidden, _, count = secrets(text)
    outline = article.cut.outline
    shown = article.cut.html + repr((outline.headings, outline.links, outline.sections)) + article.cut.text
    assert not hidden & set(WORD.findall(shown))
    assert "internal" not in {word for line in article.cut.html.split("\n") for word in re.findall(r"kb-(internal)", line)}
    if any(problem.code in {"KB303", "KB008"} for problem in article.problems):
        return "not in the wiki"
    page = Seen(article.full.html)
    assert page.blocks == count
    assert not hidden & page.outside, "the converter ended a block before the scanner did"
    return "blocks" if count else "no blocks"


def test_tidy_texts_are_cut_exactly() -> None:
    outcomes: Counter[str] = Counter()

    @settings(max_examples=times(150))
    @given(TIDY.map(numbered))
    def law(text: str) -> None:
        outcomes[check(text)] += 1
        (article,) = read(text).articles
        hidden, kept, _ = secrets(text)
        assert Seen(article.full.html).inside == hidden
        assert set(WORD.findall(article.cut.html)) == kept

    law()
    assert outcomes["blocks"] > sum(outcomes.values()) / 2
    assert set(outcomes) <= {"blocks", "no blocks"}


def test_wild_texts_are_cut_or_in_no_site() -> None:
    outcomes: Counter[str] = Counter()

    @settings(max_examples=times(600))
    @given(WILD.map(numbered))
    def law(text: str) -> None:
        outcomes[check(text)] += 1

    law()
    assert outcomes["blocks"] > 30, outcomes
    assert outcomes["in no site"] > 30, outcomes


@settings(max_examples=times(150))
@given(st.lists(WILD.map(numbered), min_size=2, max_size=4))
def test_a_conversion_depends_on_its_text_alone(texts: list[str]) -> None:
    first = [convert(text, internal_allowed=True) for text in texts]
    again = [convert(text, internal_allowed=True) for text in reversed(texts)]
    assert first == list(reversed(again))
    assert all(isinstance(made, Conversion) or made.message for made in first)
