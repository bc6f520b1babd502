"""Floor 4: the escalation compiler. Who takes a case, how to reach them, until when, and who comes next; pure, the moment is an argument.

``theme/javascripts/escalation.js`` is its twin in the browser: it works on :func:`tables` and gives what :func:`plain` gives. The cases in
``tests/vectors/escalation.json`` hold for both.
"""

from kbgen.escalation.coverage import Gap, listed, plan_gaps, tier_gaps
from kbgen.escalation.ladder import Ladder, Note, Request, Step, climb, start_tier
from kbgen.escalation.tables import plain, tables

__all__ = ["Gap", "Ladder", "Note", "Request", "Step", "climb", "listed", "plain", "plan_gaps", "start_tier", "tables", "tier_gaps"]
