"""Backbones of claims: rDNA's own losses, brute force, and claims that say nothing new."""

from __future__ import annotations

import csv
import json
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.analysis import concept_backbone as module
from disputegraph.analysis import find_backbone, nested_backbone
from disputegraph.cli.analyse import analyse
from disputegraph.cli.import_ import import_
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable, statements
from disputegraph.store import open_store
from tests.written_statements import table_of


def debate() -> StatementTable:
    """Two coalitions over x, y and z; over w everybody agrees but one, who is the only one to speak to v."""
    rows = [(actor, claim, "affirms" if actor in "abc" else "denies") for actor in "abcdef" for claim in "xyz"]
    rows += [(actor, "w", "affirms" if actor != "f" else "denies") for actor in "abcdef"] + [("f", "v", "affirms")]
    return table_of(rows)


def test_of_claims_that_say_the_same_one_stays() -> None:
    dropped = nested_backbone(debate())
    assert sorted(each.claim for each in dropped) == ["v", "w", "x", "y", "z"]
    assert [each.claim for each in dropped if each.claim in "xyz"] == ["z", "y", "x"]
    assert dropped[-1].claim == "x"
    assert dropped[-1].loss == pytest.approx(1)
    assert (dropped[-1].statements, dropped[-1].redundant_loss) == (0, 0.0)
    # DNA drops all that are tied in one round.
    assert [each.claim for each in nested_backbone(debate(), dna_compat=True)] == ["v", "z", "y", "x", "w"]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_the_best_set_is_found_by_trial_and_by_swaps(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = find_backbone(debate(), size=size)
    assert found.proven
    losses = {}
    for claims in combinations("vwxyz", size):
        debated = module._Debate(debate(), "subtract", {})
        losses[claims] = debated.loss([debated.claims.index(claim) for claim in claims])
    assert found.loss == pytest.approx(min(losses.values()))
    assert losses[found.claims] == pytest.approx(found.loss)
    monkeypatch.setattr(module, "_MOST_SUBSETS", 0)
    searched = find_backbone(debate(), size=size)
    assert not searched.proven
    assert searched.loss == pytest.approx(found.loss)


def test_a_larger_penalty_gives_no_larger_backbone() -> None:
    sizes = [len(find_backbone(debate(), penalty=penalty).claims) for penalty in (0, 2, 5, 20)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == 1


@pytest.mark.parametrize("options", [{}, {"size": 1, "penalty": 2.0}, {"size": 5}, {"size": 0}])
def test_what_means_nothing_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        find_backbone(debate(), **options)  # type: ignore[arg-type]


def test_each_loss_of_rdna(shared: Path, tmp_path: Path) -> None:
    data, reference = tmp_path / "sample.ttl", shared / "dna" / "reference-2" / "backbone"
    assert CliRunner().invoke(import_, ["dna", str(shared / "dna" / "sample.dna"), "-o", str(data)]).exit_code == 0
    command = ["backbone", "-d", str(data), "--between", "organisations", "--dna-compat", "-f", "json"]
    for kind in ("subtract", "congruence"):
        for duplicates in ("document", "include"):
            made = CliRunner().invoke(analyse, [*command, "--kind", kind, "--duplicates", duplicates])
            with (reference / f"nested_{kind}_{duplicates}.tsv").open(encoding="utf-8", newline="") as stream:
                wanted = list(csv.DictReader(stream, delimiter="\t"))
            dropped = json.loads(made.stdout)["dropped"]
            assert [each["label"] for each in dropped] == [row["entity"] for row in wanted]
            assert [each["statements"] for each in dropped] == [int(row["statements"]) for row in wanted]
            for name, theirs in (("loss", "backboneLoss"), ("redundant_loss", "redundantLoss")):
                numbers = [float(row[theirs]) for row in wanted]
                assert [each[name] for each in dropped] == pytest.approx(numbers, abs=1e-9)
    with (reference / "evaluate_all_subsets_p0.tsv").open(encoding="utf-8", newline="") as stream:
        losses = {frozenset(row["backbone"].split(" | ")): row for row in csv.DictReader(stream, delimiter="\t")}
    with (reference / "simulated_annealing_runs.tsv").open(encoding="utf-8", newline="") as stream:
        runs = {(row["method"], row["parameter"]): row["backbone"] for row in csv.DictReader(stream, delimiter="\t")}
    assert len(runs) == 6
    with open_store([data]) as store:
        table = statements(store)
        for (method, parameter), theirs in runs.items():
            options = {"size": int(parameter)} if method == "fixed" else {"penalty": float(parameter)}
            found = find_backbone(
                table,
                between="organisations",
                duplicates="document",
                dna_compat=True,
                **options,  # type: ignore[arg-type]
            )
            assert set(found.labels) == set(theirs.split(" | ")), (method, parameter)
            row = losses[frozenset(found.labels)]
            assert found.loss == pytest.approx(float(row["backbone_loss"]), abs=1e-9)
            assert found.redundant_loss == pytest.approx(float(row["redundant_loss"]), abs=1e-9)
