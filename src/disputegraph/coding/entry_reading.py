"""An entry of a project as plain JSON: what a form shows of a node."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pyoxigraph import Literal, NamedNode

from disputegraph.coding.entry_values import value_of
from disputegraph.coding.project_graph import STATEMENTS, ProjectGraph
from disputegraph.errors import UsageError
from disputegraph.model import EntryField, entry_forms
from disputegraph.vocabulary import DG


def entry_of(graph: ProjectGraph, node: NamedNode, language: str) -> dict[str, Any]:
    """Return a node as plain JSON: its kind, its label, and its fields with lists of values.

    Args:
        graph: where it stands.
        node: the node.
        language: of labels, where there are several.

    Raises:
        UsageError: nothing is said of it.
    """
    said = list(graph.about(node))
    if not said:
        raise UsageError(f"nothing is said of <{node.value}>; it may have been removed.")
    kind = graph.kind(node)
    held: dict[str, list[NamedNode | Literal]] = defaultdict(list)
    for triple in sorted(said, key=str):
        if isinstance(triple.object, NamedNode | Literal):
            held[triple.predicate.value].append(triple.object)
    fields = {
        name: found
        for name, field in (entry_forms()[kind].fields if kind else {}).items()
        if (values := held.get(field.iri)) and (found := _shown(graph, field, values, language))
    }
    entry: dict[str, Any] = {"iri": node.value, "kind": kind, "label": graph.label(node), "fields": fields}
    if kind in STATEMENTS:
        later = sorted(graph.subjects(DG.supersedes, node), key=str)
        told = [each for each in later if graph.kind(each) == "Withdrawal"]
        entry["withdrawn_by"] = [each.value for each in later if each not in told]
        entry["withdrawn"] = [entry_of(graph, each, language)["fields"] for each in told]
    return entry


def _shown(graph: ProjectGraph, field: EntryField, values: list[NamedNode | Literal], language: str) -> list[Any]:
    """Return the values of a field as a form shows them; labels in the project's language where there are any."""
    if field.value == "evidence":
        known = graph.spans()
        spans = [known[anchor] for anchor in values if isinstance(anchor, NamedNode) and anchor in known]
        return [{"document": span.document, "start": span.start, "end": span.end} for span in sorted(spans)]
    if field.value == "label":
        own = [v for v in values if isinstance(v, Literal) and v.language == language]
        return [value.value for value in own or values]
    return [value_of(field, value) for value in values]
