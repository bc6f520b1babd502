"""Hand-over: what ends up in a site's folder, and what is trusted of what stands there."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.errors import HandoverError
from kbgen.handover import current, disk, hand_over, known_addresses, lock, preview, read_manifest, recover
from kbgen.model.site_tree import Manifest, NewFile

VERSION = "1/test"


def new(data: bytes | str, inputs: str = "i") -> NewFile:
    data = data.encode() if isinstance(data, str) else data
    return NewFile(inputs, hashlib.sha256(data).hexdigest(), data)


def unchanged(file: NewFile) -> NewFile:
    return NewFile(file.inputs, file.digest)


def tree(root: Path) -> dict[str, bytes]:
    """Every file below, and every empty folder as ``folder/``."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                found[name + "/"] = b""
        else:
            found[name] = path.read_bytes()
    return found


class Project:
    """A folder with ``site`` and ``.kbgen``, and the site ``public`` in it."""

    def __init__(self, root: Path) -> None:
        self.site_root, self.work = root / "site", root / ".kbgen"
        self.live, self.idle = self.site_root / "public", self.work / "idle" / "public"

    def hand_over(
        self, files: dict[str, NewFile], addresses: frozenset[str] = frozenset(), gone: frozenset[str] = frozenset(), **more
    ) -> Manifest:
        more = {"version": VERSION, "clean": False} | more
        return hand_over("public", files, addresses, gone, site_root=self.site_root, work=self.work, **more)

    def manifest(self) -> Manifest | None:
        return read_manifest(self.live, self.work, "public", VERSION)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_the_first_hand_over_makes_the_site(project: Project) -> None:
    manifest = project.hand_over({"index.html": new("home"), "a/b/index.html": new("b")}, frozenset({"a/b/"}), frozenset({"old/"}))
    assert tree(project.live) == {"index.html": b"home", "a/b/index.html": b"b"}
    assert manifest == project.manifest()
    assert manifest.addresses == {"a/b/"}
    assert manifest.gone == {"old/"}
    assert current(project.live, manifest) == {"index.html", "a/b/index.html"}


def test_the_second_takes_unchanged_files_from_the_live_site_and_removes_the_rest(project: Project) -> None:
    home = new("home")
    project.hand_over({"index.html": home, "a/b/index.html": new("b"), "c": new("c")})
    project.hand_over({"index.html": unchanged(home), "c/index.html": new("a folder now"), "a": new("a file now")})
    assert tree(project.live) == {"index.html": b"home", "c/index.html": b"a folder now", "a": b"a file now"}
    project.hand_over({"index.html": unchanged(home), "c": new("c")})
    assert tree(project.live) == {"index.html": b"home", "c": b"c"}


def test_what_the_idle_twin_holds_is_not_written_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"index.html": new("home"), "a.html": new("a")}
    project.hand_over(files)
    project.hand_over(files | {"a.html": new("a2")})
    written = []
    write = disk.write_file
    monkeypatch.setattr(disk, "write_file", lambda target, *rest: written.append(target.name) or write(target, *rest))
    project.hand_over({"index.html": unchanged(files["index.html"]), "a.html": new("a3")})
    assert [name for name in written if name.endswith(".html")] == ["a.html"]
    assert tree(project.live) == {"index.html": b"home", "a.html": b"a3"}


def test_equal_bytes_leave_the_folders_where_they_are(project: Project) -> None:
    files = {"index.html": new("home"), "a/x": new("x")}
    first = project.hand_over(files)
    inode = project.live.stat().st_ino
    assert project.hand_over({path: unchanged(file) for path, file in files.items()}) == first
    second = project.hand_over({"index.html": new("home", "other inputs"), "a/x": files["a/x"]}, frozenset({"a/"}))
    assert project.live.stat().st_ino == inode
    assert second == project.manifest()
    assert second.files["index.html"].inputs == "other inputs"
    assert second.addresses == {"a/"}
    project.hand_over({"index.html": new("home 2"), "a/x": files["a/x"]})
    assert project.live.stat().st_ino != inode


