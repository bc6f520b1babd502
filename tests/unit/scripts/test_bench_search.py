"""scripts/bench-search: the sets have the answers they claim, chance is repeatable, the measures and the table say what was measured."""

from __future__ import annotations

import importlib
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kbgen.search import forms

ROOT = Path(__file__).resolve().parents[3]
if str(ROOT / "scripts" / "lib") not in sys.path:
    sys.path.insert(0, str(ROOT / "scripts" / "lib"))
shapes, spoil, sets, scale, score, engines, run = (
    importlib.import_module(f"search_bench.{name}") for name in ("shapes", "spoil", "sets", "scale", "score", "engines", "run")
)
Query, QuerySet, Score = shapes.Query, shapes.QuerySet, score.Score

RUSSIAN = {
    "export/": ("Выгрузка отчётов в таблицу", "Откройте страницу отчётов и нажмите кнопку выгрузки. Таблица придёт письмом сотруднику."),
    "invite/": ("Приглашение сотрудников", "Сотрудники получают приглашение письмом. Владелец проекта назначает роли на странице доступа."),
    "refund/": ("Возврат оплаты", "Владелец проекта просит о возврате на странице оплаты. Деньги приходят на карту."),
    "goals/": ("Настройка целей", "Цели считаются по событиям. Настройка занимает минуту, события видны в отчёте."),
}
OTHER_FORMS = (
    "Как выгрузить отчётами таблицы? Приглашения сотрудника, владельцев проектам, возвраты оплатой, настройки событиями, кнопками писем"
)
ENGLISH = {
    "refund/": ("Get a refund", "The owner of the project asks for a refund on the billing page."),
    "invite/": ("Invite colleagues", "Colleagues receive an invitation. The owner chooses their roles."),
    "export/": ("Export a report", "Open the report and press the button. The spreadsheet arrives by mail."),
    "import/": ("Export a schedule", "Open the schedule and press the button."),
}


def collection(texts: dict[str, tuple[str, str]], language: str, others: tuple[str, ...] = ()):
    pages = tuple(shapes.Page(address, title, (shapes.Piece("", "", text),)) for address, (title, text) in texts.items())
    return shapes.Collection(f"test {language}", language, pages, others)


@pytest.fixture
def english():
    return collection(ENGLISH, "en")


@pytest.fixture
def russian():
    return collection(RUSSIAN, "ru", (OTHER_FORMS,))


