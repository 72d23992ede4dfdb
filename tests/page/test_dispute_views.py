"""Edges bundle what they should, and each lists its utterances; checked against a plain count."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings

from disputegraph.page.dispute_views import about_whom, claims_view, whom_view
from tests.page.small_disputes import CLAIMS, SAID, dispute


@settings(max_examples=40)
@given(SAID)
def test_bundles_count_every_utterance_once(said: list[tuple[str, str, str, str]]) -> None:
    data = dispute(said, CLAIMS)
    actors = {thing["id"] for thing in data["things"]}
    claims = {claim["id"]: claim for claim in data["claims"]}
    wanted: Counter[tuple[str, str, str]] = Counter()
    for utterance in data["utterances"]:
        for actor in about_whom(utterance, claims, actors):
            wanted[utterance["voice"], actor, utterance["tone"]] += 1
    found = {(e["from"], e["to"], e["kind"]): len(e["utterances"]) for e in whom_view(data)["edges"]}
    assert found == dict(wanted)


@settings(max_examples=40)
@given(SAID)
def test_claims_are_affirmed_and_denied_as_said(said: list[tuple[str, str, str, str]]) -> None:
    data = dispute(said, CLAIMS)
    view = claims_view(data)
    wanted = Counter((voice, claim, side) for voice, claim, _, side in said)
    found = {(e["from"], e["to"], e["kind"]): len(e["utterances"]) for e in view["edges"] if e["utterances"]}
    assert found == dict(wanted)
    assert [e for e in view["edges"] if e["kind"] == "contradicts"]
    for edge in view["edges"]:
        for place in edge["utterances"]:
            assert data["utterances"][place]["voice"] == edge["from"]


def test_self_portrayal_speaks_of_others_first() -> None:
    claims = {"c": {"agents": ["a"], "targets": ["b"]}, "d": {"agents": ["a"]}, "e": {"targets": ["b", "x"]}}
    actors = {"a", "b"}
    assert about_whom({"voice": "a", "claims": ["c"]}, claims, actors) == ["b"]
    assert about_whom({"voice": "b", "claims": ["c"]}, claims, actors) == ["a"]
    assert about_whom({"voice": "a", "claims": ["d"]}, claims, actors) == ["a"]
    assert about_whom({"voice": "c", "claims": ["e"]}, claims, actors) == ["b"]
    assert about_whom({"voice": "c"}, claims, actors) == []


def test_a_big_dispute_opens_with_its_most_active_part() -> None:
    claims: dict[str, dict[str, Any]] = {f"c{n}": {"agents": [f"a{n % 400}"]} for n in range(800)}
    said = [(f"a{n % 390}", f"c{n % 800}", "critical", "affirms") for n in range(2000)]
    said += [("loud", f"c{n}", "critical", "denies") for n in range(300)]
    data = dispute(said, claims)
    for view in (whom_view(data), claims_view(data)):
        assert view["shown"] <= 60 < view["total"]
        assert len(view["nodes"]) == view["shown"]
        assert "loud" in {node["id"] for node in view["nodes"]}

    shown = {node["id"] for node in view["nodes"]}
    assert [edge for edge in view["edges"] if edge["from"] not in shown], "all edges are there, drawn or not"
    assert sum(len(edge["utterances"]) for edge in claims_view(data)["edges"]) == len(said)
