"""Hand-over under failing calls and kills: at every call the disk module makes, the live site is exactly the old one or the new one.

``kbgen.handover.disk`` is the only module that calls the operating system; its ``os`` is replaced by one that counts.
"""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kbgen.errors import HandoverError
from kbgen.handover import current, disk, hand_over, lock, read_manifest, recover
from kbgen.model.site_tree import NewFile

CHANGING = frozenset({"open", "write", "fsync", "rename", "unlink", "rmdir", "mkdir", "makedirs", "exchange"})
COUNTED = CHANGING | {"read", "scandir", "lstat", "stat", "fstat", "close"}
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE, errno.EROFS)

Files = dict[str, bytes]
FIRST: Files = {"index.html": b"1", "a/index.html": b"1", "b/c/index.html": b"1", "same": b"same", "turn": b"file"}
OLD: Files = {"index.html": b"2", "a/index.html": b"1", "b/c/index.html": b"2", "same": b"same", "turn": b"file"}
NEW: Files = {"index.html": b"3" * 9, "a/index.html": b"1", "d/e/index.html": b"3", "same": b"same", "turn/index.html": b"folder"}
NEXT: Files = {"index.html": b"2", "same": b"same"}

Hook = Callable[[str, tuple[Any, ...]], None]


class CountingOs:
    """``os``, with a hook that is asked before every counted call."""

    def __init__(self, hook: Hook) -> None:
        self._hook = hook

    def __getattr__(self, name: str) -> object:
        real = getattr(os, name)
        if name not in COUNTED:
            return real

        def counted(*args: object, **more: object) -> object:
            self._hook(name, args)
            return real(*args, **more)

        return counted


