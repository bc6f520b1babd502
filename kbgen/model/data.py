"""Data beside the articles, from ``content/_data``: product areas, and all about support (:mod:`kbgen.model.support`)."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from kbgen.model.finding import Place
from kbgen.model.support import Alert, Channel, DrillRecord, Plan, Release, SeverityLevel, Sla, Synonym, Team, Texts, Tier, Tracker

__all__ = ["Data", "ProductArea", "Team", "Texts"]


class ProductArea(BaseModel):
    """A part of the product that articles are about. Its texts are shown on a site only where it has a page there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: Texts
    summary: Texts = {}
    owner: str = ""
    folder: str = Field("", description="Folder inside the language's folder; by default the id.")
    icon: str = Field("", description="Name of an icon of the theme.")


FILES: Mapping[str, str] = {
    "areas": "areas.yml",
    "teams": "teams.yml",
    "severities": "severity.yml",
    "plans": "plans.yml",
    "channels": "channels.yml",
    "sla": "sla.yml",
    "tiers": "escalation.yml",
    "releases": "releases.yml",
    "alerts": "alerts.yml",
    "trackers": "trackers.yml",
    "synonyms": "synonyms.yml",
    "drills": "drills.yml",
}
"""Field of :class:`Data` → the file in the content folder's ``_data`` that it comes from."""


class Data(BaseModel):
    """All data, in the order of its files."""

    model_config = ConfigDict(frozen=True)

    areas: tuple[ProductArea, ...] = ()
    teams: tuple[Team, ...] = ()
    severities: tuple[SeverityLevel, ...] = ()
    plans: tuple[Plan, ...] = ()
    channels: tuple[Channel, ...] = ()
    sla: tuple[Sla, ...] = ()
    tiers: tuple[Tier, ...] = ()
    releases: tuple[Release, ...] = ()
    alerts: tuple[Alert, ...] = ()
    trackers: tuple[Tracker, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    drills: tuple[DrillRecord, ...] = ()
    areas_declared: bool = Field(False, description="False where areas are derived from the folders, for want of areas.yml.")
    places: Mapping[str, Place] = Field(
        {}, description="Where things stand: 'escalation.yml', 'escalation.yml/line-1', 'escalation.yml/line-1/branches/bug' → place."
    )

    def area(self, area_id: str) -> ProductArea | None:
        """The area with this id, or None."""
        return next((area for area in self.areas if area.id == area_id), None)

    def team(self, team_id: str) -> Team | None:
        """The team with this id, or None."""
        return next((team for team in self.teams if team.id == team_id), None)

    def tier(self, tier_id: str) -> Tier | None:
        """The tier with this id, or None."""
        return next((tier for tier in self.tiers if tier.id == tier_id), None)

    def channel(self, channel_id: str) -> Channel | None:
        """The channel with this id, or None."""
        return next((channel for channel in self.channels if channel.id == channel_id), None)

    def severity(self, severity_id: str) -> SeverityLevel | None:
        """What this severity means, or None."""
        return next((level for level in self.severities if level.id == severity_id), None)

    def plan(self, plan_id: str) -> Plan | None:
        """The plan with this id, or None."""
        return next((plan for plan in self.plans if plan.id == plan_id), None)

    def place(self, *keys: str) -> Place:
        """Where something stands in the data files, for findings.

        Args:
            keys: the file's name, the entry's id (of an entry of sla.yml its position, from ``"0"``), and the keys inside it;
                an item of a list of names by its name, of another list by its position in the file.

        Returns:
            The place, or that of the nearest thing around it that has one.
        """
        for end in range(len(keys), 0, -1):
            found = self.places.get("/".join(keys[:end]))
            if found is not None:
                return found
        return Place(f"_data/{keys[0]}" if keys else "_data")
