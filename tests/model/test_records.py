"""Records: labels, hearsay chains, dates, and what several values become."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from disputegraph.errors import UsageError
from disputegraph.model import REPORTED, Model, find_node, local_name, portrait
from disputegraph.store import EmbeddedStore

HEAD = """
@prefix dg: <https://w3id.org/disputegraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <http://example.org/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def records(turtle: str) -> Model:
    return Model(store(turtle))


def store(turtle: str) -> EmbeddedStore:
    store = EmbeddedStore()
    store.engine.load((HEAD + turtle).encode(), RdfFormat.TURTLE)
    return store


def test_english_goes_first_then_no_language_then_others() -> None:
    labels = records("""
        ex:a skos:prefLabel "Arzt"@de, "doctor"@en-GB, "medic" . ex:b skos:prefLabel "Streik"@de, "strike" .
        ex:c skos:prefLabel "grève"@fr ; dcterms:title "an English title"@en . ex:d dcterms:title "only a title" .
    """).labels
    assert [labels[f"http://example.org/{name}"] for name in "abcd"] == ["doctor", "strike", "grève", "only a title"]
    assert labels["http://example.org/path/none"] == "none"


class Watched(EmbeddedStore):
    """A store that counts what it is asked."""

    asked: ClassVar[list[str]] = []

    def select(self, query: str, **options: Any) -> Any:
        self.asked.append(query)
        return super().select(query, **options)


@pytest.mark.parametrize("listing", ["actors", "claims", "utterances", "stances"])
def test_a_listing_is_one_select(listing: str) -> None:
    opened = Watched()
    opened.engine.load((HEAD + CHAIN).encode(), RdfFormat.TURTLE)
    opened.asked.clear()
    expected = {"actors": ["bbc", "paper", "radio", "source"], "claims": ["C"], "utterances": 1, "stances": 0}[listing]
    listed = getattr(Model(opened), listing)
    assert (len(listed) if isinstance(expected, int) else [record.label for record in listed]) == expected
    assert len(opened.asked) == 1


@given(st.text(min_size=1))
def test_a_local_name_is_never_empty(iri: str) -> None:
    assert local_name(iri)


CHAIN = """
    ex:c a dg:Claim ; skos:prefLabel "C" .
    ex:u1 a dg:ReportedUtterance ; dg:speaker ex:source ; dg:addressesClaim ex:c ; dg:polarity dg:affirms .
    ex:u2 a dg:ReportedUtterance ; dg:speaker ex:paper ; dg:reports ex:u1 .
    ex:u3 a dg:Utterance ; dg:speaker ex:radio ; dg:onBehalfOf ex:bbc ; dg:reports ex:u2 .
"""


def test_the_chain_of_hearsay_is_told_from_the_source_on() -> None:
    (claim,) = records(CHAIN).claims
    (utterance,) = claim.utterances
    assert [ref.label for ref in utterance.via] == ["paper", "bbc"]


def test_a_loop_of_reports_ends() -> None:
    looped = records(CHAIN + "ex:u1 dg:reports ex:u3 .").claims
    assert len(looped[0].utterances) == 1


def test_an_utterance_is_dated_by_its_document_where_it_has_no_date_of_its_own() -> None:
    made = records("""
        ex:d a dg:Document ; dcterms:issued "2020-05-01" .
        ex:u a dg:Utterance ; dg:speaker ex:a ; dg:evidence ex:x . ex:x oa:hasSource ex:d ; dg:exactDigest "ab" ;
          oa:hasSelector [ oa:start 3 ; oa:end 5 ] .
        ex:v a dg:Utterance ; dg:speaker ex:a ; dg:saidOn "2019-01-01" ; dg:evidence ex:x .
        ex:w a dg:Utterance ; dg:speaker ex:a .
    """).utterances
    dates = [(local_name(utterance.iri), utterance.date, utterance.dated_by) for utterance in made]
    assert dates == [("v", "2019-01-01", "utterance"), ("u", "2020-05-01", "document"), ("w", None, None)]
    assert made[0].anchors[0].start == 3


def test_contradiction_is_told_from_both_sides() -> None:
    one, two = records("ex:a a dg:Claim ; dg:contradicts ex:b . ex:b a dg:Claim .").claims
    assert [ref.label for ref in one.contradicts] == ["b"]
    assert [ref.label for ref in two.contradicts] == ["a"]


