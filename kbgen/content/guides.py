"""Guides: a fence called ``decision`` that leads a reader by questions and answers to an outcome.

::

    ```decision
    start: see
    questions:
      see:
        ask: "What do you see?"
        answers:
          - {say: "The password is wrong", to: reset}
          - {say: "Nothing happens", to: browser}
    outcomes:
      reset: {article: reset-password.md, say: "Set a new one"}
      browser: {contact: "Write to us and tell us which browser you use."}
    ```

An outcome is one of ``resolved: text``, ``article: path.md`` with ``say: text``, ``escalate: text`` (in internal articles only) and
``contact: text``. The text of an ``escalate`` begins with the name of the tier or team that takes over, if one is meant: the wiki then
shows how to reach it. Questions and outcomes are named with small letters, digits and hyphens; no name stands twice. All texts are
plain, on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from kbgen.model.playbook import Answer, Flaw, Guide, Outcome, Question, Spot
from kbgen.strict.suggest import did_you_mean
from kbgen.strict.yaml import Document, Path, load

LANGUAGE = "decision"
_KINDS: tuple[Literal["resolved", "article", "escalate", "contact"], ...] = ("resolved", "article", "escalate", "contact")
_NODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_ARTICLE = re.compile(r"(?!/)[^\s:?#\\]{1,200}\.md(?:#[^\s#]{1,200})?")
_LONGEST = 300
_MOST = 200  # questions and outcomes; a longer one helps nobody
_EXAMPLE = "see the example with: kbgen explain KB715"


def read_guide(text: str, first_line: int) -> tuple[Guide | None, tuple[Flaw, ...]]:
    """The guide that a YAML text describes, or None and why.

    Args:
        text: what stands in the fence.
        first_line: the line on which it starts. Spots have this count, and no path.
    """
    document = load(text, first_line)
    if document.faults:
        return None, tuple(
            Flaw("KB715", Spot("", fault.line, fault.column), f"the guide is no YAML that can be read: {fault.message}", "mend that line")
            for fault in document.faults
        )
    reader = _Reader(document, first_line)
    guide = reader.guide()
    return (None, tuple(reader.flaws)) if reader.flaws else (guide, ())


def in_order(guide: Guide) -> tuple[Question | Outcome, ...]:
    """What can be reached from the start, nearest first; what is as near in the order of the answers."""
    nodes: dict[str, Question | Outcome] = {question.id: question for question in guide.questions}
    nodes.update((outcome.id, outcome) for outcome in guide.outcomes)
    reached = {guide.start: None} if guide.start in nodes else {}
    for name in (waiting := list(reached)):
        node = nodes[name]
        for answer in node.answers if isinstance(node, Question) else ():
            if answer.to in nodes and answer.to not in reached:
                reached[answer.to] = None
                waiting.append(answer.to)
    return tuple(nodes[name] for name in reached)


class _Reader:
    """Reads the value of one document and notes what is wrong. Lives only inside :func:`read_guide`."""

    def __init__(self, document: Document, first_line: int) -> None:
        self.value = document.value
        self.marks = document.marks
        self.first_line = first_line
        self.flaws: list[Flaw] = []

    def guide(self) -> Guide | None:
        """The guide; whole only where there are no flaws."""
        if not self._mapping(self.value, (), {"start", "questions", "outcomes"}, "a guide"):
            return None
        start = self._text(self.value.get("start"), ("start",), "the first question")
        questions = self._nodes("questions", self._question)
        outcomes = self._nodes("outcomes", self._outcome)
        # What is written counts, so that one fault in a question is not also one of every answer that leads to it.
        asked, ended = self._names("questions"), self._names("outcomes")
        names = [*asked, *ended]
        for question in questions:
            for answer in question.answers:
                self._named(answer.to, names, answer.spot, f"the answer '{answer.say}' leads to")
        if start:
            self._named(start, asked, self._spot(("start",)), "the guide starts with")
        for name in ended:
            if name in asked:
                spot = self._spot(("outcomes", name))
                self._say(spot, f"'{name}' is the name of a question and of an outcome", "give one of them another name")
        if len(names) > _MOST:
            self._say(self._spot(()), f"the guide has more than {_MOST} questions and outcomes", "divide it")
        return Guide(start, tuple(questions), tuple(outcomes), self._spot(()))

    def _names(self, key: str) -> list[str]:
        value = self.value.get(key)
        return list(value) if isinstance(value, dict) else []

    def _nodes(self, key: str, read: Any) -> list[Any]:
        value = self.value.get(key)
        if not isinstance(value, dict) or not value:
            self._say(self._spot((key,)), f"the guide has no {key}", f"write '{key}:' with a name for each; {_EXAMPLE}")
            return []
        found = []
        for name in value:
            if not _NODE.fullmatch(name):
                hint = "use small letters, digits and hyphens"
                self._say(self._spot((key, name)), f"'{name[:60]}' is no name for a question or an outcome", hint)
            node = read(name, value[name], (key, name))
            found += [node] if node else []
        return found

    def _question(self, name: str, value: Any, path: Path) -> Question | None:
        if not self._mapping(value, path, {"ask", "answers"}, f"the question '{name}'"):
            return None
        ask = self._text(value.get("ask"), (*path, "ask"), f"'ask' of the question '{name}'")
        answers = value.get("answers")
        if not isinstance(answers, list):
            hint = "write a list of answers, each {say: text, to: name}"
            self._say(self._spot((*path, "answers")), f"the question '{name}' has no answers", hint)
            return None
        return Question(name, ask, tuple(self._answers(answers, (*path, "answers"))), self._spot(path))

    def _answers(self, answers: list[Any], path: Path) -> Iterator[Answer]:
        for position, value in enumerate(answers):
            here = (*path, position)
            if self._mapping(value, here, {"say", "to"}, "an answer"):
                say = self._text(value.get("say"), (*here, "say"), "'say' of an answer")
                yield Answer(say, self._text(value.get("to"), (*here, "to"), "'to' of an answer"), self._spot(here))

    def _outcome(self, name: str, value: Any, path: Path) -> Outcome | None:
        if not self._mapping(value, path, {*_KINDS, "say"}, f"the outcome '{name}'"):
            return None
        kinds = [kind for kind in _KINDS if kind in value]
        if len(kinds) != 1:
            message = f"the outcome '{name}' is {'nothing' if not kinds else ' and '.join(kinds)}"
            self._say(self._spot(path), message, "write one of resolved, article, escalate, contact")
            return None
        kind, spot = kinds[0], self._spot((*path, kinds[0]))
        text = self._text(value[kind], (*path, kind), f"'{kind}' of the outcome '{name}'")
        if kind != "article":
            if "say" in value:
                self._say(self._spot((*path, "say")), f"the outcome '{name}' needs no 'say'", f"write the text behind '{kind}:'")
            return Outcome(name, kind, text, "", spot)
        if text and not _ARTICLE.fullmatch(text):
            hint = "write its path from here, e.g. reset-password.md or ../billing/refund.md#steps"
            self._say(spot, f"'{text}' is no path of an article", hint)
        say = self._text(value.get("say"), (*path, "say"), f"'say' of the outcome '{name}'")
        return Outcome(name, kind, say, text, spot)

    def _mapping(self, value: Any, path: Path, keys: set[str], what: str) -> bool:
        if not isinstance(value, dict):
            self._say(self._spot(path), f"{what} is written as keys and values", _EXAMPLE)
            return False
        for key in value:
            if key not in keys:
                near = did_you_mean(key, sorted(keys)) or f"the keys are: {', '.join(sorted(keys))}"
                self._say(self._spot((*path, key)), f"{what} has no key '{key[:60]}'", near)
        return True

    def _text(self, value: Any, path: Path, what: str) -> str:
        if isinstance(value, str) and value.strip() and "\n" not in value.strip() and len(value) <= _LONGEST:
            return " ".join(value.split())
        missing = value is None or value == ""
        hint = "write it" if missing else f"write one line of at most {_LONGEST} characters, in quotes"
        self._say(self._spot(path), f"{what} is missing" if missing else f"{what} is no short text on one line", hint)
        return ""

    def _named(self, name: str, names: list[str], spot: Spot, what: str) -> None:
        if name and name not in names:
            near = did_you_mean(name, names) or f"the names are: {', '.join(names[:20])}"
            self._say(spot, f"{what} '{name}', which is not there", near)

    def _spot(self, path: Path) -> Spot:
        """Where a value stands; where it is missing, what it is missing from."""
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (self.first_line, 1))
        return Spot("", line, column)

    def _say(self, spot: Spot, message: str, hint: str) -> None:
        self.flaws.append(Flaw("KB715", spot, message, hint))
