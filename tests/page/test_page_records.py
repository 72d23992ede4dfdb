"""The page's data says what the graph says, in plain values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from disputegraph.model import Model
from disputegraph.page import page_data
from disputegraph.page.page_records import collect
from disputegraph.resources import bundled_dispute
from disputegraph.store import EmbeddedStore, open_store

PREFIXES = """
@prefix dg: <https://w3id.org/disputegraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://e.example/> .
"""


def collect_of(store: Any) -> dict[str, Any]:
    return collect(Model.whole(store))


def store_of(text: str) -> EmbeddedStore:
    engine = Store()
    engine.load((PREFIXES + text).encode(), format=RdfFormat.TURTLE)
    return EmbeddedStore(engine)


def by_id(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in records}


def test_counts_agree_with_sparql(bundled_data: dict[str, Any]) -> None:
    with open_store([bundled_dispute()]) as store:
        for kind, name in (
            ("dg:Claim", "claims"),
            ("dg:Utterance dg:ReportedUtterance", "utterances"),
            ("dg:Stance", "stances"),
            ("dg:Document", "documents"),
        ):
            row = next(store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ VALUES ?kind {{ {kind} }} ?x a ?kind }}"))
            assert int(row[0].value) == len(bundled_data[name])
        row = next(store.select("SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?x dg:evidence ?a }"))
        assert len(bundled_data["anchors"]) <= int(row[0].value)


def test_it_is_plain_json_and_the_same_each_time(bundled_data: dict[str, Any]) -> None:
    assert json.loads(json.dumps(bundled_data)) == json.loads(json.dumps(bundled_data, sort_keys=True))
    with open_store([bundled_dispute()]) as store:
        assert page_data(store) == bundled_data


def test_labels_prefer_english_then_untagged_then_any() -> None:
    data = collect_of(
        store_of("""
        ex:a a dg:Person ; skos:prefLabel "Deutsch"@de, "English"@en, "plain" ; skos:altLabel "Nick" .
        ex:b a dg:Person ; skos:prefLabel "Deutsch"@de, "plain" .
        ex:c a dg:Person ; skos:prefLabel "Deutsch"@de .
        ex:d-e a dg:Person .
    """)
    )
    assert {thing["id"]: thing["label"] for thing in data["things"]} == {
        "a": "English", "b": "plain", "c": "Deutsch", "d-e": "d-e"
    }  # fmt: skip
    assert by_id(data["things"])["a"]["aliases"] == ["Deutsch", "Nick", "plain"]


def test_the_day_of_the_document_stands_in_for_an_unknown_day() -> None:
    data = collect_of(
        store_of("""
        ex:doc a dg:Document ; dcterms:issued "2016-02-10"^^xsd:date .
        ex:u a dg:Utterance ; dg:speaker ex:x ; dg:evidence ex:a .
        ex:v a dg:ReportedUtterance ; dg:speaker ex:x ; dg:evidence ex:a ;
             dg:saidOn "2016-02-07T10:00:00Z"^^xsd:dateTime .
        ex:w a dg:Utterance ; dg:speaker ex:x ; dg:saidOn "last week" .
        ex:a a dg:Anchor ; oa:hasSource ex:doc ; oa:hasSelector [ oa:start 3 ; oa:end 9 ] ; dg:exactDigest "ab" .
    """)
    )
    said = by_id(data["utterances"])
    assert (said["u"]["date"], said["u"]["dated"]) == ("2016-02-10", "document")
    assert (said["v"]["date"], said["v"]["dated"]) == ("2016-02-07", "said")
    assert "date" not in said["w"]
    assert data["anchors"] == [{"document": "doc", "sha256": "ab", "start": 3, "end": 9}]
    assert by_id(data["things"])["x"]["kind"] == "Actor", "who is only pointed at gets a record"


def test_hearsay_voice_and_tone() -> None:
    data = collect_of(
        store_of("""
        ex:u a dg:Utterance ; dg:speaker ex:paper ; dg:reports ex:v .
        ex:v a dg:Utterance ; dg:speaker ex:spokesman ; dg:onBehalfOf ex:office ;
             dg:speechAct dg:accusing ; dg:polarity dg:denies .
    """)
    )
    said = by_id(data["utterances"])
    assert said["v"]["hearsay"] is True
    assert "hearsay" not in said["u"]
    assert (said["v"]["speaker"], said["v"]["voice"]) == ("spokesman", "office")
    assert (said["v"]["tone"], said["u"]["tone"]) == ("critical", "neutral")


def test_posts_become_facts(bundled_data: dict[str, Any]) -> None:
    hunt = by_id(bundled_data["things"])["hunt"]
    held = next(fact for fact in hunt["facts"] if fact["relation"] == "holds")
    assert held["text"] == "Secretary of State for Health"
    assert (held["at"], held["on"]) == ("government", "2016-02-10")
    assert held["evidence"]


def test_an_empty_store_is_a_page_too() -> None:
    data = page_data(store_of(""))
    assert data["title"] == "A public dispute"
    assert data["utterances"] == []
    assert data["views"]["whom"]["nodes"] == []


def test_quotations_come_from_the_sources(harbour: Path) -> None:
    from disputegraph.evidence import Sources

    with open_store([harbour / "dispute.ttl"]) as store:
        data = page_data(store, sources=Sources(harbour / "sources"), embed=False)
    assert "download" not in data
    assert [anchor["status"] for anchor in data["anchors"]] == ["verified"] * 8
    text = (harbour / "sources" / "meeting.txt").read_text(encoding="utf-8")
    for anchor in data["anchors"]:
        assert anchor["quote"] == text[anchor["start"] : anchor["end"]]
        assert anchor.get("before", "") + anchor["quote"] + anchor.get("after", "") in text


def test_the_licence_is_named() -> None:
    data = collect_of(
        store_of("ex:d a dg:Dispute ; dcterms:license <https://creativecommons.org/licenses/by-sa/4.0/> .")
    )
    assert data["licence_label"] == "CC BY-SA 4.0"
    data = collect_of(store_of("ex:d a dg:Dispute ; dcterms:license <https://e.example/own> ."))
    assert data["licence_label"] == "https://e.example/own"
