"""What each coder of a project coded apart from the others, checked to be of the same texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from disputegraph.coding.entry_reading import entry_of
from disputegraph.coding.project_files import (
    CODEBOOK,
    CODINGS,
    INDEPENDENT,
    REJECTED,
    SOURCES,
    ProjectSettings,
    read_settings,
    read_triples,
)
from disputegraph.coding.project_graph import ProjectGraph
from disputegraph.coding.project_texts import text_in
from disputegraph.errors import DataError, UsageError, nearest
from disputegraph.evidence import Sources, digest
from disputegraph.importers import slug
from disputegraph.model import Model, Utterance
from disputegraph.store import EmbeddedStore
from disputegraph.vocabulary import DG


@dataclass(frozen=True, slots=True, eq=False)
class CoderVersions:
    """The codings that were made apart from each other.

    Attributes:
        project: the folder of the project.
        title: what the dispute is called.
        coders: names of the folders, in alphabetical order.
        documents: label of each document that two coders or more coded, by IRI, in the order of the labels.
        coded: the utterances by document and coder; a coder who did not code a document is not there.
        texts: the text of each document whose text is at hand.
        lengths: the length of each document in characters, where it is known.
        digests: the digest of the text of each document, where it is known.
        alone: labels of the documents that one of the coders alone coded.
        graphs: the triples of each coder's coding of each document that two or more coded, by document and coder.
        codebook: those of the codebook.
        counting: those of the codings that count.
        notes: what was left out.
    """

    project: Path
    title: str
    coders: tuple[str, ...]
    documents: Mapping[str, str]
    coded: Mapping[str, Mapping[str, tuple[Utterance, ...]]]
    texts: Mapping[str, str]
    lengths: Mapping[str, int]
    digests: Mapping[str, str]
    alone: tuple[str, ...]
    graphs: Mapping[str, Mapping[str, frozenset[Triple]]]
    codebook: frozenset[Triple]
    counting: frozenset[Triple]
    notes: tuple[str, ...]

    def store(self) -> tuple[EmbeddedStore, dict[str, tuple[str, str]]]:
        """Return a store of codebook, codings that count and all versions, and whose the versions' utterances are.

        What coders name alike in their versions, as where one is a copy of the other, is kept apart by new names.

        Returns:
            The store, and document and coder by the IRI of an utterance.
        """
        store = EmbeddedStore(location=str(self.project))
        store.replace(set(), self.codebook | self.counting)
        known = {triple.subject for triple in self.codebook}
        origin: dict[str, tuple[str, str]] = {}
        for document, by in self.graphs.items():
            for coder, triples in by.items():
                own = {t.subject for t in triples if isinstance(t.subject, NamedNode)} - known
                names: dict[Any, NamedNode] = {node: NamedNode(f"{node.value}-by-{coder}") for node in own}
                renamed = {
                    Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object)) for t in triples
                }
                store.replace(set(), renamed)
                origin |= dict.fromkeys((node.value for node in names.values()), (document, coder))
        return store, origin

    def entries(self, document: str, coder: str) -> dict[str, dict[str, Any]]:
        """Return the coder's utterances in a document as entries, as a form shows them, by IRI."""
        settings = read_settings(self.project)
        graph = ProjectGraph(str(self.project), settings.base)
        graph.replace_file(CODEBOOK, set(self.codebook))
        graph.replace_file(f"{INDEPENDENT}/{coder}", set(self.graphs[document][coder]))
        return {
            said.iri: entry_of(graph, NamedNode(said.iri), settings.language) for said in self.coded[document][coder]
        }


def claims_coded_apart(folder: str | Path) -> frozenset[str]:
    """Return the claims of a project that its coders address in what they code apart from each other.

    Raises:
        DataError: a file cannot be read.
    """
    base = read_settings(Path(folder)).base
    found = (
        triple.object.value
        for path in sorted(Path(folder, INDEPENDENT).glob("*/*.ttl"))
        for triple in read_triples(path, base)[0]
        if triple.predicate in (DG.addressesClaim, DG.reportedClaim) and isinstance(triple.object, NamedNode)
    )
    return frozenset(found)


