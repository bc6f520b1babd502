"""Odd headers: each has one defined meaning, or a finding with line and column; none is public without the literal ``audience: public``.

No default audience is set here. "Literal" is what a reader who searches the files would find: the key ``audience``, a colon and the word
``public`` on one line, each with or without quotes. What YAML can also make of escapes, blocks and folded lines does not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from one_article import public_bytes, read

from kbgen.content.door import Opened, open_source
from kbgen.model.article import SourceFile
from kbgen.model.settings import Limits

MARKER = "zebramarker"
BODY = f"\nSome text with the word {MARKER} in it.\n"
LITERAL = re.compile(rb"""(["']?)audience\1 *: *(["']?)public\2[ ,}\r\n]""")


@dataclass(frozen=True)
class Odd:
    """A file: what it is called, its bytes, what it counts as, and its findings as ``code line:column``."""

    name: str
    data: bytes = field(repr=False)
    meaning: str
    findings: tuple[str, ...]


def fenced(name: str, header: str, meaning: str, *findings: str) -> Odd:
    return Odd(name, f"---\n{header}---\n{BODY}".encode(), meaning, findings)


def whole(name: str, text: str | bytes, meaning: str, *findings: str) -> Odd:
    return Odd(name, text.encode() if isinstance(text, str) else text, meaning, findings)


PUBLIC, INTERNAL, UNREADABLE = "public", "internal", "unreadable"
KEYS = "title: T\naudience: public\n"
GOOD = f"---\n{KEYS}---\n{BODY}"

# MkDocs (mkdocs.utils.meta.get_data) reads what is marked M as a header with audience: public, or as {} where it swallowed an error: there
# the page is built whatever its audience was.
ODD = (
    # How the header is fenced.
    whole("plain", GOOD, PUBLIC),
    whole("byte order mark", "\ufeff" + GOOD, UNREADABLE, "KB001 1:1"),  # M: public
    fenced("byte order mark after the fence", "\ufeff" + KEYS, UNREADABLE, "KB001 2:1"),  # M: public
    whole("blank first line", "\n" + GOOD, UNREADABLE, "KB002 1:1"),  # M: {}
    whole("space before the fence", " " + GOOD, UNREADABLE, "KB002 1:1"),  # M: {}
    whole("space after the fence", GOOD.replace("---", "--- ", 1), UNREADABLE, "KB002 1:1"),  # M: public
    whole("space after the closing fence", f"---\n{KEYS}--- \n{BODY}", UNREADABLE, "KB003 1:1"),  # M: public
    whole("four hyphens", f"----\n{KEYS}----\n{BODY}", UNREADABLE, "KB002 1:1"),  # M: {}
    whole("long dashes", f"–––\n{KEYS}–––\n{BODY}", UNREADABLE, "KB002 1:1"),
    whole("dots for a closer", f"---\n{KEYS}...\n{BODY}", UNREADABLE, "KB003 1:1"),  # M: public
    whole("dots for a closer, a line later on", f"---\n{KEYS}...\n# A heading\n---\n{BODY}", UNREADABLE, "KB003 4:1"),  # M: public
    whole("no fence", KEYS + BODY, UNREADABLE, "KB002 1:1"),  # M: public, as MultiMarkdown's meta-data
    whole("no opening fence", f"{KEYS}---\n{BODY}", UNREADABLE, "KB002 1:1"),  # M: public
    whole("never closed", f"---\n{KEYS}{BODY}", UNREADABLE, "KB003 1:1"),  # M: {}
    whole("only a fence", "---", UNREADABLE, "KB003 1:1"),
    whole("closed by the end of the file", f"---\n{KEYS}---", PUBLIC),
    whole("a comment before it", "<!-- x -->\n" + GOOD, UNREADABLE, "KB002 1:1"),
    whole("JSON", '{"title": "T", "audience": "public"}\n' + BODY, UNREADABLE, "KB002 1:1"),
    whole("TOML", '+++\ntitle = "T"\naudience = "public"\n+++\n' + BODY, UNREADABLE, "KB002 1:1"),
    whole("semicolons", f";;;\n{KEYS};;;\n{BODY}", UNREADABLE, "KB002 1:1"),
    whole("%YAML before the fence", "%YAML 1.2\n" + GOOD, UNREADABLE, "KB002 1:1"),
    fenced("%YAML inside", "%YAML 1.2\n" + KEYS, UNREADABLE, "KB004 3:1"),
    whole("no header at all", BODY, INTERNAL, "KB304 1:1"),
    whole("an empty file", "", INTERNAL, "KB304 1:1"),
    whole("a header further down", "Text.\n\n" * 8 + GOOD, INTERNAL, "KB304 1:1"),
    fenced("an empty header", "", INTERNAL, "KB102 1:1", "KB304 1:1"),
    whole("two headers", f"---\ntitle: T\naudience: internal\n---\n---\n{KEYS}---\n{BODY}", INTERNAL),
    fenced("two documents", "title: T\naudience: internal\n--- \naudience: public\n", UNREADABLE, "KB004 4:1"),
    whole("a fence inside a block", f"---\ntitle: |\n  x\n---\naudience: public\n---\n{BODY}", INTERNAL, "KB304 1:1"),
    # Line ends and characters.
    whole("CR LF", GOOD.replace("\n", "\r\n"), PUBLIC),
    whole("mixed line ends", f"---\r\ntitle: T\naudience: public\r\n---\n{BODY}", PUBLIC),
    whole("CR only", GOOD.replace("\n", "\r"), UNREADABLE, "KB001 1:4"),  # M: public
    whole("CR CR LF", GOOD.replace("\n", "\r\r\n", 1), UNREADABLE, "KB001 1:4"),  # M: public
    whole("UTF-16", GOOD.encode("utf-16"), UNREADABLE, "KB001 1:1"),
    whole("UTF-16 without a mark", GOOD.encode("utf-16-le"), UNREADABLE, "KB001 1:2"),
    whole("Latin-1", GOOD.replace("T\n", "Café\n", 1).encode("latin-1"), UNREADABLE, "KB001 2:11"),  # M: an error, the build ends
    fenced("NUL", "title: T\0\naudience: public\n", UNREADABLE, "KB001 2:9"),  # M: {}
    fenced("vertical tab", "title: T\v\naudience: public\n", UNREADABLE, "KB001 2:9"),
    fenced("U+0085 for a line end", "title: T\x85audience: public\n", UNREADABLE, "KB004 2:9"),  # M: public
    fenced("U+2028 for a line end", "title: T\u2028audience: public\n", UNREADABLE, "KB004 2:9"),  # M: public
    fenced("an escaped escape", 'title: "T\\e[2J"\naudience: public\n', UNREADABLE, "KB004 2:1"),  # M: public
    fenced("an escaped half of a character", 'title: "\\ud800"\naudience: public\n', UNREADABLE, "KB004 2:1"),
    fenced("an escaped NUL in a key", '"a\\0": 1\n' + KEYS, UNREADABLE, "KB004 2:1"),
    # The key.
    fenced("the key in double quotes", 'title: T\n"audience": public\n', PUBLIC),
    fenced("the key in single quotes", "title: T\n'audience': public\n", PUBLIC),
    fenced("a capital in the key", "title: T\nAudience: public\n", INTERNAL, "KB305 3:1"),
    fenced("the key twice", "title: T\naudience: public\naudience: internal\n", UNREADABLE, "KB004 4:1"),  # M: internal
    fenced("the key twice, the other way", "title: T\naudience: internal\naudience: public\n", UNREADABLE, "KB004 4:1"),  # M: public
    fenced("the key twice, once in capitals", "title: T\naudience: public\nAUDIENCE: internal\n", INTERNAL, "KB305 4:1"),  # M: public
    fenced("the key in the plural", "title: T\naudiences: public\n", INTERNAL, "KB305 3:1"),
    fenced("a no-break space in the key", "title: T\naudience\xa0: public\n", INTERNAL, "KB305 3:1"),
    fenced("a zero-width space in the key", "title: T\naudi\u200bence: internal\naudience: public\n", INTERNAL, "KB305 3:1"),  # M: public
    fenced("a foreign letter in the key", "title: T\n\u0430udience: internal\naudience: public\n", INTERNAL, "KB305 3:1"),  # M: public
    fenced("a byte order mark in the key", "title: T\n\ufeffaudience: public\n", INTERNAL, "KB305 3:1"),
    fenced("an escape in the key", 'title: T\n"\\u0061udience": public\n', INTERNAL, "KB305 3:1"),  # M: public
    fenced("a complex key", "title: T\n? audience\n: public\n", INTERNAL, "KB305 3:3"),  # M: public
    fenced("an anchored key", "title: T\n&a audience: public\n", UNREADABLE, "KB004 3:1"),  # M: public
    fenced("no space after the colon", "title: T\naudience:public\n", UNREADABLE, "KB004 3:1"),  # M: {}
    fenced("a wide colon", "title: T\naudience： public\n", UNREADABLE, "KB004 3:1"),  # M: {}
    fenced("an equals sign", "title: T\naudience = public\n", UNREADABLE, "KB004 3:1"),  # M: {}
    fenced("a tab before the key", "title: T\n\taudience: public\n", UNREADABLE, "KB004 3:1"),  # M: {}
    fenced("spaces before the key", "title: T\n  audience: public\n", UNREADABLE, "KB004 3:11"),  # M: {}
    fenced("all keys moved to the right", "  title: T\n  audience: public\n", PUBLIC),
    fenced("inside another key", "title: T\nextra:\n  audience: public\n", INTERNAL, "KB101 3:1", "KB304 1:1"),
    # The value.
    fenced("in double quotes", 'title: T\naudience: "public"\n', PUBLIC),
    fenced("in quotes with a space", "title: T\naudience: 'public '\n", INTERNAL, "KB305 3:1"),
    fenced("a space after it", "title: T\naudience: public \n", PUBLIC),
    fenced("a capital", "title: T\naudience: Public\n", INTERNAL, "KB305 3:1"),
    fenced("a no-break space after it", "title: T\naudience: public\xa0\n", INTERNAL, "KB305 3:1"),
    fenced("a no-break space before it", "title: T\naudience:\xa0public\n", UNREADABLE, "KB004 3:1"),  # M: {}
    fenced("a tab before it", "title: T\naudience:\tpublic\n", UNREADABLE, "KB004 3:10"),  # M: public
    fenced("a zero-width space in it", "title: T\naudience: pub\u200blic\n", INTERNAL, "KB305 3:1"),
    fenced("a foreign letter in it", "title: T\naudience: publi\u0441\n", INTERNAL, "KB305 3:1"),
    fenced("turned around", "title: T\naudience: \u202epublic\n", INTERNAL, "KB305 3:1"),
    fenced("an escape in it", 'title: T\naudience: "\\u0070ublic"\n', INTERNAL, "KB305 3:1"),  # M: public
    fenced("a list", 'title: T\naudience: ["public"]\n', INTERNAL, "KB305 3:1"),
    fenced("a list below it", "title: T\naudience:\n- public\n", INTERNAL, "KB305 3:1"),
    fenced("a mapping", "title: T\naudience: {public: true}\n", INTERNAL, "KB305 3:1"),
    fenced("yes", "title: T\naudience: yes\n", INTERNAL, "KB305 3:1"),
    fenced("a number", "title: T\naudience: 1\n", INTERNAL, "KB305 3:1"),
    fenced("null", "title: T\naudience: null\n", INTERNAL, "KB305 3:1"),
    fenced("nothing", "title: T\naudience:\n", INTERNAL, "KB305 3:1"),
    fenced("two words", "title: T\naudience: public, internal\n", INTERNAL, "KB305 3:1"),
    fenced("an unknown word", "title: T\naudience: customers\n", INTERNAL, "KB305 3:1"),
    fenced("a literal block", "title: T\naudience: |\n  public\n", INTERNAL, "KB305 3:1"),
    fenced("a literal block without line end", "title: T\naudience: |-\n  public\n", INTERNAL, "KB305 3:1"),  # M: public
    fenced("a folded block", "title: T\naudience: >-\n  public\n", INTERNAL, "KB305 3:1"),  # M: public
    fenced("on the next line", "title: T\naudience:\n  public\n", INTERNAL, "KB305 3:1"),  # M: public
    fenced("over two lines", 'title: T\naudience: "pub\\\n  lic"\n', INTERNAL, "KB305 3:1"),  # M: public
    fenced("a tag that any program may run", "title: !!python/name:os.system\naudience: public\n", UNREADABLE, "KB004 2:8"),  # M: {}
    fenced("a harmless tag", "title: T\naudience: !!str public\n", UNREADABLE, "KB004 3:11"),  # M: public
    fenced("an alias", "title: &a public\naudience: *a\n", UNREADABLE, "KB004 2:8"),  # M: public
    fenced("a merge key", "title: T\n<<: {audience: public}\n", UNREADABLE, "KB004 3:1"),  # M: public
    # Comments.
    fenced("commented out", "title: T\n# audience: public\n", INTERNAL, "KB304 1:1"),
    fenced("commented out on the title's line", "title: T # audience: public\n", INTERNAL, "KB304 1:1"),
    fenced("a comment for a value", "title: T\naudience: #public\n", INTERNAL, "KB305 3:1"),
    fenced("a comment after the value", "title: T\naudience: public # not internal\n", PUBLIC),
    fenced("no space before the comment", "title: T\naudience: public#internal\n", INTERNAL, "KB305 3:1"),
    fenced("in another value", "title: 'audience: public'\n", INTERNAL, "KB304 1:1"),
    fenced("in a block of another value", "title: |\n  x\n  audience: public\n", INTERNAL, "KB102 2:1", "KB304 1:1"),
    # The whole header.
    fenced("a flow mapping", "{title: T, audience: public}\n", PUBLIC),
    fenced("JSON between fences", '{"title":"T","audience":"public"}\n', PUBLIC),
    fenced("a list of keys", "- title: T\n- audience: public\n", UNREADABLE, "KB005 2:1"),
    fenced("one word", "public\n", UNREADABLE, "KB005 2:1"),
    fenced("keys that hide: draft", KEYS + "draft: true\n", INTERNAL, "KB306 4:1"),  # M: public
    fenced("keys that hide: draft, with a capital", KEYS + "Draft: true\n", INTERNAL, "KB306 4:1"),  # M: public
    fenced("keys that hide: published", KEYS + "published: false\n", INTERNAL, "KB306 4:1"),  # M: public
    fenced("a day that is none", KEYS + "last_reviewed: 2026-02-30\n", UNREADABLE, "KB004 4:16"),  # M: {}
    fenced("a day zero", KEYS + "last_reviewed: 0000-00-00\n", UNREADABLE, "KB004 4:16"),
    fenced("an hour that is none", KEYS + "last_reviewed: 2026-01-01T25:00:00\n", UNREADABLE, "KB004 4:16"),
    fenced("a number without end", KEYS + f"id: {'9' * 5000}\n", UNREADABLE, "KB004 4:5"),
    fenced("lists without end", KEYS + f"x: {'[' * 5000}\n", UNREADABLE, "KB004 4:27"),
    fenced("deep lists", KEYS + f"x: {'[' * 200}{']' * 200}\n", UNREADABLE, "KB004 4:27"),
    fenced("a bomb of aliases", f"a: &a [x, x]\nb: &b [{'*a, ' * 99}*a]\n" + KEYS, UNREADABLE, "KB004 2:4"),
    fenced("many small values", KEYS + f"x: [{'a,' * 25000}]\n", UNREADABLE, "KB004 4:39991"),
    fenced("a megabyte", KEYS + f"summary: {'x' * 990_000}\n", UNREADABLE, "KB006 2:1"),
    fenced("more than a megabyte", KEYS + f"summary: {'x' * 1_100_000}\n", UNREADABLE, "KB006 1:1"),
    fenced("no title", "audience: public\n", PUBLIC, "KB102 1:1"),
    fenced("a title that is a list", "title: [a]\naudience: public\n", PUBLIC, "KB102 2:1"),
    fenced("a title that is a number", "title: 1:2:3\naudience: public\n", PUBLIC, "KB102 2:1"),
)


def outcome(odd: Odd) -> tuple[str, tuple[str, ...]]:
    corpus = read(odd.data)
    problems = [problem for each in (*corpus.articles, *corpus.unreadable) for problem in each.problems]
    found = tuple(f"{problem.code} {problem.place.line}:{problem.place.column}" for problem in problems)
    assert len(corpus.articles) + len(corpus.unreadable) == 1
    return (corpus.articles[0].meta.audience if corpus.articles else UNREADABLE), found


def named(odd: Odd) -> str:
    return odd.name


@pytest.mark.parametrize("odd", ODD, ids=named)
def test_it_has_one_meaning(odd: Odd) -> None:
    assert outcome(odd) == (odd.meaning, odd.findings)


@pytest.mark.parametrize("odd", ODD, ids=named)
def test_only_what_is_public_gets_into_the_public_site(odd: Odd) -> None:
    data = public_bytes(read(odd.data))
    shown = odd.meaning == PUBLIC and MARKER.encode() in odd.data
    assert (MARKER.encode() in data) is shown


def test_none_is_public_without_the_literal_words() -> None:
    assert [odd.name for odd in ODD if outcome(odd)[0] == PUBLIC and not LITERAL.search(odd.data)] == []


def test_what_is_not_public_and_not_plainly_internal_has_a_finding() -> None:
    silent = [odd.name for odd in ODD if odd.meaning != PUBLIC and not odd.findings]
    assert silent == ["two headers"], "the first header says internal, the second is text"


def test_the_places_are_in_the_file() -> None:
    for odd in ODD:
        lines = odd.data.decode("utf-8", "replace").split("\n")
        for found in odd.findings:
            line, column = map(int, found.split()[1].split(":"))
            assert 1 <= line <= len(lines), odd.name
            assert 1 <= column <= len(lines[line - 1]) + 1, odd.name


def test_there_are_many_and_each_has_its_own_name() -> None:
    assert len({odd.name for odd in ODD}) == len(ODD) >= 100


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("body", ["", "\n", "\n\nText.\n", "  text\t\n---\n", "no end", "spaces at the end  ", "\nтекст\x85\u2028\n\n\n"])
def test_the_body_is_kept_byte_for_byte(body: str, end: str) -> None:
    head, body = f"---\n{KEYS}---\n".replace("\n", end), body.replace("\n", end)
    opened = open_source(SourceFile("content/a.md", (head + body).encode()), Limits())
    assert isinstance(opened, Opened)
    assert (opened.body, opened.body_line) == (body, 5)
