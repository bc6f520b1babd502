"""What an article holds to act on: saved replies, gates and dangers, things to fill in, guides. Read from its text, not from its HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text: ``path`` of the file (a snippet's, where it comes from one), ``line`` and ``column`` from 1."""

    path: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Reply:
    """A saved reply: text for a customer.

    Attributes:
        id: its name, shared by the same reply in other languages, e.g. ``sign-in-reset-sent``.
        title: what agents find it by; its first words where none is written.
        html: the safe HTML of its text, with ``{{name}}`` as it is written.
        text: the same as plain text, paragraphs apart by an empty line, lists with ``- ``.
        fills: names to fill in, in order of appearance.
        spot: where it stands.
    """

    id: str
    title: str
    html: str = field(repr=False)
    text: str = field(repr=False)
    fills: tuple[str, ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Gate:
    """A confirmation without which one must not go on. ``position`` is its rank among the article's blocks, from 0."""

    position: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class Danger:
    """A step that can do harm.

    Attributes:
        position: its rank among the article's blocks, from 0.
        rollback: how to take it back, or ``none, because …``; ``""`` where nothing is said.
        client: whether it touches the client's side.
        spot: where it stands.
    """

    position: int
    rollback: str
    client: bool
    spot: Spot


@dataclass(frozen=True, slots=True)
class Fill:
    """A use of ``{{name}}`` in a command or a reply."""

    name: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a guide's question: ``say`` its text, ``to`` the id of the question or outcome it leads to."""

    say: str
    to: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a guide."""

    id: str
    ask: str
    answers: tuple[Answer, ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a guide ends.

    Attributes:
        id: its id among the guide's questions and outcomes.
        kind: ``resolved``, ``article`` (go on there), ``escalate`` (wiki only) or ``contact`` (write to support).
        say: what the reader is told.
        link: for ``article`` the address as written, relative to the article.
        spot: where it stands.
    """

    id: str
    kind: Literal["resolved", "article", "escalate", "contact"]
    say: str
    link: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Guide:
    """A guided diagnosis: questions and outcomes, reached from ``start``."""

    start: str
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in a block: the rule's ``code``, where, what, and what to do."""

    code: str
    spot: Spot
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Playbook:
    """All of it, in the order of the text."""

    replies: tuple[Reply, ...] = ()
    gates: tuple[Gate, ...] = ()
    dangers: tuple[Danger, ...] = ()
    fills: tuple[Fill, ...] = ()
    guides: tuple[Guide, ...] = ()
    stops: tuple[Spot, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    def used(self) -> frozenset[str]:
        """The names of all placeholders in it."""
        return frozenset(fill.name for fill in self.fills).union(*(reply.fills for reply in self.replies))


NO_PLAYBOOK = Playbook()
"""That of an article with nothing to act on."""
