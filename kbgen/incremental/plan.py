"""What has to be rendered anew, as a pure function: all that is known in; what to do, and human reasons, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kbgen.model.site_tree import Manifest


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What to render and what to delete, by path in the site, sorted; ``reasons`` says why for each."""

    render: tuple[str, ...]
    delete: tuple[str, ...]
    reasons: Mapping[str, str]


def plan_build(staged: Mapping[str, str], live: Manifest | None, current: frozenset[str], *, clean: bool = False) -> BuildPlan:
    """Compare what is wanted with what stands there.

    Args:
        staged: path in the site → digest of everything the file is made from.
        live: the manifest of what stands there; None: there is nothing that can be trusted.
        current: the paths of the manifest that nobody else has touched.
        clean: trust nothing.
    """
    files = live.files if live is not None else {}
    reasons: dict[str, str] = {}
    for path, inputs in staged.items():
        entry = files.get(path)
        if clean:
            reasons[path] = "clean build"
        elif live is None:
            reasons[path] = "first build, or no manifest"
        elif entry is None:
            reasons[path] = "new"
        elif entry.inputs != inputs:
            reasons[path] = "changed"
        elif path not in current:
            reasons[path] = "touched by somebody else"
    delete = tuple(sorted(files.keys() - staged.keys()))
    return BuildPlan(tuple(sorted(reasons)), delete, reasons)
