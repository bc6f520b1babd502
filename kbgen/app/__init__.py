"""Floor 8: the use cases. The order of the stages is written here and nowhere else; engine, rules and words are handed in from above."""
