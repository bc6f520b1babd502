"""Floor 4: which articles are translations of which, and what a translation takes from its original. Pure."""
