"""The coded dispute keeps what its README promises."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pyoxigraph
import rdflib
from rdflib import RDF, SKOS, URIRef
from rdflib.compare import isomorphic

from tests.data.coded_dispute import (
    ACT,
    CASE,
    DG,
    EX,
    ORG,
    ROOT,
    SCHEMA,
    STATEMENTS,
    TOLD,
    affirming,
    claim_named,
    either,
    label,
    of_kind,
    span,
    statements,
    voices,
)

LONGEST_LABEL = 45


# ---- the file


def test_both_parsers_read_the_same_graph(graph: rdflib.Graph) -> None:
    triples = pyoxigraph.parse(path=CASE / "dispute.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    as_ntriples = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert isomorphic(graph, rdflib.Graph().parse(data=as_ntriples, format="nt"))


def test_every_node_has_an_iri_so_that_versions_compare_line_by_line(graph: rdflib.Graph) -> None:
    assert not [t for t in graph for node in t if isinstance(node, rdflib.BNode)]


def test_every_node_spoken_of_is_described(graph: rdflib.Graph) -> None:
    objects = {o for o in graph.objects() if isinstance(o, URIRef) and o.startswith(EX)}
    assert objects <= set(graph.subjects())


def test_terms_are_those_of_the_ontology(graph: rdflib.Graph) -> None:
    ontology = rdflib.Graph()
    for name in ("disputegraph.ttl", "health.ttl", "actions.ttl"):
        ontology.parse(ROOT / "ontology" / name)
    used = {node for t in graph for node in t if isinstance(node, URIRef) and node.startswith((DG, ACT))}
    assert sorted(used - set(ontology.subjects())) == []


def test_labels_are_short_and_unique(graph: rdflib.Graph) -> None:
    labels = [str(o) for o in graph.objects(None, SKOS.prefLabel)]
    assert [text for text in labels if len(text) > LONGEST_LABEL] == []
    assert [text for text, times in Counter(labels).items() if times > 1] == []


def test_the_case_file_says_whose_it_is_and_under_what_licence(graph: rdflib.Graph) -> None:
    licence = graph.value(EX.dispute, rdflib.DCTERMS.license)
    assert licence == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(EX.dispute, rdflib.DCTERMS.title)
    assert graph.value(EX.dispute, rdflib.DCTERMS.issued)
    coders = set(graph.objects(None, DG.codedBy))
    assert coders == of_kind(graph, DG.Coder)
    uncoded = of_kind(graph, *STATEMENTS, DG.ClaimRelation) - set(graph.subjects(DG.codedBy))
    assert not uncoded
    assert (EX.dispute, rdflib.DCTERMS.conformsTo, URIRef("https://w3id.org/disputegraph/ns/0.2.0")) in graph


def test_no_integrity_rule_is_broken() -> None:
    store = pyoxigraph.Store()
    parts = [ROOT / "ontology" / name for name in ("disputegraph.ttl", "health.ttl", "actions.ttl")]
    for path in (CASE / "dispute.ttl", *parts):
        store.load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    rules = sorted((ROOT / "ontology" / "checks").glob("*.rq"))
    assert rules
    broken = {rule.stem: list(store.query(rule.read_text(encoding="utf-8"))) for rule in rules}
    assert {rule: [str(row) for row in rows] for rule, rows in broken.items() if rows} == {}


# ---- claims and utterances


def test_hunt_vetoed_compromise_has_two_independent_sources(graph: rdflib.Graph) -> None:
    utterances = affirming(graph, claim_named(graph, "Hunt vetoed compromise"))
    assert len(utterances) == 2
    assert len(set(chain.from_iterable(voices(graph, u) for u in utterances))) == 2
    (reported,) = [u for u in utterances if (u, RDF.type, DG.ReportedUtterance) in graph]
    source = graph.value(reported, DG.reportedSpeaker)
    assert (source, RDF.type, DG.UnnamedSource) in graph
    assert (source, DG.closeTo, EX.bma) in graph
    (relay,) = graph.subjects(DG.reports, reported)
    assert label(graph, graph.value(relay, DG.speaker)) == "The Independent"
    (own,) = [u for u in utterances if u != reported]
    assert (graph.value(own, DG.speaker), RDF.type, DG.Person) in graph
    assert not list(graph.subjects(DG.reports, own))


def test_bma_broke_acas_agreement_is_one_utterance_with_two_anchors(graph: rdflib.Graph) -> None:
    (utterance,) = graph.subjects(DG.addressesClaim, claim_named(graph, "BMA broke ACAS agreement"))
    assert len(set(graph.objects(utterance, DG.evidence))) == 2


def test_the_departments_statement_was_printed_twice_and_made_once(graph: rdflib.Graph) -> None:
    utterances = list(graph.subjects(DG.onBehalfOf, EX.dh))
    assert len(utterances) == 5
    assert len({graph.value(u, DG.addressesClaim) for u in utterances}) == 5
    for utterance in utterances:
        first, second = graph.objects(utterance, DG.evidence)
        assert graph.value(first, DG.exactDigest) == graph.value(second, DG.exactDigest)
        assert span(graph, first) != span(graph, second)


def test_every_claim_is_uttered_paraphrased_and_about_an_issue(graph: rdflib.Graph) -> None:
    for claim in of_kind(graph, DG.Claim):
        assert statements(graph, DG.addressesClaim, claim), claim
        assert len(list(graph.objects(claim, DG.modality))) == 1, claim
        assert len(list(graph.objects(claim, DG.paraphrase))) == 1, claim
        assert list(graph.objects(claim, DG.aboutIssue)), claim
        assert (claim, DG.concernsDispute, EX.dispute) in graph, claim
        assert not list(graph.objects(claim, DG.evidence)), claim


def test_every_issue_of_the_dispute_bears_a_claim(graph: rdflib.Graph) -> None:
    issues = of_kind(graph, DG.Issue)
    assert issues == set(graph.objects(EX.dispute, DG.hasIssue))
    assert issues == set(graph.objects(None, DG.aboutIssue))


def test_every_utterance_says_who_how_and_where(graph: rdflib.Graph) -> None:
    for utterance in of_kind(graph, *STATEMENTS):
        for needed in (DG.speaker, DG.certainty, DG.speechAct):
            assert len(either(graph, utterance, needed)) == 1, (utterance, needed)
        assert len(list(graph.objects(utterance, DG.quotationMode))) == 1, utterance
        assert list(graph.objects(utterance, DG.evidence)), utterance
        claims = either(graph, utterance, DG.addressesClaim)
        assert len(claims) == len(either(graph, utterance, DG.polarity)), utterance
        stances = list(graph.subjects(DG.expressedIn, utterance))
        assert claims or stances or list(graph.objects(utterance, DG.reports)), utterance


def test_hearsay_is_marked_at_both_ends(graph: rdflib.Graph) -> None:
    heard = of_kind(graph, DG.ReportedUtterance)
    assert set(graph.objects(None, DG.reports)) == heard
    assert not heard & of_kind(graph, DG.Utterance)
    for at_hand, passed_on in TOLD.items():
        assert not heard & set(graph.subjects(at_hand)), at_hand
        assert set(graph.subjects(passed_on)) <= heard, passed_on


def test_what_opponents_report_of_the_government_is_hostile_hearsay(graph: rdflib.Graph) -> None:
    said = statements(graph, DG.speaker, EX.government)
    assert said
    assert said <= of_kind(graph, DG.ReportedUtterance)
    for utterance in said:
        (relay,) = graph.subjects(DG.reports, utterance)
        assert graph.value(relay, DG.speaker) in {EX["macklin-doherty"], EX["koshh-spokeswoman"]}
    assert not list(graph.subjects(DG.stanceHolder, EX.government))


def test_every_stance_rests_on_the_holders_own_words(graph: rdflib.Graph) -> None:
    for stance in of_kind(graph, DG.Stance):
        holder = graph.value(stance, DG.stanceHolder)
        shown_in = set(graph.objects(stance, DG.expressedIn))
        assert shown_in, stance
        for utterance in shown_in:
            assert holder in voices(graph, utterance), stance
            assert not list(graph.subjects(DG.reports, utterance)), stance


def test_contradictions_are_consistent(graph: rdflib.Graph) -> None:
    pairs = list(graph.subject_objects(DG.contradicts))
    assert pairs
    assert len({frozenset(pair) for pair in pairs}) == len(pairs), "state each pair once"
    for one, other in pairs:
        assert one != other
        assert content(graph, one) != content(graph, other), "claims that contradict differ in what they say"
        sides = [set(chain.from_iterable(voices(graph, u) for u in affirming(graph, claim))) for claim in (one, other)]
        assert all(sides), "somebody affirms either side"
        assert not sides[0] & sides[1], f"one voice affirms both {one} and {other}"


def content(graph: rdflib.Graph, claim: URIRef) -> set[tuple[URIRef, rdflib.term.Node]]:
    roles = {
        *(DG.claimedSubject, DG.claimedAgent, DG.claimedAction, DG.claimedTarget, DG.claimedContent, DG.claimedPurpose),
        *(DG.claimedCondition, DG.claimedTime, DG.claimedQuantity, DG.modality, DG.evaluation, DG.negated),
    }
    return {(role, value) for role, value in graph.predicate_objects(claim) if role in roles}


def test_each_contradiction_says_who_judged_and_why(graph: rdflib.Graph) -> None:
    judged = [
        (graph.value(relation, DG.relationFrom), graph.value(relation, DG.relationTo))
        for relation in graph.subjects(DG.relationType, DG.contradiction)
        if graph.value(relation, SKOS.note)
    ]
    assert sorted(judged) == sorted(graph.subject_objects(DG.contradicts))
    related = {kind: set(graph.subjects(DG.relationType, kind)) for kind in (DG.contradiction, DG.entailment)}
    assert set.union(*related.values()) == of_kind(graph, DG.ClaimRelation)


def test_an_argument_is_made_by_one_voice_who_affirms_both_claims(graph: rdflib.Graph) -> None:
    for argument in of_kind(graph, DG.Argument):
        made_in, seen_by = graph.value(argument, DG.madeIn), graph.value(argument, DG.codedBy)
        assert (made_in is None) != (seen_by is None), argument
        premise, conclusion = graph.value(argument, DG.premise), graph.value(argument, DG.conclusion)
        assert (premise, DG.contradicts, conclusion) not in graph
        if made_in is not None:
            assert made_in in affirming(graph, premise), argument
            assert voices(graph, made_in) <= set(
                chain.from_iterable(voices(graph, one) for one in affirming(graph, conclusion))
            ), argument
    assert not list(graph.subject_objects(DG.supportsClaim))


def test_what_only_a_claim_introduces_has_no_evidence_of_its_own(graph: rdflib.Graph) -> None:
    introduced = set(graph.subjects(DG.introducedBy))
    assert {EX.compromise, EX["acas-agreement"]} <= introduced
    assert introduced == of_kind(graph, DG.ClaimedThing)
    claimed = {DG.introducedBy, SKOS.prefLabel, RDF.type, DG.claimedKind, DG.claimedStatus}
    for node in introduced:
        assert list(graph.objects(node, RDF.type)) == [DG.ClaimedThing], node
        asserted = set(graph.predicates(node)) - claimed
        assert all(str(predicate).startswith(DG.claimed) for predicate in asserted), node


def test_the_contracts_are_arrangements_with_a_status(graph: rdflib.Graph) -> None:
    became = {
        contract: [graph.value(status, DG.statusValue) for status in graph.objects(contract, DG.hasStatus)]
        for contract in of_kind(graph, DG.Arrangement)
    }
    assert became == {EX["current-contract"]: [DG.inForce], EX["new-contract"]: [DG.proposed]}
    for status in of_kind(graph, DG.Status):
        assert list(graph.objects(status, DG.evidence)), status
        assert list(graph.objects(status, DG.attestedOn)), status


def test_who_belongs_to_the_junior_doctors_is_attested(graph: rdflib.Graph) -> None:
    attested = {
        graph.value(one, DG.affiliate) for one in of_kind(graph, DG.Affiliation) if graph.value(one, DG.evidence)
    }
    assert attested == set(graph.subjects(DG.memberOf, EX["junior-doctors"])) == {EX.sivakumaran, EX["macklin-doherty"]}


def test_pictures_give_nobody_a_voice(graph: rdflib.Graph) -> None:
    pictured = EX["konp-sutton"]
    assert (pictured, RDF.type, DG.Organization) in graph
    for role in (*TOLD, *TOLD.values(), DG.stanceHolder, DG.claimedSubject, DG.claimedAgent, DG.claimedTarget):
        assert not list(graph.subjects(role, pictured))


# ---- what is asserted


def test_premium_time_stands_as_days_and_hours(graph: rdflib.Graph) -> None:
    def windows(contract: URIRef) -> set[tuple[int, str, str]]:
        return {
            (
                len(list(graph.objects(provision, DG.onDay))),
                str(graph.value(provision, DG.fromTime)),
                str(graph.value(provision, DG.toTime)),
            )
            for provision in graph.objects(contract, DG.hasProvision)
        }

    assert windows(EX["current-contract"]) == {(5, "19:00:00", "07:00:00"), (2, "None", "None")}
    assert windows(EX["new-contract"]) == {(6, "22:00:00", "07:00:00")}
    assert (EX["prov-new"], DG.onDay, SCHEMA.Saturday) in graph
    assert (EX["prov-new"], DG.onDay, SCHEMA.Sunday) not in graph


def test_events_and_posts_have_evidence(graph: rdflib.Graph) -> None:
    for node in of_kind(graph, DG.Event, DG.IndustrialAction, DG.Negotiation, ORG.Membership):
        assert list(graph.objects(node, DG.evidence)), node
    for membership in of_kind(graph, ORG.Membership):
        assert list(graph.objects(membership, DG.attestedOn)), membership


def test_people_are_described_by_work_alone(graph: rdflib.Graph) -> None:
    allowed = {RDF.type, SKOS.prefLabel, SKOS.altLabel, SCHEMA.sameAs, DG.worksAt, DG.memberOf, DG.evidence}
    for person in of_kind(graph, DG.Person):
        assert set(graph.predicates(person)) <= allowed, person
    private = of_kind(graph, DG.Person) - {EX.hunt}
    assert not [p for p in private if (p, SCHEMA.sameAs, None) in graph]


def test_unnamed_sources_stay_unnamed(graph: rdflib.Graph) -> None:
    for source in of_kind(graph, DG.UnnamedSource):
        assert list(graph.objects(source, DG.sourceDescription)), source
        assert not list(graph.objects(source, SCHEMA.sameAs)), source
        assert not list(graph.objects(source, rdflib.OWL.sameAs)), source