@pytest.mark.parametrize("touch", ["edit", "same size", "same time", "remove", "link", "extra", "extra folder"])
def test_what_somebody_else_did_to_the_live_site_is_noticed_and_mended(project: Project, touch: str) -> None:
    files = {"index.html": new("home"), "a/x": new("x")}
    manifest = project.hand_over(files)
    page = project.live / "index.html"
    if touch == "edit":
        page.write_text("hacked")
    elif touch == "same size":
        page.write_text("hack")
    elif touch == "same time":
        page.write_text("longer")
        os.utime(page, ns=(0, manifest.files["index.html"].mtime_ns))
    elif touch == "remove":
        page.unlink()
    elif touch == "link":
        page.unlink()
        page.symlink_to(project.live / "a" / "x")
    elif touch == "extra":
        (project.live / "a" / "shell.php").write_text("?")
    else:
        (project.live / "b").mkdir()
    mine = {"index.html", "a/x"} if touch.startswith("extra") else {"a/x"}
    assert current(project.live, manifest) == mine
    project.hand_over({path: unchanged(file) if path in mine else file for path, file in files.items()})
    assert tree(project.live) == {"index.html": b"home", "a/x": b"x"}
    assert not page.is_symlink()
    project.hand_over({path: unchanged(file) for path, file in files.items()} | {"n": new("n")})
    assert tree(project.live) == {"index.html": b"home", "a/x": b"x", "n": b"n"}


def test_an_edit_that_keeps_size_and_time_is_not_carried_on(project: Project) -> None:
    files = {"index.html": new("home"), "a": new("a")}
    project.hand_over(files)
    page = project.live / "index.html"
    before = page.stat()
    page.write_text("hack")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(HandoverError, match=r"'index.html' was changed by somebody else") as caught:
        project.hand_over({"index.html": unchanged(files["index.html"]), "a": new("a2")})
    assert "--clean" in caught.value.hint
    project.hand_over(files, clean=True)
    assert tree(project.live) == {"index.html": b"home", "a": b"a"}


@pytest.mark.parametrize("clean", [False, True])
def test_bytes_decide_what_is_kept_of_the_idle_twin(project: Project, clean: bool) -> None:
    for text in "12":
        project.hand_over({"index.html": new("home"), "a": new(text)})
    page = project.idle / "index.html"
    before = page.stat()
    page.write_text("hack")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    project.hand_over({"index.html": new("home"), "a": new("3")}, clean=clean)
    assert tree(project.live) == {"index.html": b"home", "a": b"3"}


def test_debris_is_removed_even_when_nothing_is_to_do(project: Project) -> None:
    project.hand_over({"a": new("1")})
    debris = (project.idle.with_name("public.tmp"), project.work / "manifests" / "public.tmp")
    for file in debris:
        file.write_text("half")
    project.hand_over({"a": new("1")})
    assert not any(file.exists() for file in debris)


def test_pipes_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        disk.read_file(tmp_path / "pipe")


def test_a_clean_hand_over_writes_every_file(project: Project) -> None:
    files = {"index.html": new("home")}
    project.hand_over(files)
    inode = (project.live / "index.html").stat().st_ino
    project.hand_over(files, clean=True)
    assert tree(project.live) == {"index.html": b"home"}
    assert (project.live / "index.html").stat().st_ino != inode


