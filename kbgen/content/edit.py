"""Changes one key of an article's header, and nothing else of the file: not a space, not a comment, not a line ending."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from kbgen.content.door import FENCE, Opened, open_source
from kbgen.model.article import SourceFile
from kbgen.model.settings import Limits
from kbgen.strict.yaml import load


def with_key(data: bytes, key: str, value: str, limits: Limits) -> bytes | None:
    """The file with ``key: value`` in its header, in place of what stood there, else as the header's last line.

    Args:
        data: the file.
        key: a key of the front matter.
        value: its value as YAML on one line.
        limits: the bounds on what is read.

    Returns:
        The file's new bytes; None where the header cannot be read strictly, before or after, or holds the key over several lines.
    """
    before = open_source(SourceFile("", data), limits)
    if not isinstance(before, Opened) or not before.headed:
        return None
    lines = data.decode("utf-8").split("\n")
    end = next(index for index in range(1, len(lines)) if lines[index].removesuffix("\r") == FENCE)
    ending = "\r" if lines[end].endswith("\r") or lines[0].endswith("\r") else ""
    place = before.marks.get((key,))
    if place is None:
        lines.insert(end, f"{key}: {value}{ending}")
    else:
        line = place[0] - 1
        written = re.match(rf"{re.escape(key)}:[^#\r]*?(?P<rest>\s+#[^\r]*)?\r?$", lines[line])
        if written is None:
            return None
        lines[line] = f"{key}: {value}{written['rest'] or ''}{ending}"
    changed = "\n".join(lines).encode("utf-8")
    after = open_source(SourceFile("", changed), limits)
    wanted = load(f"{key}: {value}").value
    same = isinstance(after, Opened) and after.values == {**before.values, **wanted} and after.body == before.body
    return changed if same else None


def rewrite(path: Path, change: Callable[[bytes], bytes | None]) -> bool:
    """Change a file in one step: it holds either what it held or all of the new bytes. Its rights stay.

    Returns:
        Whether it was changed; False where ``change`` has no answer.

    Raises:
        OSError: it cannot be read or written, or is a link.
    """
    if path.is_symlink():
        raise OSError(f"{path.name} is a link; change the file it leads to")
    changed = change(path.read_bytes())
    if changed is None:
        return False
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(changed)
            target.flush()
            os.fsync(target.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True
