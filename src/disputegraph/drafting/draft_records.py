"""What a draft is: a proposed statement, with the places of its words; plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

DraftSpan: TypeAlias = tuple[int, int]
"""The start and the end of a span, in code points of the text as it was given."""

Kind: TypeAlias = Literal["direct", "indirect", "mixed"]
"""In quotation marks, in the words of the one who reports, or both."""


@dataclass(frozen=True, slots=True)
class ProposedSpeaker:
    """Who probably speaks.

    Attributes:
        name: the name: of the project's actor, else as the text gives it in full.
        score: how sure it is, from 0 to 1.
        reason: why, in a few words.
        iri: the project's actor, or nothing if it knows none.
    """

    name: str
    score: float
    reason: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """A claim of the project that the words probably make.

    Attributes:
        iri: the claim.
        label: its name.
        score: how likely it is, from 0 to 1.
    """

    iri: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed statement. Every span is a piece of the text, word for word, so that a draft cannot misquote.

    Attributes:
        content: what is said: one span or more, in order of their places, none empty, none overlapping.
        source: the words that name who says it; none where the text does not.
        cue: the words that tell that it is said; none where only quotation marks do.
        kind: direct, indirect or mixed.
        speaker: who the source is.
        inside: the number of the draft, in the list that this one stands in, in whose content this one is told:
            then it is hearsay.
        claims: claims that it may make, three at most, the likeliest first.
        polarity: what it says of its claim, where its words say so: ``affirms``, ``denies``, ``neutral``.
        speech_act: what is done by saying it, where the cue says so: a local name of the ontology's speech acts.
        program: what drafted it: ``rules``, ``spacy``, ``llm``.
        version: its version, the pipeline or model and its prompt included.
    """

    content: tuple[DraftSpan, ...]
    source: tuple[DraftSpan, ...] = ()
    cue: tuple[DraftSpan, ...] = ()
    kind: Kind = "indirect"
    speaker: ProposedSpeaker | None = None
    inside: int | None = None
    claims: tuple[ProposedClaim, ...] = ()
    polarity: str | None = None
    speech_act: str | None = None
    program: str = ""
    version: str = ""
