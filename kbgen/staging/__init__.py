"""Floor 5: from plans to staged pages: bodies with their links in place, contexts for the templates, sitemap and robots.txt. Pure."""
