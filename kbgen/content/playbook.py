"""What a converted text holds to act on, put together from what was written and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from kbgen.content.blocks import Block
from kbgen.content.dress import Dressed
from kbgen.content.plaintext import plain_text
from kbgen.content.prepare import Prepared, linked, restored
from kbgen.content.sanitise import RawLink
from kbgen.model.playbook import Danger, Flaw, Gate, Playbook, Reply, Spot

_TITLE_WORDS = 8


def placed_links(links: Sequence[RawLink], prepared: Prepared, dressed: Dressed) -> tuple[RawLink, ...]:
    """The links with placeholders as they were written, and those of guides with their places."""
    known = {
        number: outcome.spot
        for position, numbers in dressed.guides.items()
        for number, outcome in zip(numbers, linked(prepared.guides[position]), strict=False)
    }
    return tuple(
        RawLink(
            restored(link.target, prepared),
            link.kind,
            known[number].line if number in known else 0,
            known[number].column if number in known else 0,
        )
        for number, link in enumerate(links)
    )


def read_playbook(prepared: Prepared, dressed: Dressed, links: Sequence[RawLink]) -> Playbook:
    """What the page holds. Spots have no path; their lines count from 1 in the text."""
    if not prepared.mark:
        return Playbook()
    whole = {position: block for position, block in enumerate(prepared.blocks) if position in dressed.blocks}
    gone = (guide for position, guide in enumerate(prepared.guides) if position not in dressed.guides)
    hint = "take it out of the HTML around it"
    flaws = (Flaw("KB715", guide.spot, "the guide stands inside HTML and does not get into the page", hint) for guide in gone)
    fills = tuple(prepared.fills[position] for position in dressed.fills)
    return Playbook(
        replies=tuple(
            _reply(block, dressed.replies.get(position, ""), fills, links) for position, block in whole.items() if block.name == "reply"
        ),
        gates=tuple(Gate(position, _spot(block)) for position, block in whole.items() if block.name == "gate"),
        dangers=tuple(
            Danger(position, block.options.get("rollback", ""), block.options.get("side") == "client", _spot(block))
            for position, block in whole.items()
            if block.name == "danger"
        ),
        fills=tuple(sorted(fills, key=lambda fill: (fill.spot.line, fill.spot.column))),
        guides=tuple(guide for position, guide in enumerate(prepared.guides) if position in dressed.guides),
        stops=tuple(_spot(block) for block in whole.values() if block.name == "stop"),
        flaws=(*prepared.flaws, *flaws),
    )


def placed(playbook: Playbook, origin: Sequence[tuple[str, int]]) -> Playbook:
    """The playbook with the places of the files that its text was put together from."""
    last = len(origin) - 1

    def move(spot: Spot) -> Spot:
        path, line = origin[min(max(spot.line - 1, 0), last)] if origin else ("", 1)
        return replace(spot, path=path, line=line)

    return cast("Playbook", _moved(playbook, move)) if playbook != Playbook() else playbook


def _moved(value: Any, move: Callable[[Spot], Spot]) -> Any:
    if isinstance(value, Spot):
        return move(value)
    if isinstance(value, tuple):
        return tuple(_moved(item, move) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _moved(getattr(value, each.name), move) for each in fields(value)})
    return value


def _spot(block: Block) -> Spot:
    return Spot("", block.start + 1)


def _reply(block: Block, html: str, fills: Sequence[Any], links: Sequence[RawLink]) -> Reply:
    used = (fill.name for fill in fills if block.start + 1 < fill.spot.line <= block.end)
    text = plain_text(html, links)
    words = text.split()
    opening = " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")
    return Reply(block.id, block.options.get("title", "") or opening, html, text, tuple(dict.fromkeys(used)), _spot(block))
