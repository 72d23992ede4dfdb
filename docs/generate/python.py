"""The reference page of the Python library: which modules are public; mkdocstrings fills in their docstrings."""

from __future__ import annotations

from importlib.util import find_spec

__all__ = ["MODULES", "python_page"]

MODULES = {
    "disputegraph": "The face of the library",
    "disputegraph.model": "The reading: actors, claims, utterances, stances",
    "disputegraph.coding": "Coding: projects",
    "disputegraph.networks": "Networks",
    "disputegraph.analysis": "Analyses",
    "disputegraph.results": "Results: data frames, analyses that say what they found",
    "disputegraph.figures": "Figures for print",
    "disputegraph.page": "The page",
    "disputegraph.evidence": "Evidence",
    "disputegraph.checks": "Checks",
    "disputegraph.importers": "Importers",
    "disputegraph.store": "Stores",
    "disputegraph.sparql": "SPARQL text",
    "disputegraph.server": "The server",
    "disputegraph.errors": "Errors",
}
"""The public modules: what is in their `__all__` is promised (stability.md)."""

MEMBERS = {
    "disputegraph": ("open_data", "from_import", "from_rdflib", "Dispute", "open_project", "new_project", "Project"),
    "disputegraph.results": ("DisputeAnalyses", "Found", "Block", "Statements"),
}
"""What is shown of modules whose other names stand elsewhere, or serve the command line."""


def python_page() -> str:
    """Return the page as Markdown, to be filled by mkdocstrings."""
    lines = [
        "# Python",
        "",
        "What these modules name in `__all__` is public; see [what stays stable](../stability.md).",
        "",
    ]
    for module, title in MODULES.items():
        if find_spec(module) is None:
            continue
        lines += [f"## {title}", "", f"::: {module}", ""]
        if module in MEMBERS:
            lines[-1:] = ["    options:", f"      members: [{', '.join(MEMBERS[module])}]", ""]
    return "\n".join(lines)
