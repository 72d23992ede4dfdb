"""Compare codings without regard to how their nodes are named."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat

from disputegraph.coding import Project, new_project
from disputegraph.resources import bundled_dispute

__all__ = ["BUNDLED", "bundled_project", "nameless"]

BUNDLED = "https://w3id.org/disputegraph/data/junior-doctors-2016/"


def nameless(quads: Iterable[Quad], base: str) -> Dataset:
    """Return the graph with every node under a base made a blank node, canonical."""

    def term(node: Any) -> Any:
        own = isinstance(node, NamedNode) and node.value.startswith(base)
        return BlankNode("n" + node.value[len(base) :].replace("/", "_")) if own else node

    made = Dataset(Quad(term(quad.subject), quad.predicate, term(quad.object)) for quad in quads)
    made.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return made


def bundled_project(folder: Path, text: str) -> Project:
    """Return a project with the bundled dispute and its text."""
    project = new_project(folder, base=BUNDLED)
    project.undo()  # its own entry for the dispute
    project.take_in(pyoxigraph.parse(path=bundled_dispute(), format=RdfFormat.TURTLE), "import")
    (project.folder / "sources" / "doc.txt").write_text(text, encoding="utf-8")
    return project
