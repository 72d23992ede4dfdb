"""The drafts of a project: one text after the other, so that a run that was interrupted goes on where it stopped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode

from disputegraph.coding import ACTORS, Project, Suggester, suggester_of
from disputegraph.drafting.draft_files import read_drafted, write_drafted
from disputegraph.drafting.draft_records import Draft, ProposedClaim, ProposedSpeaker
from disputegraph.drafting.drafting_programs import Drafter
from disputegraph.drafting.quotation_parts import split_by_sentence
from disputegraph.drafting.text_language import language_of_text
from disputegraph.errors import DataError, UsageError
from disputegraph.evidence import digest
from disputegraph.vocabulary import DCTERMS

_MOST_CLAIMS = 3
_DAY = re.compile(r", \d{4}-\d{2}-\d{2}$")  # on which a model was asked; it is the same model on the next
_LIKELY = 0.2  # below, the likeliest claim of a codebook is one by chance


@dataclass(frozen=True, slots=True)
class DraftedDocument:
    """What was done with a document.

    Attributes:
        document: its IRI.
        label: its name.
        drafts: how many drafts it has now.
        speakers: how many of them have a speaker that the project knows.
        claims: how many of them have a claim to propose.
        hearsay: how many of them are told inside another.
        passed_over: why it was not drafted, or nothing.
    """

    document: str
    label: str
    drafts: int = 0
    speakers: int = 0
    claims: int = 0
    hearsay: int = 0
    passed_over: str | None = None


def documents_named(project: Project, names: Sequence[str]) -> list[NamedNode]:
    """Return the documents of some names, or all.

    Raises:
        UsageError: nothing is called so.
    """
    return [project.document_named(name) for name in names] or project.graph.nodes("Document")


def answers_folder(project: Project) -> Path:
    """Return where the answers of language models are kept: they hold words of the texts, and git leaves them out."""
    return project.folder / ".disputegraph" / "answers"


def draft_documents(
    project: Project,
    drafter: Drafter,
    documents: Iterable[NamedNode],
    *,
    again: bool = False,
    any_language: bool = False,
) -> Iterator[DraftedDocument]:
    """Draft documents of a project, write what was drafted of each, and tell of it.

    Each sentence of a long quotation becomes a draft of its own, since it makes its own claim.
    A document is passed over if the same text was drafted by the same version of the program, and if it is not in
    English, which the programs read.

    Args:
        project: the project.
        drafter: what drafts.
        documents: the documents.
        again: draft also what was drafted already.
        any_language: draft also what is not in English.

    Raises:
        DataError, OutputError: as `write_drafted`.
    """
    suggester = suggester_of(project)
    for node in documents:
        label, text = project.graph.label(node), project.text(node)
        if text is None:
            yield DraftedDocument(node.value, label, passed_over=f"its text is not in {project.sources.name}/")
            continue
        if not again and (known := _drafted_already(project, node, drafter, text)) is not None:
            yield replace(_told(node, label, known), passed_over="drafted already")
            continue
        if not any_language and (other := _other_language(project, node, text)):
            yield DraftedDocument(node.value, label, passed_over=f"it is in {other}, and the programs read English")
            continue
        found = split_by_sentence(drafter.draft(text), text)
        drafts = [_completed(project, suggester, text, draft) for draft in found]
        # An answer of a model that was kept is of the day on which it was given.
        version = max((draft.version for draft in drafts if draft.version), default=drafter.version)
        write_drafted(project, node, drafts, program=drafter.program, version=version)
        yield _told(node, label, drafts)


def _told(node: NamedNode, label: str, drafts: Sequence[Draft]) -> DraftedDocument:
    return DraftedDocument(
        document=node.value,
        label=label,
        drafts=len(drafts),
        speakers=sum(draft.speaker is not None and draft.speaker.iri is not None for draft in drafts),
        claims=sum(bool(draft.claims) for draft in drafts),
        hearsay=sum(draft.inside is not None for draft in drafts),
    )


def _drafted_already(project: Project, node: NamedNode, drafter: Drafter, text: str) -> list[Draft] | None:
    """Return the drafts of this text by this version, or None; files that cannot be read are drafted anew."""
    try:
        found = read_drafted(project, node)
    except DataError:
        return None
    same = (digest(text), drafter.program, _DAY.sub("", drafter.version))
    for one in found:
        if (one.text_digest, one.program, _DAY.sub("", one.version)) == same and not one.refused:
            return list(one.drafts.values())
    return None


def _other_language(project: Project, node: NamedNode, text: str) -> str | None:
    """Return the language of a document if it is not English: as the project says, else by its words."""
    said = sorted(value.value for value in project.graph.values(node, DCTERMS.language))
    if said:
        return None if any(tag.casefold().partition("-")[0] in ("en", "english") for tag in said) else said[0]
    found = language_of_text(text)
    return None if found == "English" else found


def _completed(project: Project, suggester: Suggester, text: str, draft: Draft) -> Draft:
    """Return a draft with the project's actor for its speaker, and the claims that its words likely make."""
    speaker = _known_speaker(project, draft.speaker)
    if draft.claims:
        return replace(draft, speaker=speaker, claims=draft.claims[:_MOST_CLAIMS])
    start, end = draft.content[0][0], draft.content[-1][1]
    likely = suggester.claims(text, start, end, speaker=speaker.iri if speaker else None, most=_MOST_CLAIMS)
    claims = (ProposedClaim(one.iri, one.label, min(1.0, one.score)) for one in likely if one.score >= _LIKELY)
    return replace(draft, speaker=speaker, claims=tuple(claims))


def _known_speaker(project: Project, speaker: ProposedSpeaker | None) -> ProposedSpeaker | None:
    if speaker is None or speaker.iri is not None or "://" in speaker.name:
        return speaker
    try:
        found = project.graph.find(speaker.name, ACTORS)
    except UsageError:  # several are called so: a person has to tell
        return speaker
    if found is None:
        return speaker
    return replace(speaker, iri=found.value, name=project.graph.label(found))
