"""ClaimReview out and in again: what was imported is exported so that it is imported as the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.importers import export_claimreview, import_claimreview
from disputegraph.store import EmbeddedStore
from tests.importers.test_claimreview import BASE, OTHER, RATING, review

PEOPLE = [
    {"@type": "Person", "name": "Ann"},
    {"@type": "Organization", "name": "Ben & Co", "sameAs": "https://ben.example/"},
]
ITEM: dict[str, Any] = {"@type": "Claim"}

RATINGS = [
    RATING,
    {"ratingValue": 4, "bestRating": 5, "worstRating": 1},
    {"alternateName": "Mostly False"},
    {"alternateName": "Half True"},
    {"alternateName": "vier Märchen"},
    {"ratingValue": -1, "bestRating": -1, "worstRating": -1, "alternateName": "Fake"},
    {"ratingValue": 9, "bestRating": 10, "worstRating": 0, "alternateName": "True"},
    {"ratingValue": 5, "alternateName": "False"},
    {},
]


def taken_in(content: Any, folder: Path) -> EmbeddedStore:
    path = folder / "reviews.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    store = EmbeddedStore()
    store.engine.extend(import_claimreview([path], base=BASE).triples.quads())
    return store


@pytest.mark.parametrize("rating", RATINGS, ids=str)
def test_a_review_comes_back_with_its_side(tmp_path: Path, rating: dict[str, Any]) -> None:
    given = [review(reviewRating=rating and {"@type": "Rating", **rating}), OTHER]
    store = taken_in(given, tmp_path)
    done = export_claimreview(store)
    assert done.reviews == 2
    again = taken_in(done.document, tmp_path)
    ask = "SELECT ?c ?s ?who ?day { ?u dg:addressesClaim ?c ; dg:polarity ?s ; dg:speaker ?who ; dg:saidOn ?day }"
    assert {tuple(row) for row in again.select(ask)} == {tuple(row) for row in store.select(ask)} != set()


@pytest.mark.parametrize(
    "given",
    [
        [review(), OTHER],
        [review(inLanguage="de", name="Ist der Mond ein Käse?")],
        [review(itemReviewed=ITEM | {"author": PEOPLE})],
        [review(itemReviewed=ITEM), review(url="https://other.example/1", author={"@type": "Person", "name": "Cara"})],
        [review(claimReviewed="word " * 60)],
        [review(author=None), OTHER],
    ],
    ids=["two", "German", "two claimants", "two checkers", "a long claim", "nobody"],
)
def test_what_was_imported_comes_back_triple_by_triple(tmp_path: Path, given: list[dict[str, Any]]) -> None:
    store = taken_in([{key: value for key, value in one.items() if value} for one in given], tmp_path)
    again = taken_in(export_claimreview(store).document, tmp_path)
    assert set(again.quads()) == set(store.quads())


HAND_MADE = """
@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix ex: <http://example.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> .
ex:desk a dg:NewsOrganization ; skos:prefLabel "Desk" . ex:ann a dg:Person ; skos:prefLabel "Ann" .
ex:tip a dg:UnnamedSource ; skos:prefLabel "a source" .
ex:page a dg:Document ; skos:prefLabel "Check" ; dcterms:publisher ex:desk ; dcterms:issued "2024-05-03"^^xsd:date ;
  schema:url <https://desk.example/1> .
ex:c a dg:Claim ; skos:prefLabel "The port loses money"@en .
ex:u1 a dg:Utterance ; dg:speaker ex:ann ; dg:addressesClaim ex:c ; dg:polarity dg:affirms ;
  dg:saidOn "2024-05-01"^^xsd:date .
ex:u2 a dg:Utterance ; dg:speaker ex:tip ; dg:addressesClaim ex:c ; dg:polarity dg:affirms .
ex:v a dg:Utterance ; dg:speaker ex:desk ; dg:addressesClaim ex:c ; dg:polarity dg:denies ; dg:speechAct dg:evaluating ;
  dg:documentedIn ex:page .
ex:old a dg:Utterance ; dg:speaker ex:desk ; dg:addressesClaim ex:c ; dg:polarity dg:affirms ;
  dg:speechAct dg:evaluating ; dg:documentedIn ex:page .
ex:v dg:supersedes ex:old .
ex:vote a dg:Utterance ; dg:speaker ex:ann ; dg:addressesClaim ex:c ; dg:polarity dg:affirms ;
  dg:speechAct dg:evaluating .
"""


def test_a_verdict_coded_by_hand_and_a_vote_that_is_no_review(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text(HAND_MADE, encoding="utf-8")
    done = CliRunner().invoke(
        main, ["export", "claimreview", "-d", str(tmp_path / "d.ttl"), "-o", str(tmp_path / "r.json")]
    )
    assert done.exit_code == 0, done.output
    assert "1 verdicts are withdrawn" in done.stderr
    (found,) = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["@graph"]
    assert found == {
        "@type": "ClaimReview",
        "url": "https://desk.example/1",
        "name": "Check",
        "datePublished": "2024-05-03",
        "inLanguage": "en",
        "author": {"@type": "Organization", "name": "Desk"},
        "claimReviewed": "The port loses money",
        "reviewRating": {
            "@type": "Rating", "ratingValue": "1", "worstRating": "1", "bestRating": "5", "alternateName": "False",
        },
        "itemReviewed": {
            "@type": "Claim", "author": {"@type": "Person", "name": "Ann"}, "datePublished": "2024-05-01",
        },
    }  # fmt: skip


def test_who_is_called_a_checker_is_one_and_nothing_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text(HAND_MADE, encoding="utf-8")
    command = ["export", "claimreview", "-d", str(tmp_path / "d.ttl"), "--checker"]
    done = CliRunner().invoke(main, [*command, "Ann"])
    assert len(json.loads(done.stdout)["@graph"]) == 2
    nothing = CliRunner().invoke(main, ["export", "claimreview", "-o", str(tmp_path / "none.json")])
    assert nothing.exit_code == 2
    assert "holds no review of a claim; name a fact-checker with --checker" in nothing.stderr
    assert not (tmp_path / "none.json").exists()
