"""Voices are paired as they agree and conflict, checked against brute force."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from disputegraph.model import Model, statements
from disputegraph.networks import weigh
from disputegraph.page.coalition_view import coalitions_view
from disputegraph.page.page_records import collect
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
