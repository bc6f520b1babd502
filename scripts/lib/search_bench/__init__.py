"""What ``scripts/bench-search`` is made of: collections of pages, sets of queries with known answers, engines, measures, the table."""
