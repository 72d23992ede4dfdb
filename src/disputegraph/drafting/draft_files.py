"""The drafts of a project's documents as files beside it: written whole, and checked word for word when they are read.

A file holds what one program drafted of one document. Its anchors are those of codings: places, and digests of the
words. It is never loaded with the project.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from disputegraph.coding import (
    DRAFTS,
    REJECTED,
    Project,
    Span,
    TurtleNames,
    anchor_name,
    anchor_triples,
    read_triples,
    stamp_of,
    write_triples,
)
from disputegraph.drafting.draft_records import Draft, DraftSpan, Kind, ProposedClaim, ProposedSpeaker
from disputegraph.errors import DataError, OutputError
from disputegraph.evidence import digest
from disputegraph.importers import Minter
from disputegraph.vocabulary import DG, OA, RDF, VALUES, XSD

_MODES: Mapping[Kind, NamedNode] = {"direct": DG.direct, "indirect": DG.indirect, "mixed": DG.mixedQuotation}
_KINDS: Mapping[str, Kind] = {node.value: kind for kind, node in _MODES.items()}
_MOST_DIGITS = 12
_PARTS = (("content", DG.draftContent), ("source", DG.draftSource), ("cue", DG.draftCue))


@dataclass(frozen=True, slots=True)
class DraftedText:
    """What one program drafted of one document.

    Attributes:
        document: IRI of the document.
        program: the program.
        version: its version.
        text_digest: of the text that was drafted.
        drafts: the drafts by their IRIs, in order of their places.
        refused: how many were left out when they were read, since their words are no longer in the text.
    """

    document: str
    program: str
    version: str
    text_digest: str
    drafts: Mapping[str, Draft]
    refused: int = 0


def drafts_path(project: Project, document: NamedNode, program: str) -> Path:
    """Return where the drafts of a program for a document are."""
    return project.folder / DRAFTS / f"{project.graph.file_stem(document)}.{program}.ttl"


def drafted_documents(project: Project) -> list[NamedNode]:
    """Return the documents that some program has drafted."""
    names = (path.name.split(".") for path in (project.folder / DRAFTS).glob("*.ttl"))
    stems = {stem for stem, *rest in names if ".".join(rest) != REJECTED}
    return [node for node in project.graph.nodes("Document") if project.graph.file_stem(node) in stems]


def write_drafted(project: Project, document: NamedNode, drafts: Sequence[Draft], *, program: str, version: str) -> int:
    """Write what a program drafted of a document, in place of what it drafted before, and return how many there are.

    Raises:
        DataError: the text is not at hand, or a draft is not made of words of it.
        OutputError: it cannot be written; what was there before stays.
    """
    text = project.text(document)
    label = project.graph.label(document)
    if text is None:
        raise DataError(f"the text of '{label}' is not in the folder '{project.sources}'; put it there to draft it.")
    if not re.fullmatch(r"[a-z0-9-]+", program) or f"{program}.ttl" == REJECTED:
        raise DataError(f"'{program}' is not a name of a program: letters, digits and hyphens.")
    for number, draft in enumerate(drafts):
        _check(draft, number, text, f"{program}, '{label}'")
    minter = Minter(project.settings.base)
    run = NamedNode(minter.from_parts("drafting", document.value, program))
    triples = {
        Triple(run, RDF.type, DG.Drafting),
        Triple(run, DG.draftOf, document),
        Triple(run, DG.draftedBy, Literal(f"{program} {version}")),
        Triple(run, DG.draftedText, Literal(digest(text))),
    }
    names = _names(minter, document, program, drafts)
    for node, draft in zip(names, drafts, strict=True):
        triples |= {Triple(node, RDF.type, DG.Draft), Triple(node, DG.draftedIn, run)}
        triples.update(_spans_said(minter, document, node, draft, text))
        triples.update(_rest_said(node, draft, names))
    path = drafts_path(project, document, program)
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path.parent}: cannot be made: {error.strerror}.") from None
    write_triples(path, triples, TurtleNames(project.settings.base))
    return len(names)


def read_drafted(project: Project, document: NamedNode) -> list[DraftedText]:
    """Return what programs have drafted of a document, in order of their names; the words are checked.

    Raises:
        DataError: a file cannot be read, or does not say of which text its drafts are.
    """
    stem, text = project.graph.file_stem(document), project.text(document)
    found = []
    for path in sorted((project.folder / DRAFTS).glob(f"{stem}.*.ttl")):
        if path.name.endswith(f".{REJECTED}"):
            continue
        drafted = _read(path, stamp_of(path), document, text, project.settings.base)
        if drafted is None:
            label = project.graph.label(document)
            raise DataError(f"does not say which program drafted '{label}'; draft it again.", path=str(path))
        found.append(drafted)
    return found


def document_of_draft(project: Project, iri: str) -> NamedNode | None:
    """Return the document of a draft, or None if no file has that draft."""
    wanted = iri.rpartition("/")[2].encode()
    for document in drafted_documents(project):
        paths = (project.folder / DRAFTS).glob(f"{project.graph.file_stem(document)}.*.ttl")
        # A name is a digest: files in which it does not stand need not be parsed.
        if any(
            wanted in path.read_bytes() and any(iri in d.drafts for d in read_drafted(project, document))
            for path in paths
        ):
            return document
    return None


# ---- writing


def _check(draft: Draft, number: int, text: str, whose: str) -> None:
    for word in filter(None, (draft.polarity, draft.speech_act)):
        if word not in VALUES:
            raise DataError(f"{whose}: '{word}' of draft {number} is not a value of the ontology.")
    for name, _ in _PARTS:
        spans: tuple[DraftSpan, ...] = getattr(draft, name)
        if name == "content" and not spans:
            raise DataError(f"{whose}: draft {number} has no content.")
        for start, end in spans:
            words = text[start:end] if 0 <= start < end <= len(text) else ""
            if not words or words != words.strip():
                raise DataError(f"{whose}: the {name} of draft {number}, {start}-{end}, is not a piece of the text.")
        if any(one[1] > other[0] for one, other in pairwise(spans)):
            raise DataError(f"{whose}: the {name} of draft {number} is not in the order of the text: {spans}.")


def _names(minter: Minter, document: NamedNode, program: str, drafts: Sequence[Draft]) -> list[NamedNode]:
    """Return the names of drafts: the same words have the same name, whichever version drafted them."""
    found: dict[str, None] = {}
    for draft in drafts:
        parts = [document.value, program, *(f"{start}-{end}" for start, end in draft.content)]
        name = minter.from_parts("draft", *parts)
        while name in found:
            parts.append("again")
            name = minter.from_parts("draft", *parts)
        found[name] = None
    return [NamedNode(name) for name in found]


def _spans_said(minter: Minter, document: NamedNode, node: NamedNode, draft: Draft, text: str) -> Iterable[Triple]:
    for name, predicate in _PARTS:
        for start, end in getattr(draft, name):
            span = Span(document.value, start, end)
            anchor = anchor_name(minter, span)
            yield Triple(node, predicate, anchor)
            yield from anchor_triples(anchor, span, text[start:end])


def _rest_said(node: NamedNode, draft: Draft, names: Sequence[NamedNode]) -> Iterable[Triple]:
    yield Triple(node, DG.draftMode, _MODES[draft.kind])
    if draft.inside is not None:
        yield Triple(node, DG.draftInside, names[draft.inside])
    if draft.polarity:
        yield Triple(node, DG.draftPolarity, DG.term(draft.polarity))
    if draft.speech_act:
        yield Triple(node, DG.draftSpeechAct, DG.term(draft.speech_act))
    if (speaker := draft.speaker) is not None:
        suggestion = NamedNode(f"{node.value}-speaker")
        yield Triple(node, DG.suggestedSpeaker, suggestion)
        yield from _suggested(suggestion, speaker.iri, speaker.name, speaker.score)
        if speaker.reason:
            yield Triple(suggestion, DG.suggestionReason, Literal(speaker.reason))
    for place, claim in enumerate(draft.claims, 1):
        suggestion = NamedNode(f"{node.value}-claim-{place}")
        yield Triple(node, DG.suggestedClaim, suggestion)
        yield from _suggested(suggestion, claim.iri, claim.label, claim.score)


def _suggested(node: NamedNode, iri: str | None, name: str, score: float) -> Iterable[Triple]:
    yield Triple(node, RDF.type, DG.Suggestion)
    yield Triple(node, DG.suggestedName, Literal(name))
    kept = min(1.0, max(0.0, score)) if math.isfinite(score) else 0.0
    yield Triple(node, DG.suggestionScore, Literal(f"{kept:.3f}", datatype=XSD.decimal))
    if iri:
        yield Triple(node, DG.suggests, NamedNode(iri))


# ---- reading


def _are_places(*texts: str) -> bool:
    return all(text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS for text in texts)


class _Said:
    """What a file says, by node and property."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.held: dict[object, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if isinstance(triple.object, NamedNode | Literal):
                self.held[triple.subject][triple.predicate].append(triple.object)

    def nodes(self, kind: NamedNode) -> list[NamedNode]:
        found = [s for s, said in self.held.items() if kind in said.get(RDF.type, ()) and isinstance(s, NamedNode)]
        return sorted(found, key=str)

    def all(self, node: object, predicate: NamedNode) -> list[NamedNode | Literal]:
        return sorted(self.held[node][predicate], key=str) if node in self.held else []

    def one(self, node: object, predicate: NamedNode) -> str:
        values = self.all(node, predicate)
        return values[0].value if values else ""

    def span(self, anchor: object, document: NamedNode, text: str | None) -> DraftSpan | None:
        """Return the place of an anchor where the text still has the words, else None."""
        selector = next(iter(self.all(anchor, OA.hasSelector)), None)
        start, end = self.one(selector, OA.start), self.one(selector, OA.end)
        if text is None or self.one(anchor, OA.hasSource) != document.value or not _are_places(start, end):
            return None
        words = text[int(start) : int(end)]
        return (int(start), int(end)) if words and digest(words) == self.one(anchor, DG.exactDigest) else None


