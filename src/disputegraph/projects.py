"""Projects for users: a folder that is coded, from which the dispute is one call away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from disputegraph import coding
from disputegraph.dispute import Dispute

__all__ = ["Project", "new_project", "open_project"]


class Project(coding.Project):
    """A dispute as a folder of plain files that is coded; see `disputegraph.coding`."""

    @property
    def dispute(self) -> Dispute:
        """The reading of it: all that can be asked of a dispute, as the project is now."""
        return Dispute(self.graph.store)


def open_project(folder: str | Path, *, coder: str | None = None) -> Project:
    """Open a project for coding.

    Args:
        folder: a folder that `new_project`, ``disputegraph new`` or ``disputegraph code`` made.
        coder: who codes; by default the coder of its ``disputegraph.toml``.

    Raises:
        DataError: it is no project, or a file of it cannot be read.
    """
    return Project(folder, coder=coder)


def new_project(folder: str | Path, *, coder: str | None = None, **settings: Any) -> Project:
    """Make a project, and open it; settings are ``title``, ``language`` and ``base``.

    Raises:
        OutputError: there is a project already, or it cannot be written.
        UsageError: the language or the base is none.
    """
    coding.new_project(folder, coder=coder, **settings)
    return Project(folder, coder=coder)
