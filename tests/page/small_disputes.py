"""Small disputes made of a few statements, for tests of the views."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from disputegraph.store import EmbeddedStore
from disputegraph.vocabulary import PREFIXES

Statement = tuple[str, str, str, str]
"""A voice, a claim, a tone and a side."""


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


def store_of(said: list[Statement], claims: dict[str, dict[str, Any]]) -> EmbeddedStore:
    """Return a store of the dispute that `dispute` returns as data of a page."""
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()] + ["@prefix : <https://e.example/> ."]
    lines += [f":{name} a dg:Person ." for name in "abcd"]
    for key, claim in claims.items():
        contrary = "".join(f" ; dg:contradicts :{other}" for other in claim.get("contradicts", ()))
        lines.append(f":{key} a dg:Claim{contrary} .")
    for number, (voice, claim, _, side) in enumerate(said):
        role = f"dg:speaker :{voice} ; dg:addressesClaim :{claim} ; dg:polarity dg:{side}"
        lines.append(f":u{number} a dg:Utterance ; {role} .")
    store = EmbeddedStore()
    store.engine.load("\n".join(lines).encode(), RdfFormat.TURTLE)
    return store
