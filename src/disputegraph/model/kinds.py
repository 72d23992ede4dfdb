"""The kinds of thing that a dispute is about, in one table.

Data come without the ontology's class hierarchy, so the table has what the library needs of it: which classes mean a
kind (our own, and those of FOAF, ORG and schema.org that mean the same), which kind names a node that has several, and
what a kind excludes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from disputegraph.vocabulary import PREFIXES


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node.

    Attributes:
        name: the local name of its class in the disputegraph ontology, or in ORG.
        classes: the classes that mean it, as prefixed names; our own first.
        acts: whether nodes of this kind take part in the dispute: they are listed as actors.
        organised: whether they are organisations, for which a spokesman may speak.
        place: whether they are places, at which others work.
        side: kinds with different sides exclude one another: no node is of both. 0 excludes nothing.
    """

    name: str
    classes: tuple[str, ...]
    acts: bool = False
    organised: bool = False
    place: bool = False
    side: int = 0


_PERSON, _ORGANISATION, _COLLECTIVE, _UNNAMED, _THING = 1, 2, 3, 0, 4

KINDS: tuple[Kind, ...] = (
    Kind("HospitalTrust", ("dg:HospitalTrust",), acts=True, organised=True, side=_ORGANISATION),
    Kind(
        "NewsOrganization",
        ("dg:NewsOrganization", "schema:NewsMediaOrganization"),
        acts=True,
        organised=True,
        side=_ORGANISATION,
    ),
    Kind("UnnamedSource", ("dg:UnnamedSource",), acts=True, side=_UNNAMED),
    Kind("Person", ("dg:Person", "foaf:Person", "schema:Person"), acts=True, side=_PERSON),
    Kind("Collective", ("dg:Collective", "foaf:Group"), acts=True, side=_COLLECTIVE),
    Kind(
        "Organization",
        (
            "dg:Organization",
            "org:Organization",
            "org:FormalOrganization",
            "org:OrganizationalUnit",
            "foaf:Organization",
            "schema:Organization",
        ),
        acts=True,
        organised=True,
        side=_ORGANISATION,
    ),
    Kind("Actor", ("dg:Actor", "foaf:Agent"), acts=True),
    Kind("Hospital", ("dg:Hospital", "schema:Hospital"), place=True, side=_THING),
    Kind("Ballot", ("dg:Ballot",), side=_THING),
    Kind("IndustrialAction", ("dg:IndustrialAction",), side=_THING),
    Kind("Negotiation", ("dg:Negotiation",), side=_THING),
    Kind("Event", ("dg:Event",), side=_THING),
    Kind("Arrangement", ("dg:Arrangement", "dg:Proposal", "dg:Agreement"), side=_THING),
    Kind("PlannedAction", ("dg:PlannedAction",), side=_THING),
    Kind("Demand", ("dg:Demand",), side=_THING),
    Kind("Offer", ("dg:Offer",), side=_THING),
    Kind("ClaimedThing", ("dg:ClaimedThing",), side=_THING),
    Kind("Provision", ("dg:Provision",), side=_THING),
    Kind("Issue", ("dg:Issue",), side=_THING),
    Kind("Post", ("org:Post",), side=_THING),
    Kind("Role", ("org:Role",), side=_THING),
    Kind("Claim", ("dg:Claim",), side=_THING),
    Kind("Document", ("dg:Document",)),
    Kind("Coder", ("dg:Coder",)),
    Kind("Dispute", ("dg:Dispute",), side=_THING),
)
"""The table. Of several kinds a node is named by the first."""

ACTOR = "Actor"
"""The kind of a node that speaks or is spoken for and has no class of the table."""

THING = "Thing"
"""The kind of any other node without a class of the table."""


@cache
def kind_named(name: str) -> Kind | None:
    """Return the kind called `name`, or None."""
    return next((kind for kind in KINDS if kind.name == name), None)


@cache
def iri_of(name: str) -> str:
    """Return the IRI of a prefixed name of a well-known vocabulary; an IRI stays as it is."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name
