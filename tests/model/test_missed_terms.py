"""Notes on queries that may miss what they look for."""

from __future__ import annotations

import pytest

from disputegraph.model import query_notes
from disputegraph.resources import bundled_dispute
from disputegraph.sparql import named_queries
from disputegraph.store import Store, open_store

BODIES = "dg:NewsOrganization (4) and dg:HospitalTrust (1)"


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store([bundled_dispute()])


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("ASK { ?a a dg:Organization }",
         [f"'a dg:Organization' does not match nodes of its sub-classes: {BODIES}. With --infer it does."]),
        ("ASK { ?a a dg:Person }", []),
        ("ASK { ?u dg:voice ?who }",
         ["dg:voice does not match what follows from dg:onBehalfOf and dg:speaker. With --infer it does."]),
        ("ASK { ?u dg:reportedBy ?v }",
         ["dg:reportedBy does not match what follows from dg:reports the other way round. With --infer it does."]),
        ("ASK { ?c dg:contradicts ?d }",
         ["dg:contradicts does not match what follows from dg:contradicts the other way round. With --infer it does."]),
        ("ASK { ?c dg:contradicts|^dg:contradicts ?d }", []),
        ("ASK { ?u dg:speakr ?who }", ["the ontology has no term dg:speakr. Did you mean 'dg:speaker'?"]),
        ("ASK { ?u <https://w3id.org/disputegraph/ns#addresesClaim> act:vetoo }",
         ["the ontology has no term dg:addresesClaim. Did you mean 'dg:addressesClaim'?",
          "the ontology has no term act:vetoo. Did you mean 'act:veto'?"]),
        ("PREFIX d: <https://w3id.org/disputegraph/ns#> ASK { ?a a d:Clain } # dg:nothing",
         ["the ontology has no term dg:Clain. Did you mean 'dg:Claim'?"]),
        ("ASK { ?u dg:cue 'dg:nothing' }", []),
    ],
)  # fmt: skip
def test_notes(query: str, notes: list[str], store: Store) -> None:
    assert query_notes(query, store, infers=False) == notes
    assert query_notes(query, store, infers=True) == [note for note in notes if "has no term" in note]


def test_named_queries_have_no_unknown_terms(store: Store) -> None:
    assert {name: found for name, query in named_queries().items()
            if (found := query_notes(query.text, store, infers=True))} == {}  # fmt: skip


def test_what_is_not_cheap_is_not_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(store), "infers_cheaply", False)
    monkeypatch.setattr(type(store), "can_infer", False)
    monkeypatch.setattr(type(store), "select", None)
    (note,) = query_notes("ASK { ?a a dg:Organization }", store, infers=False)
    assert note == (
        "'a dg:Organization' does not match nodes of its sub-classes: dg:HospitalTrust and dg:NewsOrganization. "
        "A server is not asked to infer; name these too."
    )
