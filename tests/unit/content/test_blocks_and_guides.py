"""What blocks and guides become: HTML, the playbook with its places, and the same again from the cache."""

from __future__ import annotations

from pathlib import Path
from string import ascii_lowercase

from one_article import read

from kbgen.content import cache
from kbgen.content.blocks import read_head
from kbgen.content.convert import Conversion, convert
from kbgen.content.dress import with_fills
from kbgen.content.plaintext import plain_text
from kbgen.model.article import Article
from kbgen.model.playbook import Answer, Danger, Fill, Gate, Guide, Outcome, Question, Spot

HEADER = "---\ntitle: T\naudience: internal\n---\n"
TEXT = """\
/// gate

Confirmed in writing.

///

/// danger
    rollback: put <it> back & check
    side: client

Run `sync {{project}}`.

///

/// reply reset-sent
    title: Reset sent

Hello {{client_name}}, see [the page](https://help.example/reset).

- one
- two

///

/// stop

- It burns.

///

/// stop

Again.

///
"""
GUIDE = """\
```decision
start: see
questions:
  see:
    ask: "What <b>do</b> you see?"
    answers:
      - {say: "An error", to: reset}
      - {say: "Nothing", to: write}
outcomes:
  reset: {article: other.md#a, say: "Set a new one"}
  write: {contact: "Write to us."}
```
"""


def one(text: str, snippets: dict[str, str] | None = None) -> Article:
    (article,) = read((HEADER + text).encode(), snippets).articles
    assert article.problems == ()
    return article


def converted(text: str) -> Conversion:
    made = convert(text, internal_allowed=False)
    assert isinstance(made, Conversion)
    return made


def test_the_html_of_blocks() -> None:
    html = " ".join(one(TEXT).full.html.split())
    for piece in (
        '<aside class="kb-gate"><p class="kb-label" data-kb-word="gate"></p> <p>Confirmed in writing.</p> </aside>',
        '<aside class="kb-danger" data-kb-side="client"><p class="kb-label" data-kb-word="danger"></p> <p>Run <code>sync '
        '<span class="kb-fill" data-kb-fill="project">{{project}}</span></code>.</p> '
        '<p class="kb-rollback"><strong data-kb-word="danger.rollback"></strong> put &lt;it&gt; back &amp; check</p> </aside>',
        '<section class="kb-reply" id="reply-reset-sent" data-kb-reply="reset-sent"><p class="kb-label" data-kb-word="reply"></p>'
        '<div class="kb-reply__text" lang="en"> <p>Hello <span class="kb-fill" data-kb-fill="client_name">{{client_name}}</span>, see',
        '<aside class="kb-stop" id="stop"><p class="kb-label" data-kb-word="stop"></p>',
        '<aside class="kb-stop"><p class="kb-label" data-kb-word="stop"></p>',
    ):
        assert piece in html


def test_the_playbook_of_blocks() -> None:
    playbook = one(TEXT).full.outline.playbook
    path = "content/odd.md"
    assert playbook.gates == (Gate(0, Spot(path, 5)),)
    assert playbook.dangers == (Danger(1, "put <it> back & check", True, Spot(path, 11)),)
    (reply,) = playbook.replies
    assert (reply.id, reply.title, reply.fills, reply.spot) == ("reset-sent", "Reset sent", ("client_name",), Spot(path, 19))
    assert reply.html.startswith("<p>Hello {{client_name}}, see <a href")
    assert reply.text == "Hello {{client_name}}, see the page (https://help.example/reset).\n\n- one\n- two"
    assert playbook.fills == (Fill("project", Spot(path, 15, 11)), Fill("client_name", Spot(path, 22, 7)))
    assert playbook.stops == (Spot(path, 29), Spot(path, 35))


def test_a_reply_without_a_title_is_called_by_its_first_words() -> None:
    (reply,) = one("/// reply a\n\nOne two three four five six seven eight nine.\n\n///\n").full.outline.playbook.replies
    assert reply.title == "One two three four five six seven eight…"


def test_a_guide_becomes_an_outline() -> None:
    article = one("Text [a](https://a.example/).\n\n" + GUIDE)
    html = article.full.html
    assert '<p class="kb-guide__ask">What &lt;b&gt;do&lt;/b&gt; you see?</p>' in html
    assert '<li><a href="#guide-1-reset">An error</a></li><li><a href="#guide-1-write">Nothing</a></li>' in html
    assert '<p class="kb-guide__say kb-guide__link"><a href="kb-link:1">Set a new one</a></p>' in html
    assert 'id="guide-1-write" data-kb-outcome="contact"><p class="kb-guide__kind" data-kb-word="guide.contact"></p>' in html
    assert "Write to us." in article.full.outline.sections[0].text
    assert "What <b>do</b> you see?" in article.full.outline.sections[0].text
    link = article.full.outline.links[1]
    assert (link.target, link.path, link.line) == ("other.md#a", "content/odd.md", 16)


