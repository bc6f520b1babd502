"""What other tools would run as a template of theirs, written so that they show it instead."""

from __future__ import annotations

import re

# Tags may stand between two braces in HTML: who takes the tags off puts the braces together.
_OPEN = re.compile(r"\{(?=(?:<[^<>]*>)*[{%])")
_CLOSE = re.compile(r"[}%](?=(?:<[^<>]*>)*\})")


def apart(text: str) -> str:
    """The text with ``{{``, ``}}``, ``{%`` and ``%}`` written apart, as ``{ {``: for tools that know no way to escape them."""
    return _CLOSE.sub(lambda found: f"{found[0]} ", _OPEN.sub("{ ", text))


def go_template(text: str) -> str:
    """A template of Go that shows the text."""
    return text.replace("{{", '{{"{{"}}')
