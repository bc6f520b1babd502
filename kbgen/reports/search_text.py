"""Search results for people: a line for each page, and where asked for, the parts of its score.

::

    showing results for: возврат оплаты
      41.20  Возврат оплаты  [Оплата]  /ru/billing/refund/
             answers 2/2 of the words
             20.11  title     возврат
              9.02  keywords  оплаты → оплат ×0.7
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def search_text(found: Mapping[str, Any]) -> str:
    """The results (as :mod:`kbgen.reports.search_json` lists them), ending with a line break."""
    lines = [f"showing results for: {found['shown_as']}"] if found["shown_as"] else []
    for hit in found["hits"]:
        anchor = f"#{hit['anchor']}" if hit["anchor"] else ""
        lines.append(f"{hit['score']:7.2f}  {hit['title']}  [{hit['area']}]  /{hit['address']}{anchor}")
        if "parts" in hit:
            lines.append(f"{'':9}answers {hit['covered']} of the words")
            lines.extend(f"{'':9}{part['score']:5.2f}  {part['field']:<8}  {_answer(part)}" for part in hit["parts"])
    return "\n".join(map(_printable, lines or ["nothing found"])) + "\n"


def _answer(part: Mapping[str, Any]) -> str:
    """The word, and what answers it where that is not its own term."""
    if part["boost"] == 1:
        return str(part["word"])
    return f"{part['word']} → {' '.join(part['terms'])} ×{part['boost']:.2g}"


def _printable(text: str) -> str:
    """A query may hold anything: nothing moves the terminal's cursor."""
    return "".join(character if character.isprintable() or character == "\xa0" else "\N{REPLACEMENT CHARACTER}" for character in text)
