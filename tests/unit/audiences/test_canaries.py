"""What counts as a canary of a site, and what does not."""

from __future__ import annotations

import dataclasses
import pickle
import subprocess
import sys

import pytest

from kbgen.audiences.canaries import RUN, Canaries, canaries, is_patchwork, origins_of
from kbgen.audiences.words import hashes, words
from kbgen.model.article import Article, Corpus, Heading, Outline, Rendering, SourceFile, Unreadable
from kbgen.model.finding import Place, Problem
from kbgen.model.meta import Meta
from kbgen.model.playbook import Fill, Playbook, Spot
from kbgen.model.settings import Language, Settings, Site

SETTINGS = Settings(
    sites={
        "public": Site(name="Acorn Help", audience="public", url="https://help.example.com/"),
        "internal": Site(name="Acorn Wiki", audience="internal", url="https://wiki.example.com/"),
    },
    languages={"en": Language(name="English"), "ru": Language(name="Русский")},
)
SECRET = "Refunds above five hundred need the written approval of the head of support"


def rendering(text: str, html: str = "") -> Rendering:
    headings = tuple(Heading(2, "x", line[3:]) for line in text.splitlines() if line.startswith("## "))
    return Rendering(text, f"digest of {text}", html or "".join(f"<p>{line}</p>\n" for line in text.splitlines()), Outline(headings))


def article(name: str, audience: str, text: str, cut: str | None = None, language: str = "en", **more: object) -> Article:
    path = f"billing/{name}.md"
    fields = {"title": name, "product_area": "billing", "owner": "billing-team", "audience": audience}
    meta = Meta.model_validate(fields | {key: value for key, value in more.items() if key in Meta.model_fields})
    full = rendering(text)
    source = SourceFile(f"content/{language}/{path}", f"---\ntitle: {meta.title}\n---\n{text}".encode())
    made = Article(
        str(more.get("id", f"KB-{name}")),
        source,
        language,
        path,
        f"billing/{name}/",
        meta,
        4,
        full,
        full if cut is None else rendering(cut),
    )
    return dataclasses.replace(made, **{key: value for key, value in more.items() if key in {"problems", "includes"}})


def corpus(*articles: Article, unreadable: tuple[Unreadable, ...] = ()) -> Corpus:
    return Corpus(articles, unreadable, {})


def made(*articles: Article, site: str = "public", **more: object) -> Canaries:
    return canaries(corpus(*articles), SETTINGS, site, **more)


def runs_of(text: str, found: Canaries) -> int:
    """How many runs of a text are canaries."""
    return sum(run in found.runs for run in hashes([found.numbers.get(word, 0) for word in words(text)], RUN))


def test_words_are_the_same_for_every_spelling():
    assert words("Re\u00adset **the** Pass\u200bword_now") == ["reset", "the", "password", "now"]
    assert words("ЁЖ й") == words("ёж и\u0306")


def test_every_run_of_an_internal_article_is_a_canary_of_the_public_site_only():
    found = made(article("limits", "internal", SECRET))
    assert runs_of(SECRET, found) == len(words(SECRET)) - RUN + 1
    assert not runs_of(SECRET, made(article("limits", "internal", SECRET), site="internal"))


def test_text_of_a_public_source_is_no_canary_but_what_goes_on_from_it_is():
    found = made(article("a", "internal", SECRET + " and of nobody else in here"), article("b", "public", SECRET))
    assert not runs_of(SECRET, found)
    assert runs_of("of the head of support and of nobody", found) == 1


def test_text_of_the_theme_is_no_canary():
    assert not runs_of(SECRET, made(article("a", "internal", SECRET), extra_public=(SECRET,)))


def test_the_internal_passage_of_a_public_article_is_a_canary_and_its_public_text_is_not():
    public = "Open the billing page and choose the invoice that you want to have refunded"
    found = made(article("refund", "public", f"{public}\n\n/// internal\n\n{SECRET}\n\n///\n", cut=f"{public}\n"))
    assert runs_of(SECRET, found) == len(words(SECRET)) - RUN + 1
    assert not runs_of(public, found)
    assert runs_of("want to have refunded internal refunds above five", found) == 1


def test_header_texts_of_an_internal_article_are_canaries():
    found = made(article("a", "internal", "x", summary=SECRET, questions=("Who may pay back more than five hundred in one go?",)))
    assert runs_of(SECRET, found)
    assert runs_of("who may pay back more than five hundred", found)


def test_how_a_public_article_was_reviewed_is_a_canary():
    found = made(article("a", "public", "x", reviewed_how="Walked through it with the billing team on the staging system"))
    assert runs_of("walked through it with the billing team on", found) == 1


def test_an_unreadable_file_is_a_canary_of_every_site():
    broken = Unreadable(SourceFile("content/en/x.md", f"---\ntitle: [\n---\n{SECRET} é".encode("latin-1")), "en", "x.md", "x/", ())
    for site in SETTINGS.sites:
        assert runs_of(SECRET, canaries(corpus(unreadable=(broken,)), SETTINGS, site))


def test_what_markup_hides_in_the_source_is_seen_as_the_page_shows_it():
    text = "Refunds **above** <b>five</b> hundred&nbsp;need [the](x.md) written approval"
    text += ' of <img alt="the head of support and the head of finance">'
    found = made(article("a", "internal", text))
    assert runs_of("refunds above five hundred need the x md written", found)
    assert runs_of("the head of support and the head of", found) == 1