@lru_cache(maxsize=512)
def _read(path: Path, _: object, document: NamedNode, text: str | None, base: str) -> DraftedText | None:
    """Return what a file says, kept until it or the text is another; None if it is not about the document."""
    said = _Said(read_triples(path, base)[0])
    runs = said.nodes(DG.Drafting)
    program, _, version = said.one(runs[0], DG.draftedBy).partition(" ") if len(runs) == 1 else ("", "", "")
    if not program or said.one(runs[0], DG.draftOf) != document.value:
        return None
    kept: dict[NamedNode, Draft] = {}
    nodes = said.nodes(DG.Draft)
    for node in nodes:
        parts = {}
        for name, predicate in _PARTS:
            spans = [said.span(anchor, document, text) for anchor in said.all(node, predicate)]
            parts[name] = tuple(sorted(span for span in spans if span is not None)) if None not in spans else None
        content, source, cue = parts["content"], parts["source"], parts["cue"]
        if content and source is not None and cue is not None:
            draft = Draft(content, source, cue, program=program, version=version)
            kept[node] = replace(
                draft,
                kind=_KINDS.get(said.one(node, DG.draftMode), "indirect"),
                speaker=_speaker(said, node),
                claims=_claims(said, node),
                polarity=DG.local(said.one(node, DG.draftPolarity)),
                speech_act=DG.local(said.one(node, DG.draftSpeechAct)),
            )
    order = sorted(kept, key=lambda node: (kept[node].content, node.value))
    places = {node.value: place for place, node in enumerate(order)}
    drafts = {node.value: replace(kept[node], inside=places.get(said.one(node, DG.draftInside))) for node in order}
    text_digest = said.one(runs[0], DG.draftedText)
    return DraftedText(document.value, program, version, text_digest, drafts, len(nodes) - len(kept))


def _speaker(said: _Said, node: NamedNode) -> ProposedSpeaker | None:
    for suggestion in said.all(node, DG.suggestedSpeaker):
        iri = said.one(suggestion, DG.suggests) or None
        name, reason = said.one(suggestion, DG.suggestedName), said.one(suggestion, DG.suggestionReason)
        return ProposedSpeaker(name, _score(said, suggestion), reason, iri)
    return None


def _claims(said: _Said, node: NamedNode) -> tuple[ProposedClaim, ...]:
    found = [
        ProposedClaim(iri, said.one(suggestion, DG.suggestedName), _score(said, suggestion))
        for suggestion in said.all(node, DG.suggestedClaim)
        if (iri := said.one(suggestion, DG.suggests))
    ]
    return tuple(sorted(found, key=lambda claim: (-claim.score, claim.label, claim.iri)))


def _score(said: _Said, node: object) -> float:
    try:
        return float(said.one(node, DG.suggestionScore))
    except ValueError:
        return 0.0
