"""Floor 5: search. One analyser and one engine in Python and JavaScript; ``layout`` describes the files between them."""

from kbgen.search.analyse import analyse
from kbgen.search.browser import browser_files
from kbgen.search.find import SearchHit, search
from kbgen.search.index import build_index

__all__ = ["SearchHit", "analyse", "browser_files", "build_index", "search"]
