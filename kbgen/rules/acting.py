"""What rules about blocks and guides share: the playbooks of an article, and places of what is in them."""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.article import Article
from kbgen.model.finding import Place
from kbgen.model.playbook import Playbook, Spot


def playbooks(article: Article) -> Iterator[Playbook]:
    """That of the whole article, and, where internal blocks are cut, that of what is left. What is in both is one finding in the end."""
    yield article.full.outline.playbook
    if article.cut is not article.full:
        yield article.cut.outline.playbook


def place(spot: Spot) -> Place:
    """A spot as the place of a finding."""
    return Place(spot.path, spot.line, spot.column)