def test_links_in_either_folder_are_never_followed(project: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_text("x")
    project.hand_over({"a/x": new("x"), "b": new("1")})
    project.hand_over({"a/x": new("x"), "b": new("2")})
    for folder in (project.live, project.idle):
        shutil.rmtree(folder / "a")
        (folder / "a").symlink_to(outside)
    with pytest.raises(HandoverError, match="'a/x' is missing"):
        project.hand_over({"a/x": unchanged(new("x")), "b": new("3")})
    project.hand_over({"a/x": new("y"), "b": new("3")})
    assert tree(project.live) == {"a/x": b"y", "b": b"3"}
    assert tree(outside) == {"x": b"x"}
    assert not (project.live / "a").is_symlink()
    project.hand_over({"b": new("4")})
    assert tree(outside) == {"x": b"x"}


def test_a_link_in_place_of_the_idle_twin_is_removed_and_not_followed(project: Project, tmp_path: Path) -> None:
    project.hand_over({"b": new("1")})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b").write_text("1")
    project.idle.symlink_to(tmp_path / "outside")
    project.hand_over({"b": new("2")})
    assert tree(tmp_path / "outside") == {"b": b"1"}
    assert tree(project.live) == {"b": b"2"}


def test_hard_linked_copies_of_the_site_stay_as_they_were(project: Project, tmp_path: Path) -> None:
    project.hand_over({"a": new("1")})
    shutil.copytree(project.live, tmp_path / "copy", copy_function=os.link)
    for text in ("2", "3"):
        project.hand_over({"a": new(text)})
    assert tree(tmp_path / "copy") == {"a": b"1"}


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_site_folder_that_is_none_is_refused(project: Project, tmp_path: Path, kind: str) -> None:
    project.site_root.mkdir()
    if kind == "file":
        project.live.write_text("")
    else:
        project.live.symlink_to(tmp_path)
    with pytest.raises(HandoverError, match="is not a folder"):
        project.hand_over({"b": new("1")})
    assert project.manifest() is None


@pytest.mark.parametrize("path", ["", "/x", "a//b", "../x", "a/../b", "a/", "./a", "a\0b", "a\ud800"])
def test_odd_paths_are_refused(project: Project, path: str) -> None:
    with pytest.raises(HandoverError, match="cannot be part of a site"):
        project.hand_over({path: new("x")})
    assert not project.site_root.exists()


def test_a_path_that_is_file_and_folder_is_refused(project: Project) -> None:
    with pytest.raises(HandoverError, match="'a/b' would be a file and a folder"):
        project.hand_over({"a/b": new("x"), "a/b/c/d": new("y")})


@pytest.mark.parametrize("name", ["", "..", ".git", "a/b", "a.old", "a.tmp", "a\0"])
def test_odd_site_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(HandoverError, match="cannot be the name of a site"):
        hand_over(name, {}, frozenset(), frozenset(), site_root=tmp_path / "s", work=tmp_path / "w", version="1")


def test_a_wrong_digest_is_refused_and_the_site_stays(project: Project) -> None:
    project.hand_over({"a": new("1")})
    with pytest.raises(HandoverError, match="does not fit its digest"):
        project.hand_over({"a": NewFile("i", "0" * 64, b"2")})
    assert tree(project.live) == {"a": b"1"}


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "link", "folder", "other site", "checksum fits, shape does not", "not ours"])
def test_a_harmed_manifest_is_none(project: Project, tmp_path: Path, harm: str) -> None:
    files = {"a": new("1")}
    project.hand_over(files)
    (file,) = (project.work / "manifests").iterdir()
    data = bytearray(file.read_bytes())
    if harm == "cut":
        file.write_bytes(data[:-1])
    elif harm == "flip":
        data[data.index(new("1").digest.encode())] ^= 1
        file.write_bytes(data)
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "link":
        file.rename(tmp_path / "m")
        file.symlink_to(tmp_path / "m")
    elif harm == "folder":
        file.unlink()
        file.mkdir()
    else:
        value = json.loads(data.partition(b"\n")[2])
        value |= {"other site": {"site": "internal"}, "not ours": {"folder": "1-1"}}.get(harm, {"files": {"a": 1}})
        body = json.dumps(value).encode()
        file.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    assert project.manifest() is None
    assert known_addresses(project.live, project.work, "public") == (frozenset(), frozenset())
    if harm != "folder":
        assert project.hand_over(files) == project.manifest()


def test_another_version_is_worth_nothing_but_its_addresses(project: Project) -> None:
    project.hand_over({"a": new("1")}, frozenset({"x/"}), frozenset({"y/"}), version="0")
    assert project.manifest() is None
    assert known_addresses(project.live, project.work, "public") == ({"x/"}, {"y/"})


