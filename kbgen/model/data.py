"""Data beside the articles, from ``content/_data``: product areas, and all about support (:mod:`kbgen.model.support`)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from kbgen.model.support import Alert, Channel, Plan, Release, SeverityLevel, Sla, Team, Texts, Tier, Tracker

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
    areas_declared: bool = Field(False, description="False where areas are derived from the folders, for want of areas.yml.")

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
