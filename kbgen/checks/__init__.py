"""Floor 7: runs the rules over the facts and makes findings of what they say."""
