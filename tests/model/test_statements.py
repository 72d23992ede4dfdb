"""The statement table as it is read from a store."""

from __future__ import annotations

import pytest

from disputegraph.errors import UsageError
from disputegraph.model import statements
from disputegraph.networks import select, slices, weigh
from disputegraph.networks.levels import levels_of
from disputegraph.rdf import source_of_bytes
from disputegraph.resources import bundled_dispute
from disputegraph.store import EmbeddedStore, open_store

PREFIXES = b"""
@prefix dg: <https://w3id.org/disputegraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""


def store_of(text: str) -> EmbeddedStore:
    store = EmbeddedStore()
    store.load_source(source_of_bytes(PREFIXES + text.encode(), name="test"))
    return store


MANY = """
ex:ann a dg:Person ; skos:prefLabel "Anne"@fr, "Ann"@en, "Annie" .
ex:m1 org:member ex:ann ; org:organization ex:union . ex:m2 org:member ex:ann ; org:organization ex:association .
ex:union a dg:Organization ; rdfs:label "Union" . ex:association a dg:Organization ; foaf:name "Association" .
ex:paper a dg:NewsOrganization . ex:radio a dg:NewsOrganization .
ex:c1 a dg:Claim ; skos:prefLabel "One"@en ; dg:aboutIssue ex:i1, ex:i2 ; dg:claimedAgent ex:union, ex:bob .
ex:d1 dcterms:issued "2020-03-01"^^xsd:date . ex:d2 dcterms:issued "2020-04-01"^^xsd:date .
ex:u1 a dg:Utterance ; dg:speaker ex:ann ; dg:addressesClaim ex:c1 ; dg:polarity dg:affirms ;
  dg:speechAct dg:accusing ; dg:evidence ex:a1, ex:a2, ex:a3 .
ex:a1 oa:hasSource ex:d2 ; oa:hasSelector [ oa:start 5 ] .
ex:a2 oa:hasSource ex:d1 ; oa:hasSelector [ oa:start 90 ] .
ex:a3 oa:hasSource ex:d1 ; oa:hasSelector [ oa:start 7 ] .
ex:r1 dg:speaker ex:radio ; dg:reports ex:u1 . ex:r2 dg:speaker ex:paper ; dg:reports ex:u1 .
ex:u2 a dg:Utterance ; dg:speaker ex:bob ; dg:onBehalfOf ex:union ; dg:addressesClaim ex:c1 ;
  dg:polarity dg:denies ; dg:saidOn "2020-01-15"^^xsd:date ; dg:intensity -2 ;
  dg:hasCodedValue [ dg:codedVariable ex:frame ; dg:codedValue "cost" ] .
ex:frame a dg:Variable ; skos:prefLabel "Frame of the story"@en .
ex:u3 dg:speaker ex:bob ; dg:addressesClaim ex:c1 ; dg:polarity dg:affirms .
ex:u4 dg:speaker ex:bob ; dg:addressesClaim ex:c1 ; dg:polarity dg:neutral ; dg:supersedes ex:u3 .
"""


def test_no_field_multiplies_rows() -> None:
    table = statements(store_of(MANY))
    rows = {row.utterance.rpartition("/")[2]: row for row in table}
    assert sorted(rows) == ["u1", "u2", "u4"]
    assert len(table) == 3
    first = rows["u1"]
    assert first.document == "https://example.org/d1"  # the document that came out first, then the first anchor in it
    assert table.column("start").list()[[row.utterance for row in table].index(first.utterance)] == "7"
    assert first.date == "2020-03-01"
    assert first.via == "https://example.org/paper"
    assert first.organisation == "https://example.org/association"
    assert first.voice == "https://example.org/ann"
    assert rows["u2"].voice == rows["u2"].organisation == "https://example.org/union"
    assert rows["u2"].date == "2020-01-15"
    assert rows["u2"].document is None
    assert rows["u4"].polarity == "neutral"
    assert rows["u4"].organisation is None


def test_labels_prefer_english_then_untagged() -> None:
    table = statements(store_of(MANY))
    iris = [f"https://example.org/{name}" for name in ("ann", "union", "association", "bob")]
    names = table.names(iris)
    assert [names.labels[iri] for iri in iris] == ["Ann", "Union", "Association", "bob"]
    assert names.kinds["https://example.org/ann"] == "Person"


def test_coded_variables_and_properties_are_fields() -> None:
    table = statements(store_of(MANY))
    for name in ("frame", "Frame of the story", "https://example.org/frame"):
        assert sorted(filter(None, table.column(name).list())) == ["cost"]
    assert sorted(filter(None, table.column("intensity").list())) == ["-2"]
    with pytest.raises(UsageError, match="Did you mean 'claim'"):
        table.column("claims")


def test_attributes_and_their_scales() -> None:
    text = (
        MANY
        + """
    ex:size a dg:Variable ; skos:prefLabel "size"@en ; dg:variableType dg:categoryVariable .
    ex:union dg:hasCodedValue [ dg:codedVariable ex:size ; dg:codedValue "10" ] .
    ex:ann dg:hasCodedValue [ dg:codedVariable ex:size ; dg:codedValue "2" ] .
    ex:d1 <https://schema.org/articleSection> "7" ."""
    )
    table = statements(store_of(text))
    rows = dict(zip(table.column("utterance").list(), table.column("size").list(), strict=True))
    assert {iri.rpartition("/")[2]: value for iri, value in rows.items()} == {"u1": "2", "u2": "10", "u4": None}
    assert levels_of(table, "size").scale == "text"
    assert levels_of(table, "section").scale == "text"
    assert levels_of(table, "intensity").scale == "integer"
    assert levels_of(table, "hearsay").scale == "boolean"


