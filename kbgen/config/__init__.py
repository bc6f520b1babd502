"""Floor 3: reads the settings (``mkdocs.yml``) and the data beside the articles (``content/_data``) strictly."""
