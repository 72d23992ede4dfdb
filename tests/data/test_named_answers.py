"""Named queries answer on the whole dispute what a person found by reading the documents.

The rows in ``answers/`` were compared by hand with the words that they rest on.
``python -m tests.data.test_named_answers``
writes them anew; whoever does so reads again what changed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

import disputegraph
from tests.data.coded_dispute import ROOT

FOLDER = Path(__file__).parent / "answers"
ASKED = {
    "hunt-vetoed-compromise": ("claim-sources", {"claim": "Hunt vetoed compromise"}),
    "hunt-vetoed-compromise-witnesses": ("independent-sources", {"claim": "Hunt vetoed compromise"}),
    "bma-broke-acas-agreement": ("claim-sources", {"claim": "BMA broke ACAS agreement"}),
    "bma-broke-acas-agreement-places": ("evidence", {"claim": "BMA broke ACAS agreement"}),
    "hunt-within-his-powers": ("claim-sources", {"claim": "Hunt acted within his powers"}),
    "strikes-end-if-imposition-ends": ("claim-sources", {"claim": "Strikes end if imposition ends"}),
    "may-deal-is-good": ("claim-sources", {"claim": "The May deal is good for doctors"}),
    "talks-made-progress": ("claim-sources", {"claim": "The talks made progress"}),
    "acas": ("statements", {"actor": "ACAS"}),
    "justice-for-health": ("statements", {"actor": "Justice for Health"}),
    "chair-on-the-day-of-the-referendum": ("posts", {"date": "2016-07-05"}),
    "arrangements": ("arrangements", {}),
    "only-claimed": ("only-claimed", {}),
    "contract-terms": ("contract-terms", {}),
    "claims-about-claims": ("claims-about-claims", {}),
}


@pytest.fixture(scope="module")
def dispute() -> Iterator[disputegraph.Dispute]:
    with disputegraph.open_data(ROOT / "data" / "junior-doctors") as opened:
        yield opened


def answered(dispute: disputegraph.Dispute, name: str) -> str:
    query, parameters = ASKED[name]
    rows = dispute.select(query, **parameters)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    writer.writerows(["" if value is None else str(value) for value in row.values()] for row in rows)
    return table.getvalue()


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_is_what_was_read(dispute: disputegraph.Dispute, name: str) -> None:
    assert answered(dispute, name) == (FOLDER / f"{name}.csv").read_text(encoding="utf-8")


def test_no_file_is_left_over() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(ASKED)


if __name__ == "__main__":
    with disputegraph.open_data(ROOT / "data" / "junior-doctors") as whole:
        for one in ASKED:
            (FOLDER / f"{one}.csv").write_text(answered(whole, one), encoding="utf-8")
