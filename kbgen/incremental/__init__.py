"""Floor 4: what has to be rendered anew, and why. Pure."""
