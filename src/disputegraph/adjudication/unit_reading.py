"""The units of a project that was coded apart: each coder's version of an utterance, and what became of it.

That a unit was decided on is read from the codings: a statement that counts says from which versions it comes
(`prov:wasDerivedFrom`), so that undoing it opens the unit again. That it is no utterance stands in a file beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pyoxigraph import NamedNode

from disputegraph.analysis import Matched, match_utterances, spans_in
from disputegraph.coding import (
    INDEPENDENT,
    REJECTED,
    STATEMENTS,
    CoderVersions,
    Project,
    Rejection,
    coder_versions,
    rejected_in,
    rejection_of,
)
from disputegraph.evidence import digest
from disputegraph.model import Utterance, entry_forms
from disputegraph.vocabulary import PROV

__all__ = ["BY_PROGRAM", "PASSED_ON_BY", "CodedUnit", "CoderVersion", "UnitState", "coded_units", "rejected_file"]

UnitState: TypeAlias = Literal["open", "agreed", "adjudicated", "rejected", "coded"]
"""Open: the coders differ; agreed: they do not, and it waits to be taken over; coded: a statement that counts has its
words and speaker, and comes from none of the versions."""

PASSED_ON_BY = "passed_on_by"
BY_PROGRAM = ("derived_from", "drafted_by")
_NOT_COMPARED = (*BY_PROGRAM, "coded_by", "note", "cue", "reports", "documented_in")
_REPORTED = {
    name: name.removeprefix("reported_")
    for name in entry_forms()["ReportedUtterance"].fields
    if name.startswith("reported_")
}


@dataclass(frozen=True, slots=True)
class CoderVersion:
    """What one coder made of an utterance.

    Attributes:
        coder: name of the coder's folder.
        iri: the utterance in the coder's coding.
        fields: lists of values by field, with the names of an utterance whether it is hearsay or not, and
            ``passed_on_by``: who passed it on, the nearest to the speaker first.
        inside: the coder's utterance that passes this one on and says something itself, or nothing.
    """

    coder: str
    iri: str
    fields: Mapping[str, list[Any]]
    inside: str | None


@dataclass(frozen=True, slots=True)
class CodedUnit:
    """One utterance, as several coders have it.

    Attributes:
        key: what it is called; it changes when a version comes or goes.
        document: IRI of its document.
        spans: where its versions stand together.
        versions: what each coder who has it made of it, in alphabetical order.
        absent: the coders who coded the document and do not have it.
        differs: the fields in which the versions differ; without those of coders who do not have it.
        state: what became of it.
        statements: the statements that count and come from it, or have its words.
        rejection: who found that it is no utterance, when and why, if somebody did.
    """

    key: str
    document: str
    spans: tuple[tuple[int, int], ...]
    versions: tuple[CoderVersion, ...]
    absent: tuple[str, ...]
    differs: tuple[str, ...]
    state: UnitState
    statements: tuple[str, ...] = ()
    rejection: Rejection | None = None


def coded_units(project: Project, document: str | None = None, *, between: Sequence[str] = ()) -> list[CodedUnit]:
    """Return the units of the documents that two coders or more coded apart, as `match_utterances` pairs them.

    Places, and all fields but notes, cues and what programs note, are compared.

    Args:
        project: the project.
        document: IRI of a document; by default all.
        between: the coders; by default all who coded apart.

    Returns:
        The units in order of documents and places; what passes others on comes before what it passes on.

    Raises:
        DataError: there is nothing to compare, or coders had different texts; see `coder_versions`.
        UsageError: a coder has no folder.
    """
    versions = coder_versions(project.folder, between)
    wanted = [one for one in versions.documents if document in (None, one)]
    return [unit for one in wanted for unit in _in_document(project, versions, one)]


def rejected_file(project: Project, document: str) -> str:
    """Return the file that holds which units of a document are no utterances."""
    return f"{INDEPENDENT}/{project.graph.file_stem(NamedNode(document))}.{REJECTED}"


def _in_document(project: Project, versions: CoderVersions, document: str) -> list[CodedUnit]:
    coded = versions.coded[document]
    read = {coder: _versions(coder, those, versions.entries(document, coder)) for coder, those in coded.items()}
    made = _made_of(project)
    rejected = rejected_in(project, rejected_file(project, document))
    matched = match_utterances(coded, document)
    free = [
        unit
        for unit in matched
        if not any(made.get(said.iri) or said.iri in _values(rejected) for said in unit.values())
    ]
    known = _coded_already(project, document, made, free)
    units = []
    for unit in matched:
        own = tuple(read[coder][said.iri] for coder, said in sorted(unit.items()))
        absent = tuple(sorted(coded.keys() - unit.keys()))
        differs = _differing(own)
        state: UnitState = "open" if differs or absent else "agreed"
        statements = tuple(sorted({iri for one in own for iri in made.get(one.iri, ())}))
        said = [triple for one in own for triple in rejected.get(NamedNode(one.iri), ())]
        if statements:
            state = "adjudicated"
        elif said:
            state = "rejected"
        elif already := known.get(own[0].iri):
            state, statements = "coded", (already,)
        units.append(
            CodedUnit(
                key=digest(" ".join(f"{one.coder}:{one.iri}" for one in own))[:16],
                document=document,
                spans=tuple(sorted({span for one in unit.values() for span in spans_in(one, document)})),
                versions=own,
                absent=absent,
                differs=differs,
                state=state,
                statements=statements,
                rejection=rejection_of(project, said) if said and state == "rejected" else None,
            )
        )
    inner = {one.inside for unit in units for one in unit.versions}
    passing = {unit.key for unit in units for one in unit.versions if one.iri in inner}
    return sorted(units, key=lambda unit: (unit.spans[:1], unit.key not in passing))


def _versions(coder: str, said: Iterable[Utterance], entries: Mapping[str, dict[str, Any]]) -> dict[str, CoderVersion]:
    passing = {inner: one.iri for one in said for inner in one.reports}
    return {
        one.iri: CoderVersion(
            coder,
            one.iri,
            {
                **{_REPORTED.get(name, name): values for name, values in entries[one.iri]["fields"].items()},
                **({PASSED_ON_BY: [teller.iri for teller in one.via]} if one.via else {}),
            },
            passing.get(one.iri),
        )
        for one in said
    }


def _differing(versions: Sequence[CoderVersion]) -> tuple[str, ...]:
    names = dict.fromkeys(name for one in versions for name in one.fields if name not in _NOT_COMPARED)
    return tuple(
        name
        for name in names
        if len({tuple(map(str, one.fields.get(name, ()))) for one in versions}) > 1
    )  # fmt: skip


def _made_of(project: Project) -> Mapping[str, list[str]]:
    """Return the statements that count by what they come from: versions, or themselves where a version was copied."""
    made: dict[str, list[str]] = defaultdict(list)
    for statement in project.graph.nodes(*STATEMENTS):
        made[statement.value].append(statement.value)
        for source in project.graph.values(statement, PROV.wasDerivedFrom):
            made[source.value].append(statement.value)
    return made


def _coded_already(
    project: Project, document: str, made: Mapping[str, list[str]], units: Sequence[Matched]
) -> Mapping[str, str]:
    """Return the statement that has the words and the speaker of a unit, by the first version of the unit."""
    derived = {iri for source, those in made.items() for iri in those if iri != source}
    counting = [u for u in project.model.utterances if u.iri not in derived and spans_in(u, document)]
    firsts = [unit[min(unit)] for unit in units]
    pairs = match_utterances({"counting": counting, "unit": firsts}, document)
    found = [(pair["unit"], pair["counting"]) for pair in pairs if len(pair) == 2]  # noqa: PLR2004 (both have it)
    return {unit.iri: there.iri for unit, there in found if unit.speaker == there.speaker}


def _values(rejected: Mapping[NamedNode, Any]) -> set[str]:
    return {node.value for node in rejected}
