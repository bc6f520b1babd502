"""Whole builds, with an engine that only pretends: what goes out, what stays, and what stops what."""

from __future__ import annotations

import datetime
import hashlib
import json

import pytest
from workshop import SETTINGS, TODAY, Workshop, article, found, result

from kbgen.errors import HandoverError, SettingsError
from kbgen.handover import lock
from kbgen.model.finding import Effect

SECRET = "The shift lead decides whether the whole region goes into the emergency plan tonight."
CORRECTING = "being corrected"


def broken(path: str) -> str:
    """An article whose header cannot be read."""
    return f"---\ntitle: [Broken {path}\naudience: public\n---\n\nThe broken text of {path} with enough words to be told apart.\n"


def test_the_first_build(workshop: Workshop) -> None:
    built = workshop.build()
    assert (built.code, built.findings) == (0, ())
    assert [(site.name, site.articles, site.handed_over, site.left_out) for site in built.sites] == [
        ("public", 4, True, ()),
        ("internal", 6, True, ()),
    ]
    assert workshop.engine.runs == [
        {
            "public-en": ["", "billing/", "billing/invoices/", "billing/refund/", "search/"],
            "public-ru": ["", "billing/", "billing/invoices/", "billing/refund/", "search/"],
            "internal-en": ["", "billing/", "billing/invoices/", "billing/refund/", "search/", "team/", "team/roles/"],
            "internal-ru": ["", "billing/", "billing/invoices/", "billing/refund/", "search/", "team/", "team/roles/"],
        }
    ]
    articles = {"billing/invoices/index.html", "billing/refund/index.html"}
    pages = {"404.html", "index.html", "billing/index.html", "search/index.html", *articles}
    public = set(workshop.site("public"))
    assert {path for path in public if path.endswith(".html")} == pages | {f"ru/{path}" for path in pages}
    assert {"robots.txt", "sitemap.xml", "assets/fake.css", "ru/assets/fake.css", "search/index.json", "ru/search/index.json"} <= public
    assert SECRET in workshop.page("internal", "team/roles")
    assert not any(b"roles" in data or b"shift lead" in data for data in workshop.site("public").values())
    assert workshop.manifest("public").addresses == {
        "billing/invoices/",
        "billing/refund/",
        "ru/billing/invoices/",
        "ru/billing/refund/",
    }


def test_the_stages_are_told_in_their_order(workshop: Workshop) -> None:
    workshop.build()
    assert workshop.stages == [
        "waiting for other builds",
        "reading",
        "converting",
        "deciding who sees what",
        "staging",
        "indexing",
        "rendering",
        "verifying",
        "handing over",
    ]


def test_an_urgent_correction_always_goes_out(live: Workshop) -> None:
    live.write("en/billing/refund.md", broken("refund"))
    live.write("en/team/roles.md", broken("roles"))
    live.write("en/billing/invoices.md", article("Find your invoices", "Corrected: they are in your profile."))
    built = live.build()
    assert built.code == 1
    for name in ("public", "internal"):
        assert "Corrected: they are in your profile." in live.page(name, "billing/invoices")
        assert CORRECTING in live.page(name, "billing/refund")
        assert not any(b"The broken text" in data or b"Broken" in data for data in live.site(name).values())
    assert CORRECTING in live.page("internal", "team/roles")
    assert "Open the invoice" not in live.page("public", "billing/refund")
    assert {str(finding.place) for finding in built.findings if finding.effect is Effect.WITHHOLD} >= {
        "content/en/billing/refund.md:2:8",
        "content/en/team/roles.md:2:8",
    }
    assert {(item.path, item.stand_in) for item in result(built, "public").left_out} == {
        ("content/en/billing/refund.md", True),
        ("content/ru/billing/refund.md", True),
        ("content/en/team/roles.md", False),
    }


