"""Floor 5: built sites as values. Reads a site's files, finds dead links, requests to other hosts, and internal text (the leak gate)."""
