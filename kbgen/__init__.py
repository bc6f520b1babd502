"""kbgen builds a public help center and a separate internal wiki from one folder of Markdown articles.

``kbgen/README.md`` is the map of the floors: which package does what, and who may import whom.
"""

__version__ = "0.1.0"
