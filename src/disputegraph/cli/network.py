"""`disputegraph network`: build a network and write it for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from disputegraph.cli.analysis_options import window_options
from disputegraph.cli.data import data_options, named_data, open_data
from disputegraph.cli.limits import limit_options, limit_rows
from disputegraph.cli.output import chosen_format, output_option, write_csv, write_json, write_table
from disputegraph.cli.over_coders import coders_drawn, over_option, versions_of, write_spreads
from disputegraph.cli.statement_options import (
    chosen_options,
    chosen_statements,
    network_options,
    note_undated,
    statement_options,
)
from disputegraph.errors import UsageError, nearest
from disputegraph.results import coalition_of

_EXPLANATIONS = ("table", "csv", "json")
_PAGES = {"html": "html", "htm": "html"}
_DRAWN = ("graphml", "gexf")
_MOST_PLACED = 200
"""Nodes up to which they are placed unasked: half a second of work."""


@click.command()
@click.argument("kind", metavar="KIND")
@data_options
@click.option("--between", default="voices", metavar="NODES", help="Nodes: voices (default), speakers, organisations, "
              "claims, issues, or any field of the statements, such as document.")  # fmt: skip
@over_option(
    "What they are compared over: claims (default), issues, or any field; between claims by default the voices."
)
@click.option("--normalise", "--normalize", default="none", metavar="HOW", help="none (default); activity or "
              "prominence for affiliation; average, jaccard or cosine for the others.")  # fmt: skip
@click.option("--value", default="count", metavar="WHAT", help="Number in an affiliation: count (default), subtract "
              "or combine (1 affirms, 2 denies, 3 both).")  # fmt: skip
@network_options
@statement_options
@window_options
@click.option("--disparity", "--backbone", "backbone", type=float, metavar="ALPHA", help="Keep only edges that the "
              "disparity filter finds significant at this level, such as 0.05.")  # fmt: skip
@click.option("--sdsm", type=float, metavar="ALPHA", help="Keep only ties of congruence or cooccurrence that are "
              "stronger than the activity of actors and the popularity of claims explain, by the stochastic degree "
              "sequence model, at this level.")  # fmt: skip
@click.option("--fdsm", type=float, metavar="ALPHA", help="The same by the fixed degree sequence model, which draws "
              "tables (--null).")  # fmt: skip
@click.option("--correction", type=click.Choice(["holm", "bh", "none"]), default="holm", show_default=True, help="With "
              "--sdsm or --fdsm: how all pairs are tested together.")  # fmt: skip
@click.option("--null", type=click.IntRange(1), default=1000, show_default=True, metavar="N", help="With --fdsm: "
              "tables drawn.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=0, metavar="N", help="With --fdsm: of the random numbers.")
@click.option("--isolates", is_flag=True, help="Also give nodes that the filters left without statements.")
@click.option("--coalitions", is_flag=True, help="Also give actors the number of their coalition, as 'analyse "
              "coalitions' finds it, in graphml, gexf and json.")  # fmt: skip
@click.option("--positions/--no-positions", default=None, help="Also give nodes the places that the page would draw "
              "them at, in graphml and gexf; default: for up to 200 nodes.")  # fmt: skip
@click.option("--dna-compat", is_flag=True, help="Compute as Discourse Network Analyzer 3.1.2 does, quirks included; "
              "--step is 1 by default then.")  # fmt: skip
@click.option("--dna-weeks", "week_rule", type=click.Choice(["en", "en_GB"]), default="en", help="With "
              "--dna-compat: the locale by which DNA numbers weeks; default en.")  # fmt: skip
@click.option("--explain", nargs=2, metavar="A B", help="Instead of the network, list the utterances behind the edge "
              "between two nodes (label or IRI); their amounts add up to its weight.")  # fmt: skip
@click.option("-f", "--format", "given", metavar="FORMAT", help="graphml, gexf (with dates), csv (a line an edge), "
              "matrix, json (node-link), ucinet or html (a page that draws it); with --explain table, csv or json. "
              "Default: by the suffix of FILE, else csv, or table.")  # fmt: skip
@click.option("--renderer", type=click.Choice(["page", "pyvis"]), default="page", help="What draws an html file: our "
              "own page (default), or vis-network as pyvis has it, with physics; both work offline.")  # fmt: skip
@click.option("--engine", type=click.Choice(["memory", "spark"]), default="memory", help="spark: compute from a table "
              "in Parquet (-d FILE, see 'export statements') by Spark; -f csv or parquet.")  # fmt: skip
@output_option
@limit_options
def network(
    kind: str,
    given: str | None,
    output: str | None,
    explain: tuple[str, str] | None,
    window: str | None,
    width: int,
    step: int | None,
    kernel: str | None,
    coalitions: bool,
    positions: bool | None,
    engine: str,
    renderer: str,
    **chosen: Any,
) -> None:
    """Build a network and write it for other tools.

    KIND is one of affiliation (actors and claims), congruence, conflict, subtract (congruence minus conflict),
    cooccurrence, signed (congruence and conflict as two numbers), portrayal (who accuses or credits whom) and hearsay
    (who passes on whom). docs/networks.md gives every formula. With --window and -o there is one file a time slice,
    its first day in the name.
    """
    from disputegraph.networks import FORMATS, SUFFIXES, Options, contributions, kernel_windows, slices, weigh

    options = chosen_options(chosen)
    _check_fit(window=window, explain=explain, of_slices=bool(kernel or step), coalitions=coalitions)
    _check_null(chosen, explain=explain, kernel=kernel, engine=engine)
    if coders_drawn():
        if explain or window or engine == "spark":
            raise UsageError("--over coders goes with none of --explain, --window and --engine spark.")
        _network_over_coders(kind, given, output, chosen)
        return
    if engine == "spark":
        if explain or window:
            raise UsageError("Spark does not compute --explain and --window; leave out --engine.")
        _network_by_spark(Options(kind=kind, **options), given, output, chosen)
        return
    formats = _EXPLANATIONS if explain else (*FORMATS, "html")
    suffixes = {"csv": "csv", "json": "json", "txt": "table"} if explain else SUFFIXES | _PAGES
    form = chosen_format(given, output, suffixes, "table" if explain else "csv")
    if form not in formats:
        raise UsageError(f"unknown format '{form}'.{nearest(form, formats)} There are {', '.join(formats)}.")
    if renderer != "page" and form != "html":
        raise UsageError(f"--renderer {renderer} draws a page; name one with -o, as in -o net.html.")
    with open_data() as store:
        limit_rows(store)
        loaded, table = chosen_statements(store, {**chosen, "kind": kind})
        options["universe"] = loaded
        _note_baseline(table, chosen)
        if window is None:
            made = _beyond_chance(weigh(table, kind, **options), chosen)
            if explain:
                _explain(contributions(made, *explain), made.labels, table, form, output)
            else:
                attributes = _coalitions(table, made, options) if coalitions else {}
                if form in _DRAWN and positions is not False:
                    _place(made, attributes, always=bool(positions))
                _write(made, form, output, renderer, attributes)
            _note_what_is_left(made, filtered=bool(chosen["backbone"]))
            return
        ends = {name: chosen[name] for name in ("since", "until") if chosen["dna_compat"]}
        note_undated(table, "--window")
        if kernel:
            windows = kernel_windows(table, kind, kernel, window, width, step=1 if step is None else step, **options)
            _write_slices(windows, form, output, renderer)
            return
        cut = slices(table, window, width, step=step, dna_compat=chosen["dna_compat"], **ends)
        made_of = [(each, _beyond_chance(weigh(each.table, kind, **options), chosen)) for each in cut]
        _write_slices(made_of, form, output, renderer)


def _check_fit(*, window: str | None, explain: tuple[str, str] | None, of_slices: bool, coalitions: bool) -> None:
    if window is None and of_slices:
        raise UsageError("--kernel and --step are about time slices; name their unit by --window, as in --window days.")
    if window and explain and not coders_drawn():
        raise UsageError("--explain explains one edge of one network; choose its dates by --since and --until.")
    if coalitions and (window or explain):
        raise UsageError("--coalitions gives those of one network; choose its dates by --since and --until.")


def _note_baseline(table: Any, chosen: dict[str, Any]) -> None:
    from disputegraph.analysis import read_baseline

    if told := read_baseline(table, chosen["baseline"], chosen["drop_consensual"]):
        click.echo(f"Note:{told}", err=True)


def _check_null(chosen: dict[str, Any], *, explain: tuple[str, str] | None, kernel: str | None, engine: str) -> None:
    asked = [f"--{name}" for name in ("sdsm", "fdsm") if chosen[name] is not None]
    if len(asked) > 1:
        raise UsageError("--sdsm and --fdsm are two nulls; give one of them.")
    others = {"--explain": explain, "--kernel": kernel, "--disparity": chosen["backbone"], "--over coders":
              coders_drawn(), "--engine spark": engine == "spark"}  # fmt: skip
    for name, given in others.items():
        if asked and given:
            raise UsageError(f"{asked[0]} does not go with {name}.")


def _beyond_chance(made: Any, chosen: dict[str, Any]) -> Any:
    """Return the network with the ties that a null keeps, if one is asked for, and say how it was tested."""
    from disputegraph.networks import NULL_MODELS, ties_beyond_chance

    for model in NULL_MODELS:
        if (level := chosen[model]) is not None:
            how = {"correction": chosen["correction"], "draws": chosen["null"], "seed": chosen["seed"]}
            kept, test = ties_beyond_chance(made, model, level, **how)
            by = "without correction" if test.correction == "none" else f"corrected by {test.correction}"
            ties = f"{test.kept:,} of {len(made.pattern[0]):,} ties"
            text = f"Note: {model} keeps {ties}; {test.pairs:,} pairs tested, {by}."
            if not test.reachable:
                text += f" With {test.draws:,} tables no p can be small enough; ask for more by --null."
            click.echo(text, err=True)
            return kept
    return made


def _network_over_coders(kind: str, given: str | None, output: str | None, chosen: dict[str, Any]) -> None:
    """Write the edges of a network with intervals over the versions of coders."""
    from disputegraph.analysis import edge_figures, spreads

    with versions_of({**chosen, "kind": kind}) as (table, rows, options):
        found = spreads(table, rows, edge_figures(kind, **options), absent=0.0, draws=chosen["draws"])
        called = table.names(sorted({node for edge in found for node in edge})).labels
    named = [(tuple(called.get(node, node) for node in edge), each) for edge, each in found.items()]
    write_spreads(named, ("source", "target"), given=given, output=output, share=False)


def _network_by_spark(options: Any, given: str | None, output: str | None, chosen: dict[str, Any]) -> None:
    """Compute a network from a statement table in Parquet, and write its edges."""
    from disputegraph.spark import check_options, open_session, project, write_edges

    if len(data := named_data()) != 1:
        raise UsageError(
            "--engine spark reads one table of statements: -d FILE.parquet, as 'disputegraph export statements -f "
            "parquet' writes it."
        )
    for name in ("since", "until", "include", "exclude", "hearsay"):
        if chosen[name] and chosen[name] != "news":
            raise UsageError(f"--{name} chooses statements: give it to 'disputegraph export statements'.")
    if chosen["drop_consensual"] is not None:
        raise UsageError("Spark does not leave out consensual claims; leave out --drop-consensual or --engine.")
    check_options(options)  # before Spark starts, which takes many seconds
    form = chosen_format(given, output, {"parquet": "parquet", "pq": "parquet", "csv": "csv"}, "csv")
    with open_session() as session:
        write_edges(project(session, data[0], options), output, form)


def _note_what_is_left(made: Any, *, filtered: bool) -> None:
    if filtered and not made.directed and not made.bipartite:
        left = len(made.pattern[0])
        click.echo(
            f"Note: the disparity filter left {left:,} edges. It supposes that weights are independent, which "
            "those of a network of one sort of node are not, and often empties it.",
            err=True,
        )
    if not len(made.incidence.rows):
        click.echo("Note: no statement is left to make a network of.", err=True)


def _place(made: Any, attributes: dict[str, dict[str, float]], *, always: bool) -> None:
    """Add to `attributes` where the page would draw each node; y grows upwards, as in Gephi."""
    from disputegraph.networks import graph_of
    from disputegraph.page import box_of, place_boxes

    if len(made.labels) > _MOST_PLACED and not always:
        return
    graph = graph_of(made)
    boxes = {node: box_of(told["label"], claim=told.get("kind") == "Claim") for node, told in graph.nodes(data=True)}
    groups = {node: told["coalition"] for node, told in attributes.items()} or None
    wide, _ = place_boxes(boxes, graph.edges, groups=groups)
    for node, (x, y) in wide.items():
        attributes.setdefault(node, {}).update(x=float(x), y=float(-y))


def _coalitions(table: Any, made: Any, options: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return the coalition of each actor of a network that has ties of agreement or disagreement."""
    from disputegraph.analysis import Inference, coalitions

    shared = (
        "between", "over", "qualifier", "duplicates", "min_statements", "contradictions", "baseline", "dna_compat",
    )  # fmt: skip
    fitting = {name: options[name] for name in shared if name in options}
    found = coalitions(table, inference=Inference(0, 0), hangs_on=False, **fitting).partition
    if not found.proven:
        click.echo("Note: the coalitions are not proven optimal; see 'disputegraph analyse coalitions'.", err=True)
    number = coalition_of(found)
    return {node: {"coalition": number[node]} for node in made.nodes if node in number}


