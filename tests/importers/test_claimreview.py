"""ClaimReview: every shape of file, ratings become verdicts, and nothing is fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.checks import check_integrity
from disputegraph.cli import main
from disputegraph.errors import DataError, LimitError
from disputegraph.importers.claimreview import import_claimreview
from disputegraph.store.store_opening import open_store

BASE = "https://example.org/reviews/"


RATING = {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"}


def review(**other: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://check.example/moon",
        "datePublished": "2020-03-04T10:00:00Z",
        "author": {"@type": "Organization", "name": "Check Desk", "url": "https://check.example/"},
        "claimReviewed": "The moon is\n  a cheese",
        "reviewRating": RATING,
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Luna Fan"},
            "datePublished": "2020-03-01",
            "appearance": {"@type": "SocialMediaPosting", "url": "https://posts.example/1"},
        },
    } | other  # fmt: skip


def read(tmp_path: Path, content: Any, **options: Any) -> dict[str, dict[str, list[str]]]:
    path = tmp_path / "reviews.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    done = import_claimreview([path], base=BASE, **options)
    found: dict[str, dict[str, list[str]]] = {}
    for quad in done.triples.quads():
        name = str(quad.predicate.value).rpartition("#")[2].rpartition("/")[2]
        value = str(quad.object.value).removeprefix("https://w3id.org/disputegraph/ns#")  # type: ignore[union-attr]
        found.setdefault(str(quad.subject.value), {}).setdefault(name, []).append(value)  # type: ignore[union-attr]
    return found


def only(graph: dict[str, dict[str, list[str]]], **wanted: str) -> dict[str, list[str]]:
    (node,) = [node for node in graph.values() if all(value in node.get(key, ()) for key, value in wanted.items())]
    return node


def test_a_review_gives_a_claim_and_two_utterances(tmp_path: Path) -> None:
    graph = read(tmp_path, review())
    verdict, said = only(graph, speechAct="evaluating"), only(graph, reportedPolarity="affirms")
    claim = graph[verdict["addressesClaim"][0]]
    assert verdict["addressesClaim"] == said["reportedClaim"]
    assert (claim["paraphrase"], verdict["polarity"]) == (["The moon is a cheese"], ["denies"])
    checker, claimant = graph[verdict["speaker"][0]], graph[said["reportedSpeaker"][0]]
    assert (checker["type"], checker["prefLabel"], checker["sameAs"]) == (
        ["Organization"],
        ["Check Desk"],
        ["https://check.example/"],
    )
    assert (claimant["type"], claimant["prefLabel"]) == (["Person"], ["Luna Fan"])
    assert (verdict["saidOn"], said["reportedSaidOn"]) == (["2020-03-04"], ["2020-03-01"])
    assert graph[verdict["documentedIn"][0]]["url"] == ["https://check.example/moon"]
    assert graph[said["documentedIn"][0]]["url"] == ["https://posts.example/1"]
    assert sorted(graph[node]["codedValue"][0] for node in verdict["hasCodedValue"]) == ["1", "False"]


FEED = {"@context": {"@vocab": "http://schema.org/"}, "@type": "DataFeed"}
OTHER = review(url="https://check.example/sun", claimReviewed="The sun is cold")


@pytest.mark.parametrize(
    "content",
    [
        [review(), OTHER],
        {"@context": "http://schema.org/", "@graph": [{**review(), "@context": "https://schema.org"}, OTHER]},
        FEED | {"dataFeedElement": [review(), {"@type": "DataFeedItem", "item": OTHER}]},
        json.dumps(review()) + "\n" + json.dumps(OTHER) + "\n",
        [{key: value for key, value in one.items() if key != "@context"} for one in (review(), OTHER)],
        [{**review(), "@type": ["http://schema.org/ClaimReview", "Review"]}, OTHER],
        [review(**{"@id": "_:b0"}), OTHER | {"@id": "_:b1"}],
    ],
    ids=["list", "graph", "feed", "lines", "no context", "full names", "labelled"],
)  # fmt: skip
def test_shapes_of_files(tmp_path: Path, content: Any) -> None:
    graph = read(tmp_path, content)
    claims = sorted(node["paraphrase"][0] for node in graph.values() if "paraphrase" in node)
    assert claims == ["The moon is a cheese", "The sun is cold"]
    assert sum("evaluating" in node.get("speechAct", ()) for node in graph.values()) == 2


def test_files_are_read_together_and_their_blank_nodes_stay_apart(tmp_path: Path) -> None:
    for name, url, person in (("a", "https://x.example/1", "Ann"), ("b", "https://x.example/2", "Ben")):
        item = {"@type": "Claim", "@id": "_:b7", "author": {"@id": "_:b8", "@type": "Person", "name": person}}
        (tmp_path / f"{name}.json").write_text(json.dumps(review(url=url, itemReviewed=item)), encoding="utf-8")
    done = import_claimreview([tmp_path / "a.json", tmp_path / "b.json"], base=BASE)
    assert dict(done.counts) == {"reviews": 2, "claims": 1, "utterances": 4}


@pytest.mark.parametrize(
    ("rating", "side"),
    [
        ({"ratingValue": "5", "bestRating": "5", "worstRating": "1"}, "affirms"),
        ({"ratingValue": 3}, "neutral"),
        ({"ratingValue": 2}, "denies"),
        ({"ratingValue": 9, "bestRating": 10, "worstRating": 0}, "affirms"),
        ({"ratingValue": -1, "bestRating": -1, "worstRating": -1, "alternateName": "Fake"}, "denies"),
        ({"alternateName": "Mostly False"}, "denies"),
        ({"alternateName": "Half True"}, "neutral"),
        ({"alternateName": "Correct"}, "affirms"),
        ({"alternateName": "Three Pinocchios"}, "neutral"),
        ({"ratingValue": "none"}, "neutral"),
        ({}, "neutral"),
    ],
)
def test_ratings(tmp_path: Path, rating: dict[str, Any], side: str) -> None:
    graph = read(tmp_path, review(reviewRating={"@type": "Rating", **rating}))
    assert only(graph, speechAct="evaluating")["polarity"] == [side]


def test_thin_reviews(tmp_path: Path) -> None:
    thin = {"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "X", "inLanguage": "en"}
    graph = read(tmp_path, thin)
    checker = graph[only(graph, speechAct="evaluating")["speaker"][0]]
    assert checker["type"] == ["UnnamedSource"]
    path = tmp_path / "mute.json"
    path.write_text(json.dumps([thin, {"@type": "ClaimReview", "claimReviewed": " "}]), encoding="utf-8")
    told = [warning.message for warning in import_claimreview([path]).warnings]
    assert [message.partition(" ")[0] for message in told] == ["1", "2"]
    assert "reviews do not say" in told[0]
    assert "reviews have no rating" in told[1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not JSON"),
        ('{"a": 1}\n{"b": \n', r"reviews\.json:2.*one JSON value a line"),
        ("[]", "no ClaimReview"),
        ('{"@type": "Article"}', "no ClaimReview"),
        (json.dumps(review(**{"@context": "https://evil.example/context"})), "nothing is fetched"),
        (json.dumps(review(**{"@context": {"@import": "https://evil.example/"}})), "nothing is fetched"),
    ],
)
def test_bad_files(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(tmp_path, content)


def test_deep_nesting_is_a_limit(tmp_path: Path) -> None:
    with pytest.raises((LimitError, DataError)):
        read(tmp_path, '{"a":' * 100_000 + "1" + "}" * 100_000)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        import_claimreview([tmp_path / "none.json"])


def test_through_the_command_and_the_checks(tmp_path: Path) -> None:
    path, out = tmp_path / "reviews.json", tmp_path / "o.ttl"
    titled = review(name="One title"), review(name="Another title", claimReviewed="Stars are holes", author="A desk")
    path.write_text(json.dumps(titled), encoding="utf-8")
    run = CliRunner().invoke(main, ["import", "claimreview", str(path), "-o", str(out)])
    assert run.exit_code == 0, run.output
    assert "2 reviews, 2 claims, 4 utterances" in run.stderr
    assert list(check_integrity(open_store([out]))) == []
