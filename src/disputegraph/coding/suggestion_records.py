"""What suggestions are made from, and what they are: plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A likely answer.

    Attributes:
        iri: the actor or claim.
        label: its name.
        score: how likely it is; comparable within one answer only.
        reason: what speaks most for it, in a few words.
    """

    iri: str
    label: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """An actor or a claim of the codebook.

    Attributes:
        iri: the node.
        label: its name.
        aliases: its other names.
        texts: what else tells of it: a claim's paraphrase, the posts of an actor, how a source is described.
        kind: its kind by the table of kinds.
    """

    iri: str
    label: str
    aliases: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """A statement that was coded, at hand or passed on: where it stands, its words, and what was coded."""

    document: str
    start: int
    end: int
    words: str
    speaker: str
    on_behalf_of: str | None = None
    claim: str | None = None
    polarity: str | None = None