def slips_between(one: str, other: str) -> int:
    """Edits and swaps of neighbours from one word to the other."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@pytest.mark.parametrize(
    ("meant", "language", "typed"),
    [
        ("привет", "ru", "ghbdtn"),
        ("Объём, цена?", "ru", "J,]`v? wtyf&"),
        ("import a file.", "en", "шьзщке ф ашдую"),
        ("What's new?", "en", "Црфеэы туц,"),
        ("файл HAR 42", "ru", "afqk HAR 42"),
    ],
)
def test_the_other_layout_gives_what_the_keys_give(meant: str, language: str, typed: str) -> None:
    assert spoil.wrong_layout(meant, language) == typed


@pytest.mark.parametrize("word", ["balance", "notification", "настройка", "Отчёт", "aaaaa"])
def test_a_slip_is_one_slip_and_no_other_word(word: str) -> None:
    known = frozenset({"balances", "balane", "balnace", "настройки", "настройку"})
    made = {spoil.slip(word, random.Random(seed), known) for seed in range(300)}
    assert {slips_between(word, wrong) for wrong in made} == {1}
    assert not {wrong.lower() for wrong in made} & known
    assert len({len(wrong) - len(word) for wrong in made}) == 3  # left out, put in, exchanged or swapped
    assert word == "aaaaa" or any(sorted(wrong) == sorted(word) for wrong in made)


def test_beginnings_belong_to_one_title(english) -> None:
    made = sets.begun("begun", english, 1)
    titles = {page.address: page.title.lower().split() for page in english.pages}
    assert {answer for query in made.queries for answer in query.answers} == set(ENGLISH)
    for query in made.queries:
        *whole, begun = query.text.split()
        fitting = [a for a, words in titles.items() if set(whole) <= set(words) and any(word.startswith(begun) for word in words)]
        assert frozenset(fitting) == query.answers
        assert 4 <= len(begun) <= 6


def families_on(page) -> set[tuple[int, str]]:
    return {family for word in forms.RUSSIAN.words(page.text) for family in forms.RUSSIAN.families(word)}


def test_inflected_queries_name_one_page_in_words_it_does_not_hold(russian) -> None:
    made = sets.inflected("inflected", russian, 1)
    assert len(made.queries) >= 4
    for query in made.queries:
        words = query.text.split()
        holding = {p.address for p in russian.pages if all(families_on(p) & forms.RUSSIAN.families(word) for word in words)}
        assert holding == set(query.answers)
        page = next(page for page in russian.pages if page.address in query.answers)
        assert len(words) == 2
        assert not set(words) & set(forms.RUSSIAN.words(page.text))


def test_inflected_titles_name_one_title_in_other_forms(russian) -> None:
    made = sets.inflected_titles("titles", russian, 1)
    assert {answer for query in made.queries for answer in query.answers} == set(RUSSIAN)
    for query in made.queries:
        (address,) = query.answers
        assert not set(query.text.split()) & set(forms.RUSSIAN.words(RUSSIAN[address][0]))


def test_inflected_titles_that_two_pages_share_are_left_out() -> None:
    alike = collection({"a/": ("Настройка целей", ""), "b/": ("Настройки цели", "")}, "ru", ("настройкой целями",))
    assert sets.inflected_titles("titles", alike, 1).queries == ()


def test_one_slip_in_the_rarest_word_of_the_answer(english) -> None:
    queries = [
        Query("Colleagues: who asks for a refund?", frozenset({"refund/"})),
        Query("press the button of the spreadsheet", frozenset({"export/"})),
    ]
    made = sets.misspelt("typo", english, queries, 1).queries
    for query, wrong in zip(queries, made, strict=True):
        changed = [(a, b) for a, b in zip(query.text.split(), wrong.text.split(), strict=True) if a != b]
        assert len(changed) == 1
        assert changed[0][0] in ("refund?", "spreadsheet")
        assert slips_between(*changed[0]) == 1
        assert wrong.answers == query.answers


def test_a_query_without_a_long_word_is_not_misspelt(english) -> None:
    assert sets.misspelt("typo", english, [Query("How to do it", frozenset({"refund/"}))], 1).queries == ()


def test_links_that_say_more_than_the_title_and_more_than_here(english) -> None:
    texts = [
        ("Get a Refund", "refund/"),
        ("here", "refund/"),
        ("see this article", "invite/"),
        ("ask for  money back", "refund/"),
        ("the spreadsheet", "export/"),
        ("the spreadsheet", "import/"),
        ("elsewhere", "gone/"),
    ]
    made = sets.links("links", english, texts).queries
    assert made == (Query("ask for money back", frozenset({"refund/"})), Query("the spreadsheet", frozenset({"export/", "import/"})))


def test_the_same_seed_gives_the_same_sets(english, russian) -> None:
    def all_sets(seed: int):
        typos = sets.misspelt("typo", english, sets.titles(english), seed)
        return [typos, sets.begun("begun", english, seed), sets.inflected("a", russian, seed), sets.inflected_titles("b", russian, seed)]

    assert all_sets(1) == all_sets(1)
    assert all_sets(1) != all_sets(2)


def test_a_sample_is_a_part_in_order() -> None:
    whole = QuerySet("set", "test", tuple(Query(str(number), frozenset()) for number in range(100)))
    part = sets.sample(whole, 10, 1)
    numbers = [int(query.text) for query in part.queries]
    assert len(set(numbers)) == 10
    assert numbers == sorted(numbers)
    assert part == sets.sample(whole, 10, 1) != sets.sample(whole, 10, 2)
    assert sets.sample(whole, 0, 1) is whole


def test_titles_that_two_pages_share_are_no_queries() -> None:
    shared = collection({"a/": ("Refunds", ""), "b/": ("refunds!", ""), "c/": ("Invoices", "")}, "en")
    assert [query.text for query in sets.titles(shared)] == ["Invoices"]


def test_measures() -> None:
    queries = [Query("q", frozenset({"right/"}))] * 4
    others = [f"{number}/" for number in range(20)]
    found = [["right/"], [*others[:4], "right/"], [], [*others[:10], "right/"]]
    assert score.score(queries, found) == Score(4, first=0.25, three=0.25, five=0.5, rank=(1 + 1 / 5) / 4, nothing=0.25)
    assert score.score(queries, [["right/"], ["x/", "x/", "right/"], ["x/", "x/", "x/", "right/"], []]).three == 0.5


def test_any_of_several_answers_counts() -> None:
    assert score.score([Query("q", frozenset({"a/", "b/"}))], [["x/", "b/", "a/"]]).rank == 0.5


def test_the_mean_counts_each_set_alike() -> None:
    assert score.mean([Score(1, 1.0, 1.0, 1.0, 1.0, 0.0), Score(99, 0.0, 0.25, 0.5, 0.0, 1.0)]) == Score(100, 0.5, 0.625, 0.75, 0.5, 0.5)


@pytest.mark.parametrize(("values", "wanted"), [([], 0), ([7], 7), (list(range(1, 101)), 95), ([3, 1, 2], 3)])
def test_percentile(values: list[float], wanted: float) -> None:
    assert score.percentile(values, 0.95) == wanted


@pytest.mark.parametrize("count", [1, 30])
def test_grown_articles(russian, count: int) -> None:
    made = scale.grown(russian, count, 1)
    assert len({page.address for page in made.pages}) == count
    assert made == scale.grown(russian, count, 1)
    assert all(page.title and page.text for page in made.pages)


def test_more_articles_have_more_words(russian) -> None:
    def words(count: int) -> int:
        return len({word for page in scale.grown(russian, count, 1).pages for word in (*re.findall(r"\w+", page.text), *page.keywords)})

    assert words(400) > 3 * words(40)


def test_what_is_asked_of_grown_articles_stands_in_them(russian) -> None:
    made = scale.grown(russian, 20, 1)
    text = "\n".join(piece.text for page in made.pages for piece in page.pieces)
    assert all(question in text for question in scale.questions(made, 10, 1))
    titles = " ".join(page.title.lower() for page in made.pages)
    assert all(typed.split()[-1] in titles for typed in scale.keystrokes(made, 10, 1))


def test_grown_articles_are_asked_and_looked_for_as_ours_are(english, russian) -> None:
    for source, openings in ((english, scale._ASKED["en"]), (russian, scale._ASKED["ru"])):
        pages = scale.grown(source, 200, 1).pages
        assert {len(page.questions) for page in pages} == {2, 3, 4, 5}
        assert max(len(page.keywords) for page in pages) == 6
        assert sum(len(page.keywords) for page in pages) > 3.5 * len(pages)
        words = [word for page in pages for each in page.keywords for word in each.split()]
        held = [word for page in pages for each in page.keywords for word in each.split() if word in page.text]
        assert 0.6 < len(held) / len(words) < 0.95  # small sources share most of their words
        assert all(each.startswith(openings) and each.endswith("?") and 5 <= len(each.split()) <= 10 for p in pages for each in p.questions)


def test_articles_are_grown_from_the_largest_english_collection_and_from_our_russian_one() -> None:
    def grown_from(*names: str) -> list[tuple[str, int]]:
        found = [run.Asked(shapes.Collection(name, name[-2:], ()), ()) for name in names]
        return [(source.name, size) for source, size in run.to_grow(found, run.Plan(sizes=(100, 1_000), russian=(7,)))]

    own = ("own public en", "own public ru", "own internal en")
    assert grown_from("xquad en", "arduino en", *own) == [("arduino en", 100), ("arduino en", 1_000), ("own public ru", 7)]
    assert grown_from(*own) == [("own public en", 100), ("own public en", 1_000), ("own public ru", 7)]


def test_our_own_engine_answers(russian, tmp_path: Path) -> None:
    ready = engines.Kbgen(ROOT).prepare(russian, tmp_path)
    assert [found[0] for found in ready.rank(["возвраты оплатой", "настройки целям"], False)] == ["refund/", "goals/"]
    assert [found[0] for found in ready.rank(["возвр", "настр"], True)] == ["refund/", "goals/"]
    assert ready.always > 0
    assert set(ready.more) < set(ready.files)


def test_material_gets_every_section_under_an_address_of_its_own(tmp_path: Path) -> None:
    pieces = [shapes.Piece(name, "Heading <b>", f"Text {name} & <b>more</b>") for name in ("", "same", "same")]
    page = shapes.Page("a/", "Title", tuple(pieces), summary="In short")
    ready = engines.Material().prepare(shapes.Collection("test", "ru", (page,)), tmp_path)
    index = json.loads(ready.files["search/search_index.json"])
    locations = [each["location"] for each in index["docs"]]
    assert locations[0] == "a/"
    assert len(set(locations)) == len(locations) == 4
    assert index["config"]["lang"] == ["ru"]
    assert index["docs"][-1]["text"] == "<p>Text same &amp; &lt;b&gt;more&lt;/b&gt;</p>"


def bench(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "bench-search"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_run_on_our_own_articles(tmp_path: Path) -> None:
    done = bench("--engines", "kbgen", "--sets-only", "--only", "own public en", "--most", "3", "--out", str(tmp_path / "table.md"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == (tmp_path / "table.md").read_text(encoding="utf-8")
    assert "| questions, own public en (" in done.stdout
    assert "xquad were left out" in done.stdout


@pytest.mark.parametrize("words", [("--engines", "kbgen,altavista"), ("--corpus", "no/such/folder")])
def test_wrong_words(words: tuple[str, ...]) -> None:
    assert bench(*words).returncode == 2
