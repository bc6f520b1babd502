"""Data beside the articles, from ``content/_data``: product areas and teams."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

Texts = Mapping[str, str]
"""A text per language code, e.g. ``{"en": "Billing", "ru": "Оплата"}``."""


class ProductArea(BaseModel):
    """A part of the product that articles are about. Its texts are shown on a site only where it has a page there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: Texts
    summary: Texts = {}
    owner: str = ""
    folder: str = Field("", description="Folder inside the language's folder; by default the id.")
    icon: str = Field("", description="Name of an icon of the theme.")


class Team(BaseModel):
    """A team that owns articles."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: Texts
    contact: str = ""


class Data(BaseModel):
    """All data, in the order of its files."""

    model_config = ConfigDict(frozen=True)

    areas: tuple[ProductArea, ...] = ()
    teams: tuple[Team, ...] = ()
    areas_declared: bool = Field(False, description="False where areas are derived from the folders, for want of areas.yml.")

    def area(self, area_id: str) -> ProductArea | None:
        """The area with this id, or None."""
        return next((area for area in self.areas if area.id == area_id), None)

    def team(self, team_id: str) -> Team | None:
        """The team with this id, or None."""
        return next((team for team in self.teams if team.id == team_id), None)
