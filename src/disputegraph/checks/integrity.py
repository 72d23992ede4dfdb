"""Run the integrity rules: each is one SELECT that returns the nodes offending it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

from disputegraph.errors import QueryError
from disputegraph.resources import ontology_folder
from disputegraph.sparql import QueryFile, read_query_folder
from disputegraph.store import Store, stable_names


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that a check found wrong.

    Attributes:
        severity: "violation" (the graph breaks the model) or "warning" (worth a look).
        check: name of the rule or shape.
        node: the offending node's IRI or blank node label.
        message: what is wrong with it.
    """

    severity: str
    check: str
    node: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain JSON."""
        return asdict(self)


@cache
def integrity_rules() -> dict[str, QueryFile]:
    """Return the integrity rules by name."""
    return read_query_folder(ontology_folder() / "checks")


def check_integrity(store: Store, *, rules: Collection[str] | None = None) -> Iterator[Finding]:
    """Yield what the integrity rules find, in the order of the rules' names and, within a rule, of its findings.

    Args:
        store: the data.
        rules: names of the rules to ask; by default all.

    Raises:
        QueryError: a rule does not return its offending node in a column ``node``.
    """
    asked = {name: rule for name, rule in integrity_rules().items() if rules is None or name in rules}
    # The engine answers without holding Python's lock, so that the rules share the cores.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:
        found = list(workers.map(lambda name: _findings(store, name, asked[name]), asked))
    yield from named([finding for some in found for finding in some], store)


def named(findings: Sequence[Finding], store: Store) -> Iterator[Finding]:
    """Yield findings with the stable names of blank nodes, by which everything else calls them too."""
    names = stable_names(store, {finding.node for finding in findings if finding.node.startswith("_:")})
    for finding in findings:
        yield replace(finding, node=names.get(finding.node, finding.node))


def _findings(store: Store, name: str, rule: QueryFile) -> list[Finding]:
    answer = store.select(rule.text)
    columns = [variable.value for variable in answer.variables]
    if "node" not in columns:
        raise QueryError("an integrity rule returns its offending node as ?node.", path=str(rule.path))
    severity, text = rule.fields.get("severity", "violation"), rule.fields.get("message", rule.title)
    found = []
    for solution in answer:
        values = {column: _shown(solution[column]) for column in columns}
        message = text
        for column, value in values.items():
            message = message.replace(f"{{{column}}}", value)
        found.append(Finding(severity, name, values["node"], message))
    # Sorted here, not by ORDER BY: the engine would look up each name anew for every comparison.
    return sorted(found)


def _shown(term: object) -> str:
    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    return f"_:{value}" if type(term).__name__ == "BlankNode" else value
