"""File names from IRIs: nothing leads out of the folder, and no two are one on any file system."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.site.site_addresses import SiteAddresses

BASE = "https://example.org/d/"
NAMES = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="aAbB./-_%\\ ~", max_size=8),
    st.sampled_from(
        [
            "../x",
            "..",
            ".",
            "",
            "con",
            "NUL",
            "a/nul",
            "index",
            "Index",
            "404",
            "other/x",
            "a" * 300,
            "ä",
            "a/b/c/d/e/f",
        ]
    ),
)


def addresses(*iris: str) -> SiteAddresses:
    return SiteAddresses(iris, base=BASE, taken=("index", "404", "data"), utterances={}, elsewhere={})


@given(st.lists(NAMES, max_size=12))
def test_names_are_safe_and_apart(names: list[str]) -> None:
    iris = {BASE + name for name in names}
    found = addresses(*iris)
    files = [found.page(iri) for iri in iris]
    for file in files:
        assert file is not None
        assert re.fullmatch(r"(?:[A-Za-z0-9_-]{1,80}/){0,3}[A-Za-z0-9_-]{1,80}\.html", file), file
        assert len(file) <= 170
        assert not re.search(r"(?i)(^|/)(con|prn|aux|nul|com\d|lpt\d)\.html$", file)
    folded = {str(file).casefold() for file in files}
    assert len(folded) == len(iris)
    assert not folded & {"index.html", "404.html", "data.html"}


@pytest.mark.parametrize(
    ("iri", "file"),
    [(f"{BASE}hunt", "hunt.html"), (f"{BASE}actor/hunt", "actor/hunt.html"), (f"{BASE}BMA", "BMA.html")],
)
def test_a_plain_name_stays_as_it_is(iri: str, file: str) -> None:
    assert addresses(iri).page(iri) == file


@pytest.mark.parametrize("iri", ["https://elsewhere.org/hunt", f"{BASE}../../etc/passwd", f"{BASE}Index", "urn:x:hunt"])
def test_other_names_are_readable_with_a_digest(iri: str) -> None:
    assert re.fullmatch(r"other/[a-z-]+-[0-9a-f]{12}\.html", str(addresses(iri).page(iri)))


def test_names_that_differ_in_case_alone_are_told_apart() -> None:
    found = addresses(f"{BASE}bma", f"{BASE}BMA")
    assert found.page(f"{BASE}BMA") == "BMA.html"
    assert re.fullmatch(r"other/bma-[0-9a-f]{12}\.html", str(found.page(f"{BASE}bma")))


def test_utterances_have_places_of_their_own() -> None:
    said = {f"{BASE}u/1": f"{BASE}c", f"{BASE}v/1": f"{BASE}c", f"{BASE}w<1": f"{BASE}c"}
    found = SiteAddresses([f"{BASE}c"], base=BASE, taken=(), utterances=said, elsewhere={})
    places = [found.place(iri, f"{BASE}c") for iri in said]
    assert len(set(places)) == 3
    assert all(re.fullmatch(r"said-[A-Za-z0-9_-]+", str(place)) for place in places)
    assert [found.page(iri) for iri in said] == [f"c.html#{place}" for place in places]
    assert found.place(f"{BASE}u/1", f"{BASE}other") is None
