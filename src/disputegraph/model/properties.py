"""Which properties and classes the model reads, named by what they are needed for.

A name of a class stands behind ``a``, as in SPARQL: ``a dg:Claim`` are the members of dg:Claim.
"""

from __future__ import annotations

from disputegraph.model.kinds import KINDS

NAMING = ("skos:prefLabel", "rdfs:label", "foaf:name", "schema:name", "dcterms:title", "skos:altLabel")
"""The properties that name a node, the one that counts most first."""

PUBLISHED = ("dcterms:issued", "dcterms:date")
"""The properties that date a document, the one that counts most first."""

REPORTED = {
    "dg:speaker": "dg:reportedSpeaker",
    "dg:onBehalfOf": "dg:reportedOnBehalfOf",
    "dg:addressee": "dg:reportedAddressee",
    "dg:saidOn": "dg:reportedSaidOn",
    "dg:addressesClaim": "dg:reportedClaim",
    "dg:polarity": "dg:reportedPolarity",
    "dg:certainty": "dg:reportedCertainty",
    "dg:intensity": "dg:reportedIntensity",
    "dg:speechAct": "dg:reportedSpeechAct",
}
"""What is said of a reported utterance, by what is said of an utterance. The model reads both as one; what is hearsay,
`Utterances.hearsay` tells."""

KIND_CLASSES = tuple(f"a {name}" for kind in KINDS if kind.name != "Claim" for name in kind.classes)
SAID = ("dg:speaker", "dg:onBehalfOf", "dg:supersedes")
NEWS = tuple(name for kind in KINDS if kind.name == "NewsOrganization" for name in kind.classes)
HEARSAY = ("dg:reports", "dg:reportedBy", "a dg:ReportedUtterance", *(f"a {name}" for name in NEWS))
RELAYS = (*HEARSAY, "dg:addressesClaim", "dg:expressedIn")
STATEMENTS = ("dg:addressesClaim", "dg:polarity", *SAID)
ONE_VALUED = ("dg:addressesClaim", "dg:speaker", "dg:onBehalfOf", "dg:polarity", "dg:saidOn", "dg:saidAt")
COUNTED = (*STATEMENTS, *HEARSAY, *ONE_VALUED)
"""What tells which statements count, and which in part only: read at once."""

TABLED = (*COUNTED, "dg:codedBy", "dg:codedVariable", "dg:contradicts")
"""What a table of statements asks of every dispute."""

ANCHORS = (
    "dg:evidence", "dg:documentedIn", "oa:hasSource", "oa:hasSelector", "oa:start", "oa:end", "dg:exactDigest",
    *PUBLISHED,
)  # fmt: skip
UTTERANCES = (
    *COUNTED, *RELAYS, *ANCHORS, *NAMING, "a dg:Utterance", "a dg:Statement", "dg:certainty", "dg:speechAct",
    "dg:quotationMode", "dg:cue", "dg:addressee", "dg:evaluation", "dg:saidRoughly", "a dg:Withdrawal",
    "dg:withdrawnOn",
)  # fmt: skip
CLAIMS = (
    *COUNTED, *NAMING, "a dg:Claim", "dg:paraphrase", "dg:claimedAgent", "dg:claimedSubject",
    "dg:claimedAction", "dg:claimedTarget", "dg:aboutIssue", "dg:contradicts", "dg:modality", "dg:evaluation",
    "dg:negated",
)  # fmt: skip
MEMBERSHIPS = ("org:member", "org:organization", "org:memberOf", "org:role", "opengov:post", "org:postIn")
ARGUMENTS = ("dg:premise", "dg:conclusion", "dg:argumentDirection")
ACTING = (
    *COUNTED, *RELAYS, *KIND_CLASSES, *NAMING, *MEMBERSHIPS, "dg:addressee", "dg:claimedAgent", "dg:claimedTarget",
    "dg:stanceHolder", "dg:worksAt", "dg:sourceDescription", "schema:sameAs",
)  # fmt: skip
STANCES = ("a dg:Stance", "dg:stanceHolder", "dg:stanceOn", "dg:stanceValue", "dg:expressedIn", *NAMING)
CODED = ("dg:hasCodedValue", "dg:codedVariable", "dg:codedValue", "dg:codedEntity", "dg:variableType", *NAMING)

SIDES = ("affirms", "denies", "neutral")
"""The polarities that are counted."""

LEFT_OPEN = ("asks", "passes", "abstains", "reportsOnly", "deniesInPart")
"""The narrower values of the polarity `neutral`: how an utterance takes no side."""

NODE_VALUED = frozenset(
    {
        *REPORTED.values(),
        "dg:speaker", "dg:onBehalfOf", "dg:supersedes", "dg:reports", "dg:reportedBy", "dg:addressesClaim",
        "dg:polarity", "dg:evidence", "dg:documentedIn", "oa:hasSource", "oa:hasSelector", "dg:certainty",
        "dg:speechAct", "dg:quotationMode", "dg:addressee", "dg:claimedAgent", "dg:claimedAction", "dg:claimedTarget",
        "dg:claimedContent", "dg:claimedPurpose", "dg:aboutIssue", "dg:contradicts", "dg:claimedSubject",
        "dg:stanceHolder", "dg:stanceOn", "dg:stanceValue", "dg:expressedIn", "dg:worksAt", "dg:hasCodedValue",
        "dg:codedVariable", "dg:codedEntity", "org:member", "org:organization", "org:memberOf", "opengov:post",
        "dg:memberOf", "dg:premise", "dg:conclusion", "dg:introducedBy", "dg:modality", "dg:evaluation",
    }
) - {"dg:reportedSaidOn", "dg:reportedIntensity"}  # fmt: skip
"""Properties of which a literal is not a value: it names nothing. Whose were dropped, `Facts.dropped` tells."""
