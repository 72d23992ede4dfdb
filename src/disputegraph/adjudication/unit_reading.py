"""The units of a project that was coded apart: each coder's version of an utterance, and what became of it.

That a unit was decided on is read from the codings: a statement that counts says from which versions it comes
(`prov:wasDerivedFrom`), so that undoing it opens the unit again. That it is not an utterance stands in a file beside
them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pyoxigraph import NamedNode

from disputegraph.adjudication.unit_pairing import CoderVersion, PairedVersions, paired_versions
from disputegraph.analysis import match_utterances, spans_in
from disputegraph.coding import INDEPENDENT, REJECTED, STATEMENTS, Project, Rejection, rejected_in, rejection_of
from disputegraph.evidence import digest
from disputegraph.vocabulary import PROV

UnitState: TypeAlias = Literal["open", "agreed", "adjudicated", "rejected", "coded"]
"""Open: the coders differ; agreed: they do not, and it waits to be taken over; coded: a statement that counts has its
words and speaker, and comes from none of the versions."""


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
        rejection: who found that it is not an utterance, when and why, if somebody did.
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


def coded_units(project: Project, document: str | None = None) -> list[CodedUnit]:
    """Return the units of the documents that two coders or more coded apart, as `match_utterances` pairs them.

    Places, and all fields but notes, cues and what programs note, are compared.

    Args:
        project: the project.
        document: IRI of a document; by default all.

    Returns:
        The units in order of documents and places; what passes others on comes before what it passes on.

    Raises:
        DataError: there is nothing to compare, or coders had different texts; see `coder_versions`.
    """
    pairs = {one: those for one, those in paired_versions(project.folder).items() if document in (None, one)}
    made = _made_of(project)
    return [unit for one, those in pairs.items() for unit in _in_document(project, one, those, made)]


def rejected_file(project: Project, document: str) -> str:
    """Return the file that holds which units of a document are no utterances."""
    return f"{INDEPENDENT}/{project.graph.file_stem(NamedNode(document))}.{REJECTED}"


def _in_document(
    project: Project, document: str, pairs: Sequence[PairedVersions], made: Mapping[str, list[str]]
) -> list[CodedUnit]:
    rejected = rejected_in(project, rejected_file(project, document))
    free = [pair for pair in pairs if not any(made.get(u.iri) or NamedNode(u.iri) in rejected for u in pair.said)]
    known = _coded_already(project, document, made, free)
    units = []
    for pair in pairs:
        state: UnitState = "open" if pair.differs or pair.absent else "agreed"
        statements = tuple(sorted({iri for one in pair.said for iri in made.get(one.iri, ())}))
        said = [triple for one in pair.said for triple in rejected.get(NamedNode(one.iri), ())]
        if statements:
            state = "adjudicated"
        elif said:
            state = "rejected"
        elif already := known.get(pair.said[0].iri):
            state, statements = "coded", (already,)
        units.append(
            CodedUnit(
                key=digest(" ".join(f"{one.coder}:{one.iri}" for one in pair.versions))[:16],
                document=document,
                spans=pair.spans,
                versions=pair.versions,
                absent=pair.absent,
                differs=pair.differs,
                state=state,
                statements=statements,
                rejection=rejection_of(project, said) if state == "rejected" else None,
            )
        )
    return units


def _made_of(project: Project) -> Mapping[str, list[str]]:
    """Return the statements that count by what they come from: versions, or themselves where a version was copied."""
    made: dict[str, list[str]] = defaultdict(list)
    for statement in project.graph.nodes(*STATEMENTS):
        made[statement.value].append(statement.value)
        for source in project.graph.values(statement, PROV.wasDerivedFrom):
            made[source.value].append(statement.value)
    return made


def _coded_already(
    project: Project, document: str, made: Mapping[str, list[str]], pairs: Sequence[PairedVersions]
) -> Mapping[str, str]:
    """Return the statement that has the words and the speaker of a unit, by the first version of the unit."""
    derived = {iri for source, those in made.items() for iri in those if iri != source}
    counting = [u for u in project.model.utterances if u.iri not in derived and spans_in(u, document)]
    found = match_utterances({"counting": counting, "coded apart": [pair.said[0] for pair in pairs]}, document)
    both = [(one["coded apart"], one["counting"]) for one in found if len(one) == 2]  # noqa: PLR2004 (both have it)
    return {said.iri: there.iri for said, there in both if said.speaker == there.speaker}
