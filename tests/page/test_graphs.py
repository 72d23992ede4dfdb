"""Edges bundle what they should, and each lists its utterances; checked against a plain count."""

from __future__ import annotations

from collections import Counter
from typing import Any

from disputegraph.page.camps import camps_view
from disputegraph.page.graphs import LIMIT, about_whom, claims_view, whom_view
from hypothesis import given, settings
from hypothesis import strategies as st


def dispute(said: list[tuple[str, str, str, str]], claims: dict[str, dict[str, Any]]) -> dict[str, Any]:
    actors = {voice for voice, *_ in said} | {one for claim in claims.values() for one in claim.get("agents", ())}
    return {
        "things": [{"id": key, "label": key, "kind": "Person", "actor": True} for key in sorted(actors)],
        "claims": [{"id": key, "label": key, **claim} for key, claim in claims.items()],
        "utterances": [
            {"id": f"u{n}", "speaker": voice, "voice": voice, "claims": [claim], "tone": tone, "polarity": side}
            for n, (voice, claim, tone, side) in enumerate(said)
        ],
    }


SAID = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(["c1", "c2", "c3"]),
        st.sampled_from(["critical", "supportive", "neutral"]),
        st.sampled_from(["affirms", "denies", "neutral"]),
    ),
    max_size=25,
)
CLAIMS: dict[str, dict[str, Any]] = {
    "c1": {"agents": ["a"]},
    "c2": {"agents": ["b", "c"], "contradicts": ["c1"]},
    "c3": {"targets": ["d"]},
}


@settings(max_examples=40, deadline=None)
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


@settings(max_examples=40, deadline=None)
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


@settings(max_examples=40, deadline=None)
@given(SAID)
def test_camps_pair_voices_by_brute_force(said: list[tuple[str, str, str, str]]) -> None:
    data = dispute(said, CLAIMS)
    takes = {(voice, claim, side) for voice, claim, _, side in said if side != "neutral"}
    voices = sorted({voice for voice, *_ in takes})
    wanted = {}
    for place, a in enumerate(voices):
        for b in voices[place + 1 :]:
            agree = {(c, s) for v, c, s in takes if v == a and (b, c, s) in takes}
            other = {"affirms": "denies", "denies": "affirms"}
            conflict = {(c, s) for v, c, s in takes if v == a and (b, c, other[s]) in takes}
            rivals = [
                (p, q) for p, q in (("c1", "c2"), ("c2", "c1"))
                if (a, p, "affirms") in takes and (b, q, "affirms") in takes
            ]  # fmt: skip
            if agree or conflict or rivals:
                wanted[a, b] = (len(agree), len(conflict) + len(rivals))
    found = {
        (e["from"], e["to"]): (len(e["rests"].get("agree", ())), len(e["rests"].get("conflict", ())))
        for e in camps_view(data)["edges"]
    }
    assert found == wanted


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
        assert view["shown"] < LIMIT < view["total"]
        assert len(view["nodes"]) == view["shown"]
        assert "loud" in {node["id"] for node in view["nodes"]}


def test_pyvis_holds_what_is_drawn(bundled_data: dict[str, Any]) -> None:
    from pyvis.network import Network

    view = bundled_data["views"]["claims"]
    network = Network(directed=True)
    for node in view["nodes"]:
        network.add_node(node["id"], **{name: value for name, value in node.items() if name != "id"})
    for edge in view["edges"]:
        network.add_edge(edge["from"], edge["to"], **{k: v for k, v in edge.items() if k not in ("from", "to")})
    assert network.nodes == view["nodes"]
    assert network.edges == view["edges"]


def test_camps_of_the_bundled_dispute(bundled_data: dict[str, Any]) -> None:
    nodes = {node["id"]: node for node in bundled_data["views"]["camps"]["nodes"]}
    assert nodes["hunt"]["camp"] == nodes["government"]["camp"]
    assert nodes["sivakumaran"]["camp"] == nodes["macklin-doherty"]["camp"] != nodes["hunt"]["camp"]
    assert 0 <= nodes["hunt"]["sure"] <= 1
    assert bundled_data["views"]["camps"]["analysis"]["proven"] is True
