"""Non-interference: whatever happens to internal content, the public site's bytes stay the same before any engine has run."""

from __future__ import annotations

import datetime
import re
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from internal_edits import EDITS, publics
from law_projects import Files, addresses, gathered, projects, staged, write

PROJECTS = 70
EDITS_EACH = 4


def public(root: Path, live: bool) -> dict[str, bytes]:
    return staged(gathered(root, _live(root) if live else None))["public"]


def _live(root: Path) -> dict[str, frozenset[str]]:
    """What would be live if everything had gone out once, what is withheld now too."""
    remembered = root / ".kbgen" / "live"
    if not remembered.exists():
        remembered.parent.mkdir(exist_ok=True)
        remembered.write_text("\n".join(sorted(_seen(root))), encoding="utf-8")
    return {"public": frozenset(remembered.read_text(encoding="utf-8").split("\n")), "internal": frozenset()}


def _seen(root: Path) -> set[str]:
    read = gathered(root)
    return {address for address in addresses(read, "public") if not address.startswith(("team/", "ru/team/"))}


def difference(one: dict[str, bytes], other: dict[str, bytes]) -> dict[str, tuple[bytes | None, bytes | None]]:
    return {path: (one.get(path), other.get(path)) for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path)}


def test_internal_edits_leave_the_public_site_as_it_is() -> None:
    done: Counter[str] = Counter()

    @settings(max_examples=PROJECTS)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        files: Files = data.draw(projects(), "project")
        live = data.draw(st.booleans(), "live")
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write(root, files)
            before = public(root, live)
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


@settings(max_examples=15)
@given(st.data())
def test_public_edits_do_change_it(data: st.DataObject) -> None:
    files: Files = data.draw(projects(), "project")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, files)
        before = public(root, live=False)
        shown = {path for path in publics(files) if any(f"body{_word(path)}".encode() in data for data in before.values())}
        if not shown:
            return
        path = data.draw(st.sampled_from(sorted(shown)), "page")
        new = {**files, path: files[path].replace(b"First body", b"Another body")}
        write(root, new, files)
        assert difference(before, public(root, live=False))


def _word(path: str) -> str:
    return "word" + re.sub(r"[^a-z]", "", path.removeprefix("content/"))


def test_another_day_changes_nothing_public(tmp_path: Path) -> None:
    import law_projects

    @settings(max_examples=5)
    @given(projects())
    def law(files: Files) -> None:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), files)
            before = public(Path(folder), live=False)
            today, law_projects.TODAY = law_projects.TODAY, law_projects.TODAY + datetime.timedelta(days=900)
            try:
                assert difference(before, public(Path(folder), live=False)) == {}
            finally:
                law_projects.TODAY = today

    law()
