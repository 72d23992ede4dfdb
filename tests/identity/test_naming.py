"""Forms of names."""

from __future__ import annotations

import pytest

from disputegraph.identity.naming import folded, initials, initials_first, is_acronym, short_of


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Mr. José Núñez", ("jose", "nunez")),
        ("The Royal College of Nursing", ("royal", "college", "nursing")),
        ("Smith & Sons Ltd", ("smith", "sons")),
        ("The The", ("the", "the")),
        ("O'Neil", ("oneil",)),
        ("", ()),
    ],
)
def test_folded(name: str, form: tuple[str, ...]) -> None:
    assert folded(name) == form


def test_initials_and_acronyms() -> None:
    assert initials("Royal College of Nursing") == "RCN"
    assert initials("Department for Education") == "DE"
    assert initials("Unison") == ""
    assert [name for name in ("RCN", "U.S.", "DfE", "Ann", "it", "R2D2", "ABCDEFGHI") if is_acronym(name)] == [
        "RCN",
        "U.S.",
        "DfE",
    ]


@pytest.mark.parametrize(
    ("one", "other", "short"),
    [
        ("Hunt", "Jeremy Hunt", True),
        ("J. Hunt", "Jeremy Hunt", True),
        ("Jeremy Hunt", "Hunt", True),
        ("K. Hunt", "Jeremy Hunt", False),
        ("Jeremy", "Jeremy Hunt", False),
        ("Jeremy Hunt", "Jeremy Hunt", False),
        ("Hunt J.", "Jeremy Hunt", True),
        ("Hunt, J. R.", "Jeremy Richard Hunt", True),
        ("Hunt K.", "Jeremy Hunt", False),
    ],
)
def test_short_names(one: str, other: str, short: bool) -> None:
    assert short_of(initials_first(folded(one)), initials_first(folded(other))) is short
