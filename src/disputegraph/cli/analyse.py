"""`disputegraph analyse`: coalitions, balance, polarisation, contested claims, brokers, change, centrality."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from disputegraph.cli.analysis_output import (
    form_of,
    percent,
    write_figures,
    write_reading,
    write_records,
)
from disputegraph.cli.data import data_options, open_data
from disputegraph.cli.limits import limit_options, limit_rows
from disputegraph.cli.output import output_option, write_json
from disputegraph.cli.statement_options import chosen_statements, statement_options

if TYPE_CHECKING:
    from disputegraph.analysis import Partition, SignedNetwork, Stability
    from disputegraph.networks import StatementTable
    from disputegraph.store import Store

_Function = TypeVar("_Function", bound=Callable[..., Any])
_NETWORK = ("between", "over", "duplicates", "qualifier", "min_statements")


@click.group()
def analyse() -> None:
    """Analyse coalitions, balance, contested claims and more.

    Every analysis begins with a plain reading of its result. docs/analysis.md gives definitions, sources and limits.
    """


def _common(function: _Function) -> _Function:
    """Give a command the options for data, statements, limits and output."""
    for option in (
        limit_options,
        output_option,
        click.option("-f", "--format", "given", type=click.Choice(["table", "json"]), help="Default: table."),
        statement_options,
        click.option("--between", default="voices", metavar="NODES", help="voices (default), speakers, organisations."),
        data_options,
    ):
        function = option(function)
    return function


def _network(function: _Function) -> _Function:
    """Give a command the options of a network."""
    for option in (
        click.option("--min-statements", type=int, default=0, metavar="N", help="Leave out actors with fewer."),
        click.option("--qualifier", default="polarity", metavar="FIELD", help="polarity (default) or a coded one."),
        click.option("--duplicates", default="include", metavar="WITHIN", help="Within what a repeated statement "
                     "counts once: include (default), document, week, month, year, range."),
        click.option("--over", metavar="WHAT", help="Compare over claims (default) or issues."),
    ):  # fmt: skip
        function = option(function)
    return function


def _solver(function: _Function) -> _Function:
    """Give a command the options of the search for coalitions."""
    for option in (
        click.option("--time-limit", type=float, default=60.0, metavar="SECONDS", help="Then give the best found, with "
                     "a lower bound; default 60."),
    ):  # fmt: skip
        function = option(function)
    return function


def _edges(function: _Function) -> _Function:
    return click.option("--edges", metavar="FILE", help="A CSV file with source, target and sign instead of data.")(
        function
    )


@analyse.command()
@_common
@_network
@_solver
@_edges
@click.option("--coalitions", type=int, default=2, metavar="N", help="Largest number of coalitions: 2 (default) or "
              "more; 0 for as many as it takes.")  # fmt: skip
@click.option("--relaxed", is_flag=True, help="Relaxed balance: two coalitions may also agree, one be at odds within.")
@click.option("--weighted", is_flag=True, help="Weigh a tie by congruence minus conflict; by default each counts one.")
@click.option("--no-stability", is_flag=True, help="Skip leaving out every document, speaker and claim in turn.")
def coalitions(
    edges: str | None, coalitions: int, relaxed: bool, weighted: bool, no_stability: bool, **chosen: Any
) -> None:
    """Which coalitions there are, what does not fit, and how sure that is."""
    from disputegraph.analysis import coalitions as find
    from disputegraph.analysis import partition, read_signed_edges
    from disputegraph.analysis.readings import read_coalitions

    stability: Stability | None
    alone: tuple[str, ...] = ()
    solver: dict[str, Any] = {
        "coalitions": coalitions,
        "relaxed": relaxed,
        "time_limit": chosen["time_limit"],
    }
    if edges is not None:
        found, stability = partition(read_signed_edges(edges), **solver), None
    else:
        with _statements(chosen) as (_, table, options):
            made = find(table, weighted=weighted, stability=not no_stability, **solver, **options)
            found, stability, alone = made.partition, made.stability, made.alone
    reading = read_coalitions(found, stability)
    mates = _mates(stability)
    linked = set(found.network.ends.ravel().tolist())
    labels = found.network.labels
    if form_of(chosen) == "json":
        result = {
            "reading": reading,
            **_partition(found),
            "members": [
                {
                    "node": node,
                    "label": labels[place],
                    "coalition": int(found.membership[place]) + 1 if place in linked else None,
                    "part": int(found.components[place]) + 1 if place in linked else None,
                    "stability": mates.get(node),
                }
                for place, node in enumerate(found.network.nodes)
            ],
            "in_no_coalition": list(alone),
            "stability": asdict(stability) if stability else None,
        }
        write_json(result, output=chosen["output"])
        return
    order = sorted(linked, key=lambda place: (found.components[place], found.membership[place], labels[place]))
    rows = [
        [found.membership[p] + 1, found.components[p] + 1, labels[p], percent(mates.get(found.network.nodes[p]))]
        for p in order
    ]
    misfits = [[labels[a], "agrees with" if sign > 0 else "disagrees with", labels[b]] for a, b, sign in _odd(found)]
    tables = [(["coalition", "part", "member", "stays"], rows, "")]
    if misfits:
        tables.append((["one", "though", "other"], misfits, "Ties that do not fit"))
    called = dict(zip(found.network.nodes, labels, strict=True))
    if alone:
        tables.append((["member"], [[called[node]] for node in alone], "In no coalition"))
    write_reading(reading, tables, chosen["output"])


@analyse.command()
@_common
@_network
@_solver
@_edges
def balance(edges: str | None, **chosen: Any) -> None:
    """How far the network is from two clean coalitions: frustration index, balanced triangles, walks."""
    from disputegraph.analysis import balance as measure
    from disputegraph.analysis import read_signed_edges
    from disputegraph.analysis.readings import read_balance

    limits = {"time_limit": chosen["time_limit"]}
    found = measure(read_signed_edges(edges) if edges else _signed(chosen), **limits)
    figures = {
        "nodes": found.nodes,
        "positive": found.positive,
        "negative": found.negative,
        "undecided": found.undecided,
        "frustration_index": found.frustration.index,
        "lower_bound": found.frustration.bound,
        "proven": found.frustration.proven,
        "line_balance": found.line_balance,
        "triangles": found.triangles,
        "balanced_triangles": found.balanced_triangles,
        "walk_balance": found.walk_balance,
    }
    write_figures(read_balance(found), figures, chosen)


@analyse.command()
@_common
@_network
@_solver
@click.option("--window", metavar="UNIT", help="Measure time slices: days, weeks, months or years.")
@click.option("--width", type=int, default=1, metavar="N", help="Units in a time slice; default 1.")
def polarisation(window: str | None, width: int, **chosen: Any) -> None:
    """How polarised the dispute is, over time slices too."""
    from disputegraph.analysis import polarisation as measure
    from disputegraph.analysis.readings import read_polarisation
    from disputegraph.networks import slices

    limits = {"time_limit": chosen["time_limit"]}
    with _statements(chosen) as (_, table, options):
        if window is None:
            found = [measure(table, **limits, **options)]
        else:
            found = []
            deadline = time.monotonic() + chosen["time_limit"]
            for each in slices(table, window, width):
                limits["time_limit"] = max(deadline - time.monotonic(), 0.0)
                found.append(measure(each.table, first=each.first, last=each.last, **limits, **options))
    columns = ("first", "last", "index", "size_balance", "antagonism", "cohesion", "opposition", "actors", "left_out")
    write_records(read_polarisation(found), found, columns[0 if window else 2 :], chosen)


@analyse.command()
@_common
@click.option("--all", "everything", is_flag=True, help="Also list claims that nobody contests.")
def contested(everything: bool, **chosen: Any) -> None:
    """Which claims are contested, by whom, and on what evidence."""
    from disputegraph.analysis import contested as find
    from disputegraph.analysis.readings import read_contested

    with _statements(chosen) as (_, table, _options):
        found = find(table, between=chosen["between"])
        shown = [each for each in found if everything or each.contested]
        actors = {actor for each in shown for actor in (*each.affirms, *each.denies, *each.neutral)}
        called = table.names(sorted({*actors, *(iri for each in shown for iri in each.contradicted_by)})).labels
    reading = read_contested(found)
    if form_of(chosen) == "json":
        write_json({"reading": reading, "claims": [asdict(each) for each in shown]}, output=chosen["output"])
        return
    rows = [
        [
            each.label,
            *(", ".join(called[actor] for actor in who) for who in (each.affirms, each.denies, each.neutral)),
            ", ".join(called[claim] for claim in each.contradicted_by),
            each.first_hand,
            each.hearsay,
            each.documents,
            each.standing,
        ]
        for each in shown
    ]
    columns = ["claim", "affirmed by", "denied by", "neutral", "contradicted by", "first hand", "hearsay", "documents"]
    write_reading(reading, [([*columns, "standing"], rows, "")], chosen["output"])


@analyse.command()
@_common
@_network
@_solver
@click.option("--kind", default="congruence", metavar="KIND", help="The network of paths; default congruence.")
@click.option("--coalitions", type=int, default=2, metavar="N", help="Largest number of coalitions; default 2.")
def brokers(kind: str, coalitions: int, **chosen: Any) -> None:
    """Who stands between coalitions: Gould and Fernandez' roles, betweenness, constraint."""
    from disputegraph.analysis import brokers as find
    from disputegraph.analysis import coalitions as divide
    from disputegraph.analysis.readings import read_brokers
    from disputegraph.networks import network

    with _statements(chosen) as (_, table, options):
        limits = {"time_limit": chosen["time_limit"]}
        made = divide(table, coalitions=coalitions, stability=False, **limits, **options).partition
        linked = set(made.network.ends.ravel().tolist())
        coalition_of = {node: int(made.membership[p]) + 1 for p, node in enumerate(made.network.nodes) if p in linked}
        found = find(network(table, kind, **options), coalition_of)
    columns = ("label", "coalition", "coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total",
               "betweenness_centrality", "constraint")  # fmt: skip
    write_records(read_brokers(found) + _caveat(made), found, columns, chosen)


