"""What suggestions are made from: a project's actors, claims and codings as plain data."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from disputegraph.coding.project_folder import ProjectFolder
from disputegraph.coding.project_graph import ACTORS, STATEMENTS, ProjectGraph
from disputegraph.coding.suggesting import Suggester
from disputegraph.coding.suggestion_records import Coded, Known
from disputegraph.model import entry_fields, local_name
from disputegraph.vocabulary import DG


def suggester_of(project: ProjectFolder) -> Suggester:
    """Return what suggests speakers and claims, made from a project as it is."""
    return Suggester(known_of(project, *ACTORS), known_of(project, "Claim"), _codings(project))


def known_of(project: ProjectFolder, *kinds: str) -> list[Known]:
    """Return what a project knows of some kinds, in order of their IRIs."""
    graph, known = project.graph, []
    told = [NamedNode(entry_fields()[name].iri) for name in ("paraphrase", "source_description", "note", "description")]
    for node in graph.nodes(*kinds):
        aliases = tuple(sorted(v.value for v in graph.values(node, NamedNode(entry_fields()["aliases"].iri))))
        texts = [value.value for name in told for value in graph.values(node, name)]
        for tenure in graph.subjects(NamedNode(entry_fields()["member"].iri), node):
            texts += [
                graph.label(post)
                for name in ("post", "role")
                for post in graph.values(tenure, NamedNode(entry_fields()[name].iri))
                if isinstance(post, NamedNode)
            ]
        known.append(
            Known(
                iri=node.value,
                label=graph.label(node),
                aliases=aliases,
                texts=tuple(texts),
                kind=graph.kind(node) or "",
            )
        )
    return known


def _codings(project: ProjectFolder) -> list[Coded]:
    graph, found = project.graph, []
    for document in graph.nodes("Document"):
        text = project.text(document)
        for anchor, span in project.places_in(document):
            for node in graph.subjects(DG.evidence, anchor):
                if graph.kind(node) not in STATEMENTS:
                    continue
                told = {
                    name: next((v.value for v in _either(graph, node, name)), None)
                    for name in ("speaker", "on_behalf_of", "claim", "polarity")
                }
                if told["speaker"] is not None:
                    words = text[span.start : span.end] if text else ""
                    found.append(
                        Coded(
                            document=document.value,
                            start=span.start,
                            end=span.end,
                            words=words,
                            speaker=told["speaker"],
                            on_behalf_of=told["on_behalf_of"],
                            claim=told["claim"],
                            polarity=local_name(told["polarity"] or "") or None,
                        )
                    )
    return sorted(found, key=lambda coded: (coded.document, coded.start, coded.end))


def _either(graph: ProjectGraph, node: NamedNode, name: str) -> Iterator[NamedNode | Literal]:
    """Yield the values of a field of a statement, at hand or passed on."""
    for field in (name, f"reported_{name}"):
        yield from graph.values(node, NamedNode(entry_fields()[field].iri))
