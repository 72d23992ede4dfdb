"""`disputegraph analyse`: coalitions, balance, polarisation, contested claims, brokers, change, centrality."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.analyse_backbone import backbone
from disputegraph.cli.analyse_clusters import clusters
from disputegraph.cli.analyse_phases import phases
from disputegraph.cli.analyse_positions import correspondence, ideal_points
from disputegraph.cli.analyse_report import ReportGroup, report
from disputegraph.cli.analyse_support import support
from disputegraph.cli.analysis_options import (
    analysed_slices,
    analysed_statements,
    common_options,
    inference_options,
    limited_inference,
    window_options,
)
from disputegraph.cli.analysis_output import inference_of, note_baseline, write_actors, write_analysis, write_found
from disputegraph.cli.data import open_data, option_group
from disputegraph.cli.limits import limit_rows
from disputegraph.cli.over_coders import (
    coders_drawn,
    note_unproven,
    over_option,
    share_of_time,
    versions_of,
    write_spreads,
)
from disputegraph.cli.statement_options import (
    chosen_statements,
    network_options,
)
from disputegraph.errors import UsageError
from disputegraph.results import (
    Block,
    balance_found,
    coalition_of,
    coalitions_found,
    contested_found,
    polarisation_found,
    records,
)

if TYPE_CHECKING:
    from disputegraph.analysis import Coalitions, Tested


@click.group(cls=ReportGroup)
def analyse() -> None:
    """Analyse coalitions, balance, contested claims and more.

    Every analysis begins with a plain reading of its result. docs/analysis.md gives definitions, sources and limits.
    'analyse --report DIR' writes all of them into a folder.
    """


analyse.add_command(backbone)
analyse.add_command(clusters)
analyse.add_command(phases)
analyse.add_command(correspondence)
analyse.add_command(ideal_points)
analyse.add_command(report)
analyse.add_command(support)

_network = option_group(
    over_option("Compare over claims (default) or issues."),
    network_options,
)
_signed = option_group(
    common_options,
    _network,
    click.option("--ties", default="statements", metavar="WHAT", help="Ties from statements (default), portrayal (who "
                 "accuses and credits whom), or both."),
    click.option("--time-limit", type=float, default=60.0, metavar="SECONDS", help="Then give the best found, with a "
                 "lower bound; default 60."),
)  # fmt: skip
_edges = click.option("--edges", metavar="FILE", help="A CSV file with source, target and sign instead of data.")


@analyse.command()
@_signed
@_edges
@click.option("--coalitions", "number", type=int, default=2, metavar="N", help="Largest number of coalitions: 2 "
              "(default) or more; 0 for as many as it takes.")  # fmt: skip
@click.option("--relaxed", is_flag=True, help="Relaxed balance: two coalitions may also agree, one be at odds within.")
@click.option("--weighted", is_flag=True, help="Weigh a tie by agreement minus opposition; by default each counts one.")
@inference_options
@click.option("--no-hangs-on", is_flag=True, help="Skip leaving out every document, speaker and claim in turn.")
def coalitions(
    edges: str | None, number: int, relaxed: bool, weighted: bool, no_hangs_on: bool, ties: str, **chosen: Any
) -> None:
    """Which coalitions there are, what does not fit, and how sure that is."""
    from disputegraph.analysis import coalitions as find
    from disputegraph.analysis import count_optima, partition, read_signed_edges

    solver: dict[str, Any] = {"coalitions": number, "relaxed": relaxed, "time_limit": chosen["time_limit"]}
    made: Coalitions | None = None
    called: dict[str, str] = {}
    if coders_drawn():
        if edges is not None:
            raise UsageError("--over coders reads a project, and not --edges.")
        _coalitions_over_coders(chosen, {**solver, "weighted": weighted, "ties": ties})
        return
    if edges is not None:
        found = partition(read_signed_edges(edges), **solver)
        optima = count_optima(found, time_limit=chosen["time_limit"] / 10)
    else:
        with analysed_statements(chosen) as (table, options):
            how = inference_of(chosen)
            made = find(
                table, weighted=weighted, ties=ties, hangs_on=not no_hangs_on, inference=how, **solver, **options
            )
            found, optima = made.partition, made.optima
            named = [each.name for each in made.stability.hangs_on] if made.stability else []
            called = dict(table.names(named).labels)
    write_found(chosen, coalitions_found(found, made, optima=optima, called=called))


@analyse.command()
@_signed
@inference_options
@_edges
def balance(edges: str | None, ties: str, **chosen: Any) -> None:
    """How far the network is from two clean coalitions: frustration index, balanced triangles, walks."""
    from disputegraph.analysis import balance as measure
    from disputegraph.analysis import balance_figures, find_ties, read_signed_edges

    figures: dict[str, Tested] = {}
    size = None
    if edges is not None:
        found = measure(read_signed_edges(edges), time_limit=chosen["time_limit"])
    else:
        with analysed_statements(chosen) as (table, options):
            found = measure(find_ties(table, ties, **options).network(), time_limit=chosen["time_limit"] / 2)
            how = {"ties": ties, "inference": inference_of(chosen), "time_limit": chosen["time_limit"] / 2}
            figures, size = balance_figures(found, table, **how, **options)
    write_found(chosen, balance_found(found, figures, size))


@analyse.command()
@_signed
@inference_options
@window_options
def polarisation(
    window: str | None, width: int, step: int | None, kernel: str | None, ties: str, **chosen: Any
) -> None:
    """How polarised the dispute is beside what chance gives, over time slices too."""
    from disputegraph.analysis import polarisation as measure

    if coders_drawn():
        if window:
            raise UsageError("--over coders measures no time slices; choose dates by --since and --until.")
        _polarisation_over_coders(chosen, ties)
        return
    deadline = time.monotonic() + chosen["time_limit"]
    found = []
    with analysed_statements(chosen) as (table, options):
        note_baseline(chosen, table, of_positions=True)
        cut = analysed_slices(table, chosen, window=window, width=width, step=step, kernel=kernel)
        for number, each in enumerate(cut):
            left = max(deadline - time.monotonic(), 0.0) / (len(cut) - number)
            found.append(
                measure(
                    each.table, ties=ties, inference=inference_of(chosen), time_limit=left, **each.days, **options,
                    **each.options,
                )
            )  # fmt: skip
    write_found(chosen, polarisation_found(found, columns_from=0 if kernel else 1 if window else 3))


@analyse.command()
@common_options
@click.option("--all", "everything", is_flag=True, help="Also list claims that nobody contests.")
def contested(everything: bool, **chosen: Any) -> None:
    """Which claims are contested, by whom, and on what evidence."""
    from disputegraph.analysis import contested as find

    with analysed_statements(chosen) as (table, _options):
        found = find(table, between=chosen["between"])
        told = contested_found(found, table, everything=everything)
    write_found(chosen, told)


@analyse.command()
@_signed
@inference_options
@click.option("--kind", default="congruence", metavar="KIND", help="The network of paths; default congruence.")
@click.option("--coalitions", "number", type=int, default=2, metavar="N", help="Largest number of coalitions; "
              "default 2.")  # fmt: skip
def brokers(kind: str, number: int, ties: str, **chosen: Any) -> None:
    """Who stands between coalitions: Gould and Fernandez' roles, betweenness, constraint."""
    from disputegraph.analysis import Inference, broker_figures, read_brokers
    from disputegraph.analysis import brokers as find
    from disputegraph.analysis import coalitions as divide
    from disputegraph.networks import network

    half = chosen["time_limit"] / 2
    nothing = Inference(0, 0)
    with analysed_statements(chosen) as (table, options):
        made = divide(
            table, coalitions=number, ties=ties, inference=nothing, hangs_on=False, time_limit=half, **options
        ).partition
        found = find(network(table, kind, **options), coalition_of(made))
        figures, ranges, size = broker_figures(
            table, kind, made, ties=ties, inference=inference_of(chosen), time_limit=half, **options
        )
    columns = ("label", "coalition", "coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total",
               "betweenness_centrality", "constraint")  # fmt: skip
    caveat = "" if made.proven else " The coalitions are not proven optimal."
    reading = read_brokers(found, figures, size, ranges) + caveat
    roles = columns[2:8]
    scores = Block(
        ["label", *roles],
        [[each.label, *map(each.z.get, roles)] for each in found if each.z],
        "z of the roles (Gould and Fernandez)",
    )
    write_actors(chosen, reading, found, columns, "brokerage", figures, size, ranges, scores)


