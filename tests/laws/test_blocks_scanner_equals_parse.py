"""The scanner and the converter agree on every block, or the article is in no site; and only they can make what a block becomes."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from law_projects import times
from test_scanner_equals_parse import ROUGH, VISIBLE, WORD, numbered, read, shifted

from kbgen.content.internal import scan

NAMES = ("internal", "danger", "gate", "reply", "stop")
HEADS = {
    "internal": ["/// internal"],
    "danger": ["/// danger", "/// danger\n    rollback: undo it", "/// danger\n    side: client\n    rollback: none, because <b>so</b>"],
    "gate": ["/// gate"],
    "reply": ["/// reply one", "/// reply two-2\n    title: A title", "/// reply one"],
    "stop": ["/// stop"],
}
SLIPS = [
    "/// danger",
    "/// gate\nW",
    "/// reply",
    "/// reply A b\n\nW\n\n///",
    "/// danger\n    who: W\n\nW\n\n///",
    "/// danger\n   side: ours\n\nW\n\n///",
    "/// danger | kb00b0\n\nW\n\n///",
    "/// stop\n\n///",
    "/// gate\n    attrs: {class: kb-internal}\n\nW\n\n///",
    "////",
    "</aside>",
    "</section>",
    "<aside>",
    "</div>",
    "<section>W",
    '<div markdown="1">',
]
PLAIN = st.sampled_from(VISIBLE)
BLOCK = st.tuples(st.sampled_from([head for heads in HEADS.values() for head in heads]), st.lists(PLAIN, min_size=1, max_size=3)).map(
    lambda drawn: "\n\n".join([drawn[0], *drawn[1], "///"])
)
ROUGH_BLOCK = st.tuples(
    st.sampled_from([head for heads in HEADS.values() for head in heads]),
    st.lists(st.one_of(PLAIN, st.sampled_from([*ROUGH, *SLIPS])), min_size=1, max_size=3),
).map(lambda drawn: "\n\n".join([drawn[0], *drawn[1], "///"]))
SHIFTED = st.tuples(st.one_of(PLAIN, BLOCK), st.sampled_from([" ", "    ", "> ", "\t", "```", "~~~", "div", "list"])).map(
    lambda drawn: shifted(*drawn)
)
TIDY = st.lists(st.one_of(PLAIN, BLOCK, BLOCK), min_size=1, max_size=6).map("\n\n".join)
WILD_PART = st.one_of(PLAIN, BLOCK, BLOCK, ROUGH_BLOCK, SHIFTED, st.sampled_from([*ROUGH, *SLIPS]))
WILD = st.lists(st.tuples(WILD_PART, st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "\r\n\r\n", "\n \n"])), min_size=1, max_size=8).map(
    lambda drawn: "".join(part + end for part, end in drawn)
)


GUIDE = '```decision\nstart: a\nquestions: {a: {ask: "x", answers: [{say: "y", to: b}]}}\noutcomes: {b: {resolved: "z"}}\n```'


class Seen(HTMLParser):
    """The words in each block of a page, in order, and those in none. Footnotes stand in neither."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[tuple[str, set[str]]] = []
        self.outside: set[str] = set()
        self._open: list[tuple[str, int | None, bool]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        words = (values.get("class") or "").split()
        if tag in {"aside", "div", "section"}:
            name = next((name for name in NAMES if f"kb-{name}" in words), None)
            if name:
                self.blocks.append((name, set()))
            self._open.append((tag, len(self.blocks) - 1 if name else None, "footnote" in words))
        self.handle_data(values.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"aside", "div", "section"}:
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(footnote for _, _, footnote in self._open):
            return
        inside = [position for _, position, _ in self._open if position is not None]
        assert len(inside) <= 1, "a block in a block"
        (self.blocks[inside[0]][1] if inside else self.outside).update(WORD.findall(data))


def written(text: str) -> list[tuple[str, set[str]]]:
    """The blocks that the scanner finds, in order, each with the words in it."""
    lines, found = text.split("\n"), scan(text)
    ranges = [("internal", start, end) for start, end in found.ranges]
    ranges += [(block.name, block.head, block.end) for block in found.others]
    return [
        (name, {word for line in lines[start : end + 1] for word in WORD.findall(line)})
        for name, start, end in sorted(ranges, key=lambda item: item[1])
    ]


def check(text: str) -> str:
    corpus = read(text)
    if not corpus.articles:
        assert {problem.code for each in corpus.unreadable for problem in each.problems} & {"KB303", "KB008"}
        return "in no site"
    (article,) = corpus.articles
    wanted = written(text)
    if not any(problem.code in {"KB303", "KB008"} for problem in article.problems):
        assert Counter(name for name, _ in Seen(article.full.html).blocks) == Counter(name for name, _ in wanted)
        page = Seen(article.full.html)
        # Footnotes and HTML may swallow words of a block; no block shows a word of another, or of none.
        for (name, shown), (scanned, words) in zip(page.blocks, wanted, strict=True):
            assert name == scanned
            if name != "internal":
                assert shown <= words
        for name, words in wanted:
            assert name == "internal" or not words & page.outside
    shown = [name for name, _ in Seen(article.cut.html).blocks]
    assert shown == [name for name, _ in wanted if name != "internal"]
    return "blocks" if wanted else "no blocks"


def test_tidy_texts_hold_every_block_with_its_words() -> None:
    outcomes: Counter[str] = Counter()

    @settings(max_examples=times(150))
    @given(TIDY.map(numbered))
    def law(text: str) -> None:
        outcomes[check(text)] += 1
        (article,) = read(text).articles
        assert Seen(article.full.html).blocks == written(text)

    law()
    assert outcomes["blocks"] > sum(outcomes.values()) / 2
    assert set(outcomes) <= {"blocks", "no blocks"}


def test_wild_texts_hold_every_block_or_are_in_no_site() -> None:
    outcomes: Counter[str] = Counter()

    @settings(max_examples=times(500))
    @given(WILD.map(numbered))
    def law(text: str) -> None:
        outcomes[check(text)] += 1

    law()
    assert outcomes["blocks"] > 30, outcomes
    assert outcomes["in no site"] > 30, outcomes


OURS = re.compile(r'<[^>]*(?:data-kb-|class="[^"]*kb-(?:danger|gate|stop|reply|guide|fill|label|rollback))')
TAGS = st.sampled_from(["aside", "section", "div", "span", "p", "ol", "li", "b"])
FORGED_CLASSES = [
    "kb-danger",
    "kb-gate",
    "kb-stop",
    "kb-reply",
    "kb-reply__text",
    "kb-guide",
    "kb-fill",
    "kb-label",
    "kb-rollback",
    "kb0b0",
]
ATTRIBUTES = st.lists(
    st.one_of(
        st.sampled_from(FORGED_CLASSES).map(lambda name: f'class="note {name}"'),
        st.sampled_from(["reply", "fill", "word", "side", "outcome"]).map(lambda name: f'data-kb-{name}="a"'),
        st.sampled_from(['class="kb-&#102;ill"', "CLASS=kb-fill", 'data-kb-fill="a" data-kb-fill="b"']),
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
FORGED = st.one_of(
    st.tuples(TAGS, ATTRIBUTES).map(lambda drawn: f"<{drawn[0]} {drawn[1]}>{{{{word}}}}</{drawn[0]}>"),
    st.sampled_from(FORGED_CLASSES).map(lambda name: f"Text {{: .{name} data-kb-fill=a }}"),
    st.sampled_from(FORGED_CLASSES).map(lambda name: f"- a\n{{: .{name} #stop data-kb-word=gate }}"),
    st.sampled_from(FORGED_CLASSES).map(lambda name: f"# T {{.{name} data-kb-reply=one}}"),
    st.sampled_from(FORGED_CLASSES).map(lambda name: f"``` {{.bash .{name} data-kb-fill=a}}\nx\n```"),
    st.sampled_from(['<p title="{{word}}">a</p>', "[a](<{{word}}>)", '![{{word}}](a.png "{{word}}")', "<{{word}}>", "</{{word}}>"]),
)


@settings(max_examples=times(200))
@given(st.lists(FORGED, min_size=1, max_size=4).map("\n\n".join))
def test_no_text_makes_what_only_blocks_become(text: str) -> None:
    for article in read(text).articles:
        assert not OURS.search(article.full.html)


@settings(max_examples=times(100))
@given(st.lists(FORGED, min_size=1, max_size=3).map("\n\n".join), st.sampled_from(["before", "behind"]))
def test_ids_of_blocks_are_theirs(text: str, where: str) -> None:
    forged = '<p id="stop">a</p>\n\n## Stop\n\n<p id="reply-one" name="reply-one">b</p>\n\n<a name="guide-1"></a>\n\n' + text
    ours = f"/// stop\n\nW\n\n///\n\n/// reply one\n\nW\n\n///\n\n{GUIDE}"
    both = f"{ours}\n\n{forged}" if where == "before" else f"{forged}\n\n{ours}"
    for article in read(both).articles:
        for opening in (
            'aside class="kb-stop" id="stop"',
            'section class="kb-reply" id="reply-one"',
            'section class="kb-guide" id="guide-1"',
        ):
            assert article.full.html.count(f"<{opening}") == 1
        for name in ("stop", "reply-one", "guide-1"):
            assert len(re.findall(rf'\b(?:id|name)="{name}"', article.full.html)) == 1


INNER = st.lists(st.one_of(PLAIN, st.sampled_from([*ROUGH, *SLIPS, GUIDE, "{{name}} `{{name}}`"])), max_size=3).map("\n\n".join)


@settings(max_examples=times(150))
@given(TIDY, INNER, TIDY)
def test_what_is_in_an_internal_block_changes_no_block_around_it(before: str, inner: str, behind: str) -> None:
    def around(text: str) -> str:
        return numbered(f"{before}\n\n{GUIDE}\n\nINTERNAL\n\n{behind}\n\n`{{{{name}}}}`").replace("INTERNAL", text)

    plain = read(around("/// internal\n\nText.\n\n///"))
    other = read(around(f"/// internal\n\n{inner}\n\n///"))
    for article in other.articles:
        (same,) = plain.articles
        assert article.cut.html == same.cut.html
        assert article.cut.outline.sections == same.cut.outline.sections
        for name in ("replies", "gates", "dangers", "fills", "guides", "stops"):
            assert len(getattr(article.cut.outline.playbook, name)) == len(getattr(same.cut.outline.playbook, name))
