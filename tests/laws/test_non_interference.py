"""Non-interference: whatever happens to internal content, the public site's bytes stay the same before any engine has run."""

from __future__ import annotations

import datetime
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from internal_edits import EDITS, publics
from law_projects import TODAY, Files, article, gathered, projects, staged, times, word, write

PROJECTS = 80
EDITS_EACH = 5

Live = dict[str, frozenset[str]]


def public(root: Path, live: Live | None = None) -> dict[str, bytes]:
    return staged(gathered(root, live), "public")["public"]


def once_live(files: Files) -> Live:
    """The addresses of all articles that say they are public, as if every one of them had gone out once."""
    paths = (path.removeprefix("content/").removeprefix("en/").removesuffix(".md") + "/" for path in publics(files))
    return {"public": frozenset(paths), "internal": frozenset()}


def difference(one: dict[str, bytes], other: dict[str, bytes]) -> dict[str, tuple[bytes | None, bytes | None]]:
    return {path: (one.get(path), other.get(path)) for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path)}


def test_internal_edits_leave_the_public_site_as_it_is() -> None:
    done: Counter[str] = Counter()
    pages: Counter[bool] = Counter()

    @settings(max_examples=times(PROJECTS))
    @given(st.data())
    def law(data: st.DataObject) -> None:
        files: Files = data.draw(projects(), "project")
        live = data.draw(st.sampled_from([None, once_live(files)]), "live")
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write(root, files)
            before = public(root, live)
            pages.update(b"Title word" in page for page in before.values())
            for _ in range(EDITS_EACH):
                edit = data.draw(st.sampled_from(EDITS), "edit")
                new: Files = data.draw(edit(files), "files")
                if new == files:
                    continue
                write(root, new, files)
                assert difference(before, public(root, live)) == {}, edit.__name__
                done[edit.__name__] += 1
                files = new

    law()
    assert sum(done.values()) >= 200, done
    assert len(done) == len({edit.__name__ for edit in EDITS}), done
    assert pages[True] > 3 * PROJECTS, "the public sites are too empty to tell anything"


@settings(max_examples=times(15))
@given(st.data())
def test_public_edits_do_change_it(data: st.DataObject) -> None:
    files: Files = data.draw(projects(), "project")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, files)
        before = public(root)
        words = {path: f"body{word(path.removeprefix('content/'))}".encode() for path in publics(files)}
        shown = sorted(path for path, own in words.items() if any(own in page for page in before.values()))
        if not shown:
            return
        path = data.draw(st.sampled_from(shown), "page")
        write(root, {**files, path: files[path].replace(b"First body", b"Another body")}, files)
        assert difference(before, public(root))


KEYS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["runbook", "known-issue"]),
        "alerts": st.just("[SecretAlert.slow, Newsecretalert]"),
        "severity": st.just("high"),
        "product_area": st.sampled_from(["billing", "team"]),
        "owner": st.just("leads"),
        "tags": st.just("[Secrettag]"),
        "featured": st.just("true"),
        "publish_at": st.just("2030-01-01"),
        "expires": st.just("2026-01-01"),
        "original": st.sampled_from(["en", "ru"]),
        "id": st.sampled_from(["ID-billing-first", "ID-other"]),
    },
)


def test_the_header_of_an_original_that_cannot_be_read_decides_nothing_public() -> None:
    """Whatever it says, its translations are as narrow as if nobody could read it; only the wiki takes the rest from it."""
    outcomes: Counter[str] = Counter()

    @settings(max_examples=times(40))
    @given(st.data())
    def law(data: st.DataObject) -> None:
        files: Files = data.draw(projects(), "project")
        paired = [path for path in publics(files) if path.startswith("content/ru/") and path.replace("/ru/", "/en/") in files]
        if not paired:
            return
        twin = data.draw(st.sampled_from(paired), "translation")
        path = twin.replace("/ru/", "/en/")
        live = data.draw(st.sampled_from([None, once_live(files)]), "live")
        keys = data.draw(KEYS, "keys")
        known = f"id: {keys['id']}\n" if "id" in keys else ""
        unread = f"---\ntitle: [\n{known}---\n\nText.\n".encode()
        read = article("Title", data.draw(st.sampled_from(["public", "internal"])), "/// internal\n\nnever closed", **keys)
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write(root, {**files, path: unread})
            before = public(root, live)
            write(root, {path: read})
            assert any(item.meta and item.source.path == path for item in gathered(root, live).corpus.unreadable)
            after = public(root, live)
        assert difference(before, after) == {}
        own = f"body{word(twin.removeprefix('content/'))}".encode()
        assert not any(own in page for page in after.values())
        outcomes["told"] += 1

    law()
    assert outcomes["told"] > 20, outcomes


@settings(max_examples=times(2))
@given(projects())
def test_public_entries_of_the_data_do_change_it(files: Files) -> None:
    """And what they say of internal ones never stands in it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, files)
        before = public(root)
        assert not any(b"secret" in page.lower() for path, page in before.items() if "contact" in path)
        for name, old in (("severity", b"Low"), ("plans", b"Standardplan"), ("channels", b"Mailchannel"), ("channels", b"Chatchannel")):
            path = f"content/_data/{name}.yml"
            changed = {**files, path: files[path].replace(old, b"Newname")}
            write(root, changed, files)
            assert difference(before, public(root)), name
            write(root, files, changed)


@settings(max_examples=times(5))
@given(projects())
def test_another_day_changes_nothing_public(files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), files)
        one, other = (staged(gathered(Path(folder), today=TODAY + datetime.timedelta(days=days))) for days in (0, 900))
        assert difference(one["public"], other["public"]) == {}
        assert difference(one["internal"], other["internal"])