@analyse.command()
@_common
def change(**chosen: Any) -> None:
    """Who changed sides on a claim or an issue, when, and on what evidence."""
    from disputegraph.analysis import changes
    from disputegraph.analysis.readings import read_changes
    from disputegraph.networks import stances_taken

    with _statements(chosen, superseded=True) as (store, table, _options):
        found = changes(table, stances=stances_taken(store), between=chosen["between"])
        called = table.names(sorted({iri for each in found for iri in (each.actor, each.about)})).labels
    reading = read_changes(found)
    if form_of(chosen) == "json":
        write_json({"reading": reading, "changes": [asdict(each) for each in found]}, output=chosen["output"])
        return
    rows = [
        [
            called[each.actor],
            called[each.about],
            each.before,
            each.after,
            each.last_before,
            each.first_after,
            " ".join((*each.evidence_before, *each.evidence_after)),
        ]
        for each in found
    ]
    columns = ["actor", "about", "before", "after", "last before", "first after", "evidence"]
    write_reading(reading, [(columns, rows, "")], chosen["output"])


@analyse.command()
@_common
@_network
@click.option("--kind", default="congruence", metavar="KIND", help="Kind of network; default congruence.")
@click.option("--normalise", "--normalize", default="none", metavar="HOW", help="none, average, jaccard or cosine.")
def centrality(kind: str, normalise: str, **chosen: Any) -> None:
    """Degree, strength, PageRank and eigenvector centrality, as networkx computes them."""
    from disputegraph.analysis import centrality as measure
    from disputegraph.analysis.readings import read_centrality
    from disputegraph.networks import network

    with _statements(chosen) as (_, table, options):
        found = measure(network(table, kind, normalise=normalise, **options))
    columns = ("label", "degree", "degree_centrality", "strength", "pagerank", "eigenvector_centrality")
    write_records(read_centrality(found), found, columns, chosen)


