"""The files of a project: Turtle with one triple a line, so that git shows and merges changes triple by triple."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from disputegraph.errors import DataError, UsageError
from disputegraph.importers import Minter, folder_settings
from disputegraph.rdf import PROJECT_FILE, blank_names, prefixes_of, read_quads, source_of_path, write_text
from disputegraph.vocabulary import PREFIXES, RDF

CODEBOOK = "codebook.ttl"
CODINGS = "codings"
DRAFTS = "drafts"
INDEPENDENT = "independent"
"""Holds a folder for each coder, with codings made apart from each other; no part of the dispute."""

REJECTED = "rejected.ttl"
"""Behind the name of its document: drafts, or statements of coders, that somebody rejected; not in the dispute."""

PARTS = (f"{CODINGS}/*.ttl", f"{DRAFTS}/*.{REJECTED}", f"{INDEPENDENT}/*.{REJECTED}")
"""The files beside the codebook that changes write."""
SOURCES = "sources"

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_SETTINGS = {"title", "base", "language", "licence", "coder", "coders"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSettings:
    """What `disputegraph.toml` says.

    Attributes:
        title: what the dispute is called.
        base: the IRI under which its names stand.
        language: language tag of labels.
        licence: address of the licence of the data, or None.
        coder: name of who codes here when nobody else is named, or None.
        coders: names of all who code.
    """

    title: str
    base: str
    language: str = "en"
    licence: str | None = None
    coder: str | None = None
    coders: tuple[str, ...] = ()


def read_settings(folder: Path) -> ProjectSettings:
    """Return the settings of a project.

    Raises:
        DataError: the folder is not a project, or its settings cannot be understood.
    """
    path = folder / PROJECT_FILE
    if not path.is_file():
        raise DataError(
            f"is not a project: it has no {PROJECT_FILE}. 'disputegraph new {folder}' makes one.", path=str(folder)
        )
    if not (folder / CODEBOOK).exists() and (folder / "statements.csv").exists():
        raise DataError(
            f"holds sheets and no {CODEBOOK}. 'disputegraph new PROJECT' makes a project, and 'disputegraph import "
            f"sheet {folder} --into PROJECT' takes them into it.",
            path=str(folder),
        )
    found = folder_settings(folder)
    if unknown := found.keys() - _SETTINGS:
        raise DataError(
            f"unknown settings: {', '.join(sorted(unknown))}. Known: {', '.join(sorted(_SETTINGS))}.", path=str(path)
        )
    for name in ("title", "base"):
        if not isinstance(found.get(name), str):
            raise DataError(f"needs a text '{name}'.", path=str(path))
    settings: dict[str, Any] = {name: str(value) for name, value in found.items() if name != "coders"}
    try:
        Minter(settings["base"])
        return ProjectSettings(**settings, coders=tuple(map(str, found.get("coders", ()))))
    except UsageError as error:
        raise DataError(str(error), path=str(path)) from None


def read_triples(path: Path, base: str) -> tuple[set[Triple], tuple[str, ...]]:
    """Return the triples of a file of a project, and what a user should know.

    Nodes without a name get one under `base`, made from what is said of them: a line of the file then tells the whole
    of its triple.

    Raises:
        DataError: the file cannot be read, or holds named graphs.
    """
    source = source_of_path(path, format="turtle", base=base)
    triples = {quad.triple for quad in read_quads(source)}
    notes = list(source.notes)
    blank = [triple for triple in triples if BlankNode in (type(triple.subject), type(triple.object))]
    if blank:
        names = blank_names((str(t.subject), str(t.predicate), str(t.object)) for t in blank)
        triples -= set(blank)

        def named(term: Any) -> Any:
            return NamedNode(f"{base}node-{names[str(term)][2:]}") if isinstance(term, BlankNode) else term

        triples |= {Triple(named(t.subject), t.predicate, named(t.object)) for t in blank}
        notes.append(f"{path.name}: {len(names):,} nodes without a name got one.")
    if len(foreign := set(prefixes_of(source)) - PREFIXES.keys() - {"d"}):
        notes.append(f"{path.name}: the prefixes {', '.join(sorted(foreign))} are not kept when it is written.")
    if comments := sum(line.lstrip().startswith(b"#") for line in path.read_bytes().splitlines()):
        notes.append(f"{path.name}: {comments:,} lines of comment are not kept when it is written.")
    return triples, tuple(notes)


def write_triples(path: Path, triples: Collection[Triple], names: TurtleNames) -> None:
    """Write a file of a project, whole or not at all; the same bytes for the same triples.

    Raises:
        OutputError: it cannot be written.
    """
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in sorted(names.prefixes.items())]
    # The class leads: `a` sorts before the prefixes of all properties.
    predicates = {term: "a" if term == RDF.type else names[term] for term in {t.predicate for t in triples}}
    rows = sorted((names[triple.subject], predicates[triple.predicate], names[triple.object]) for triple in triples)
    before = None
    for subject, predicate, value in rows:
        if subject != before:
            lines.append("")
            before = subject
        lines.append(f"{subject} {predicate} {value} .")
    write_text(path, "\n".join(lines) + "\n")


class TurtleNames(dict[object, str]):
    """How the terms of a project are written in Turtle; each is found out once.

    Attributes:
        prefixes: namespaces by prefix, ``d`` being the project's own.
    """

    def __init__(self, base: str) -> None:
        super().__init__()
        self.prefixes = {"d": base, **PREFIXES}
        self._namespaces = {iri: name for name, iri in self.prefixes.items()}

    def __missing__(self, term: object) -> str:
        if isinstance(term, Literal):
            written = str(term)
            if not term.language and written.endswith(">"):
                text, _, _ = written.rpartition("^^")
                written = f"{text}^^{self[term.datatype]}"
        elif isinstance(term, NamedNode):
            cut = max(term.value.rfind("#"), term.value.rfind("/")) + 1
            prefix, local = self._namespaces.get(term.value[:cut]), term.value[cut:]
            written = f"{prefix}:{local}" if prefix is not None and _LOCAL.fullmatch(local) else str(term)
        else:
            written = str(term)
        self[term] = written
        return written