def test_names_of_tags_are_no_canaries():
    table = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    assert not made(article("a", "internal", table)).runs


def test_long_titles_are_canaries_short_ones_only_where_titles_stand():
    found = made(article("a", "internal", "x", title="Who approves large refunds"), article("b", "internal", "x", title="Large refunds"))
    assert len(found.phrases) == 1
    assert found.short == {"large refunds"}


def test_a_title_that_a_public_text_mentions_is_no_canary():
    found = made(
        article("a", "internal", "x", title="Who approves large refunds"),
        article("b", "internal", "x", title="Large refunds"),
        article("c", "public", "The team knows who approves large refunds.", title="Large refunds"),
    )
    assert not found.phrases
    assert not found.short


def test_ids_are_canaries_unless_shared_or_plain_words_or_said_in_public():
    found = made(
        article("a", "internal", "x", id="KB-7Q4M"),
        article("b", "internal", "x", id="KB-SAME"),
        article("c", "public", "Say on-call to your contact.", id="KB-SAME"),
        article("d", "internal", "x", id="team"),
        article("e", "internal", "x", id="on-call"),
    )
    assert dict(found.ids) == {"7q4m": ("kb-7q4m",)}


def test_addresses_are_canaries_unless_a_public_page_lives_there_or_below():
    wrong = (Problem("KB304", Place("content/en/billing/d.md"), "no audience", "add one"),)
    found = made(
        article("a", "internal", "x"),
        article("b", "internal", "x", language="ru"),
        article("b", "public", "x"),
        article("d", "internal", "x", problems=wrong),
        article("e", "internal", "x"),
        dataclasses.replace(article("f", "internal", "x"), address="billing/"),
        corrected=("billing/e/",),
    )
    assert found.addresses == {"billing/a/", "ru/billing/b/"}


@pytest.mark.parametrize(
    "trouble",
    [
        {"includes": (("content/_snippets/en/s.md", "internal"),)},
        {"problems": (Problem("KB303", Place("x"), "malformed", "mend it", ("public",)),)},
    ],
)
def test_a_public_article_that_is_withheld_does_not_make_what_it_holds_public(trouble: dict[str, object]):
    found = made(article("a", "internal", SECRET), article("b", "public", SECRET, **trouble))
    assert runs_of(SECRET, found)


def test_public_titles_one_after_the_other_are_no_leak():
    titles = ["Reset your password", "Invite a colleague", "Change who pays", "Close your account for good"]
    public = [article(str(number), "public", "## Before you start", title=title) for number, title in enumerate(titles)]
    listed = "Reset your password. Invite a colleague. Change who pays. Close your account"
    found = made(*public, article("list", "internal", listed))

    def verdict(text: str) -> bool:
        return is_patchwork(tuple(found.numbers.get(word, 0) for word in words(text)), found)

    assert runs_of(listed, found)
    assert verdict("your password invite a colleague change who pays")
    assert verdict("colleague change who pays close your account")
    assert verdict("change who pays")
    assert not verdict("your password then a colleague change who pays")
    assert not verdict("pays close your account or invite a colleague")


def test_the_file_of_a_leak_is_told():
    where = corpus(article("a", "internal", SECRET), article("b", "public", "nothing of it"))
    assert origins_of("above five hundred need the written approval of", where) == ("content/en/billing/a.md",)


def test_nothing_of_them_is_printed():
    assert "refund" not in repr(made(article("large-refunds", "internal", SECRET, title="Who approves large refunds"))).lower()


def test_they_are_the_same_in_another_process_with_another_hash_seed():
    here = made(article("a", "internal", SECRET, title="Who approves large refunds"))
    code = "import pickle, sys; found = pickle.load(sys.stdin.buffer); from kbgen.audiences.canaries import *\n"
    code += f"print(found.digest(), all(run in found.runs for run in hashes([found.numbers[w] for w in words({SECRET!r})], RUN)))"
    told = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(here), capture_output=True, check=True, env={"PYTHONHASHSEED": "1"}
    )
    assert told.stdout.decode().split() == [here.digest(), "True"]
    assert here.digest() != made(article("a", "internal", SECRET + " again", title="Who approves large refunds")).digest()


MAY = "Whoever is alone on shift may promise three more days of service without asking"


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_what_may_be_decided_off_hours_is_for_the_wiki_whoever_the_article_is_for(audience: str) -> None:
    one = article("night", audience, "Text.", off_hours=MAY)
    assert runs_of(MAY, made(one)) == len(words(MAY)) - RUN + 1
    assert not runs_of(MAY, made(one, site="internal"))


LABEL = "number of the ticket as the night shift writes it into the secret book"


def test_what_to_fill_in_is_as_internal_as_the_text_that_needs_it() -> None:
    def needing(made: Rendering) -> Rendering:
        fills = (Fill("ticket", Spot("a.md", 1)),)
        return dataclasses.replace(made, outline=dataclasses.replace(made.outline, playbook=Playbook(fills=fills)))

    hidden = article("a", "public", "Text. Secret.", "Text.", placeholders={"ticket": LABEL})
    shown = article("a", "public", "Text.", placeholders={"ticket": LABEL})
    shown = dataclasses.replace(shown, full=needing(shown.full), cut=needing(shown.cut))
    for one in (article("a", "internal", "Text.", placeholders={"ticket": LABEL}), dataclasses.replace(hidden, full=needing(hidden.full))):
        assert runs_of(LABEL, made(one)) == len(words(LABEL)) - RUN + 1
    assert not runs_of(LABEL, made(shown))