def test_manifests_of_vanished_folders_are_removed_and_those_of_other_sites_stay(project: Project) -> None:
    manifests = project.work / "manifests"
    project.hand_over({"a": new("1")})
    (manifests / "public-1-2.json").write_text("")
    (manifests / "public-eu-1-2.json").write_text("")
    project.hand_over({"a": new("2")})
    assert len(list(manifests.glob("public-[0-9]*.json"))) == 2
    assert (manifests / "public-eu-1-2.json").exists()


def test_a_removed_site_comes_back(project: Project) -> None:
    for text in "12":
        project.hand_over({"a": new(text)})
    shutil.rmtree(project.live)
    assert project.manifest() is None
    project.hand_over({"a": new("2")})
    assert tree(project.live) == {"a": b"2"}


def test_two_sites_do_not_meet(tmp_path: Path) -> None:
    for name in ("public", "internal", "public"):
        hand_over(name, {"a": new(name)}, frozenset(), frozenset(), site_root=tmp_path / "site", work=tmp_path / "w", version="1")
    assert tree(tmp_path / "site") == {"internal/a": b"internal", "public/a": b"public"}


def test_preview_counts_bytes_that_differ(project: Project) -> None:
    manifest = project.hand_over({"a": new("1"), "b": new("1"), "c": new("1")})
    files = {"a": new("1", "other inputs"), "b": new("2"), "d": new("1")}
    assert preview(files, manifest) == (1, 1, 1)
    assert preview(files, None) == (3, 0, 0)


