"""Small disputes made of a few statements, for tests of the views."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from disputegraph.model import statements
from disputegraph.networks import Weights, weigh
from disputegraph.store import EmbeddedStore
from disputegraph.vocabulary import DG


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


def signed(data: dict[str, Any]) -> Weights:
    """Return the signed network of a dispute that is given as page data."""
    store = EmbeddedStore()
    for one in data["utterances"]:
        node = NamedNode(iri(one["id"]))
        store.engine.add(Quad(node, DG.speaker, NamedNode(iri(one["voice"]))))
        store.engine.add(Quad(node, DG.polarity, DG.term(one["polarity"])))
        store.engine.extend(Quad(node, DG.addressesClaim, NamedNode(iri(claim))) for claim in one["claims"])
    for claim in data["claims"]:
        for other in claim.get("contradicts", ()):
            store.engine.add(Quad(NamedNode(iri(claim["id"])), DG.contradicts, NamedNode(iri(other))))
    return weigh(statements(store), "signed")


def iri(name: str) -> str:
    return "urn:small:" + name.replace(" ", "%20")


def short(iri: str) -> str:
    return iri.removeprefix("urn:small:").replace("%20", " ")