def test_the_places_of_a_guide_in_a_snippet() -> None:
    article = one('Text.\n\n--8<-- "a.md"\n', {"a.md": "---\naudience: internal\n---\nFirst.\n\n" + GUIDE})
    path = "content/_snippets/a.md"
    see = Question(
        "see",
        "What <b>do</b> you see?",
        (Answer("An error", "reset", Spot(path, 12, 9)), Answer("Nothing", "write", Spot(path, 13, 9))),
        Spot(path, 9, 3),
    )
    outcomes = (
        Outcome("reset", "article", "Set a new one", "other.md#a", Spot(path, 15, 11)),
        Outcome("write", "contact", "Write to us.", "", Spot(path, 16, 11)),
    )
    assert article.full.outline.playbook.guides == (Guide("see", (see,), outcomes, Spot(path, 7, 1)),)
    assert (article.full.outline.links[0].path, article.full.outline.links[0].line) == (path, 15)


def test_a_guide_in_an_internal_block_is_on_the_wiki_only() -> None:
    article = one(f"Text.\n\n/// internal\n\n{GUIDE}\n///\n")
    assert len(article.full.outline.playbook.guides) == 1
    assert article.cut.outline.playbook.guides == ()
    assert "kb-guide" not in article.cut.html


def test_a_guide_that_cannot_be_read_is_left_out() -> None:
    made = converted("Before.\n\n" + GUIDE.replace("start: see", "start: [") + "\nAfter.\n")
    assert [flaw.code for flaw in made.playbook.flaws] == ["KB715"]
    assert "guide" not in made.html and "start" not in made.html
    assert made.html.split() == ["<p>Before.</p>", "<p>After.</p>"]


def test_a_heading_that_is_called_as_a_block_keeps_another_anchor() -> None:
    made = converted("## Stop\n\n" + TEXT)
    assert '<h2 id="stop_1">Stop</h2>' in made.html
    assert {"stop", "stop_1"} <= made.anchors


def test_the_cache_gives_back_what_it_got(tmp_path: Path) -> None:
    made = converted(TEXT + "\n" + GUIDE + "\n" + GUIDE.replace("see:", "see"))
    assert made.playbook.guides and made.playbook.flaws
    cache.store(tmp_path / "cache", {"key": made}, ["key"])
    assert cache.load(tmp_path / "cache", ["key"]) == {"key": made}


def test_fills_are_put_into_text_only() -> None:
    fill = '<span class="kb-fill" data-kb-fill="a">{{a}}</span>'
    assert with_fills('<p title="{{a}}">{{a}} {{A}}</p>') == f'<p title="{{{{a}}}}">{fill} {{{{A}}}}</p>'


def test_plain_text() -> None:
    text = "One\ntwo  \nthree **four**.\n\n1. a\n2. b\n\n    More of b.\n\n    - c\n\n> Quoted\n\n"
    html = converted(text + "```\nx = 1\n\n  y\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n").html
    wanted = "One two\nthree four.\n\n1. a\n2. b\n  More of b.\n  - c\n\nQuoted\n\nx = 1\n\n  y\n\na | b\n1 | 2"
    assert plain_text(html) == wanted
    assert plain_text('<ol start="3"><li>a</li><li>b</li></ol>') == "3. a\n4. b"


def test_an_option_that_stands_many_times_is_told_once() -> None:
    again = ["    side: client"] * 5_000 + ["    sied: ours"] * 5_000 + ["  side: ours"] * 5_000
    head = read_head(["/// danger", *again, "", "Text.", "", "///"], 0)
    assert [(fault.line, fault.message.split(" ", 2)[:2]) for fault in head.faults] == [
        (2, ["the", "option"]),
        (5_001, ["a", "block"]),
        (10_001, ["an", "option"]),
    ]
    assert head.last == 15_000
    odd = [f"    {one}{two}{three}: x" for one in "abcdefgh" for two in ascii_lowercase for three in ascii_lowercase]
    assert len(read_head(["/// danger", *odd, "", "Text.", "", "///"], 0).faults) == 20
