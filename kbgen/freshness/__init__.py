"""Floor 4: how fresh articles are. Pure: the day is an argument."""