def test_a_link_to_a_page_that_is_being_corrected_leads_to_its_stand_in(live: Workshop) -> None:
    live.write("en/billing/refund.md", broken("refund"))
    built = live.build()
    assert 'See <a href="../refund/">refunds</a>' in live.page("public", "billing/invoices")
    assert found(built) == [("KB004", "content/en/billing/refund.md:2:8"), ("KB307", "content/ru/billing/refund.md:2:1")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (article("Ask for a refund", "Zanzibar.", "pubilc"), "KB305"),
        (article("Ask for a refund", "Zanzibar.", draft="true"), "KB306"),
        ("---\ntitle: Ask for a refund\nlast_reviewed: 2026-10-01\n---\n\nZanzibar.\n", "KB304"),
    ],
)
def test_a_live_article_with_an_odd_audience_gets_a_stand_in(live: Workshop, text: str, code: str) -> None:
    live.write("en/billing/refund.md", text)
    built = live.build()
    assert (built.code, found(built)[0][0]) == (1, code)
    for address in ("billing/refund", "ru/billing/refund"):
        assert "aside" in live.page("public", address), "it says that it is being corrected"
    assert 'See <a href="../refund/">refunds</a>' in live.page("public", "billing/invoices"), "no page goes along with it"
    assert [(item.path, item.stand_in) for item in result(built, "public").left_out] == [
        ("content/en/billing/refund.md", True),
        ("content/ru/billing/refund.md", True),
    ]
    assert not any(b"Zanzibar" in data for data in live.site("public").values())
    assert "Zanzibar." in live.page("internal", "billing/refund")


def test_a_stand_in_ends_when_the_article_is_mended(live: Workshop) -> None:
    good = (live.root / "content/en/billing/refund.md").read_bytes()
    before = live.site("public")
    live.write("en/billing/refund.md", broken("refund"))
    live.build()
    assert live.site("public") != before
    live.write("en/billing/refund.md", good)
    assert live.build().code == 0
    assert live.site("public") == before
    assert live.manifest("public").gone == frozenset()


def test_what_was_never_public_gets_no_stand_in(live: Workshop) -> None:
    live.write("en/billing/new.md", broken("new"))
    built = live.build()
    assert built.code == 1
    assert not (live.root / "site/public/billing/new").exists()
    assert [(item.path, item.stand_in) for item in result(built, "public").left_out] == [("content/en/billing/new.md", False)]


@pytest.mark.parametrize(
    "text",
    [
        broken("roles"),
        article("Who does what at night", "Now the second line decides, and nobody else in the company.", "internal"),
        article("Another title for the night", "Text [without an end](nowhere.md).", "internal"),
        b"\xff\xfe\x00",
        None,
    ],
)
def test_internal_articles_change_nothing_in_the_public_site(live: Workshop, text: str | bytes | None) -> None:
    before = live.site("public")
    if text is None:
        live.delete("en/team/roles.md")
    else:
        live.write("en/team/roles.md", text)
    live.build()
    assert live.site("public") == before
    assert not any(key.startswith("public") for run in live.engine.runs for key in run)


def test_a_failing_engine_stops_its_own_site_only(live: Workshop) -> None:
    before = live.site("public")
    live.engine.broken = {"public-ru": "the template is torn"}
    for language in ("en", "ru"):
        live.write(f"{language}/billing/invoices.md", article(f"Invoices {language}", "A new text for everybody."))
    built = live.build()
    assert built.code == 3
    public, internal = result(built, "public"), result(built, "internal")
    assert (public.handed_over, public.why, public.stood) == (False, "the template is torn", True)
    assert internal.handed_over
    assert live.site("public") == before
    assert "A new text for everybody." in live.page("internal", "ru/billing/invoices")
    live.engine.broken = {}
    assert live.build().code == 0
    assert "A new text for everybody." in live.page("public", "ru/billing/invoices")


@pytest.mark.parametrize(
    "slip",
    [
        f"<p>{SECRET}</p>",
        f"<!-- {SECRET} -->",
        '<a href="team/roles/">a look behind</a>',
        "<p>who does what at night</p>",
        f"<script>var x = {SECRET.encode().hex()!r}; '{SECRET.replace(' ', '&#32;')}'</script>",
    ],
)
def test_internal_text_in_a_public_page_stops_the_public_site(live: Workshop, slip: str) -> None:
    before = live.site("public")
    live.engine.slips = {"public-en": slip}
    live.engine.look = "2"  # everything is rendered anew
    live.write("en/team/roles.md", article("Who does what at night", SECRET + " And one more sentence.", "internal"))
    built = live.build()
    assert built.code == 4
    leaks = [finding for finding in built.findings if finding.code == "KB902"]
    assert [(str(leak.place), leak.sites) for leak in leaks] == [("site/public/index.html:1:1", ("public",))]
    assert "shift lead" not in leaks[0].message, "the message must not tell what it found"
    assert not result(built, "public").handed_over
    assert result(built, "public").why.startswith("KB902 at site/public/index.html:1:1")
    assert live.site("public") == before
    assert "And one more sentence." in live.page("internal", "team/roles")


