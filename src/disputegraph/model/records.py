"""The records: what is known of an actor, a claim, an utterance, a stance, an anchor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from disputegraph.model.utterance_tone import Tone


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A node with the name it is shown by."""

    label: str
    iri: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of a document that attests something; the words themselves are not in the graph.

    Attributes:
        document: IRI of the document.
        start: first code point of the span in the document's normalised text, counted from 0.
        end: the code point behind the span.
        sha256: digest of the span, hexadecimal.
    """

    document: str | None
    start: int | None
    end: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of one source.

    Attributes:
        iri: the utterance.
        claims: the claims it addresses, usually one; empty if it only shows a stance.
        speaker: who said it.
        voice: whose voice it is: on whose behalf it was said, else the speaker.
        polarity: affirms, denies or neutral.
        neutral_kind: how it takes no side, where that is coded: asks, passes, abstains, reportsOnly, deniesInPart.
        certainty: certain, probable, possible or underspecified.
        speech_act: asserting, accusing, crediting or demanding.
        tone: critical, supportive, mixed or neutral, by speech act, claim and polarity; see `tone_of`.
        quotation_mode: direct, indirect or mixedQuotation.
        cue: the attributing verb.
        date: the day it was said (ISO 8601), else the day its document came out, else None.
        dated_by: "utterance" or "document", whichever `date` was taken from; "roughly" if it is known roughly (EDTF:
            ``2022-06``, ``2022-06-20~``), which comes in order and in periods by its first day.
        document: the document of its first anchor, by date of the document, label and place.
        addressees: to whom it was said.
        via: who passed it on, from the one who heard it first to the one the document had it from; empty if
            first-hand, or if nobody knows.
        hearsay: whether the documents have it only through somebody else.
        counted: whether it counts as words of its voice: it stands, and is at hand or passed on by news organisations.
        reports: utterances that this one passes on, beside what it says itself.
        superseded_by: utterances that supersede this one.
        withdrawn: whether it does not stand: it is superseded, or a withdrawal says so; it counts nowhere then.
        withdrawn_on: the day from which it does not stand, as its withdrawal says.
        withdrawn_because: why, in the coder's words.
        anchors: where it stands.
    """

    iri: str
    claims: tuple[Ref, ...]
    speaker: Ref | None
    voice: Ref | None
    polarity: str | None
    neutral_kind: str | None
    certainty: str | None
    speech_act: str | None
    tone: Tone
    quotation_mode: str | None
    cue: str | None
    date: str | None
    dated_by: str | None
    document: Ref | None
    addressees: tuple[Ref, ...]
    via: tuple[Ref, ...]
    hearsay: bool
    counted: bool
    reports: tuple[str, ...]
    superseded_by: tuple[str, ...]
    withdrawn: bool
    withdrawn_on: str | None
    withdrawn_because: str | None
    anchors: tuple[Anchor, ...]

    @property
    def claim(self) -> Ref | None:
        """The claim it addresses; of several, which an integrity rule forbids, the first."""
        return self.claims[0] if self.claims else None

    @property
    def standing(self) -> bool:
        """Whether it stands: no other utterance supersedes it, and it is not withdrawn."""
        return not self.withdrawn

    def to_dict(self) -> dict[str, Any]:
        """Return the utterance as plain JSON: labels under the plain names, IRIs under ``…_iri``."""
        return {
            "iri": self.iri,
            "claim": _label(self.claim),
            "claim_iri": _iri(self.claim),
            "speaker": _label(self.speaker),
            "speaker_iri": _iri(self.speaker),
            "voice": _label(self.voice),
            "voice_iri": _iri(self.voice),
            "polarity": self.polarity,
            "neutral_kind": self.neutral_kind,
            "certainty": self.certainty,
            "speech_act": self.speech_act,
            "tone": self.tone,
            "quotation_mode": self.quotation_mode,
            "cue": self.cue,
            "date": self.date,
            "dated_by": self.dated_by,
            "document": _label(self.document),
            "document_iri": _iri(self.document),
            "addressees": [ref.label for ref in self.addressees],
            "via": [ref.label for ref in self.via],
            "via_iri": [ref.iri for ref in self.via],
            "hearsay": self.hearsay,
            "counted": self.counted,
            "reports": list(self.reports),
            "superseded_by": list(self.superseded_by),
            "withdrawn": self.withdrawn,
            "withdrawn_on": self.withdrawn_on,
            "withdrawn_because": self.withdrawn_because,
            "anchors": [asdict(anchor) for anchor in self.anchors],
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition that somebody affirms or denies; the graph takes no view on its truth.

    Attributes:
        iri: the claim.
        label: its short name.
        paraphrase: the claim in the coder's words.
        subjects: who or what, according to it, does or is something; the agents among them.
        agents: who, according to it, did something.
        action: what, according to it, was done; the local name in the action scheme.
        targets: to what or whom.
        modality: does, did, will, ought or can: whether it is said to be so, to have been so, to be right …
        evaluation: positive, negative or mixedEvaluation, where the claim calls something good or bad.
        negated: whether the claim says that something is not so.
        issues: the matters it bears on.
        contradicts: claims that cannot be true together with it.
        affirms: how many utterances that count affirm it: those that stand, but for the hearsay below.
        denies: how many that count deny it.
        neutral: how many that count take no side.
        hearsay: how many that stand are not counted, since the documents have them only through somebody who is not a
            news organisation.
        withdrawn: how many do not stand.
        voices: whose voices the utterances are that count.
    """

    iri: str
    label: str
    paraphrase: str | None
    subjects: tuple[Ref, ...]
    agents: tuple[Ref, ...]
    action: str | None
    targets: tuple[Ref, ...]
    modality: str | None
    evaluation: str | None
    negated: bool
    issues: tuple[Ref, ...]
    contradicts: tuple[Ref, ...]
    affirms: int
    denies: int
    neutral: int
    hearsay: int
    withdrawn: int
    voices: tuple[Ref, ...]
    _said: Callable[[str], tuple[Utterance, ...]] = field(repr=False, compare=False)

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """The utterances that address it, by date, the withdrawn ones too."""
        return self._said(self.iri)

    @property
    def subject(self) -> str | None:
        """The subjects' names, joined by a semicolon."""
        return _joined(self.subjects)

    @property
    def agent(self) -> str | None:
        """The agents' names, joined by a semicolon."""
        return _joined(self.agents)

    @property
    def target(self) -> str | None:
        """The targets' names, joined by a semicolon."""
        return _joined(self.targets)

    def to_dict(self) -> dict[str, Any]:
        """Return the claim as plain JSON; several subjects, agents or targets are joined by a semicolon."""
        return {
            "iri": self.iri,
            "label": self.label,
            "paraphrase": self.paraphrase,
            "subject": self.subject,
            "subject_iri": [ref.iri for ref in self.subjects],
            "agent": self.agent,
            "agent_iri": [ref.iri for ref in self.agents],
            "action": self.action,
            "target": self.target,
            "target_iri": [ref.iri for ref in self.targets],
            "modality": self.modality,
            "evaluation": self.evaluation,
            "negated": self.negated,
            "issues": [ref.label for ref in self.issues],
            "issues_iri": [ref.iri for ref in self.issues],
            "contradicts": [ref.label for ref in self.contradicts],
            "contradicts_iri": [ref.iri for ref in self.contradicts],
            "affirms": self.affirms,
            "denies": self.denies,
            "neutral": self.neutral,
            "hearsay": self.hearsay,
            "withdrawn": self.withdrawn,
            "utterances": [utterance.to_dict() for utterance in self.utterances],
        }


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who says, does or is accused of something.

    Attributes:
        iri: the actor.
        label: its name.
        kind: its kind by the table of kinds: Person, Organization, HospitalTrust, NewsOrganization, Collective,
            UnnamedSource, Actor; another kind for what is none of these and speaks.
        aliases: its other names.
        posts: posts and roles held.
        organisations: organisations it belongs to.
        workplaces: where it works.
        description: how the document describes an unnamed source.
        identities: pages about the same actor elsewhere.
        utterances: how many utterances that count are in its voice, or spoken by it for somebody else.
        claims_about: how many claims name it as agent or target.
    """

    iri: str
    label: str
    kind: str
    aliases: tuple[str, ...]
    posts: tuple[str, ...]
    organisations: tuple[Ref, ...]
    workplaces: tuple[Ref, ...]
    description: str | None
    identities: tuple[str, ...]
    utterances: int
    claims_about: int

    def to_dict(self) -> dict[str, Any]:
        """Return the actor as plain JSON."""
        return {
            "iri": self.iri,
            "label": self.label,
            "kind": self.kind,
            "aliases": list(self.aliases),
            "posts": list(self.posts),
            "organisations": [ref.label for ref in self.organisations],
            "organisations_iri": [ref.iri for ref in self.organisations],
            "workplaces": [ref.label for ref in self.workplaces],
            "workplaces_iri": [ref.iri for ref in self.workplaces],
            "description": self.description,
            "identities": list(self.identities),
            "utterances": self.utterances,
            "claims_about": self.claims_about,
        }


@dataclass(frozen=True, slots=True)
class Stance:
    """What an actor declares itself for or against, in its own words.

    Attributes:
        iri: the stance.
        holder: whose stance it is.
        on: what it is about.
        value: favours, opposes or mixedStance.
        shown_in: the holder's utterances that show it.
    """

    iri: str
    holder: Ref | None
    on: tuple[Ref, ...]
    value: str | None
    shown_in: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the stance as plain JSON."""
        return {
            "iri": self.iri,
            "holder": _label(self.holder),
            "holder_iri": _iri(self.holder),
            "on": [ref.label for ref in self.on],
            "on_iri": [ref.iri for ref in self.on],
            "value": self.value,
            "shown_in": list(self.shown_in),
        }


def _label(ref: Ref | None) -> str | None:
    return ref.label if ref else None


def _iri(ref: Ref | None) -> str | None:
    return ref.iri if ref else None


def _joined(refs: tuple[Ref, ...]) -> str | None:
    return "; ".join(ref.label for ref in refs) or None