def _write(
    weights: Any,
    form: str,
    output: str | None,
    renderer: str,
    attributes: dict[str, dict[str, float]] | None = None,
) -> None:
    from disputegraph.networks import graph_of, write_network
    from disputegraph.rdf import open_output, write_text

    if form == "html":
        from disputegraph.page import page_of_network, render_page, render_pyvis, to_pyvis

        data = page_of_network(graph_of(weights))
        drawn = data["views"]["graph"]
        if drawn["shown"] < drawn["total"]:
            click.echo(f"Note: the {drawn['shown']} of {drawn['total']} nodes with most weight are drawn.", err=True)
        pyvis = renderer == "pyvis"
        html = render_pyvis(to_pyvis(graph_of(weights)), title=data["title"]) if pyvis else render_page(data)
        write_text(output, html)
        return
    with open_output(output) as stream:
        write_network(weights, stream, form, attributes=attributes)


def _write_slices(made: list[tuple[Any, Any]], form: str, output: str | None, renderer: str) -> None:
    if output is None or output == "-":
        if form not in ("csv", "json"):
            raise UsageError(f"time slices as {form} are one file each; name them with -o, as in -o slice.{form}.")
        _slices_in_one(made, form)
        return
    path = Path(output)
    for each, weights in made:
        target = path.with_name(f"{path.stem}-{each.name}{path.suffix}")
        _write(weights, form, str(target), renderer)
        click.echo(f"{target}: {each.first} to {each.last}, {len(weights.pattern[0])} edges", err=True)


