"""Spellings of the internal block: each is cut or an error, and what stands in it is never in the public rendering.

The one exception is a block inside a simple code fence: that is an example, and shown as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from one_article import public_bytes, read

from kbgen.content.internal import scan

SECRET = "zebrasecret"
HEADER = "---\ntitle: T\naudience: public\n---\n"
CUT, ERROR, EXAMPLE = "cut", "error", "example"


@dataclass(frozen=True)
class Spelling:
    """A text that holds the secret word, and what becomes of it; ``place``: of the first finding, in the body."""

    name: str
    text: str = field(repr=False)
    meaning: str
    place: str = ""
    code: str = "KB303"
    snippets: Mapping[str, str] = field(default_factory=dict, repr=False)


def block(
    opener: str = "/// internal", closer: str = "///", *, before: str = "Before.\n\n", gap: str = "\n\n", inside: str = SECRET
) -> str:
    return f"{before}{opener}{gap}{inside}{gap}{closer}\n\nAfter.\n"


def slip(name: str, opener: str, closer: str = "///", *, line: int = 3, column: int = 1) -> Spelling:
    """Another opener: noticed even where its closer is misspelt like it."""
    return Spelling(name, block(opener, closer), ERROR, f"{line}:{column}")


def moved(name: str, text: str, place: str, code: str = "KB303") -> Spelling:
    return Spelling(name, text, ERROR, place, code)


SPELLINGS = (
    Spelling("exact", block(), CUT),
    Spelling("at the very start", block(before=""), CUT),
    Spelling("at the very end", f"Before.\n\n/// internal\n\n{SECRET}\n\n///", CUT),
    Spelling("CR LF", block().replace("\n", "\r\n"), CUT),
    Spelling("many blank lines", block(gap="\n\n\n\n"), CUT),
    Spelling("blank lines with spaces", block(gap="\n  \n"), CUT),
    Spelling("two side by side", block() + block(before="\n"), CUT),
    Spelling("in a div that holds Markdown, with blank lines", block('<div markdown="1">\n\n/// internal', "///\n\n</div>"), CUT),
    Spelling("with a fence inside", block(inside=f"```\n{SECRET}\n```"), CUT),
    Spelling("with a list inside", block(inside=f"- {SECRET}\n    - {SECRET}"), CUT),
    # The word.
    slip("capitals", "/// INTERNAL"),
    slip("a capital", "/// Internal"),
    slip("letters swapped", "/// intrenal"),
    slip("letters swapped, and in the closer", "/// intrenal", "/// end"),
    slip("another word", "/// private"),
    slip("in Russian", "/// внутреннее"),
    slip("a longer word", "/// internals", "//"),
    slip("with a hyphen", "/// internal-only", "//"),
    slip("a foreign letter", "/// intеrnal", "//"),
    slip("a foreign first letter", "/// іnternal", "//"),
    slip("a letter without its dot", "/// ınternal", "//"),
    slip("a letter with an accent", "/// ińternal", "//"),
    slip("a digit for a letter", "/// 1nternal", "//"),
    slip("a digit for a letter, behind text", "See /// 1nternal", "//"),
    slip("wide letters", "/// ｉｎｔｅｒｎａｌ", "//"),
    slip("a zero-width space in it", "/// inter\u200bnal", "//"),
    slip("a soft hyphen in it", "/// inter\u00adnal", "//"),
    slip("a variation selector after it", "/// internal\ufe0f", "//"),
    slip("an entity in it", "/// &#105;nternal", "//"),
    slip("in bold", "/// **internal**", "//"),
    slip("in quotes", '/// "internal"', "//"),
    slip("in braces", "/// {internal}", "//"),
    slip("as a link", "/// [internal](x.md)", "//"),
    slip("a colon after it", "/// internal:", "//"),
    slip("with attributes", "/// internal {.x}", "//"),
    slip("with a title", "/// internal | Only for us", "//"),
    slip("the text on the same line", f"/// internal {SECRET}", "//"),
    moved("with options", block("/// internal\n    type: x"), "3:1"),
    # The slashes.
    slip("no space", "///internal", "//"),
    slip("two spaces", "///  internal", "//"),
    slip("a tab", "///\tinternal", "//"),
    slip("a no-break space", "///\xa0internal", "//"),
    slip("a space after it", "/// internal ", "/// "),
    slip("a tab after it", "/// internal\t", "///\t"),
    slip("U+0085 after it", "/// internal\x85", "//"),
    slip("U+2028 after it", "/// internal\u2028", "//"),
    slip("four slashes", "//// internal", "////"),
    slip("two slashes", "// internal", "//"),
    slip("slashes apart", "/ / / internal", "/ / /"),
    slip("wide slashes", "／／／ internal", "／／／"),
    slip("fraction slashes", "⁄⁄⁄ internal", "⁄⁄⁄"),
    slip("backslashes", "\\\\\\ internal", "\\\\\\"),
    slip("an escaped slash", "\\/// internal", "\\///"),
    slip("every slash escaped", "\\/\\/\\/ internal", "\\/\\/\\/"),
    slip("entities", "&#47;&#47;&#47; internal", "&#47;&#47;&#47;"),
    slip("an entity with zeros", "&#0047;// internal", "&#0047;//"),
    slip("a named entity", "&sol;// internal", "&sol;//"),
    slip("a zero-width space between the slashes", "//\u200b/ internal", "//"),
    slip("a zero-width space before it", "\u200b/// internal", "//"),
    slip("turned around", "\u202e/// internal", "//"),
    slip("a bar before it", "|/// internal", "|//"),
    slip("an exclamation mark before it", "!/// internal", "!//"),
    slip("text before it", "See /// internal", "//", column=1),
    slip("text right before it", "See/// internal", "//"),
    slip("as a heading", "# /// internal", "# ///"),
    slip("as bold text", "**/// internal**", "**///**"),
    slip("as code in the text", "`/// internal`", "`///`"),
    slip("the colons of other tools", "::: internal", ":::"),
    slip("the marks of an admonition", "!!! internal", ""),
    slip("the marks of a box that opens", '???+ internal "For us"', ""),
    # Where it stands.
    *(slip(f"{count} spaces before it", f"{' ' * count}/// internal", f"{' ' * count}///", column=count + 1) for count in (1, 2, 3, 4)),
    slip("a tab before it", "\t/// internal", "\t///", column=2),
    slip("in a quotation", "> /// internal", "> ///"),
    slip("in a list", "- /// internal", "  ///"),
    slip("in a numbered list", "1. /// internal", "   ///"),
    moved("below a list item", block("- a\n\n    /// internal", "    ///", inside=f"    {SECRET}"), "5:5"),
    moved("in a list in a list", block("- a\n    - /// internal", "        ///"), "4:5"),
    moved("in a table", block("| a |\n|---|\n| /// internal |", "| /// |", gap="\n"), "5:1"),
    moved("in an admonition", block("!!! note\n\n    /// internal", "    ///", inside=f"    {SECRET}"), "5:5"),
    moved("in a box that opens", block("??? note\n\n    /// internal", "    ///", inside=f"    {SECRET}"), "5:5"),
    moved("in a tab", block('=== "A"\n\n    /// internal', "    ///", inside=f"    {SECRET}"), "5:5"),
    moved("in a definition", block("Term\n:   /// internal", "    ///", inside=f"    {SECRET}"), "4:1"),
    moved("in a footnote", block("[^1]: /// internal", "    ///", inside=f"    {SECRET}"), "3:1"),
    moved("below a footnote", block("A[^1]\n\n[^1]: note\n\n    /// internal", "    ///", inside=f"    {SECRET}"), "7:5"),
    moved("as an address", block("[a]: /// internal", "///"), "3:1"),
    moved("in the title of a link", block('[a]: /x "/// internal"', "///"), "3:1"),
    moved("in a div", block("<div>\n/// internal", "///\n</div>"), "4:1"),
    moved("in a div, with blank lines", block("<div>\n\n/// internal", "///\n\n</div>"), "1:1", "KB008"),
    moved("in a div that holds Markdown", block('<div markdown="1">\n/// internal', "///\n</div>"), "4:1"),
    moved("as a paragraph of HTML", block("<p>/// internal</p>", "<p>///</p>"), "3:1"),
    moved("with a tag in it", block("/// <b>internal</b>", "//"), "1:1", "KB008"),
    moved("with a tag in the slashes", block("/<b></b>// internal", "//"), "1:1", "KB008"),
    moved("in an attribute", block('<p title="/// internal">x</p>', "//"), "3:1"),
    moved("in a comment", block("<!--\n\n/// internal", "///\n\n-->"), "1:1"),
    moved("an element of ours", block('<aside class="kb-internal" markdown="1">', "</aside>"), "1:1"),
    # Its surroundings.
    moved("no blank line before it", block(before="Before.\n"), "2:1"),
    moved("no blank line after it", block(gap="\n"), "3:1"),
    moved("underlined as a heading", block("/// internal\n------------"), "3:1"),
    moved("split behind the slashes", block("///\ninternal"), "3:1"),
    moved("split in the slashes", block("//\n/ internal", "//"), "1:1", "KB008"),
    moved("split in the word", block("/// inter\nnal"), "3:1"),
    moved("one inside another", block(inside=f"/// internal\n\n{SECRET}\n\n///"), "5:1"),
    moved("never closed", f"Before.\n\n/// internal\n\n{SECRET}\n", "3:1"),
    moved("never opened", f"Before.\n\n{SECRET}\n\n///\n", "5:1"),
    moved("closed first", f"///\n\n{SECRET}\n\n/// internal\n", "1:1"),
    moved("a space after the closer", block(closer="/// "), "7:1"),
    moved("a space before the closer", block(closer=" ///"), "7:2"),
    moved("four spaces before the closer", block(closer="    ///"), "7:5"),
    moved("four slashes for a closer", block(closer="////"), "3:1"),
    moved("two slashes for a closer", block(closer="//"), "3:1"),
    moved("a word in the closer", block(closer="/// end"), "7:1"),
    moved("no blank line before the closer", f"/// internal\n\n{SECRET}\n///\n", "4:1"),
    moved("a text behind it with blank lines missing", f"/// internal\n\n{SECRET}\n\n///\nAfter.\n", "5:1"),
    # Code.
    Spelling("in a fence", f"```markdown\n{block()}```\n", EXAMPLE),
    Spelling("in a fence of tildes", f"~~~markdown\n{block()}~~~\n", EXAMPLE),
    Spelling("in a fence with the language's short name", f"```md\n{block()}```\n", EXAMPLE),
    Spelling("in a longer fence", f"`````markdown\n{block()}`````\n", EXAMPLE),
    Spelling("in a fence with CR LF", f"```markdown\n{block()}```\n".replace("\n", "\r\n"), EXAMPLE),
    moved("in a fence without a language", f"```\n{block()}```\n", "4:1"),
    moved("in a fence of another language", f"```text\n{block()}```\n", "4:1"),
    moved("after a fence that somebody forgot to close", f"```\ncurl x\n\n{block()}\n```bash\ncmd\n```\n", "6:1"),
    moved("after an example that somebody forgot to close", f"```markdown\ncode\n\n{block()}\n```bash\ncmd\n```\n", "6:1"),
    moved("in a fence that is never closed", f"```\n{block()}", "4:1"),
    moved("in a fence closed with more", f"```\n{block()}`````\n", "4:1"),
    moved("in a fence closed with other marks", f"```\n{block()}~~~\n", "4:1"),
    moved("in a fence moved to the right", f" ```\n{block()}```\n", "4:1"),
    moved("in a fence in a list", block("- a\n\n    ```\n    /// internal", "    ///\n    ```", inside=f"    {SECRET}"), "6:5"),
    moved("in a fence in a quotation", f"> ```\n> /// internal\n>\n> {SECRET}\n>\n> ///\n> ```\n", "2:1"),
    moved("in what only looks like a fence", f"``` a b c\n{block()}```\n", "4:1"),
    moved("in indented code", block("    /// internal", "    ///", inside=f"    {SECRET}"), "3:5"),
    moved("the closer in a fence", f"/// internal\n\n{SECRET}\n\n```\n///\n```\n", "1:1"),
    moved("a fence across the end", f"/// internal\n\n```\ncode\n\n///\n\n{SECRET}\n\n```\n", "1:1"),
    # Snippets.
    Spelling("in a snippet", 'A\n\n--8<-- "a.md"\n', CUT, snippets={"a.md": block()}),
    Spelling("a snippet in it", block(inside='--8<-- "a.md"'), CUT, snippets={"a.md": SECRET}),
    Spelling("the opener in a snippet", f'--8<-- "a.md"\n\n{SECRET}\n\n///\n', ERROR, "5:1", snippets={"a.md": "/// internal"}),
    Spelling("the closer in a snippet", f'/// internal\n\n{SECRET}\n\n--8<-- "a.md"\n', ERROR, "1:1", snippets={"a.md": "///"}),
    Spelling("misspelt in a snippet", 'A\n\n--8<-- "a.md"\n', ERROR, "3:1", "KB302", {"a.md": block("/// Internal")}),
    Spelling("in a snippet right after text", 'A\n--8<-- "a.md"\n', ERROR, "4:1", snippets={"a.md": block(before="")}),
    Spelling("a snippet that opens a fence", f'--8<-- "a.md"\n\n```\n{block()}```\n', ERROR, "6:1", snippets={"a.md": "```\ncode"}),
)


def read_spelling(spelling: Spelling):
    snippets = {name: f"---\naudience: public\n---\n{text}" for name, text in spelling.snippets.items()}
    return read((HEADER + spelling.text).encode(), snippets)


def named(spelling: Spelling) -> str:
    return spelling.name


@pytest.mark.parametrize("spelling", SPELLINGS, ids=named)
def test_it_is_cut_or_an_error(spelling: Spelling) -> None:
    corpus = read_spelling(spelling)
    problems = [problem for each in (*corpus.articles, *corpus.unreadable) for problem in each.problems]
    if spelling.meaning == ERROR:
        place = problems[0].place
        in_body = f"{place.line - 4 * (place.path == 'content/odd.md')}:{place.column}"
        assert (problems[0].code, in_body) == (spelling.code, spelling.place)
    else:
        assert problems == []
        (article,) = corpus.articles
        assert SECRET in article.full.html, "the wiki shows it"


@pytest.mark.parametrize("spelling", SPELLINGS, ids=named)
def test_the_secret_is_in_nothing_public(spelling: Spelling) -> None:
    corpus = read_spelling(spelling)
    if spelling.meaning == EXAMPLE:
        assert SECRET in corpus.articles[0].cut.html
        return
    assert SECRET.encode() not in public_bytes(corpus)
    for article in corpus.articles:
        withheld = any("public" in problem.sites for problem in article.problems)
        assert withheld or SECRET not in f"{article.cut.text}{article.cut.html}{article.cut.outline}"


def test_there_are_many_and_each_has_its_own_name() -> None:
    assert len({spelling.name for spelling in SPELLINGS}) == len(SPELLINGS) >= 100


@pytest.mark.parametrize(
    "text",
    [
        "See https://internal.example/ and http:///internal/x, or a///internal.html.\n",
        "Our internal address is //internal-cdn.example.\n",
        "```js\n// internal\n```\n",
        "!!! note\n    Internal matters.\n",
        "Use and/or; 1/2/3; a // b; / / alone.\n",
    ],
)
def test_what_is_no_marker_is_no_fault(text: str) -> None:
    assert scan(text).faults == ()