def test_several_values_multiply_nothing() -> None:
    made = records("""
        ex:c a dg:Claim ; dg:claimedAgent ex:a, ex:b ; dg:claimedTarget ex:t1, ex:t2 ; dg:paraphrase "x"@en, "y"@de .
        ex:u a dg:Utterance ; dg:addressesClaim ex:c ; dg:speaker ex:a ; dg:addressee ex:m, ex:n .
    """)
    (claim,) = made.claims
    assert claim.to_dict()["agent"] == "a; b"
    assert claim.to_dict()["target_iri"] == ["http://example.org/t1", "http://example.org/t2"]
    assert len(claim.utterances) == 1
    assert [ref.label for ref in claim.utterances[0].addressees] == ["m", "n"]


def test_an_actor_has_its_most_specific_kind_and_counts() -> None:
    made = records("""
        ex:t a dg:HospitalTrust, dg:Organization ; skos:prefLabel "T" .
        ex:c a dg:Claim ; dg:claimedTarget ex:t . ex:u a dg:Utterance ; dg:speaker ex:s ; dg:onBehalfOf ex:t .
    """).actors
    told = {actor.label: (actor.kind, actor.utterances, actor.claims_about) for actor in made}
    assert told == {"T": ("HospitalTrust", 1, 1), "s": ("Actor", 1, 0)}


def test_names_are_resolved_from_the_exact_to_the_loose() -> None:
    data = store("""
        ex:x a dg:Person ; skos:prefLabel "Hunt" . ex:y a dg:Person ; skos:prefLabel "Hunter" ; skos:altLabel "H" .
        ex:z a dg:Claim ; skos:prefLabel "hunt" .
    """)
    assert find_node("Hunt", data) == "http://example.org/x"
    assert find_node("hunter", data) == "http://example.org/y"
    assert find_node("z", data) == "http://example.org/z"
    assert find_node("http://example.org/q", data) == "http://example.org/q"
    with pytest.raises(UsageError, match=r"may mean 2 things: .*hunt.*Give one of the IRIs"):
        find_node("HUNT", data)
    with pytest.raises(UsageError, match="Did you mean"):
        find_node("Hunte_", data)


def test_a_document_as_a_whole_is_evidence_and_gives_the_date() -> None:
    (utterance,) = records("""
        ex:d a dg:Document ; dcterms:issued "2020-05-01" . ex:u a dg:Utterance ; dg:documentedIn ex:d .
    """).utterances
    assert (utterance.date, utterance.dated_by) == ("2020-05-01", "document")
    assert utterance.anchors[0].document == "http://example.org/d"
    assert utterance.anchors[0].start is None


TONES = {
    ("accusing", "affirms", "positive"): "critical",
    ("crediting", "denies", "negative"): "supportive",
    ("evaluating", "affirms", "positive"): "supportive",
    ("evaluating", "denies", "positive"): "critical",
    ("evaluating", "affirms", "negative"): "critical",
    ("asserting", "denies", "negative"): "supportive",
    ("evaluating", "affirms", "mixedEvaluation"): "mixed",
    ("evaluating", "denies", "mixedEvaluation"): "neutral",
    ("evaluating", "asks", "negative"): "neutral",
    ("evaluating", "deniesInPart", "negative"): "neutral",
    ("evaluating", "affirms", None): "neutral",
}


@pytest.mark.parametrize("reported", [False, True])
def test_the_tone_follows_act_claim_and_side(reported: bool) -> None:
    """Whatever is asked: all records, one record by itself, the columns that the page is made of."""
    turtle = []
    for place, (act, side, judgement) in enumerate(TONES):
        told = {"speaker": "ex:a", "addressesClaim": f"ex:c{place}", "polarity": f"dg:{side}", "speechAct": f"dg:{act}"}
        names = {name: REPORTED[f"dg:{name}"] if reported else f"dg:{name}" for name in told}
        said = [f"{names[name]} {value}" for name, value in told.items()]
        turtle.append(f"ex:u{place} a dg:{'Reported' * reported}Utterance ; {' ; '.join(said)} .")
        turtle.append(f"ex:c{place} a dg:Claim{f' ; dg:evaluation dg:{judgement}' if judgement else ''} .")
    opened = store("\n".join(turtle))
    found = {utterance.iri: utterance.tone for utterance in Model(opened).utterances}
    assert found == {f"http://example.org/u{place}": tone for place, tone in enumerate(TONES.values())}
    for iri, tone in found.items():
        assert portrait(iri, opened)["tone"] == tone