def test_without_the_call_two_renames_do(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(one: Path, other: Path) -> None:
        raise OSError(errno.EINVAL, "no such call")

    monkeypatch.setattr(disk, "exchange", unknown)
    for text in ("1", "2", "3"):
        project.hand_over({"a": new(text), "b": new("b")})
        assert tree(project.live) == {"a": text.encode(), "b": b"b"}
    assert tree(project.idle) == {"a": b"2", "b": b"b"}
    assert sorted(path.name for path in project.idle.parent.iterdir()) == ["public"]


@pytest.mark.parametrize(("standing", "expected"), [("old idle", "old"), ("old live", "live"), ("old live idle", "live"), ("old", "old")])
def test_recovery(project: Project, standing: str, expected: str) -> None:
    project.idle.parent.mkdir(parents=True)
    for name, folder in (("old", project.idle.with_name("public.old")), ("live", project.live), ("idle", project.idle)):
        if name in standing.split():
            folder.mkdir(parents=True)
            (folder / "a").write_text(name)
    recover("public", project.site_root, project.work)
    recover("public", project.site_root, project.work)
    assert tree(project.live) == {"a": expected.encode()}
    assert not project.idle.with_name("public.old").exists()


def test_hand_over_recovers_by_itself(project: Project) -> None:
    for text in "12":
        project.hand_over({"a": new(text)})
    project.live.rename(project.idle.with_name("public.old"))
    with pytest.raises(HandoverError, match="does not fit"):
        project.hand_over({"a": NewFile("i", "0" * 64, b"3")})
    assert tree(project.live) == {"a": b"2"}


@pytest.mark.parametrize(
    ("number", "sentence", "hint"),
    [
        (errno.ENOSPC, "the disk is full", "Free some space"),
        (errno.EACCES, "there is no right to do that", "the right to write"),
        (errno.EROFS, "the file system is read-only", "written to"),
        (errno.EXDEV, "on different file systems", "the same file system"),
        (errno.ENOLCK, os.strerror(errno.ENOLCK), "Mend that"),
    ],
)
def test_errors_say_what_where_and_what_to_do(
    project: Project, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str, hint: str
) -> None:
    def refuse(opened: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(disk.os, "fsync", refuse)
    project.site_root.mkdir()
    project.idle.parent.mkdir(parents=True)
    (project.work / "manifests").mkdir()
    with pytest.raises(HandoverError) as caught:
        project.hand_over({"a.html": new("1")})
    assert caught.value.message.startswith("The site 'public' could not be handed over: ")
    assert sentence in caught.value.message
    assert "a.html" in caught.value.message
    assert hint in caught.value.hint


def test_another_file_system_is_told_before_anything_is_done(project: Project) -> None:
    shared = Path("/dev/shm")
    if not shared.is_dir() or shared.stat().st_dev == project.site_root.parent.stat().st_dev:
        pytest.skip("needs a second file system")
    with tempfile.TemporaryDirectory(dir=shared) as other:
        project.site_root.symlink_to(other)
        with pytest.raises(HandoverError, match="different file systems"):
            project.hand_over({"a": new("1")})
        assert list(Path(other).iterdir()) == []
        assert not project.idle.exists()


def test_a_site_root_that_is_a_link_on_the_same_file_system_works(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    project.site_root.symlink_to(tmp_path / "elsewhere")
    for text in "12":
        project.hand_over({"a": new(text)})
    assert tree(tmp_path / "elsewhere") == {"public/a": b"2"}


def test_a_second_build_is_refused_or_waits(tmp_path: Path) -> None:
    work = tmp_path / ".kbgen"
    done: list[str] = []

    def second() -> None:
        with lock(work, 10):
            done.append("second")

    with lock(work, 0):
        with pytest.raises(HandoverError, match="Another kbgen build is at work") as caught, lock(work, 0):
            pytest.fail("locked twice")
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(0.1)
        done.append("first")
    waiting.join(10)
    assert done == ["first", "second"]
    assert "build again" in caught.value.hint


def test_the_lock_of_a_killed_process_is_released(tmp_path: Path) -> None:
    code = "import sys, time, pathlib, kbgen.handover as h\nwith h.lock(pathlib.Path(sys.argv[1]), 0): print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"1\n"
        with pytest.raises(HandoverError), lock(tmp_path, 0):
            pytest.fail("locked twice")
        other.kill()
        other.wait()
        with lock(tmp_path, 0):
            pass


SEGMENTS = st.sampled_from(["a", "b", "index.html", "ё"])
PATHS = st.lists(SEGMENTS, min_size=1, max_size=3).map("/".join)


@st.composite
def maps(draw: st.DrawFn) -> dict[str, bytes]:
    chosen: dict[str, bytes] = {}
    for path, data in draw(st.dictionaries(PATHS, st.sampled_from([b"", b"1", b"2", b"\xff" * 3]), max_size=6)).items():
        if not any(path.startswith(f"{other}/") or other.startswith(f"{path}/") for other in chosen):
            chosen[path] = data
    return chosen


STEPS = st.lists(st.tuples(maps(), st.sampled_from(["", "touch", "foreign", "no manifests", "no twin", "clean"])), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_any_history_ends_as_a_clean_build_of_the_last_files(steps: list[tuple[dict[str, bytes], str]]) -> None:
    memory = Path("/dev/shm")  # where there is such a thing: hundreds of hand-overs would only wear the disk
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as root:
        project = Project(Path(root))
        for wanted, event in steps:
            before = project.manifest()
            if event == "no manifests":
                shutil.rmtree(project.work / "manifests", ignore_errors=True)
            elif event == "no twin":
                shutil.rmtree(project.idle, ignore_errors=True)
            elif event == "touch" and before and before.files:
                (project.live / min(before.files)).write_bytes(b"touched")
            elif event == "foreign" and project.idle.exists():
                (project.idle / "foreign").write_bytes(b"foreign")
                (project.live / "foreign").write_bytes(b"foreign")
            held = current(project.live, before) if before else frozenset()
            files = {path: new(data) for path, data in wanted.items()}
            asked = {p: unchanged(f) if p in held and before and before.files[p].digest == f.digest else f for p, f in files.items()}
            manifest = project.hand_over(asked, frozenset(wanted), clean=event == "clean")
            assert tree(project.live) == wanted
            assert manifest == project.manifest()
            assert {path: entry.digest for path, entry in manifest.files.items()} == {path: file.digest for path, file in files.items()}
            assert current(project.live, manifest) == wanted.keys()
