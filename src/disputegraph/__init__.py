"""A knowledge graph of a public dispute: who says what about whom, on what evidence."""

__version__ = "0.1.0"