def test_a_leak_in_the_first_build_leaves_no_public_site(workshop: Workshop) -> None:
    workshop.engine.slips = {"public-ru": f"<p>{SECRET}</p>"}
    built = workshop.build()
    assert (built.code, result(built, "public").stood, result(built, "internal").handed_over) == (4, False, True)
    assert not (workshop.root / "site/public").exists()


def test_a_leak_is_not_forgiven_by_building_again(live: Workshop) -> None:
    live.engine.slips = {"public-en": f"<p>{SECRET}</p>"}
    live.engine.look = "2"
    assert [live.build().code for _ in range(2)] == [4, 4]


def test_an_address_collision_stops_the_sites_that_show_both(live: Workshop) -> None:
    before = live.site("public")
    live.write("en/billing/refund/index.md", article("Refunds again", "The same address twice."))
    built = live.build()
    assert (built.code, [site.handed_over for site in built.sites]) == (4, [False, False])
    assert ("KB501", "content/en/billing/refund.md:1:1") in found(built)
    assert live.site("public") == before


def test_an_address_collision_inside_the_wiki_does_not_stop_the_public_site(live: Workshop) -> None:
    live.write("en/team/roles/index.md", article("Roles by day", "The same address twice, for colleagues.", "internal"))
    live.write("en/billing/invoices.md", article("Find your invoices", "A correction for customers."))
    built = live.build()
    assert (built.code, result(built, "public").handed_over, result(built, "internal").handed_over) == (4, True, False)
    assert "A correction for customers." in live.page("public", "billing/invoices")


def test_an_article_that_becomes_internal_is_gone_for_good(live: Workshop) -> None:
    text = "Only colleagues may read about the goodwill budget from now on, and nobody else."
    live.write("en/billing/refund.md", article("Ask for a refund", text, "internal"))
    live.write("en/billing/invoices.md", article("Find your invoices", "They are all on one page."))
    live.write("ru/billing/refund.md", article("Как вернуть оплату", "Теперь только для коллег.", "internal"))
    assert live.build().code == 0
    assert not (live.root / "site/public/billing/refund").exists()
    assert live.manifest("public").gone == {"billing/refund/", "ru/billing/refund/"}
    assert text in live.page("internal", "billing/refund")
    # It breaks later: nobody outside may see that there is something at this address.
    before = live.site("public")
    live.write("en/billing/refund.md", broken("refund"))
    built = live.build()
    assert [item.stand_in for item in result(built, "public").left_out] == [False]
    assert live.site("public") == before
    assert live.manifest("public").gone == {"billing/refund/", "ru/billing/refund/"}


def test_a_deleted_article_is_gone_and_may_come_back(live: Workshop) -> None:
    live.delete("ru/billing/invoices.md")
    assert live.build().code == 0
    assert not (live.root / "site/public/ru/billing/invoices").exists()
    assert live.manifest("public").gone == live.manifest("internal").gone == {"ru/billing/invoices/"}
    live.write("ru/billing/invoices.md", article("Где найти счета", "Снова здесь."))
    assert live.build().code == 0
    assert live.manifest("public").gone == frozenset()


def test_a_dead_link_keeps_a_page_out_of_the_public_site_only(live: Workshop) -> None:
    live.write("en/billing/invoices.md", article("Find your invoices", "See [the rules](../team/rules.md) for this."))
    built = live.build()
    assert (built.code, found(built)) == (1, [("KB401", "content/en/billing/invoices.md:7:17")])
    assert CORRECTING in live.page("public", "billing/invoices")
    assert "See <span>the rules</span> for this." in live.page("internal", "billing/invoices")


def test_nothing_to_do_does_not_run_the_engine(live: Workshop) -> None:
    before = {name: live.site(name) for name in ("public", "internal")}
    inode = (live.root / "site/public").stat().st_ino
    built = live.build()
    assert (built.code, live.engine.runs) == (0, [])
    assert [tuple(site.changes) for site in built.sites] == [(0, 0, 0), (0, 0, 0)]
    assert {name: live.site(name) for name in ("public", "internal")} == before
    assert (live.root / "site/public").stat().st_ino == inode


