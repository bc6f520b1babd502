"""The engine: MkDocs with Material, one process per edition.

The processes get a folder that holds the edition's staged pages and nothing else, a clean environment, and a time limit. What they
write depends on those bytes, on the theme and on the versions in :meth:`MkdocsEngine.key` only.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from kbgen.engines.theme_dir import PACKAGE, theme_dir, theme_files
from kbgen.model.ports import RenderFailure, RenderJob

_DISTRIBUTIONS = ("mkdocs", "mkdocs-material", "jinja2", "babel")
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0", "TZ": "UTC"}
_LAST_LINES = 12
_LAUNCH = """
import importlib.util, runpy, sys
folder = sys.argv.pop(1)
spec = importlib.util.spec_from_file_location("kbgen", folder + "/__init__.py", submodule_search_locations=[folder])
sys.modules["kbgen"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["kbgen"])
runpy.run_module("kbgen.engines.worker", run_name="__main__", alter_sys=True)
"""
# The interpreter runs isolated (-I), so that neither the folder it stands in nor PYTHON* variables can add code. It is told where this very
# kbgen lives, and nothing else that lies beside it: another one that is installed would render with another theme than the key says.


class MkdocsEngine:
    """Renders staged editions with MkDocs and Material.

    Args:
        processes: how many editions are rendered at once; by default as many as there are processors.
        seconds: time limit for one edition.
    """

    def __init__(self, processes: int | None = None, seconds: float = 1800) -> None:
        self._processes = max(1, processes or os.cpu_count() or 1)
        self._seconds = seconds

    def key(self) -> str:
        """SHA-256 over the versions of MkDocs, Material and Jinja, the engine's code and every file of the theme."""
        digest = hashlib.sha256()
        for name in _DISTRIBUTIONS:
            digest.update(f"{name}={importlib.metadata.version(name)}\n".encode())
        theme = theme_dir()
        code = sorted((PACKAGE / "engines").glob("*.py"))
        files = [(path.name, path) for path in code] + [(path.relative_to(theme).as_posix(), path) for path in theme_files(theme)]
        for name, path in files:
            data = path.read_bytes()
            digest.update(f"{name} {len(data)}\n".encode())
            digest.update(data)
        return digest.hexdigest()

    def render(self, jobs: Sequence[RenderJob]) -> Sequence[RenderFailure]:
        """Render every job, side by side. One edition's failure does not stop the others; the answer names each, in the jobs' order."""
        if not jobs:
            return ()
        with ThreadPoolExecutor(max_workers=min(self._processes, len(jobs))) as pool:
            answers = list(pool.map(self._render, jobs))
        return tuple(answer for answer in answers if answer is not None)

    def _render(self, job: RenderJob) -> RenderFailure | None:
        source, target = job.source.resolve(), job.target.resolve()
        command = [sys.executable, "-I", "-c", _LAUNCH, str(PACKAGE), str(source), str(target)]
        try:
            ran = subprocess.run(
                command,
                cwd=source,
                env=_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=self._seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return RenderFailure(job.edition, f"the engine was stopped after {self._seconds:g} seconds")
        except OSError as error:
            return RenderFailure(job.edition, f"the engine could not be started: {error}")
        if ran.returncode == 0:
            return None
        return RenderFailure(job.edition, _said(ran.returncode, ran.stderr))


def _said(code: int, stderr: bytes) -> str:
    """What an engine that failed said, in its last lines."""
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    ended = f"the engine was ended by signal {-code}" if code < 0 else f"the engine failed with exit code {code}"
    return "\n  ".join([ended + (":" if lines else ""), *lines[-_LAST_LINES:]])
