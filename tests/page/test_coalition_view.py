"""Voices are paired as they agree and conflict, checked against brute force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given, settings

from disputegraph.model import Model, statements
from disputegraph.networks import weigh
from disputegraph.page import page_data
from disputegraph.page.coalition_view import coalitions_view
from disputegraph.page.page_records import collect
from disputegraph.store import open_store
from tests.page.small_disputes import CLAIMS, SAID, Statement, store_of


@settings(max_examples=40)
@given(SAID)
def test_it_pairs_voices_by_brute_force(said: list[Statement]) -> None:
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
    with store_of(said, CLAIMS) as store:
        model = Model.whole(store)
        data = collect(model)
        view = coalitions_view(data, weigh(statements(model), "signed"), lambda iri: iri.rpartition("/")[2])
    found = {
        (e["from"], e["to"]): (len(e["rests"].get("agree", ())), len(e["rests"].get("conflict", ())))
        for e in view["edges"]
    }
    assert found == wanted
    for edge in view["edges"]:
        voices_of = {data["utterances"][place]["voice"].rpartition("/")[2] for place in edge["utterances"]}
        assert voices_of == {edge["from"], edge["to"]}


def test_coalitions_of_the_bundled_dispute(bundled_data: dict[str, Any]) -> None:
    nodes = {node["id"]: node for node in bundled_data["views"]["coalitions"]["nodes"]}
    assert nodes["hunt"]["coalition"] == nodes["dh"]["coalition"]
    assert "government" not in nodes  # what it says, only its opponents tell
    assert nodes["sivakumaran"]["coalition"] == nodes["macklin-doherty"]["coalition"] != nodes["hunt"]["coalition"]
    assert 0 <= nodes["hunt"]["sure"] <= 1
    assert bundled_data["views"]["coalitions"]["analysis"]["proven"] is True


def test_the_page_takes_the_options_of_networks_and_says_so(tmp_path: Path) -> None:
    """Two who speak for one organisation are one voice and two speakers, and the page says what was chosen."""
    said = [
        ("ada", 1, "affirms", "union"),
        ("ben", 1, "affirms", "union"),
        ("cem", 1, "denies", ""),
        ("cem", 2, "affirms", ""),
        ("dora", 2, "affirms", ""),
        ("dora", 1, "denies", ""),
    ]
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> .", "<urn:union> a dg:Organization ."]
    for place, (who, claim, side, body) in enumerate(said):
        behalf = f" ; dg:onBehalfOf <urn:{body}>" if body else ""
        lines.append(f"<urn:u{place}> a dg:Utterance ; dg:speaker <urn:{who}> ; dg:polarity dg:{side}{behalf} .")
        lines.append(f"<urn:u{place}> dg:addressesClaim <urn:c{claim}> .")
    (tmp_path / "d.ttl").write_text("\n".join(lines), encoding="utf-8")
    with open_store([tmp_path / "d.ttl"]) as store:
        own = page_data(store)["views"]["coalitions"]
        told = page_data(store, between="speakers", duplicates="document", contradictions=False)["views"]["coalitions"]
    assert own["analysis"]["options"] == []
    assert len(own["nodes"]) == 3
    assert told["analysis"]["options"] == ["--between speakers", "--no-contradictions", "--duplicates document"]
    assert len(told["nodes"]) == 4
