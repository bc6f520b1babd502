"""The cases of tests/vectors/escalation.json and the data they climb, for both sides."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from kbgen.escalation import Request, climb, plain
from kbgen.model.data import Data

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
DEFAULTS = {"on_shift": True, "speaks": True, "told": None, "decides": ""}
LANGUAGES = ("en", "ru", "es", "de", "fr")


def cases() -> list[dict[str, Any]]:
    """A name, a request, and what comes out; keys of :data:`DEFAULTS` where they differ."""
    read: list[dict[str, Any]] = json.loads((VECTORS / "escalation.json").read_text(encoding="utf-8"))
    return read


def data() -> Data:
    """The ladder of the cases."""
    return Data.model_validate(yaml.safe_load((VECTORS / "escalation-data.yml").read_text(encoding="utf-8")))


def request_of(asked: dict[str, Any]) -> Request:
    """A request as the script gets it, for Python."""
    return Request(**{**asked, "at": datetime.datetime.fromisoformat(asked["at"])})


def in_python(base: Data, asked: dict[str, Any]) -> dict[str, Any]:
    """What Python makes of a request, as JSON."""
    request = request_of(asked)
    return plain(climb(base, request), request.language, "en")


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """What has to come out, in full."""
    rest = {key: value for key, value in case.items() if key not in {"name", "request"}}
    return {**rest, "steps": [{**DEFAULTS, **step} for step in case["steps"]]}


def short(ladder: dict[str, Any]) -> dict[str, Any]:
    """A ladder as the cases write it: a contact by its way, a note as ``kind:about``."""
    steps = []
    for step in ladder["steps"]:
        rest = {key: value for key, value in step.items() if key != "contact"}
        steps.append({**rest, "via": step["contact"]["via"] if step["contact"] else None})
    return {**ladder, "steps": steps, "notes": [f"{note['kind']}:{note['about']}" for note in ladder["notes"]]}


def random_requests(base: Data, seed: int, number: int) -> Iterator[dict[str, Any]]:
    """Requests as the script gets them, many of them near a change of the clocks."""
    chance = random.Random(seed)
    # Europe, New York, Adelaide, both ways; and any time of three years.
    changes = ["2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04", "2027-03-28", "2027-10-31"]
    names = [tier.id for tier in base.tiers] + [team.id for team in base.teams] + ["nobody-knows"]
    for _ in range(number):
        if chance.random() < 0.5:
            start = datetime.datetime.fromisoformat(chance.choice(changes)) - datetime.timedelta(days=4)
            moment = start + datetime.timedelta(minutes=chance.randrange(6 * 24 * 60))
        else:
            moment = datetime.datetime.fromisoformat("2025-06-01") + datetime.timedelta(seconds=chance.randrange(3 * 365 * 24 * 3600))
        offset = datetime.timezone(datetime.timedelta(minutes=chance.choice([-480, -210, 0, 0, 60, 180, 330, 345, 825])))
        yield {
            "severity": chance.choice(["low", "medium", "high"]),
            "plan": chance.choice(["standard", "premium", "premium", "gold"]),
            "at": moment.replace(tzinfo=offset).isoformat(),
            "kind": chance.choice(["question", "question", "bug", "architecture", "vendor", "payment", "custom"]),
            "language": chance.choice(LANGUAGES),
            "channel": chance.choice(["", "", "chat", "email", "phone", "messenger"]),
            "tier": chance.choice([1, 1, 1, 2, 3]),
            "escalates_to": chance.choice(["", "", chance.choice(names)]),
        }