@pytest.fixture
def root() -> Iterator[Path]:
    """A folder in memory, where there is such a thing: hundreds of hand-overs would only wear the disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


def tree(root: Path) -> Files:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b"<folder>"
        for path in root.rglob("*")
        if not path.is_dir() or not any(path.iterdir())
    }


class Project:
    """The site ``public``: OLD is live, FIRST is its idle twin."""

    def __init__(self, root: Path, *, old: Files | None = OLD) -> None:
        self.site_root, self.work = root / "site", root / ".kbgen"
        self.live = self.site_root / "public"
        self.old = old
        if old is not None:
            self.hand_over(FIRST)
            self.hand_over(old)

    def hand_over(self, files: Files) -> None:
        live = tree(self.live) if self.live.exists() else {}
        asked = {}
        for path, data in files.items():
            digest = hashlib.sha256(data).hexdigest()
            asked[path] = NewFile("i", digest, None if live.get(path) == data else data)
        hand_over("public", asked, frozenset(files), frozenset(), site_root=self.site_root, work=self.work, version="1")

    def is_whole(self) -> bool:
        """Whether the live site is the old or the new one, exactly; and its own manifest is beside it."""
        if not self.live.exists():
            return self.old is None
        manifest = read_manifest(self.live, self.work, "public", "1")
        assert manifest is not None
        assert current(self.live, manifest) == manifest.files.keys() == manifest.addresses
        for path, entry in manifest.files.items():
            assert hashlib.sha256((self.live / path).read_bytes()).hexdigest() == entry.digest
        return tree(self.live) in (self.old, NEW)

    def assert_mended(self) -> None:
        """The next run needs no help and leaves nothing behind; so does the one after it."""
        for files in (NEW, NEXT):
            self.hand_over(files)
            assert tree(self.live) == files
            idle = self.work / "idle"
            assert {path.name for path in idle.iterdir()} <= {"public"}
            folders = {(found.st_dev, found.st_ino) for path in (self.live, idle / "public") if path.exists() for found in [path.stat()]}
            manifests = {path.name for path in (self.work / "manifests").iterdir()}
            assert manifests <= {f"public-{device}-{inode}.json" for device, inode in folders}
            assert {path.name for path in self.site_root.iterdir()} == {"public"}


def install(monkeypatch: pytest.MonkeyPatch, hook: Hook, *, two_steps: bool) -> None:
    real = disk.exchange

    def exchange(one: Path, other: Path) -> None:
        if two_steps:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        hook("exchange", (one, other))
        real(one, other)

    monkeypatch.setattr(disk, "os", CountingOs(hook))
    monkeypatch.setattr(disk, "exchange", exchange)


def failing(calls: list[str], k: int, number: int, *, lasting: bool) -> Hook:
    """Note every call and let the k-th fail, or all from the k-th on."""

    def fail(name: str, args: tuple[Any, ...]) -> None:
        calls.append(name)
        if len(calls) - 1 == k or (lasting and len(calls) > k):
            if name == "close":  # a failing close closes
                os.close(args[0])
            raise OSError(number, os.strerror(number))

    return fail


WAYS = pytest.mark.parametrize(
    ("old", "two_steps"), [(OLD, False), (OLD, True), (None, False)], ids=["update", "update by two renames", "first"]
)


@WAYS
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from-then-on"])
def test_a_call_fails(root: Path, monkeypatch: pytest.MonkeyPatch, old: Files | None, two_steps: bool, lasting: bool) -> None:
    for k in range(2000):
        project = Project(root / str(k), old=old)
        calls: list[str] = []
        complaint = None
        with monkeypatch.context() as patched:
            install(patched, failing(calls, k, ERRORS[k % len(ERRORS)], lasting=lasting), two_steps=two_steps)
            try:
                project.hand_over(NEW)
            except HandoverError as error:
                complaint = error
        if two_steps and lasting:  # the way back may have failed as well
            recover("public", project.site_root, project.work)
        assert project.is_whole(), (k, calls)
        if complaint is None or "is in place" in complaint.message:
            assert tree(project.live) == NEW
        else:
            assert complaint.hint
            assert not project.live.exists() or tree(project.live) == old, (k, calls, complaint.message)
        project.assert_mended()
        if len(calls) <= k:
            break
    else:
        pytest.fail("never came to an end")
    assert {"open", "write", "fsync", "rename", "lstat", "scandir"} <= set(calls)
    assert k > 40


@WAYS
def test_killed_before_a_call(root: Path, monkeypatch: pytest.MonkeyPatch, two_steps: bool, old: Files | None) -> None:
    for k in range(2000):
        project = Project(root / str(k), old=old)
        if run_and_die(project, monkeypatch, k, two_steps=two_steps):
            break
        if two_steps:
            recover("public", project.site_root, project.work)
        assert project.is_whole(), k
        if k % 5 == 0:  # killed again while mending
            run_and_die(project, monkeypatch, 30, two_steps=two_steps)
            recover("public", project.site_root, project.work)
            assert project.is_whole(), k
        project.assert_mended()
    assert tree(project.live) == NEW
    assert k > 30


def run_and_die(project: Project, monkeypatch: pytest.MonkeyPatch, k: int, *, two_steps: bool) -> bool:
    """Hand NEW over in another process that kills itself before its k-th changing call; whether it lived to the end."""
    child = os.fork()
    if child == 0:
        left = k

        def kill(name: str, args: tuple[Any, ...]) -> None:
            nonlocal left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= name in CHANGING

        try:
            install(monkeypatch, kill, two_steps=two_steps)
            project.hand_over(NEW)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


def test_short_writes_and_empty_answers(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(root)

    class Short(CountingOs):
        def write(self, opened: int, data: memoryview) -> int:
            return os.write(opened, data[:2])

    with monkeypatch.context() as patched:
        patched.setattr(disk, "os", Short(lambda name, args: None))
        project.hand_over(NEW)
    assert tree(project.live) == NEW
    monkeypatch.setattr(Short, "write", lambda self, opened, data: 0)
    with monkeypatch.context() as patched:
        patched.setattr(disk, "os", Short(lambda name, args: None))
        with pytest.raises(HandoverError, match="could not read or write"):
            project.hand_over(NEXT)
    project.assert_mended()


def test_all_is_on_the_disk_before_the_exchange(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Against power cuts: every file before it gets its name, every folder in which names changed, the manifest; then the exchange."""
    project = Project(root)
    opened: dict[int, str] = {}
    unsynced: set[str] = set()  # files, and folders whose names have changed
    exchanged = []
    idle, manifests = project.work / "idle" / "public", project.work / "manifests"
    real = disk.exchange

    class Watching(CountingOs):
        def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
            number = os.open(path, flags, mode)
            opened[number] = str(path)
            if flags & os.O_CREAT:
                unsynced.add(str(path))
            return number

        def fsync(self, number: int) -> None:
            assert stat.S_ISDIR(os.fstat(number).st_mode) == (opened[number] not in unsynced or Path(opened[number]).is_dir())
            os.fsync(number)
            unsynced.discard(opened[number])

        def rename(self, source: Path, target: Path) -> None:
            assert str(source) not in unsynced
            if idle in target.parents:  # while it is being changed it has no manifest
                assert not list(manifests.glob(f"public-*-{idle.stat().st_ino}.json"))
            os.rename(source, target)  # noqa: PTH104
            unsynced.add(str(target.parent))

        def unlink(self, path: Path) -> None:
            os.unlink(path)  # noqa: PTH108
            unsynced.add(str(path.parent))

        def rmdir(self, path: Path) -> None:
            os.rmdir(path)  # noqa: PTH106
            unsynced.discard(str(path))
            unsynced.add(str(path.parent))

        def mkdir(self, path: Path) -> None:
            os.mkdir(path)  # noqa: PTH102
            unsynced.update((str(path), str(path.parent)))

    def exchange(one: Path, other: Path) -> None:
        assert unsynced == set()
        real(one, other)
        exchanged.append(one)
        unsynced.update((str(one.parent), str(other.parent)))

    monkeypatch.setattr(disk, "os", Watching(lambda name, args: None))
    monkeypatch.setattr(disk, "exchange", exchange)
    for files in (NEW, OLD, NEXT):
        project.hand_over(files)
        assert unsynced <= {str(manifests)}  # pruned
        unsynced.clear()
    assert len(exchanged) == 3


def test_builds_at_the_same_time_come_one_after_the_other(root: Path) -> None:
    project = Project(root)
    versions = [{"index.html": bytes([65 + i]) * 5000, f"{i}/index.html": b"x"} for i in range(6)]
    children = []
    for files in versions:
        child = os.fork()
        if child == 0:
            try:
                with lock(project.work, 20):
                    project.hand_over(files)
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * len(children)
    assert tree(project.live) in versions
    assert tree(project.work / "idle" / "public") in versions
    project.assert_mended()
