"""The `disputegraph` command. Each command is a file of its own, imported when it is called."""

from disputegraph.cli.group import main

__all__ = ["main"]
