"""Deciding on a unit: one coder's version, a mixture, all that agrees, or that it is not an utterance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import NamedNode

from disputegraph.adjudication.unit_pairing import BY_PROGRAM, PASSED_ON_BY, CoderVersion
from disputegraph.adjudication.unit_reading import CodedUnit, coded_units, rejected_file
from disputegraph.coding import Change, Project, rejected_in, rejection_triples
from disputegraph.errors import UsageError, nearest

_LEFT_OUT = (*BY_PROGRAM, "coded_by", "reports", "documented_in", "evidence")


def adjudicate(project: Project, key: str, coder: str, **fields: str) -> str:
    """Take a coder's version of a unit, and return the IRI of the statement that counts from now on.

    It is coded by whoever decides, and says from which versions it comes.

    Args:
        project: the project.
        key: the unit.
        coder: whose version is taken.
        fields: fields in which another coder's version is taken: the coder by the field. ``evidence`` are the words.

    Raises:
        UsageError: there is no such unit, it was decided on, or a coder does not have it.
        RefusedError, ConflictError, OutputError: as `Project.add`.
    """
    units = _units(project)
    unit = _open(units, key)
    by = {one.coder: one for one in unit.versions}
    for name in (coder, *fields.values()):
        if name not in by:
            raise UsageError(f"{name} does not have this utterance.{nearest(name, by)} Versions: {', '.join(by)}.")
    given = _statement(unit, by[coder], {name: by[other] for name, other in fields.items()}, units)
    return project.add_all([given], label=f"adjudicate: {', '.join(dict.fromkeys([coder, *fields.values()]))}")[0]


def adjudicate_agreed(project: Project, document: str | None = None) -> list[str]:
    """Take over what all coders of a document coded alike, as one change, and return the IRIs of the statements.

    Args:
        project: the project.
        document: IRI of the document; by default all.

    Raises:
        DataError: there is nothing to compare.
        RefusedError, ConflictError, OutputError: as `Project.add`.
    """
    units = _units(project)
    alike = [unit for unit in units if unit.state == "agreed" and document in (None, unit.document)]
    given = [_statement(unit, unit.versions[0], {}, units) for unit in alike]
    return project.add_all(given, label=f"adjudicate: {len(given)} that agree") if given else []


def reject_unit(project: Project, key: str, reason: str = "") -> None:
    """Say that a unit is not an utterance, and why; it is kept, and counts nowhere.

    Raises:
        UsageError: there is no such unit, or it was decided on.
        OutputError: it cannot be written.
    """
    unit = _open(_units(project), key)
    file = rejected_file(project, unit.document)

    def make(change: Change) -> None:
        come = [t for one in unit.versions for t in rejection_triples(project, change, NamedNode(one.iri), reason)]
        change.beside(file, come=come)

    project.changing("adjudicate: no utterance", make)


def restore_unit(project: Project, key: str) -> None:
    """Take back that a unit is not an utterance.

    Raises:
        UsageError: there is no such unit, or nobody rejected it.
    """
    unit = _named(_units(project), key)
    if unit.state != "rejected":
        raise UsageError("nobody found that this is not an utterance.")
    file = rejected_file(project, unit.document)
    rejected = rejected_in(project, file)
    gone = [triple for one in unit.versions for triple in rejected.get(NamedNode(one.iri), ())]
    project.changing("adjudicate: an utterance again", lambda change: change.beside(file, gone=gone))


def _units(project: Project) -> list[CodedUnit]:
    project.refresh()
    return coded_units(project)


def _named(units: Iterable[CodedUnit], key: str) -> CodedUnit:
    for unit in units:
        if unit.key == key:
            return unit
    raise UsageError("this utterance is not there any more; a coder changed it. Look at the versions again.")


def _open(units: Iterable[CodedUnit], key: str) -> CodedUnit:
    unit = _named(units, key)
    if unit.state not in ("open", "agreed"):
        raise UsageError(f"this utterance was decided on already ({unit.state}); undo that first.")
    return unit


def _statement(
    unit: CodedUnit, version: CoderVersion, mixed: Mapping[str, CoderVersion], units: Iterable[CodedUnit]
) -> dict[str, Any]:
    """Return what `Project.add` takes."""
    made = {one.iri: each.statements[0] for each in units if each.statements for one in each.versions}
    fields = {**version.fields, **{name: other.fields.get(name, []) for name, other in mixed.items()}}
    chain = list(fields.pop(PASSED_ON_BY, ()))
    if chain and (outer := made.get(mixed.get(PASSED_ON_BY, version).inside or "")):
        # What passes it on and says something itself is decided on: it is the last link.
        chain[-1:] = [outer]
    spans = [(p["start"], p["end"]) for p in fields.get("evidence", ()) if p["document"] == unit.document]
    told = {name: values for name, values in fields.items() if values and name not in _LEFT_OUT}
    if "supersedes" in told:
        told["supersedes"] = [made[iri] for iri in told["supersedes"] if iri in made]
    return {
        **told,
        "document": unit.document,
        "spans": spans or None,
        PASSED_ON_BY: chain,
        "derived_from": [*(one.iri for one in unit.versions), *version.fields.get("derived_from", ())],
        "drafted_by": version.fields.get("drafted_by", []),
    }
