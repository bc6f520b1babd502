"""A text without front matter: one that has none, or one whose header slipped. Only the first may get its audience from the settings."""

from __future__ import annotations

import pytest

from kbgen.content.door import Opened, open_source
from kbgen.model.article import SourceFile
from kbgen.model.settings import Limits

NONE = {
    "a heading and prose": "# CoreDNSErrorsHigh\n\n## Impact\n\nWarning: some requests are not resolved.\n",
    "a heading and a line that ends with a colon": "# Check nodes\n\nDescribe the node to learn more about the\nfailure:\n",
    "a comment before the heading": "<!--\nTaken from elsewhere\n\nhttps://example.com/a.md\n-->\n\n# A title\n\nText.\n",
    "a directive for a linter": "<!-- markdownlint-disable -->\n# A title\n",
}
SLIPPED = {
    "our key below a heading": "# A title\n\ntitle: A title\nlast_reviewed: 2026-01-01\n",
    "an audience below a heading": "# A title\n\n**Audience:** internal\n",
    "a fence below a heading": "# A title\n\n---\n\nText.\n",
    "a key without a heading": "Condition: it is late.\n\nText.\n",
    "keys in a comment": "<!--\ntitle: A title\n-->\n# A title\n",
    "an audience in a comment": "<!--\naudience = internal\n-->\n# A title\n",
    "an audience in a comment of one line": "<!-- audience: internal -->\n# A title\n",
    "draft in a comment": "<!-- draft: true -->\n# A title\n",
    "front matter below a comment": "<!-- x -->\n---\ntitle: A\naudience: internal\n---\n",
    "keys below a comment": "<!-- x -->\nstate: draft\n",
    "a second comment with keys": "<!-- x -->\n<!-- audience: internal -->\n# A title\n",
    "a comment that never ends": "<!-- x\n# A title\n",
    "a comment inside a comment": "<!-- x <!-- audience: internal --> -->\n# A title\n",
    "nothing but a comment": "<!-- x -->\n",
}


def opened(text: str) -> object:
    return open_source(SourceFile("content/a.md", text.encode()), Limits())


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_there_is_none(text: str) -> None:
    found = opened(text)
    assert isinstance(found, Opened)
    assert (found.headed, found.values, found.body) == (False, {}, text)


@pytest.mark.parametrize("text", SLIPPED.values(), ids=SLIPPED)
def test_it_may_have_slipped(text: str) -> None:
    found = opened(text)
    assert isinstance(found, tuple)
    assert [problem.code for problem in found] == ["KB002"]
