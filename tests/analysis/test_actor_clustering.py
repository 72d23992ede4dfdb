"""Clusters of actors: rDNA's own results, networkx, and data that cannot be divided."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from click.testing import CliRunner

from disputegraph.analysis import CLUSTERINGS, Inference, actor_clusters, cluster_figures, modularity, read_clusters
from disputegraph.analysis.resampling import shuffled_tables
from disputegraph.cli.analyse import analyse
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable, statements
from disputegraph.networks import slices
from disputegraph.store import open_store
from tests.written_statements import table_of

NAMES = {
    "Hierarchical (Single)": "single",
    "Hierarchical (Average)": "average",
    "Hierarchical (Complete)": "complete",
    "Hierarchical (Ward)": "ward",
    "Equivalence": "equivalence",
    "CONCOR (One-Mode)": "concor_one_mode",
    "CONCOR (Two-Mode)": "concor_two_mode",
    "Louvain": "louvain",
    "Fast & Greedy": "greedy_modularity",
}
FIELDS = {"concept": "claims", "person": "speakers"}


def blocs() -> StatementTable:
    sides = {"a": "affirms", "b": "affirms", "c": "affirms", "d": "denies", "e": "denies", "f": "denies"}
    return table_of([(actor, claim, side) for actor, side in sides.items() for claim in "xyz"])


def partition(members: dict[str, int]) -> set[frozenset[str]]:
    groups = defaultdict(set)
    for node, cluster in members.items():
        groups[cluster].add(node)
    return {frozenset(group) for group in groups.values()}


@pytest.mark.parametrize("method", CLUSTERINGS)
def test_every_method_finds_two_blocs(method: str) -> None:
    found = actor_clusters(blocs(), methods=[method])
    assert found.best is not None
    assert partition(dict(found.best.members)) == {frozenset("abc"), frozenset("def")}
    assert found.best.modularity == pytest.approx(0.5)


def test_modularity_is_that_of_networkx() -> None:
    random = np.random.default_rng(7)
    matrix = np.triu(random.random((9, 9)) * (random.random((9, 9)) < 0.6), 1)
    matrix += matrix.T
    members = random.integers(0, 3, 9)
    communities = [set(np.flatnonzero(members == k).tolist()) for k in np.unique(members)]
    wanted = nx.community.modularity(nx.from_numpy_array(matrix), communities, weight="weight")
    assert modularity(matrix, members) == pytest.approx(wanted)
    assert modularity(np.zeros((2, 2)), np.zeros(2, dtype=np.intp)) is None


@pytest.mark.parametrize("rows", [[], [("a", "x", "affirms")], [("a", "x", "affirms"), ("b", "x", "affirms")]])
def test_too_few_actors_are_said(rows: list[tuple[str, str, str]]) -> None:
    found = actor_clusters(table_of(rows), methods=["ward", "concor_one_mode", "greedy_modularity"], k=3)
    assert found.best is None
    assert set(found.failed) == {"ward", "concor_one_mode", "greedy_modularity"}


def test_all_affirm_is_one_community() -> None:
    found = actor_clusters(table_of([(actor, "x", "affirms") for actor in "abcd"]), methods=["louvain"])
    assert found.best is not None
    assert (found.best.k, found.best.modularity) == (1, 0.0)


@pytest.mark.parametrize("options", [{"methods": ["guess"]}, {"k": 1}, {"k_max": 1}, {"k": -2}])
def test_what_means_nothing_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        actor_clusters(blocs(), **options)  # type: ignore[arg-type]


def test_command(tmp_path: Path) -> None:
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <urn:x:> ."]
    lines += [
        f":{row.utterance} a dg:Utterance ; dg:speaker :{row.speaker} ; dg:addressesClaim :{row.claim} ; "
        f"dg:polarity dg:{row.polarity} ; "
        f'dg:saidOn "202{number % 2}-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .'
        for number, row in enumerate(blocs())
    ]
    (tmp_path / "d.ttl").write_text("\n".join(lines), encoding="utf-8")
    command = ["clusters", "-d", str(tmp_path / "d.ttl"), "--null", "20", "--bootstrap", "20"]
    shown = CliRunner().invoke(analyse, command)
    assert shown.exit_code == 0, shown.output
    assert "9 of 9 methods divide the 6 actors in this way" in shown.stdout
    told = json.loads(CliRunner().invoke(analyse, [*command, "-f", "json"]).stdout)
    assert told["results"][0]["best"]["modularity"] == pytest.approx(0.5)
    told = json.loads(CliRunner().invoke(analyse, [*command, "--window", "years", "-f", "json"]).stdout)
    assert [each["first"] for each in told["results"]] == ["2020-01-01", "2021-01-01"]


def test_each_clustering_of_rdna(shared: Path, dna_samples: dict[str, Path]) -> None:
    reference = shared / "dna" / "reference-2"
    with (reference / "multiclust" / "order_sensitivity.tsv").open(encoding="utf-8", newline="") as stream:
        tied = {
            (row["setting"], int(row["i"]), int(row["k"]), row["method"])
            for row in csv.DictReader(stream, delimiter="\t")
            if row["orders_of_20_giving_another_partition"] != "0"
        }
    compared = 0
    for name in ("sample", "spread"):
        with open_store([dna_samples[name]]) as store:
            found = statements(store)
            for path in sorted((reference / "multiclust").glob("*_k?.memberships.tsv")):
                if path.name.startswith("spread_") == (name == "spread"):
                    compared += compare(found, path, tied)
    assert compared == 416


def compare(everything: StatementTable, path: Path, tied: set[tuple[str, int, int, str]]) -> int:
    """Compare one file, and return how many divisions were compared."""
    setting, number = re.fullmatch(r"(.*)_k(\d)\.memberships\.tsv", path.name).groups()  # type: ignore[union-attr]
    words = setting.removeprefix("spread_").split("_")
    between = FIELDS.get(words[0], "organisations")
    window = re.fullmatch(r"([a-z]+)(\d+)", words[-2])
    options = {
        "between": between,
        "over": "organisations" if between == "claims" else "claims",
        "duplicates": words[-1],
        "dna_compat": True,
    }
    unit, width = window.groups() if window else ("", "0")
    cut = [each.table for each in slices(everything, unit, int(width), dna_compat=True)] if window else [everything]
    wanted: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            if row["method"] in NAMES:
                wanted[int(row["i"]), row["method"]][row["node"]] = int(row["cluster"])
    quality = {}
    with path.with_name(f"{setting}_k{number}.modularity.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            quality[int(row["i"]), row["method"]] = int(row["k"]), float(row["modularity"])
    count = 0
    for place, slice_table in enumerate(cut, start=1):
        made = actor_clusters(slice_table, k=int(number), k_max=4, **options)
        mine = {each.method: each for each in made.found}
        for name, method in NAMES.items():
            if (place, name) not in wanted:
                continue
            k, value = quality[place, name]
            if any((setting, place, each, name) in tied for each in (2, 3, 4)):
                continue  # ties: the order of the actors decides, in rDNA too
            got = mine[method]
            labelled = {made.labels[node]: cluster for node, cluster in got.members.items()}
            assert partition(labelled) == partition(wanted[place, name]), (path.name, place, name)
            assert (got.k, got.unweighted) == (k, pytest.approx(value, abs=1e-9)), (path.name, place, name)
            count += 1
    return count


def test_modularity_beside_chance() -> None:
    """Every shuffle is divided anew, by all methods; the reading says what that gives, or that there is too little."""
    chance = np.random.default_rng(3)
    said = [(who, claim, (who < 5) == (chance.random() < 0.8)) for who in range(10) for claim in range(8)]
    table = StatementTable.of(
        {
            "utterance": [f"u{place}" for place in range(len(said))],
            "speaker": [f"a{who}" for who, _, _ in said],
            "claim": [f"c{claim}" for _, claim, _ in said],
            "polarity": ["affirms" if yes else "denies" for _, _, yes in said],
            "document": [f"d{place}" for place in range(len(said))],
        }
    )
    asked, how = {"k_max": 3, "methods": ("average", "ward")}, Inference(9, 9)
    found = actor_clusters(table, **asked)
    figures, size = cluster_figures(found, table, inference=how, **asked)
    assert set(figures) == {"best", "average", "ward"}
    shuffled = [actor_clusters(each, **asked) for each in shuffled_tables(table, how, {}, np.inf)]
    nulls = [max(one.modularity for one in each.found) for each in shuffled]
    best = figures["best"]
    assert best.value == max(figures["average"].value, figures["ward"].value)
    assert best.expected == pytest.approx(np.mean(nulls))
    alike = 1 + sum(each == pytest.approx(best.value) for each in nulls)
    assert best.p == (sum(each > best.value + 1e-9 for each in nulls) + alike / 2) / 10
    assert best.interval[0] <= best.value <= best.interval[1]
    assert (best.null, best.bootstrap, size.actors, size.documents) == (9, 9, 10, 80)
    assert f"Modularity {best.value:.3g}, where shuffled positions give" in read_clusters([found], [best], [size])
    few = table.take(np.flatnonzero([who < 4 for who, _, _ in said]))
    figures, size = cluster_figures(actor_clusters(few), few)
    assert figures["best"].value is None
    assert "4 actors have ties" in read_clusters([actor_clusters(few)], [figures["best"]], [size])
