"""What the coding page shows of units that several coders coded, and does with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pyoxigraph import NamedNode

from disputegraph.adjudication import CodedUnit, adjudicate, adjudicate_agreed, coded_units, reject_unit, restore_unit
from disputegraph.coding import INDEPENDENT, Project
from disputegraph.errors import UsageError

ADJUDICATIONS = ("adjudicate", "adjudicate_agreed", "reject_unit", "restore_unit")


def several_coders(project: Project) -> bool:
    """Return whether there is something to adjudicate: two coders or more coded apart, and this is none of them."""
    coders = [each for each in (project.folder / INDEPENDENT).glob("*") if any(each.glob("*.ttl"))]
    return len(coders) > 1 and not project.scope.apart


def units_shown(project: Project, document: str) -> dict[str, Any]:
    """Return the units of a document, the first that has any by default, and how far all documents are."""
    units = coded_units(project)
    counts: dict[str, Counter[str]] = {}
    for unit in units:
        counts.setdefault(unit.document, Counter())[unit.state] += 1
    shown = document if document in counts else next(iter(counts), "")
    return {
        "document": shown,
        "coders": sorted({one.coder for unit in units for one in unit.versions} | {c for u in units for c in u.absent}),
        "documents": [
            {"iri": iri, "label": project.graph.label(NamedNode(iri)), "counts": dict(states)}
            for iri, states in counts.items()
        ],
        "units": [_shown(unit) for unit in units if unit.document == shown],
    }


def _shown(unit: CodedUnit) -> dict[str, Any]:
    return {
        "key": unit.key,
        "state": unit.state,
        "spans": [{"document": unit.document, "start": start, "end": end} for start, end in unit.spans],
        "versions": [{"coder": one.coder, "iri": one.iri, "fields": one.fields} for one in unit.versions],
        "absent": list(unit.absent),
        "differs": list(unit.differs),
        "statements": list(unit.statements),
        "rejection": asdict(unit.rejection) if unit.rejection is not None else None,
    }


def decide_unit(project: Project, action: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Do with a unit what the coder decided; raises as the functions of `adjudication`."""
    if action == "adjudicate_agreed":
        return {"count": len(adjudicate_agreed(project, str(body.get("document") or "") or None))}
    key = body.get("key")
    if not isinstance(key, str):
        raise UsageError("the request needs the 'key' of a unit.")
    if action == "reject_unit":
        reject_unit(project, key, str(body.get("reason") or ""))
    elif action == "restore_unit":
        restore_unit(project, key)
    else:
        fields = body.get("fields") or {}
        if not isinstance(fields, dict):
            raise UsageError("'fields' are names of fields, each with a coder.")
        return {"iri": adjudicate(project, key, str(body.get("coder")), **{str(f): str(c) for f, c in fields.items()})}
    return {}
