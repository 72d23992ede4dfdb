"""Which properties and classes the model reads, named by what they are needed for.

A name of a class stands behind ``a``, as in SPARQL: ``a dg:Claim`` are the members of dg:Claim.
"""

from __future__ import annotations

from disputegraph.model.kinds import KINDS

__all__ = [
    "ACTING", "ANCHORS", "CLAIMS", "CODED", "HEARSAY", "KIND_CLASSES", "MEMBERSHIPS", "NAMING", "NODE_VALUED", "SAID",
    "STANCES", "STATEMENTS", "UTTERANCES",
]  # fmt: skip

NAMING = ("skos:prefLabel", "rdfs:label", "foaf:name", "schema:name", "dcterms:title", "skos:altLabel")
"""The properties that name a node, the one that counts most first."""

KIND_CLASSES = tuple(f"a {name}" for kind in KINDS if kind.name != "Claim" for name in kind.classes)
SAID = ("dg:speaker", "dg:onBehalfOf", "dg:supersedes")
HEARSAY = ("dg:reports", "dg:reportedBy", "a dg:ReportedUtterance")
STATEMENTS = ("dg:addressesClaim", "dg:polarity", *SAID)
ANCHORS = (
    "dg:evidence", "dg:documentedIn", "oa:hasSource", "oa:hasSelector", "oa:start", "oa:end", "dg:exactDigest",
    "dcterms:issued", "dcterms:date",
)  # fmt: skip
UTTERANCES = (
    *STATEMENTS, *HEARSAY, *ANCHORS, *NAMING, "a dg:Utterance", "dg:saidOn", "dg:certainty", "dg:speechAct",
    "dg:quotationMode", "dg:cue", "dg:addressee",
)  # fmt: skip
CLAIMS = (
    *STATEMENTS, *HEARSAY, *NAMING, "a dg:Claim", "dg:paraphrase", "dg:claimedAgent", "dg:claimedAction",
    "dg:claimedTarget", "dg:aboutIssue", "dg:contradicts",
)  # fmt: skip
MEMBERSHIPS = ("org:member", "org:organization", "org:memberOf", "org:role", "opengov:post", "org:postIn")
ACTING = (
    *SAID, *KIND_CLASSES, *NAMING, *MEMBERSHIPS, "dg:addressee", "dg:claimedAgent", "dg:claimedTarget",
    "dg:stanceHolder", "dg:worksAt", "dg:sourceDescription", "schema:sameAs",
)  # fmt: skip
STANCES = ("a dg:Stance", "dg:stanceHolder", "dg:stanceOn", "dg:stanceValue", "dg:expressedIn", *NAMING)
CODED = ("dg:hasCodedValue", "dg:codedVariable", "dg:codedValue", "dg:codedEntity", "dg:variableType", *NAMING)

NODE_VALUED = frozenset(
    {
        "dg:speaker", "dg:onBehalfOf", "dg:supersedes", "dg:reports", "dg:reportedBy", "dg:addressesClaim",
        "dg:polarity", "dg:evidence", "dg:documentedIn", "oa:hasSource", "oa:hasSelector", "dg:certainty",
        "dg:speechAct", "dg:quotationMode", "dg:addressee", "dg:claimedAgent", "dg:claimedAction", "dg:claimedTarget",
        "dg:claimedContent", "dg:claimedPurpose", "dg:aboutIssue", "dg:contradicts", "dg:supportsClaim",
        "dg:stanceHolder", "dg:stanceOn", "dg:stanceValue", "dg:expressedIn", "dg:worksAt", "dg:hasCodedValue",
        "dg:codedVariable", "dg:codedEntity", "org:member", "org:organization", "org:memberOf", "opengov:post",
    }
)  # fmt: skip
"""Properties of which a literal is not a value: it names nothing. How many were dropped, `Facts.dropped` tells."""
