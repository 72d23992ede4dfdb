"""A knowledge graph of a public dispute: who says what about whom, on what evidence.

Open data with `open_data`, and ask the `Dispute` it returns; code a dispute of your own with `new_project` and
`open_project`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"

if TYPE_CHECKING:
    from disputegraph.dispute import Dispute, from_import, from_rdflib, open_data
    from disputegraph.errors import DataError, DisputeGraphError, LimitError, OutputError, QueryError, UsageError
    from disputegraph.model import Actor, Anchor, Claim, Stance, Utterance
    from disputegraph.projects import Project, new_project, open_project
    from disputegraph.vocabulary import ACT, DG

_HOMES = {
    "Dispute": "dispute",
    "from_import": "dispute",
    "from_rdflib": "dispute",
    "open_data": "dispute",
    "Project": "projects",
    "new_project": "projects",
    "open_project": "projects",
    "DataError": "errors",
    "DisputeGraphError": "errors",
    "LimitError": "errors",
    "OutputError": "errors",
    "QueryError": "errors",
    "UsageError": "errors",
    "Actor": "model",
    "Anchor": "model",
    "Claim": "model",
    "Stance": "model",
    "Utterance": "model",
    "Model": "model",
    "statements": "model",
    "ACT": "vocabulary",
    "DG": "vocabulary",
}

__all__ = [
    "ACT",
    "DG",
    "Actor",
    "Anchor",
    "Claim",
    "DataError",
    "Dispute",
    "DisputeGraphError",
    "LimitError",
    "Model",
    "OutputError",
    "Project",
    "QueryError",
    "Stance",
    "UsageError",
    "Utterance",
    "from_import",
    "from_rdflib",
    "new_project",
    "open_data",
    "open_project",
    "statements",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that the command starts without what it does not need."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'disputegraph' has no attribute '{name}'")
    return getattr(import_module(f"disputegraph.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
