"""Rules whose work must not grow with the square of what is written. Counted or bounded generously: a square would take minutes."""

from __future__ import annotations

import dataclasses
import time

from kbgen.model.data import Data
from kbgen.model.playbook import Fill, Spot
from kbgen.model.support import Tier
from kbgen.rules import kb701_tier_without_exit, kb713_placeholder


def tier(number: int, next_: int | None, **more: object) -> Tier:
    name = "" if next_ is None else f"t{next_}"
    return Tier(id=f"t{number}", level=1, name={"en": "T"}, teams=("a",), next=name, **more)


def circles(make_facts, *tiers: Tier) -> list[str]:
    facts = dataclasses.replace(make_facts(), data=Data(tiers=tiers))
    return [problem.message for problem in kb701_tier_without_exit.check(facts) if "circle" in problem.message]


def test_a_circle_of_thousands_of_tiers_is_found_at_once(make_facts):
    started = time.perf_counter()
    (message,) = circles(make_facts, *(tier(number, (number + 1) % 5_000) for number in range(5_000)))
    assert time.perf_counter() - started < 5
    assert message.startswith("the ladder goes round in a circle: t0 → t1 → ")
    assert message.endswith("… → t0")
    assert len(message) < 300


def test_every_circle_once_from_its_first_tier_in_the_file(make_facts):
    tiers = (tier(1, 3), tier(2, 3), tier(3, 4), tier(4, 2), tier(5, 5), tier(6, None, branches={"bug": "t7"}), tier(7, 6))
    assert circles(make_facts, *tiers) == [
        "the ladder goes round in a circle: t2 → t3 → t4 → t2",
        "the ladder goes round in a circle: t5 → t5",
        "the ladder goes round in a circle: t6 → t7 → t6 (kind: bug)",
    ]


def test_thousands_of_placeholders_are_not_all_compared_with_each_other(make_facts, make_article, monkeypatch):
    asked = []
    monkeypatch.setattr(kb713_placeholder, "did_you_mean", lambda word, known: asked.append(word) or "near")
    names = "".join(f"  name{number}: x\n" for number in range(400))
    article = make_article("Text", header=f"title: T\naudience: public\nplaceholders:\n{names}last_reviewed: 2026-01-01")
    meta = article.meta.model_copy(update={"placeholders": {f"name{number}": "x" for number in range(400)}})
    fills = tuple(Fill(f"nmae{number // 2}", Spot(article.source.path, 9)) for number in range(600))
    book = dataclasses.replace(article.full.outline.playbook, fills=fills)
    full = dataclasses.replace(article.full, outline=dataclasses.replace(article.full.outline, playbook=book))
    found = list(kb713_placeholder.check(make_facts(dataclasses.replace(article, meta=meta, full=full))))
    assert asked == [f"nmae{number}" for number in range(50)]
    assert [problem.hint for problem in found[49:51]] == ["near", "add 'nmae50: what to fill in' to placeholders: in the front matter"]
    assert len(found) == 300 + 400
    assert [problem.place.line for problem in found[300:]] == list(range(5, 405)), "each at its own line"
