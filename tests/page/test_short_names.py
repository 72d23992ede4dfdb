"""Short identifiers are exact in both directions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from disputegraph.page.short_names import base_of, shortened

IRIS = st.one_of(
    st.from_regex(r"https?://[a-z]{1,5}\.example/([a-z:#/_]{0,12})", fullmatch=True),
    st.sampled_from(["_:b0", "urn:isbn:1", "https://a.example/#", "https://a.example/x#y", "x:y"]),
)


@given(st.lists(IRIS, min_size=1))
def test_short_and_back(iris: list[str]) -> None:
    base = base_of(iris)
    for iri in iris:
        short = shortened(iri, base)
        assert (short if ":" in short else base + short) == iri


def test_the_namespace_that_saves_most_wins() -> None:
    iris = [f"https://e.example/d/claim/{n}" for n in range(5)] + [f"https://e.example/d/actor/{n}" for n in range(5)]
    assert base_of(iris) == "https://e.example/d/"
    assert base_of([]) == ""
    assert shortened("https://e.example/d/claim/1", "https://e.example/d/") == "claim/1"
