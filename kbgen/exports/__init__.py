"""Floor 5: what other tools take over from the base: links from alerts to runbooks, saved replies. One file per kind; formats inside."""
