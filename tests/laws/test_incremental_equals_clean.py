"""Incremental = clean: after any history of edits, renames, audience flips and broken files the sites are what a clean build makes."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from internal_edits import EDITS, articles
from law_projects import SETTINGS, TODAY, WORDS, Files, pieces, projects, times, write
from pretending_engine import PretendingEngine
from test_unreadable_in_no_site import slipped

from kbgen.app.build import Built, Tools, build
from kbgen.app.project import Project
from kbgen.rules import RULES

HISTORIES = 10
STEPS = 4


@st.composite
def renamed(draw: st.DrawFn, files: Files) -> Files:
    path = draw(st.sampled_from(sorted(articles(files))))
    target = draw(st.sampled_from(["content/en/billing/moved.md", "content/en/setup/moved/index.md", "content/ru/billing/moved.md"]))
    return {(target if name == path else name): data for name, data in files.items()} if target not in files else files


@st.composite
def deleted(draw: st.DrawFn, files: Files) -> Files:
    path = draw(st.sampled_from(sorted(articles(files))))
    return {name: data for name, data in files.items() if name != path}


@st.composite
def flipped(draw: st.DrawFn, files: Files) -> Files:
    """What was public is internal, and the reverse."""
    path = draw(st.sampled_from(sorted(articles(files))))
    words = {b"audience: public": b"audience: internal", b"audience: internal": b"audience: public"}
    new = next((files[path].replace(one, other) for one, other in words.items() if one in files[path]), files[path])
    return {**files, path: new}


@st.composite
def longer(draw: st.DrawFn, files: Files) -> Files:
    path = draw(st.sampled_from(sorted(articles(files))))
    return {**files, path: files[path] + b"\n" + draw(pieces(path.removeprefix("content/"))).encode() + b"\n"}


@st.composite
def other_settings(draw: st.DrawFn, files: Files) -> Files:
    new = draw(st.sampled_from([SETTINGS, SETTINGS.replace(b"Law Help", b"Law Support"), SETTINGS.replace(b"Russian", b"Russkij")]))
    return {**files, "mkdocs.yml": new}


def another_word(files: Files) -> st.SearchStrategy[Files]:
    data = files["content/_snippets/common.md"]
    return st.sampled_from([data, data + b"\nOnce more.\n", b"---\naudience: internal\n---\nText.\n"]).map(
        lambda new: {**files, "content/_snippets/common.md": new}
    )


CHANGES = (renamed, deleted, *[flipped] * 4, longer, longer, other_settings, another_word, *[slipped] * 5, *EDITS)


def run(root: Path, engine: PretendingEngine, *, clean: bool = False) -> Built:
    return build(Project(root), Tools(engine, RULES, WORDS), TODAY, clean=clean)


def trees(root: Path) -> dict[str, bytes]:
    sites = root / "site"
    return {path.relative_to(sites).as_posix(): path.read_bytes() for path in sorted(sites.rglob("*")) if path.is_file()}


def test_any_history_ends_as_a_clean_build() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=times(HISTORIES))
    @given(st.data())
    def law(data: st.DataObject) -> None:
        files: Files = data.draw(projects(), "project")
        engine = PretendingEngine()
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
            root = Path(folder)
            write(root, files)
            run(root, engine)
            for step in range(STEPS):
                new: Files = data.draw(data.draw(st.sampled_from(CHANGES), "change")(files), "files")
                write(root, new, files)
                files = new
                engine.look = data.draw(st.sampled_from(["1", "1", "1", "2"]), "look")
                built = run(root, engine)
                seen.update(site.name for site in built.sites if site.handed_over)
                after = trees(root)
                seen["stand-ins"] += any(b"being corrected" in page.lower() for page in after.values())
                if step < STEPS - 1 and data.draw(st.booleans(), "go on"):
                    continue
                # In place: the same addresses were live before.
                run(root, engine, clean=True)
                assert difference(after, trees(root)) == []
            if all(site.handed_over for site in built.sites) and not any(b'"kind":"correcting"' in page for page in after.values()):
                # In a fresh folder, where nothing was live before.
                write(Path(other), files)
                run(Path(other), engine)
                assert difference(after, trees(Path(other))) == []
                seen["fresh"] += 1

    law()
    assert seen["public"], seen
    assert seen["stand-ins"], seen
    assert seen["fresh"], seen


def difference(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [path for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path)]