def test_what_may_be_several_is_several_where_it_is_asked_for() -> None:
    table = statements(store_of(MANY))
    issues = weigh(table, "affiliation", over="issues", value="subtract")
    assert issues.columns == ("https://example.org/i1", "https://example.org/i2")
    portrayal = weigh(table, "portrayal")
    targets = {portrayal.nodes[column] for column in portrayal.pattern[1]}
    assert targets == {"https://example.org/union", "https://example.org/bob"}
    hearsay = weigh(table, "hearsay")
    sources = {hearsay.nodes[row] for row in hearsay.pattern[0]}
    assert sources == {"https://example.org/paper", "https://example.org/radio"}


def test_selection() -> None:
    table = statements(store_of(MANY))
    assert len(select(table, since="2020-02")) == 1
    assert len(select(table, until="2020-01")) == 1
    assert len(select(table, until="2020")) == 2
    assert len(select(table, exclude={"via": ["radio"]})) == 2  # either of the two reporters
    assert len(select(table, include={"voice": ["Ann", "UNION"], "polarity": ["denies"]})) == 1
    with pytest.raises(UsageError, match="Did you mean 'Ann'"):
        select(table, exclude={"voice": ["An"]})
    with pytest.raises(UsageError, match="not a date for since"):
        select(table, since="last year")


def test_slices() -> None:
    table = statements(store_of(MANY))
    months = slices(table, "months")
    assert [(each.first, each.last, len(each.table)) for each in months] == [
        ("2020-01-01", "2020-01-31", 1),
        ("2020-02-01", "2020-02-29", 0),
        ("2020-03-01", "2020-03-31", 1),
    ]
    assert [each.first for each in slices(table, "weeks", 4)] == ["2020-01-13", "2020-02-10"]
    with pytest.raises(UsageError, match="longer than the statements last"):
        slices(table, "years", 3)
    with pytest.raises(UsageError, match="Did you mean 'months'"):
        slices(table, "month")
    moving = slices(table, "days", 3, dna_compat=True)
    assert (moving[0].first, moving[0].last) == ("2020-01-15", "2020-01-17")
    assert len(moving) == 45  # centres from 16 January to 29 February
    assert [len(each.table) for each in moving] == [1, *[0] * 43, 1]


def test_an_empty_store_has_no_statements() -> None:
    table = statements(EmbeddedStore())
    assert len(table) == 0
    assert list(table) == []
    assert weigh(table, "congruence").nodes == ()


def test_the_bundled_dispute() -> None:
    with open_store([bundled_dispute()]) as store:
        table = statements(store)
        assert len(table) == len({row.utterance for row in table}) > 30
        assert all(row.date and row.document for row in table)
        signed = weigh(table, "signed")
        assert signed.matrix.shape[0] > 5
        portrayal = weigh(table, "portrayal")
        assert portrayal.directed
        assert portrayal.parts["accuses"].sum() > portrayal.parts["credits"].sum() > 0
