"""Floor 4: what readers looked for and did not find, from the events that the search box sends (settings ``search.events``)."""

from kbgen.gaps.rank import Gap, Gaps, find_gaps
from kbgen.gaps.read import Event, Log, read_log

__all__ = ["Event", "Gap", "Gaps", "Log", "find_gaps", "read_log"]