@contextmanager
def _statements(
    chosen: dict[str, Any], *, superseded: bool = False
) -> Iterator[tuple[Store, StatementTable, dict[str, Any]]]:
    """Open the store, and give it with the chosen statements and the options of the network."""
    from disputegraph.networks import statements

    with open_data(chosen["data"], allow_network=chosen["allow_network"]) as store:
        limit_rows(store)
        loaded, table = chosen_statements(statements(store, superseded=superseded), chosen)
        yield store, table, {**{name: chosen[name] for name in _NETWORK if name in chosen}, "universe": loaded}


def _signed(chosen: dict[str, Any]) -> SignedNetwork:
    from disputegraph.analysis.coalitions import signed_of
    from disputegraph.networks import weigh

    with _statements(chosen) as (_, table, options):
        return signed_of(weigh(table, "signed", **options))


def _partition(found: Partition) -> dict[str, Any]:
    nodes = found.network.nodes
    linked = sorted(set(found.network.ends.ravel().tolist()))
    return {
        "index": found.index,
        "lower_bound": found.bound,
        "proven": found.proven,
        "coalitions": [
            [nodes[place] for place in linked if found.membership[place] == coalition]
            for coalition in sorted({int(found.membership[place]) for place in linked})
        ],
        "misfits": [{"source": nodes[a], "target": nodes[b], "sign": sign} for a, b, sign in _odd(found)],
    }


def _odd(found: Partition) -> list[tuple[int, int, int]]:
    ends, signs = found.network.ends[found.misfits].tolist(), found.network.signs[found.misfits].tolist()
    return [(a, b, sign) for (a, b), sign in zip(ends, signs, strict=True)]


def _mates(stability: Any) -> dict[str, float]:
    """Return, for each member, the lowest share with which a pair of it and a coalition mate stays together."""
    mates: dict[str, float] = {}
    for pair in stability.pairs if stability else ():
        if pair.together and pair.share is not None:
            for node in (pair.one, pair.other):
                mates[node] = min(mates.get(node, 1.0), pair.share)
    return mates


def _caveat(found: Partition) -> str:
    return "" if found.proven else " The coalitions are not proven optimal."