@analyse.command()
@common_options
def change(**chosen: Any) -> None:
    """Who changed sides on a claim or an issue, when, and on what evidence."""
    from disputegraph.analysis import changes, read_changes
    from disputegraph.model import stances_taken

    with open_data() as store:
        limit_rows(store)
        _, table = chosen_statements(store, chosen, withdrawn=True)
        found = changes(table, stances=stances_taken(store), between=chosen["between"])
        called = table.names(sorted({iri for each in found for iri in (each.actor, each.about)})).labels
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
    write_analysis(chosen, read_changes(found), lambda: {"changes": records(found)}, Block(columns, rows))


@analyse.command()
@common_options
@_network
@limited_inference
@click.option("--kind", default="congruence", metavar="KIND", help="Kind of network; default congruence.")
@click.option("--normalise", "--normalize", default="none", metavar="HOW", help="none, average, jaccard or cosine.")
def centrality(kind: str, normalise: str, **chosen: Any) -> None:
    """Degree, strength, PageRank and eigenvector centrality, as networkx computes them."""
    from disputegraph.analysis import centrality as measure
    from disputegraph.analysis import centrality_figures, read_centrality
    from disputegraph.networks import network

    with analysed_statements(chosen) as (table, options):
        options["normalise"] = normalise
        found = measure(network(table, kind, **options))
        how: dict[str, Any] = {"inference": inference_of(chosen), "time_limit": chosen["time_limit"]}
        figures, size = centrality_figures(table, kind, **how, **options)
    columns = ("label", "degree", "degree_centrality", "strength", "pagerank", "eigenvector_centrality")
    write_actors(chosen, read_centrality(found, figures, size), found, columns, "strength", figures, size)


def _coalitions_over_coders(chosen: dict[str, Any], solver: dict[str, Any]) -> None:
    from disputegraph.analysis import CoalitionFigures, spreads

    with versions_of(chosen) as (table, rows, options):
        figures = CoalitionFigures(**{**solver, "time_limit": share_of_time(chosen)}, **options)
        found = spreads(table, rows, figures, draws=chosen["draws"])
        called = table.names(sorted({node for pair in found for node in pair})).labels
    note_unproven(figures.divided, figures.proven)
    named = [(tuple(called.get(node, node) for node in pair), each) for pair, each in found.items()]
    write_spreads(named, ("one", "other"), given=chosen["given"], output=chosen["output"], share=True)


def _polarisation_over_coders(chosen: dict[str, Any], ties: str) -> None:
    from disputegraph.analysis import polarisation_figures, spreads

    with versions_of(chosen) as (table, rows, options):
        found = spreads(table, rows, polarisation_figures(ties=ties, **options), draws=chosen["draws"])
    named = [((name.replace("_", " "),), each) for name, each in found.items()]
    write_spreads(named, ("figure",), given=chosen["given"], output=chosen["output"], share=False)
