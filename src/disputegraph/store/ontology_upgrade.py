"""Data written for version 0.1 of the ontology become data of version 0.2.

The steps are files in ``ontology/upgrade``: a query that finds the nodes concerned, with what to tell a person in its
header, and an update of the same name that changes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyoxigraph

from disputegraph.resources import ontology_folder
from disputegraph.sparql import QueryFile, read_query_folder

# Cheap enough for every load: none of these patterns joins.
_OLD = """
PREFIX dg: <https://w3id.org/disputegraph/ns#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
ASK {
  { ?s dg:supportsClaim ?o } UNION { ?s a dg:Proposal } UNION { ?s a dg:Agreement }
  UNION { ?s dg:introducedBy ?o FILTER NOT EXISTS { ?any a dg:ClaimedThing } }
  UNION { ?s a dg:ReportedUtterance FILTER NOT EXISTS { ?any dg:reportedSpeaker|dg:reportedClaim ?value } }
}
"""


@dataclass(frozen=True, slots=True)
class UpgradeStep:
    """What one step of an upgrade did.

    Attributes:
        name: the step's file, without suffix.
        title: what changed in the ontology.
        done: what was done, in a sentence with its count.
        look: what a person should look at.
        nodes: the nodes concerned, as IRIs or blank node labels, sorted.
    """

    name: str
    title: str
    done: str
    look: str
    nodes: tuple[str, ...]


@cache
def _steps() -> dict[str, QueryFile]:
    return read_query_folder(ontology_folder() / "upgrade")


def is_old(engine: pyoxigraph.Store) -> bool:
    """Return whether the default graph is written for version 0.1 of the ontology."""
    return bool(engine.query(_OLD))


def upgrade_engine(engine: pyoxigraph.Store) -> list[UpgradeStep]:
    """Change the default graph of a store to version 0.2 of the ontology, and return the steps that changed anything.

    Data of version 0.2 stay as they are.
    """
    made = []
    for name, step in _steps().items():
        found = engine.query(step.text)
        assert isinstance(found, pyoxigraph.QuerySolutions)  # noqa: S101  # the files hold SELECT queries
        nodes = tuple(sorted(str(getattr(row["node"], "value", row["node"])) for row in found))
        if nodes:
            engine.update(step.path.with_suffix(".ru").read_text(encoding="utf-8"))
            done = step.fields["done"].replace("{count}", f"{len(nodes):,}")
            made.append(UpgradeStep(name, step.title, done, step.fields["look"], nodes))
    return made


def upgrade_note(steps: list[UpgradeStep], location: str) -> str:
    """Return the note of data that were read as if upgraded: one line."""
    count = len({node for step in steps for node in step.nodes})
    return (
        f"{location} is written for version 0.1 of the ontology; {count:,} nodes were read as version 0.2 says them. "
        "'disputegraph upgrade' does it for good and says what to look at."
    )


def old_store_note(location: str) -> str:
    """Return the note of a store on disk that was built before, and that SPARQL reads as it is."""
    return (
        f"the store {location} was built of data for version 0.1 of the ontology, and queries in the words of version "
        "0.2 find little in it. Build it anew from its files: 'disputegraph load FILE… --into STORE --replace'."
    )