def test_another_day_renders_only_what_becomes_overdue_and_only_for_the_wiki(live: Workshop) -> None:
    before = live.site("public")
    live.write("en/team/roles.md", article("Who does what at night", SECRET, "internal", review_every="20d"))
    live.write("ru/team/roles.md", article("Кто чем занят ночью", "Старший смены решает за всех.", "internal", review_every="400d"))
    live.build()
    live.engine.runs.clear()
    built = live.build(TODAY + datetime.timedelta(days=60))
    # The Russian page takes its interval from its original.
    assert live.engine.runs == [{"internal-en": ["team/roles/"], "internal-ru": ["team/roles/"]}]
    assert (built.code, {code for code, _ in found(built)}) == (0, {"KB202"})
    assert live.site("public") == before


def test_one_edit_renders_one_page(live: Workshop) -> None:
    live.write("en/billing/refund.md", article("Ask for a refund", "Another text, the same title."))
    live.build()
    assert live.engine.runs == [{"public-en": ["billing/refund/"], "internal-en": ["billing/refund/"]}]


def test_a_new_title_renders_the_pages_that_show_it(live: Workshop) -> None:
    live.write("ru/billing/refund.md", article("Возврат денег", "Откройте счёт и нажмите кнопку возврата."))
    live.build()
    shown = ["", "billing/", "billing/invoices/", "billing/refund/", "search/"]
    assert live.engine.runs == [{"public-ru": shown, "internal-ru": shown}]


def test_incremental_is_clean(live: Workshop) -> None:
    """After a history of edits the sites are what a first build makes of the same content."""
    live.write("en/billing/new/deep.md", article("A deep page", "It links [up](../refund.md)."))
    live.build()
    live.write("en/billing/refund.md", article("Refunds", "Changed.", "internal"))
    live.build()
    live.delete("en/billing/new/deep.md")
    live.write("en/billing/invoices.md", article("Find your invoices", "No link any more."))
    assert live.build().code == 1
    after = {name: live.site(name) for name in ("public", "internal")}
    live.engine.runs.clear()
    assert live.build(clean=True).code == 1
    assert {name: live.site(name) for name in ("public", "internal")} == after
    assert [len(pages) for pages in live.engine.runs[0].values()] == [4, 5, 7, 7]
    assert live.manifest("public").gone == {"billing/new/deep/", "billing/refund/"}


def test_clean_forgets_what_the_gate_has_passed(live: Workshop) -> None:
    """A memory that says the leaking page has passed is believed, as nobody else writes it; not so by a clean build."""
    slip = f"<p>{SECRET}</p>"
    leaking = live.page("public", "").replace("</main>", f"{slip}</main>").encode()
    memory = live.project.work / "verified/public.json"
    known = json.loads(memory.read_bytes())
    known["passed"].append(hashlib.sha256(b"index.html\0" + leaking).hexdigest())
    live.engine.slips, live.engine.look = {"public-en": slip}, "2"
    memory.write_text(json.dumps(known), encoding="utf-8")
    assert live.build(clean=True).code == 4
    memory.write_text(json.dumps(known), encoding="utf-8")
    assert live.build().code == 0


def test_another_look_renders_everything(live: Workshop) -> None:
    live.engine.look = "2"
    live.build()
    assert [len(pages) for pages in live.engine.runs[0].values()] == [5, 5, 7, 7]


@pytest.mark.parametrize(
    ("path", "rendered"),
    [
        ("billing/refund/index.html", {"public-en": ["billing/refund/"]}),
        ("ru/index.html", {"public-ru": [""]}),
        ("404.html", {"public-en": []}),
        ("assets/fake.css", {"public-en": []}),
        ("ru/assets/fake.css", {"public-ru": []}),
        ("robots.txt", None),
        ("search/index.json", None),
    ],
)
@pytest.mark.parametrize("deleted", [False, True])
def test_a_file_touched_by_hand_is_made_anew(live: Workshop, path: str, rendered: dict[str, list[str]] | None, deleted: bool) -> None:
    before = live.site("public")
    file = live.root / "site/public" / path
    file.unlink() if deleted else file.write_bytes(b"by hand")
    assert live.build().code == 0
    assert live.site("public") == before
    assert live.engine.runs == ([rendered] if rendered is not None else [])


