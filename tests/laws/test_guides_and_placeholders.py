"""Whatever a guide holds, reading it ends in a guide that works or in findings; what is written in braces stays what it is."""

from __future__ import annotations

import html
import re
from collections import Counter
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from law_projects import times
from test_scanner_equals_parse import ROUGH, VISIBLE, read

from kbgen.content.convert import Conversion, convert
from kbgen.content.guides import in_order, read_guide

NODES = st.sampled_from(["a", "b", "c", "d-1", "A b", "", "yes"])
TEXTS = st.one_of(
    st.sampled_from(["x", "What do you see?", "<b>x</b>", "{{name}}", "&lt;", '"', "</section><script>", "", "x\ny", "é" * 301, "kb0l"]),
    st.text(max_size=12),
)
VALUES = st.recursive(
    st.one_of(TEXTS, NODES, st.none(), st.integers(), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["ask", "say", "to", "x"]), inner, max_size=3)),
    max_leaves=4,
)
ANSWER = st.one_of(st.fixed_dictionaries({"say": TEXTS, "to": NODES}), st.fixed_dictionaries({"say": TEXTS, "to": NODES}), VALUES)
QUESTION = st.one_of(st.fixed_dictionaries({"ask": TEXTS, "answers": st.lists(ANSWER, max_size=3)}), VALUES)
OUTCOME = st.one_of(
    st.tuples(st.sampled_from(["resolved", "escalate", "contact"]), TEXTS).map(lambda drawn: {drawn[0]: drawn[1]}),
    st.fixed_dictionaries({"article": st.sampled_from(["a.md", "../b/a.md#c", "javascript:x.md", "/a.md", "a.txt"]), "say": TEXTS}),
    VALUES,
)
GUIDES = st.one_of(
    st.fixed_dictionaries(
        {
            "start": NODES,
            "questions": st.dictionaries(NODES, QUESTION, max_size=3),
            "outcomes": st.dictionaries(NODES, OUTCOME, max_size=3),
        }
    ),
    VALUES,
)
GOOD_TEXT = st.sampled_from(["x", "What <do> you see?", "{{name}}", "&lt;", "</li>", "'"])
GOOD_GUIDE = st.fixed_dictionaries(
    {
        "start": st.just("a"),
        "questions": st.fixed_dictionaries(
            {
                name: st.fixed_dictionaries(
                    {
                        "ask": GOOD_TEXT,
                        "answers": st.lists(
                            st.fixed_dictionaries({"say": GOOD_TEXT, "to": st.sampled_from(["a", "b", "c", "d"])}), max_size=3
                        ),
                    }
                )
                for name in ("a", "b")
            }
        ),
        "outcomes": st.fixed_dictionaries(
            {"c": st.fixed_dictionaries({"contact": GOOD_TEXT}), "d": st.fixed_dictionaries({"article": st.just("x.md"), "say": GOOD_TEXT})}
        ),
    }
)


def yaml_of(value: object) -> str:
    """A value as YAML in flow style, on one line; JSON is close enough to it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{yaml_of(key)}: {yaml_of(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(yaml_of, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(map(_escaped, value)) + '"'
    return {None: "null", True: "true", False: "false"}.get(value, str(value))  # type: ignore[call-overload,no-any-return]


def _escaped(letter: str) -> str:
    return letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else f"\\U{ord(letter):08x}"


@settings(max_examples=times(200))
@given(st.one_of(st.text(max_size=80), GUIDES.map(yaml_of)))
def test_reading_a_guide_ends(text: str) -> None:
    guide, flaws = read_guide(text, 7)
    assert (guide is None) == bool(flaws)
    assert all(flaw.code == "KB715" and flaw.message and flaw.hint and flaw.spot.line >= 7 for flaw in flaws)
    if guide:
        names = {question.id for question in guide.questions} | {outcome.id for outcome in guide.outcomes}
        assert {answer.to for question in guide.questions for answer in question.answers} <= names


class Page(HTMLParser):
    """The guide of a page: ids, addresses of answers, text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.answers: list[str] = []
        self.tags: Counter[str] = Counter()
        self.said = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags[tag] += 1
        self.ids += [values["id"] or ""] if "id" in values else []
        self.answers += [(values["href"] or "")[1:]] if (values.get("href") or "").startswith("#") else []

    def handle_data(self, data: str) -> None:
        self.said += data


