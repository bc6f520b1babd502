"""Floor 5: search. One analyser and one engine in Python and JavaScript; ``layout`` describes the files between them."""

from kbgen.search.analyse import analyse
from kbgen.search.browser import browser_files
from kbgen.search.cache import TermCache
from kbgen.search.explain import Explained, Explanation, explain
from kbgen.search.find import Answer, SearchHit, find, popular, search, suggest
from kbgen.search.index import build_index
from kbgen.search.reader import Load, Reader, open_index

__all__ = [
    "Answer",
    "Explained",
    "Explanation",
    "Load",
    "Reader",
    "SearchHit",
    "TermCache",
    "analyse",
    "browser_files",
    "build_index",
    "explain",
    "find",
    "open_index",
    "popular",
    "search",
    "suggest",
]
