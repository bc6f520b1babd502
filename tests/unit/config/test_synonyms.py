"""The file of synonyms: what is taken, what is told, and which site sees what."""

import pytest

from kbgen.audiences.data import site_data
from kbgen.config.data import load_data
from kbgen.model.settings import Settings
from kbgen.model.support import Synonym

SETTINGS = Settings(
    sites={"public": {"name": "Help", "audience": "public"}, "wiki": {"name": "Wiki", "audience": "internal"}},
    languages={"en": {"name": "English"}},
)


def read(tmp_path, text):
    folder = tmp_path / "content" / "_data"
    folder.mkdir(parents=True)
    (folder / "synonyms.yml").write_text(text, encoding="utf-8")
    data, problems = load_data(tmp_path, SETTINGS, ())
    return data, [f"{problem.place.line}: {problem.code} {problem.message}" for problem in problems]


def test_both_kinds_are_read_and_only_those_for_a_site_reach_it(tmp_path):
    text = "- {words: [refund, money back], audience: public}\n- {from: [site], to: [web page]}\n- {words: [a, b], audience: internal}\n"
    data, problems = read(tmp_path, text)
    assert problems == []
    two_way, one_way, inside = data.synonyms
    assert (two_way.words, two_way.audience) == (("refund", "money back"), "public")
    assert (one_way.from_, one_way.to, one_way.audience) == (("site",), ("web page",), "")
    assert site_data(data, SETTINGS, "public").synonyms == (two_way,)
    assert site_data(data, SETTINGS, "wiki").synonyms == (two_way, one_way, inside)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{words: [refund]}", "words: needs two words that stand for each other"),
        ("{words: [refund, refund]}", "words: needs two words that stand for each other"),
        ("{from: [site]}", "needs either 'words: [one, another]' or 'from: [one]' and 'to: [another]'"),
        ("{from: [site], words: [a, b], to: [c]}", "needs either 'words: [one, another]' or 'from: [one]' and 'to: [another]'"),
        ("{}", "needs either"),
        ("{words: refund}", "words: has to be a list"),
        ("{words: [a, b], audience: pulbic}", "audience: unknown audience 'pulbic'"),
        ("{word: [a, b]}", "word: "),
    ],
)
def test_what_is_wrong_is_told_and_costs_one_entry_at_most(tmp_path, row, told):
    data, problems = read(tmp_path, f"- {row}\n- {{words: [good, fine], audience: public}}\n")
    assert any("KB105" in problem and told in problem for problem in problems), problems
    assert Synonym(words=("good", "fine"), audience="public") in data.synonyms
    assert site_data(data, SETTINGS, "public").synonyms == (Synonym(words=("good", "fine"), audience="public"),)
