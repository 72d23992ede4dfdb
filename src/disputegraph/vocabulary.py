"""The terms of the ontology, and the namespaces that a dispute is written with.

>>> DG.Claim
<NamedNode value=https://w3id.org/disputegraph/ns#Claim>
>>> DG.term("polarity-scheme").value
'https://w3id.org/disputegraph/ns#polarity-scheme'
>>> DG.Clain
Traceback (most recent call last):
...
AttributeError: https://w3id.org/disputegraph/ns# has no term 'Clain'. Did you mean 'Claim'?

The terms are listed here, so that a misspelt one fails where it is written; a test keeps them equal to the ontology's.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode

# fmt: off
# Classes of ontology/disputegraph.ttl and ontology/health.ttl.
CLASSES = (
    "ActionType", "Actor", "Affiliation", "Agreement", "Anchor", "Argument", "Arrangement", "Ballot", "BallotResult",
    "Claim", "ClaimRelation", "ClaimedThing", "CodedValue", "Coder", "Collective", "Demand", "Dispute", "Document",
    "Draft", "Drafting", "Event", "Hospital", "HospitalTrust", "IndustrialAction", "Issue", "Negotiation",
    "NewsOrganization", "Offer", "Organization", "Person", "PlannedAction", "Proposal", "Provision", "Quantity",
    "ReportedUtterance", "Stance", "Statement", "Status", "Suggestion", "UnnamedSource", "Utterance", "Variable",
    "Withdrawal",
)
# Its properties.
PROPERTIES = (
    "aboutIssue", "addressee", "addressesClaim", "affiliate", "affiliatedWith", "affiliationType", "amount",
    "approximateSize", "argumentDirection", "asksFor", "atSite", "attestedOn", "ballotOn", "broaderClaim", "certainty",
    "channel", "choice", "claimedAction", "claimedAgent", "claimedCondition", "claimedContent", "claimedEnd",
    "claimedIssue", "claimedKind", "claimedMember", "claimedParticipant", "claimedParty", "claimedPlace",
    "claimedProposer", "claimedProvision", "claimedPurpose", "claimedQuantity", "claimedStart", "claimedStatus",
    "claimedSubject", "claimedTarget", "claimedTime", "closeTo", "codedBy", "codedEntity", "codedValue",
    "codedVariable", "concernsDispute", "conclusion", "contradicts", "corrects", "cue", "documentedIn", "draftContent",
    "draftCue", "draftInside", "draftMode", "draftOf", "draftPolarity", "draftSource", "draftSpeechAct", "draftedBy",
    "draftedIn", "draftedText", "dueBy", "endedAt", "entails", "evaluation", "evidence", "exactDigest", "expressedIn",
    "fromTime", "hasCodedValue", "hasIssue", "hasMember", "hasProvision", "hasResult", "hasStatus", "heldAs",
    "heldFrom", "heldUntil", "intensity", "introducedBy", "madeBy", "madeIn", "madeTo", "memberOf", "mentions",
    "modality", "narrowerClaim", "negated", "onBehalfOf", "onDay", "paraphrase", "participant", "party", "partyTo",
    "plannedBy", "plannedFor", "polarity", "precision", "premise", "proposedBy", "provisionOn", "quotationMode",
    "rejectedBy", "rejectedOn", "rejectionReason", "relationFrom", "relationTo", "relationType", "reportedAddressee",
    "reportedBy", "reportedCertainty", "reportedClaim", "reportedIntensity", "reportedOnBehalfOf", "reportedPolarity",
    "reportedSaidOn", "reportedSpeaker", "reportedSpeechAct", "reportedVoice", "reports", "represents", "retracts",
    "saidAt", "saidDuring", "saidIn", "saidOn", "saidRoughly", "sameMeaningAs", "sourceDescription", "speaker",
    "speechAct", "stanceHolder", "stanceOn", "stanceValue", "startedAt", "statusValue", "suggestedClaim",
    "suggestedName", "suggestedSpeaker", "suggestionReason", "suggestionScore", "suggests", "supersedes",
    "supportsClaim", "textDigest", "textLength", "textNormalization", "toTime", "translationOf", "turnout", "unit",
    "variableType", "versionOf", "voice", "votes", "withdrawnOn", "worksAt", "wouldReplace",
)
# Its value schemes (`...-scheme`) and their concepts.
VALUES = (
    "about", "abstains", "accusing", "affiliation-scheme", "affirms", "agreed", "announced", "argument-scheme",
    "asking", "asks", "asserting", "atLeast", "atMost", "attacking", "booleanVariable", "broadening", "calledOff",
    "can", "categoryVariable", "certain", "certainty-scheme", "contradiction", "crediting", "demanding", "denies",
    "deniesInPart", "did", "direct", "does", "entailment", "evaluating", "evaluation-scheme", "exactly", "favours",
    "held", "inForce", "indirect", "integerVariable", "memberAffiliation", "mixedEvaluation", "mixedQuotation",
    "mixedStance", "modality-scheme", "negative", "neutral", "opposes", "ought", "partyAffiliation", "passes",
    "polarity-scheme", "positive", "possible", "precision-scheme", "probable", "promising", "proposed",
    "quotation-scheme", "rejected", "relation-scheme", "reportsOnly", "representativeAffiliation", "sameMeaning",
    "speech-act-scheme", "stance-scheme", "status-scheme", "supporting", "textVariable", "threatening",
    "underspecified", "variable-type-scheme", "will", "withdrawn",
)
# Kinds of acts, the concepts of ontology/actions.ttl.
ACTIONS = (
    "abolish", "accuse", "admit", "agree", "apologise", "approve", "attack", "breach", "burden", "call-off",
    "cause-failure", "change", "coerce", "communicate", "conceal", "concede", "cooperate", "credit", "criticise",
    "cut", "deceive", "defy", "delay", "demand", "deny", "discriminate", "disrupt", "endanger", "exploit", "govern",
    "harm", "help", "ignore", "impose", "inform", "introduce", "investigate", "maintain", "mediate", "mislead",
    "neglect", "negotiate", "obstruct", "offer", "oppose", "organise", "pay", "pressure", "privatise", "promise",
    "protect", "protest", "provide", "punish", "pursue", "refuse", "replace", "resist", "respond", "strike",
    "support", "threaten", "veto", "vilify", "weaken", "withdraw",
)
# fmt: on


class Namespace:
    """A namespace whose terms are attributes; one with a closed list of terms refuses every other name."""

    __slots__ = ("_known", "base")

    def __init__(self, base: str, terms: tuple[str, ...] | None = None) -> None:
        self.base = base
        self._known = None if terms is None else frozenset(terms)

    def term(self, name: str) -> NamedNode:
        """Return the IRI of a term, also of one whose name is no Python name (`cause-failure`).

        Raises:
            AttributeError: the namespace has a closed list of terms and this is none of them; names the nearest.
        """
        if self._known is not None and name not in self._known:
            # Imported here: only a mistake needs it.
            from difflib import get_close_matches

            near = get_close_matches(name, sorted(self._known), n=1, cutoff=0.5)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            # Without an object, since Python would look up its names and put a second hint behind ours.
            raise AttributeError(f"{self.base} has no term '{name}'.{hint}", name=name, obj=None)
        return NamedNode(self.base + name)

    def __getattr__(self, name: str) -> NamedNode:
        # Python itself asks for dunder names (copying, doctest, inspect); no term is called so.
        if name.startswith("__"):
            raise AttributeError(name)
        return self.term(name)

    def local(self, iri: NamedNode | str) -> str | None:
        """Return the name of a term of this namespace, or None if the IRI is not in it (or not on its closed list)."""
        text = iri if isinstance(iri, str) else iri.value
        name = text.removeprefix(self.base)
        if name == text or (self._known is not None and name not in self._known):
            return None
        return name

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, NamedNode | str) and self.local(iri) is not None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(self._known or ())]

    def __repr__(self) -> str:
        return f"Namespace({self.base!r})"


DG = Namespace("https://w3id.org/disputegraph/ns#", CLASSES + PROPERTIES + VALUES)
ACT = Namespace("https://w3id.org/disputegraph/action/", ACTIONS)
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DC = Namespace("http://purl.org/dc/elements/1.1/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SCHEMA = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
ORG = Namespace("http://www.w3.org/ns/org#")
OPENGOV = Namespace("http://www.w3.org/ns/opengov#")
OA = Namespace("http://www.w3.org/ns/oa#")

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dg": DG.base,
        "act": ACT.base,
        "rdf": RDF.base,
        "rdfs": RDFS.base,
        "owl": OWL.base,
        "xsd": XSD.base,
        "skos": SKOS.base,
        "dc": DC.base,
        "dcterms": DCTERMS.base,
        "schema": SCHEMA.base,
        "prov": PROV.base,
        "foaf": FOAF.base,
        "org": ORG.base,
        "opengov": OPENGOV.base,
        "oa": OA.base,
    }
)
"""The prefixes the library writes Turtle with, and knows in queries that declare none."""
