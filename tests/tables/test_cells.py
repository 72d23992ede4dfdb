"""Cells: lists, and texts that a spreadsheet would run."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.tables.cells import from_cell, join_list, split_list, to_cell

AWKWARD = st.text(alphabet=st.sampled_from(list("a;\\'=+-@1 \t")), max_size=12)


@given(AWKWARD | st.text(max_size=20))
def test_reading_undoes_writing(text: str) -> None:
    text = text.strip()
    assert from_cell(to_cell(text)) == text


@given(AWKWARD | st.text(max_size=20))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = to_cell(text)
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r") or re.fullmatch(r"[+-]\d+(\.\d+)?", cell)


@given(st.lists(AWKWARD.map(str.strip).filter(bool), max_size=4))
def test_lists_come_back(parts: list[str]) -> None:
    assert split_list(join_list(parts)) == parts


@pytest.mark.parametrize(
    ("cell", "parts"),
    [("a; b ;", ["a", "b"]), (r"a\; b; c", ["a; b", "c"]), (r"C:\x", [r"C:\x"]), ("", []), (" ; ", [])],
)
def test_lists(cell: str, parts: list[str]) -> None:
    assert split_list(cell) == parts
