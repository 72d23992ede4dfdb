"""Files written for version 0.1 of the ontology, rewritten for version 0.2."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad

from disputegraph.errors import DataError, UsageError
from disputegraph.rdf import (
    open_output,
    prefixes_of,
    read_quads,
    source_of_path,
    suffix_without_compression,
    write_stable,
)
from disputegraph.store import UpgradeStep, upgrade_engine
from disputegraph.vocabulary import RDF

_BACKUP = ".bak"


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade of files did.

    Attributes:
        steps: the steps that changed anything.
        written: the files that were written.
        comments: how many lines of comments the Turtle files lost by it.
    """

    steps: tuple[UpgradeStep, ...]
    written: tuple[Path, ...]
    comments: int


def upgrade_files(paths: Sequence[Path], output: Path | None = None) -> Upgraded:
    """Rewrite RDF files for version 0.2 of the ontology, all of them or none, and return what was done.

    The files are looked at together, since one may speak of what another describes, and each keeps its own triples.
    A new node goes to the file of the node that it was made from. What stood in a file is kept beside it, with the
    suffix ``.bak``.

    Args:
        paths: the files.
        output: where the one file is written instead of being replaced.

    Raises:
        DataError: a file cannot be read, or has named graphs.
        UsageError: a file is compressed, or several files and one output are named.
        OutputError: a file cannot be written; none is changed then.
    """
    if output is not None and len(paths) != 1:
        raise UsageError("-o names one file; several files are upgraded where they are.")
    before = {path: _quads(path) for path in paths}
    engine = pyoxigraph.Store()
    for quads in before.values():
        engine.extend(quads)
    everything = set(engine)
    steps = upgrade_engine(engine)
    after = set(engine)
    gone, new = everything - after, after - everything
    if not gone and not new:
        return Upgraded((), (), 0)
    kept = {path: [quad for quad in quads if quad not in gone] for path, quads in before.items()}
    homes: dict[Any, Path] = {quad.subject: path for path, quads in reversed(before.items()) for quad in quads}
    _settle(new, homes)
    for quad in sorted(new, key=str):
        kept[homes.get(quad.subject, paths[0])].append(quad)
    changed = [
        path
        for path in paths
        if output is not None or len(kept[path]) != len(before[path]) or set(kept[path]) != set(before[path])
    ]
    comments = sum(_comments(path) for path in changed)
    with ExitStack() as outputs:
        for path in changed:
            source = source_of_path(path)
            if output is None:
                outputs.enter_context(open_output(path.with_name(path.name + _BACKUP))).write(path.read_bytes())
            stream = outputs.enter_context(open_output(output or path))
            write_stable(kept[path], stream, source.format, prefixes=prefixes_of(source))
    return Upgraded(tuple(steps), tuple(changed if output is None else [output]), comments)


def _quads(path: Path) -> list[Quad]:
    if suffix_without_compression(path)[1]:
        raise UsageError(f"{path} is compressed; unpack it first, so that it can be rewritten.")
    source = source_of_path(path)
    quads = list(read_quads(source, rename_blank_nodes=True))
    if quads and source.notes:
        raise DataError(f"would lose what cannot be read; mend it first. {source.notes[0]}")
    if any(quad.graph_name != DefaultGraph() for quad in quads):
        raise DataError("holds named graphs, which an upgrade would mix up; upgrade each as a file.", path=str(path))
    return quads


def _settle(new: set[Quad], homes: dict[Any, Path]) -> None:
    """Give every new node the file of the node that points to it, else of one that it points to."""
    for quad in sorted(new, key=str):
        if quad.subject not in homes:
            pointing = [
                homes[other.subject] for other in new if other.object == quad.subject and other.subject in homes
            ]
            pointed = [
                homes[other.object]
                for other in new
                if other.subject == quad.subject and other.object in homes and other.predicate != RDF.type
            ]
            if pointing or pointed:
                homes[quad.subject] = (pointing or pointed)[0]


def _comments(path: Path) -> int:
    if path.suffix not in (".ttl", ".nt", ".n3"):
        return 0
    return sum(line.lstrip().startswith("#") for line in path.read_text(encoding="utf-8").splitlines())