@settings(max_examples=times(200))
@given(GOOD_GUIDE, st.sampled_from(["", "Text.\n", "- a\n", "# T\n\n", "<div>\n\n"]))
def test_a_guide_that_is_read_can_be_walked(value: dict[str, object], before: str) -> None:
    made = convert(f"{before}\n```decision\n{yaml_of(value)}\n```\n\nAfter.\n", internal_allowed=False)
    assert isinstance(made, Conversion)
    (guide,) = made.playbook.guides
    page = Page(made.html[made.html.index('<section class="kb-guide"') : made.html.index("</section>")])
    nodes = in_order(guide)
    assert page.ids == ["guide-1", *(f"guide-1-{node.id}" for node in nodes)]
    assert set(page.answers) <= set(page.ids), "each answer leads to something that is there"
    assert set(page.ids) <= made.anchors
    assert not set(page.tags) - {"section", "ol", "ul", "li", "p", "a"}
    for node in nodes:
        assert getattr(node, "ask", None) or getattr(node, "say", None) in page.said
    assert [link.target for link in made.links] == ["x.md"]
    assert "After." in made.html


BRACES = ["{{name}}", "{{ name }}", "{% if a %}", "${HOME}", "!!python/object:x", "!ENV A", "{{a}}{{b}}", "{{{{a}}}}", "{{Name}}"]
BRACES += ['--8<-- "https://x.example/a.md"', "{{a", "1}}", "{{a_very_long_name_of_more_than_thirty_two_letters}}"]
PLACE = st.sampled_from(
    ["B", "a B b", "**B**", "- B", "> B", "| a |\n|---|\n| B |", "# a B b", "(B)", "Term\n:   B", "<p>B</p>", '"B"', "<B>"]
)


@settings(max_examples=times(200))
@given(st.sampled_from(BRACES), PLACE)
def test_what_is_in_braces_stays_text(braces: str, place: str) -> None:
    made = convert(place.replace("B", braces) + "\n", internal_allowed=False)
    assert isinstance(made, Conversion)
    assert braces in html.unescape(re.sub(r"<[^>]*>", "", made.html))
    assert "kb-fill" not in made.html
    assert made.playbook.fills == ()


NAMES = st.lists(st.sampled_from(["name", "a", "client_name", "x1"]), min_size=1, max_size=4)
LANGUAGES = st.sampled_from(
    ["", "bash", "json", "python", "sql", "html", "yaml", "xml", "php", "jinja", "powershell", "console", "ini", "http"]
)
AROUND = st.sampled_from(
    ["N", 'curl -H "A: N" /x', "a=N;b='N'", '{"a": N, "b": "N"}', "<a b=N>N</a>", "# N", "select N from N where 'N'", "$N%N", "N.N-N"]
)


@settings(max_examples=times(250))
@given(NAMES, LANGUAGES, AROUND, st.sampled_from(["fence", "code", "reply"]))
def test_a_placeholder_in_code_is_one_element(names: list[str], language: str, around: str, where: str) -> None:
    turn = iter(names * 9)
    code = re.sub("N", lambda _found: "{{" + next(turn) + "}}", around)
    text = {
        "fence": f"Text.\n\n```{language}\n{code}\n```\n",
        "code": f"Text ``{code}`` text.\n",
        "reply": f"/// reply a\n\nText `` {code} ``, {{{{name}}}}.\n\n///\n",
    }[where]
    made = convert(text, internal_allowed=False)
    assert isinstance(made, Conversion)
    wanted = re.findall(r"\{\{(\w+)\}\}", text)
    assert re.findall(r'<span class="kb-fill" data-kb-fill="(\w+)">\{\{\1\}\}</span>', made.html) == wanted
    assert [fill.name for fill in made.playbook.fills] == wanted
    assert [text.split("\n")[fill.spot.line - 1][fill.spot.column - 1 :].startswith("{{" + fill.name) for fill in made.playbook.fills]
    assert code in html.unescape(re.sub(r"<[^>]*>", "", made.html))
    assert not re.search(r"kb[0-9a-f]{24}", made.html), "no mark is left"


@settings(max_examples=times(200))
@given(
    st.lists(
        st.one_of(st.sampled_from([*VISIBLE, *ROUGH, *BRACES]), GUIDES.map(lambda value: f"```decision\n{yaml_of(value)}\n```")), max_size=5
    )
)
def test_no_text_with_guides_and_braces_stops_a_build(parts: list[str]) -> None:
    corpus = read("\n\n".join(parts))
    assert len(corpus.articles) + len(corpus.unreadable) == 1
    for article in corpus.articles:
        assert not re.search(r"kb[0-9a-f]{24}", article.full.html), "no mark is left"
