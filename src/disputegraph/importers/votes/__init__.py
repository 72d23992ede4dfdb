"""Roll calls: tables of voter, motion and vote."""

from __future__ import annotations

from disputegraph.importers.votes.vote_import import import_votes

__all__ = ["import_votes"]
