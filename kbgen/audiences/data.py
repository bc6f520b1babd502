"""What of the data beside the articles a site may see. Templates and texts of a site meet nothing else.

The data say who may read an entry, but not who may read what it refers to. So a wider site gets the entries that are for it, without
any reference to what is not: never a team, a tier, a promise, a release, an alert or a tracker, and never the name of one.
"""

from __future__ import annotations

from kbgen.model.data import Data
from kbgen.model.settings import Settings
from kbgen.model.support import Channel


def site_data(data: Data, settings: Settings, site: str) -> Data:
    """The data as one site may see them.

    The site of the narrowest audience sees all. Any other sees the product areas without their owners, and the severities, plans,
    channels and synonyms with an audience it sees. An entry without an audience, or with an odd one, is the narrowest audience's.
    """
    if settings.is_narrowest(site):
        return data
    channels = tuple(channel for channel in data.channels if settings.sees(site, channel.audience))
    known = frozenset(channel.id for channel in channels)
    # A new Data with what is named here, not a copy without the rest: what is added to Data later stays inside until somebody names it.
    return Data(
        areas=tuple(area.model_copy(update={"owner": ""}) for area in data.areas),
        severities=tuple(level.model_copy(update={"changed_by": ()}) for level in data.severities if settings.sees(site, level.audience)),
        plans=tuple(plan for plan in data.plans if settings.sees(site, plan.audience)),
        channels=tuple(_without_unseen(channel, known) for channel in channels),
        synonyms=tuple(synonym for synonym in data.synonyms if settings.sees(site, synonym.audience)),
        areas_declared=data.areas_declared,
    )


def _without_unseen(channel: Channel, known: frozenset[str]) -> Channel:
    """The channel without the channels that stand behind it, where the site does not see them."""
    unread = channel.unread if channel.unread is not None and channel.unread.to in known else None
    return channel.model_copy(update={"unread": unread, "reserve": channel.reserve if channel.reserve in known else ""})