def test_a_file_put_into_a_site_is_taken_out(live: Workshop) -> None:
    before = live.site("public")
    (live.root / "site/public/notes.txt").write_text(SECRET, encoding="utf-8")
    assert live.build().code == 0
    assert live.site("public") == before


def test_a_build_waits_for_another_one_and_then_says_so(live: Workshop) -> None:
    with lock(live.project.work, 0), pytest.raises(HandoverError, match="Another kbgen build is at work") as caught:
        live.build(wait_seconds=0.05)
    assert (caught.value.exit_code, caught.value.hint != "") == (4, True)
    assert live.build(wait_seconds=0).code == 0


def test_broken_settings_touch_nothing(live: Workshop) -> None:
    before = live.site("public")
    live.settings(SETTINGS.replace("audience: internal", "audience: intenral").replace("contact:", "contakt:"))
    live.delete("en/billing/refund.md")
    with pytest.raises(SettingsError) as caught:
        live.build()
    assert caught.value.exit_code == 2
    assert len(caught.value.problems) == 2, "all of them at once"
    assert all("did you mean" in problem for problem in caught.value.problems)
    assert live.site("public") == before


def test_no_content_folder(live: Workshop) -> None:
    before = live.site("public")
    (live.root / "content").rename(live.root / "texts")
    with pytest.raises(SettingsError, match="no content folder 'content'") as caught:
        live.build()
    assert "docs_dir" in caught.value.hint
    assert live.site("public") == before


def test_an_unknown_product_area_and_owner_are_said_and_the_article_goes_out(live: Workshop) -> None:
    live.write("en/billing/refund.md", article("Ask for a refund", "Text.", product_area="bilings", owner="mony"))
    built = live.build()
    assert built.code == 1
    assert found(built) == [("KB103", "content/en/billing/refund.md:5:1"), ("KB104", "content/en/billing/refund.md:6:1")]
    assert [finding.hint for finding in built.findings] == ["did you mean 'billing'?", "did you mean 'money'?"]
    assert "Text." in live.page("public", "billing/refund")


def test_a_file_that_is_no_utf_8(live: Workshop) -> None:
    live.write("ru/billing/refund.md", "---\ntitle: Возврат\naudience: public\n---\nТекст.\n".encode("cp1251"))
    built = live.build()
    assert (built.code, found(built)) == (1, [("KB001", "content/ru/billing/refund.md:2:8")])
    assert CORRECTING not in live.page("public", "billing/refund")
    assert "исправляем" in live.page("public", "ru/billing/refund").casefold()


def test_strict_lets_warnings_count(live: Workshop) -> None:
    later = TODAY + datetime.timedelta(days=400)
    assert (live.build(later).code, live.build(later, strict=True).code) == (0, 1)


def test_a_site_that_cannot_be_put_in_place_does_not_stop_the_other(live: Workshop) -> None:
    target = live.root / "elsewhere"
    (live.root / "site/public").rename(target)
    (live.root / "site/public").symlink_to(target)
    live.write("en/team/roles.md", article("Who does what at night", "Changed for colleagues.", "internal"))
    built = live.build()
    public = result(built, "public")
    assert (built.code, public.handed_over, public.refused) == (4, False, True)
    assert "is not a folder but a file or a link" in public.why
    assert "Changed for colleagues." in live.page("internal", "team/roles")


def test_the_sites_do_not_depend_on_the_folder_they_are_built_in(live: Workshop, tmp_path) -> None:
    other = Workshop(tmp_path / "at another place")
    other.root.mkdir()
    other.settings()
    for path in (live.root / "content").rglob("*"):
        if path.is_file():
            other.write(path.relative_to(live.root / "content").as_posix(), path.read_bytes())
    other.build()
    digest = {name: hashlib.sha256(repr(sorted(live.site(name).items())).encode()).hexdigest() for name in ("public", "internal")}
    assert {name: hashlib.sha256(repr(sorted(other.site(name).items())).encode()).hexdigest() for name in digest} == digest


def test_nothing_is_left_in_the_work_folder_but_what_is_needed(live: Workshop) -> None:
    live.write("en/billing/refund.md", article("Ask for a refund", "Another text."))
    live.build()
    names = {path.name for path in live.project.work.iterdir()}
    assert names <= {"conversions.sqlite", "idle", "lock", "manifests", "terms.sqlite", "verified"}
