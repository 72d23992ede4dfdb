"""The texts of a project, read again when their files change."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from disputegraph.coding.project_graph import ProjectGraph
from disputegraph.evidence import Sources, SourceText
from disputegraph.vocabulary import DCTERMS, DG

Stamp: TypeAlias = tuple[int, int, int]
"""What tells one state of a file from another."""


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a file, or None if it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class ProjectTexts:
    """A folder of texts.

    Args:
        folder: where; it need not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state: tuple[tuple[str, Stamp | None], ...] = ()
        self._sources: Sources | None = None

    def as_they_are(self) -> Sources | None:
        """Return the texts as they are now, or None where there is no folder."""
        if not self._folder.is_dir():
            return None
        state = tuple(sorted((str(path), stamp_of(path)) for path in self._folder.rglob("*") if path.is_file()))
        if self._sources is None or state != self._state:
            self._sources, self._state = Sources(self._folder), state
        return self._sources


def text_in(sources: Sources, graph: ProjectGraph, document: NamedNode) -> SourceText | None:
    """Return the text of a document among the texts of a project, by its digest, else by its names; or None."""
    names = [
        value.value
        for predicate in (DCTERMS.identifier, DCTERMS.title)
        for value in graph.values(document, predicate)
        if isinstance(value, Literal)
    ]
    digests = [v.value for v in graph.values(document, DG.textDigest) if isinstance(v, Literal)]
    names += [graph.label(document), document.value.rpartition("/")[2]]
    return sources.text_of(digests[0] if digests else None, names=names)
