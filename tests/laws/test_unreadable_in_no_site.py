"""What cannot be read strictly is in no site: no word of it is in anything that is made before an engine runs."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from internal_edits import articles
from law_projects import Files, gathered, projects, staged, times, word, write

SLIPS = [
    "\t",
    "\0",
    "\ufeff",
    '"',
    "[",
    "{",
    ": ",
    "&a ",
    "- ",
    "--- ",
    "\n---\n",
    "\r",
    "...\n",
    "audience: internal\n",
    "/// internal\n",
    "///\n",
    "\n///x\n",
]


@st.composite
def slipped(draw: st.DrawFn, files: Files) -> Files:
    """The project after a slip of the hand in some of its articles: bytes put in, cut out or overwritten, mostly in the header."""
    new = dict(files)
    for path in draw(st.lists(st.sampled_from(sorted(articles(files))), min_size=1, max_size=5, unique=True)):
        data = new[path]
        start = draw(st.one_of(st.integers(0, min(70, len(data))), st.integers(0, len(data))))
        cut = draw(st.sampled_from([0, 0, 1, 3, 20]))
        put = draw(st.one_of(st.sampled_from(SLIPS).map(str.encode), st.binary(max_size=2)))
        new[path] = data[:start] + put + data[start + cut :]
    return new


def test_no_word_of_it_gets_out() -> None:
    outcomes: Counter[str] = Counter()

    @settings(max_examples=times(60))
    @given(st.data())
    def law(data: st.DataObject) -> None:
        files: Files = data.draw(projects().flatmap(slipped), "project")
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), files)
            everywhere = gathered(Path(folder))
            live = {name: frozenset(_address(path) for path in articles(files)) for name in everywhere.settings.sites}
            for read in (everywhere, gathered(Path(folder), live)):
                made = b"\n".join(data for site in staged(read).values() for data in site.values())
                for unreadable in read.corpus.unreadable:
                    assert word(unreadable.source.path.removeprefix("content/")).encode() not in made
                    outcomes["unreadable"] += 1
                outcomes["readable"] += sum(
                    word(article.source.path.removeprefix("content/")).encode() in made for article in read.corpus.articles
                )
                assert len(read.corpus.articles) + len(read.corpus.unreadable) == len(articles(files))

    law()
    assert outcomes["unreadable"] > 100, outcomes
    assert outcomes["readable"] > 100, outcomes


def _address(path: str) -> str:
    return path.removeprefix("content/").removeprefix("en/").removesuffix(".md") + "/"
