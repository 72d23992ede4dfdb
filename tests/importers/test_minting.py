"""IRIs from content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from disputegraph.errors import UsageError
from disputegraph.importers.minting import Minter, slug

MINTER = Minter("https://example.org/d/")


@given(st.text(max_size=60))
def test_any_name_gives_an_iri(name: str) -> None:
    NamedNode(MINTER.named("actor", name))
    assert MINTER.named("actor", name) == MINTER.named("actor", f"  {name}\n")
    assert MINTER.named("actor", name) == MINTER.named("actor", name.casefold())


def test_like_sounding_names_stay_apart() -> None:
    assert slug("Müller") == slug("Muller")
    assert MINTER.named("actor", "Müller") != MINTER.named("actor", "Muller")
    assert MINTER.named("actor", "the  BMA") == MINTER.named("actor", "The BMA")


@pytest.mark.parametrize("base", ["example.org/", "https://example.org", "https://exa mple/", ""])
def test_bad_base(base: str) -> None:
    with pytest.raises(UsageError):
        Minter(base)


def test_identifiers() -> None:
    assert MINTER.given("u-1") == "https://example.org/d/u-1"
    assert MINTER.given("urn:x:1") == "urn:x:1"
    assert MINTER.given(MINTER.short("https://example.org/d/u-1")) == "https://example.org/d/u-1"
    assert MINTER.short("https://elsewhere.org/u-1") == "https://elsewhere.org/u-1"
    with pytest.raises(ValueError, match="IRI"):
        MINTER.given("a b")