def _slices_in_one(made: list[tuple[Any, Any]], form: str) -> None:
    from disputegraph.networks import edge_rows, node_link

    if form == "json":
        write_json([{**_days(each), "network": node_link(weights)} for each, weights in made])
        return
    tables = [(each, list(edge_rows(weights))) for each, weights in made]
    rows = [[*_days(each).values(), *row] for each, (_, *body) in tables for row in body]
    write_csv([*_days(made[0][0]), *map(str, tables[0][1][0])], rows)


def _days(each: Any) -> dict[str, str]:
    """Return first and last day of a slice, and its middle where it is a kernel's window."""
    return {"first": each.first, **({"middle": each.middle} if each.middle else {}), "last": each.last}


def _explain(found: list[Any], labels: Any, table: Any, form: str, output: str | None) -> None:
    from dataclasses import asdict

    if form == "json":
        write_json([asdict(each) for each in found], output=output)
        return
    columns = ["amount", "actor", "level", "over", "contradicts", "date", "document", "utterance"]
    keys = {key for each in found for key in (each.over, each.against, each.node, each.document) if key}
    called = {**table.names(sorted(keys)).labels, **labels}
    rows = [
        [
            f"{each.amount:.6g}" if form == "table" else each.amount,
            called.get(each.node, each.node),
            each.level,
            called.get(each.over, each.over),
            called.get(each.against or "", each.against),
            each.date,
            called.get(each.document or "", each.document),
            each.utterance,
        ]
        for each in found
    ]
    if form == "csv":
        write_csv(columns, rows, output=output)
        return
    total = sum(each.amount for each in found)
    write_table(
        columns,
        rows,
        output=output,
        title=f"Weight {total:.6g} from {len({each.utterance for each in found})} utterances",
    )