def coder_versions(folder: str | Path, between: Sequence[str] = ()) -> CoderVersions:
    """Return the codings of a project that were made apart from each other.

    A file ``independent/<coder>/<document>.ttl`` is the coding of a document; an empty one says that the coder found
    nothing in it. What is passed on only (links of a chain of hearsay) is not an utterance of its own.

    Args:
        folder: the project.
        between: the coders; by default all that have a folder.

    Raises:
        DataError: fewer than two coders, no document that two of them coded, a file of no document, or coders who had
            different texts under one name.
        UsageError: a coder has no folder.
    """
    path = Path(folder)
    settings = read_settings(path)
    coders = _coders(path, between)
    triples, notes = read_triples(path / CODEBOOK, settings.base) if (path / CODEBOOK).exists() else (set(), ())
    said = list(notes)
    graph = ProjectGraph(str(path), settings.base)
    graph.replace_file(CODEBOOK, set(triples))
    documents = {graph.file_stem(node): node for node in graph.nodes("Document")}
    files: dict[str, dict[str, frozenset[Triple]]] = {}
    for coder in coders:
        for file in sorted((path / INDEPENDENT / coder).glob("*.ttl")):
            if file.name.endswith(f".{REJECTED}"):  # what became of drafts is no coding
                continue
            named = documents.get(file.stem)
            if named is None:
                raise DataError(
                    f"is named after no document of {CODEBOOK}.{nearest(file.stem, documents)} Rename it, or add the "
                    "document.",
                    path=str(file),
                )
            found, more = read_triples(file, settings.base)
            said += [note for note in more if note not in said]
            files.setdefault(named.value, {})[coder] = frozenset(found)
    compared = {document: by for document, by in files.items() if len(by) > 1}
    if not compared:
        many = "; ".join(f"{coder}: {sum(coder in by for by in files.values())}" for coder in coders)
        raise DataError(
            f"no document was coded by two coders, so that there is nothing to compare (documents: {many}). Let a "
            "second coder code a document that the first has coded.",
            path=str(path / INDEPENDENT),
        )
    labels = {document: graph.label(NamedNode(document)) for document in compared}
    order = sorted(compared, key=lambda document: (labels[document], document))
    sources = Sources(path / SOURCES) if (path / SOURCES).is_dir() else None
    texts, digests = {}, {}
    for document in order:
        node = NamedNode(document)
        told = _digests(node, triples, compared[document], labels[document])
        if sources is not None and (source := text_in(sources, graph, node)) is not None:
            texts[document] = source.text
            if told and digest(source.text) != told:
                raise DataError(
                    f"holds another text than the one that '{labels[document]}' was coded from (digests "
                    f"{digest(source.text)[:12]} and {told[:12]}). Put the coded text there.",
                    path=str(path / SOURCES / source.name),
                )
        if told or document in texts:
            digests[document] = told or digest(texts[document])
    coded = {
        document: {coder: _utterances(settings, triples, found) for coder, found in sorted(by.items())}
        for document, by in ((document, compared[document]) for document in order)
    }
    counting = set[Triple]()
    for file in sorted((path / CODINGS).glob("*.ttl")):
        counting |= read_triples(file, settings.base)[0]
    return CoderVersions(
        project=path,
        title=settings.title,
        coders=coders,
        documents={document: labels[document] for document in order},
        coded=coded,
        texts=texts,
        lengths=_lengths(graph, order, texts),
        digests=digests,
        alone=tuple(sorted(graph.label(NamedNode(document)) for document in files.keys() - compared.keys())),
        graphs={document: compared[document] for document in order},
        codebook=frozenset(triples),
        counting=frozenset(counting),
        notes=tuple(said),
    )


def _coders(path: Path, between: Sequence[str]) -> tuple[str, ...]:
    known = sorted(each.name for each in (path / INDEPENDENT).glob("*") if any(each.glob("*.ttl")))
    wanted = (
        list(dict.fromkeys(name if name in known else slug(name) or name for name in between)) if between else known
    )
    if missing := [name for name in wanted if name not in known]:
        raise UsageError(f"'{missing[0]}' coded nothing apart from the others.{nearest(missing[0], known)} "
                         f"There are: {', '.join(known) or 'none'}.")  # fmt: skip
    if len(wanted) < 2:  # noqa: PLR2004
        if between:
            raise UsageError(f"agreement is between two coders or more, and only {wanted[0]} was named.")
        who = f"only {wanted[0]}" if wanted else "nobody"
        raise DataError(
            f"agreement is between two coders or more, and {who} coded here. A coder codes apart from the others by "
            f"'disputegraph code {path} --as NAME --independent'.",
            path=str(path / INDEPENDENT),
        )
    return tuple(sorted(wanted))


def _digests(node: NamedNode, codebook: Iterable[Triple], by: Mapping[str, Iterable[Triple]], label: str) -> str | None:
    """Return the digest of a document's text; raises DataError where coders had different texts."""
    parts = {CODEBOOK: list(codebook), **{coder: list(found) for coder, found in by.items()}}
    told: dict[str, str] = {}
    places: dict[NamedNode, tuple[str, str]] = {}
    anchors: dict[NamedNode, tuple[str, str]] = {}
    for name, triples in parts.items():
        for triple in triples:
            if triple.subject == node and triple.predicate == DG.textDigest and isinstance(triple.object, Literal):
                told.setdefault(triple.object.value, name)
            elif triple.predicate == DG.exactDigest and isinstance(triple.subject, NamedNode):
                before = anchors.setdefault(triple.subject, (triple.object.value, name))  # type: ignore[union-attr]
                if before[0] != triple.object.value:  # type: ignore[union-attr]
                    places[triple.subject] = (before[1], name)
    if len(told) > 1:
        listed = ", ".join(f"{value[:12]} ({name})" for value, name in sorted(told.items(), key=lambda pair: pair[1]))
        raise DataError(
            f"'{label}' stands for different texts: digests {listed}. Places in different texts cannot be compared: "
            "let all code the same text, or give each text a name of its own."
        )
    if places:
        one, other = next(iter(places.values()))
        raise DataError(
            f"'{label}': {one} and {other} have different words at the same places ({len(places)}), so they coded "
            "different texts under one name. Let all code the same text."
        )
    return next(iter(told), None)


def _utterances(settings: ProjectSettings, codebook: set[Triple], found: Iterable[Triple]) -> tuple[Utterance, ...]:
    store = EmbeddedStore()
    own = set(found)
    store.replace(set(), codebook | own)
    here = {triple.subject.value for triple in own if isinstance(triple.subject, NamedNode)}
    return tuple(
        said
        for said in Model(store, language=settings.language).utterances
        if said.iri in here and not (said.reports and not said.claims)
    )


def _lengths(graph: ProjectGraph, documents: Iterable[str], texts: Mapping[str, str]) -> dict[str, int]:
    lengths = {}
    for document in documents:
        coded = [v.value for v in graph.values(NamedNode(document), DG.textLength) if isinstance(v, Literal)]
        if document in texts:
            lengths[document] = len(texts[document])
        elif coded and coded[0].isdecimal():
            lengths[document] = int(coded[0])
    return lengths
