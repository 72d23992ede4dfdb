"""The README of the whole dispute counts what the second reading changed, as the list of its changes has it."""

from __future__ import annotations

import collections
import csv
import re

from tests.data.coded_dispute import ROOT

PROJECT = ROOT / "data" / "junior-doctors"
WORDS = {"removed six": ("removed", 6), "added 24": ("added", 24)}


def test_the_readme_counts_the_changes_of_the_list() -> None:
    with (PROJECT / "review.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["document"], row["statement"], row["changed"]) for row in rows}) == len(rows)
    assert all(row["why"] and (PROJECT / "codings" / f"{row['document']}.ttl").exists() for row in rows)
    kinds = collections.Counter(kind for row in rows for kind in row["changed"].split(", "))
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    told = {kind: int(count) for kind, count in re.findall(r"^  \| ([a-z ]+): .* \| (\d+) \|$", readme, re.MULTILINE)}
    for words, (kind, count) in WORDS.items():
        assert f"- {words}" in readme
        told[kind] = count
    assert told == kinds
    changed = sum(row["changed"] not in ("removed", "added") for row in rows)
    assert f"- changed {changed} statements" in readme
