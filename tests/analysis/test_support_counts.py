"""Support and opposition: rDNA's bar plots, repetitions, hearsay, and what the command writes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.analysis import support
from disputegraph.cli.analyse import analyse
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable, statements
from disputegraph.store import open_store
from tests.written_statements import table_of

ROWS = [
    # speaker, claim, polarity, document, via
    ("a", "x", "affirms", "d1", ""),
    ("a", "x", "affirms", "d1", ""),
    ("a", "x", "denies", "d1", ""),
    ("b", "x", "affirms", "d1", ""),
    ("b", "x", "neutral", "d2", "paper"),
    ("b", "x", "affirms", "d2", "paper"),
    ("c", "y", "", "d2", ""),
    ("c", "y", "denies", "d2", "paper"),
]


def table() -> StatementTable:
    return table_of(ROWS, ("speaker", "claim", "polarity", "document", "via"))


def test_sides_and_hearsay_are_told_apart() -> None:
    x, y = support(table())
    assert (x.label, x.affirms, x.denies, x.neutral, x.unsided, x.statements) == ("x", 4, 1, 1, 0, 6)
    assert (x.affirms_hearsay, x.denies_hearsay, x.neutral_hearsay) == (1, 0, 1)
    assert (y.affirms, y.denies, y.unsided, y.denies_hearsay) == (0, 1, 1, 1)
    by_actor = {each.label: (each.affirms, each.denies, each.neutral) for each in support(table(), by="actors")}
    assert by_actor == {"a": (2, 1, 0), "b": (2, 0, 1), "c": (0, 1, 0)}
    assert [each.label for each in support(table(), min_statements=3)] == ["x"]


def test_a_repetition_is_the_same_actor_claim_and_side() -> None:
    assert support(table(), duplicates="document")[0].affirms == 3
    assert support(table(), duplicates="range")[0].affirms == 2
    # DNA does not look at who says it.
    assert support(table(), duplicates="document", dna_compat=True)[0].affirms == 2


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(UsageError, match="by claims or by actors"):
        support(table(), by="documents")
    with pytest.raises(UsageError, match="by polarity"):
        support(table(), qualifier="via")


@pytest.mark.parametrize("duplicates", ["include", "document"])
@pytest.mark.parametrize(
    ("variable", "how"),
    [
        ("concept", {}),
        ("organization", {"by": "actors", "between": "organisations"}),
        ("person", {"by": "actors", "between": "speakers"}),
    ],
)
def test_counts_are_those_of_rdna(
    dna_samples: dict[str, Path], shared: Path, variable: str, how: dict[str, str], duplicates: str
) -> None:
    file = shared / "dna" / "reference-2" / "barplot" / f"barplot_{variable}_agreement_{duplicates}.tsv"
    with file.open(encoding="utf-8", newline="") as stream:
        wanted = {row["Entity"]: (int(row["0"]), int(row["1"])) for row in csv.DictReader(stream, delimiter="\t")}
    with open_store([str(dna_samples["sample"])]) as store:
        everything = statements(store, hearsay="all")
        found = support(everything, duplicates=duplicates, dna_compat=True, **how)
    assert {each.label: (each.denies, each.affirms) for each in found} == {
        label: counts for label, counts in wanted.items() if any(counts)
    }


def test_command(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text(
        "@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <urn:x:> .\n"
        ":u a dg:Utterance ; dg:speaker :a ; dg:addressesClaim :x ; dg:polarity dg:denies .",
        encoding="utf-8",
    )
    command = ["support", "-d", str(tmp_path / "d.ttl")]
    written = CliRunner().invoke(analyse, [*command, "-f", "csv"]).stdout.splitlines()
    titles = "affirms,denies,neutral,unsided,affirms hearsay,denies hearsay,neutral hearsay,unsided hearsay"
    assert written == [f"claim,{titles},statements", "x,0,1,0,0,0,0,0,0,1"]
    told = json.loads(CliRunner().invoke(analyse, [*command, "--by", "actors", "-f", "json"]).stdout)
    assert [(each["label"], each["denies"], each["statements"]) for each in told["results"]] == [("a", 1, 1)]
    assert r"\toprule" in CliRunner().invoke(analyse, [*command, "-f", "latex"]).stdout
