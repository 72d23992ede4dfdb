"""`disputegraph anchors`: mend the anchors of evidence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from disputegraph.cli.data import say_notes
from disputegraph.cli.output import graph_format, output_option
from disputegraph.rdf import open_output


@click.group()
def anchors() -> None:
    """Mend the anchors of evidence."""


@anchors.command()
@click.argument("file", metavar="DATA", type=click.Path(path_type=Path))
@click.option("--sources", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder of source "
              "texts, as they are now.")  # fmt: skip
@output_option
@click.pass_context
def repair(ctx: click.Context, file: Path, sources: Path, output: str | None) -> None:
    """Write DATA with re-found anchors at their new places.

    An anchor whose words stand elsewhere in the text now, and only once, gets its new place; ambiguous and lost ones
    keep theirs and are told. -o may name DATA itself. Exits with 1 if any anchor is not mended.
    """
    import pyoxigraph

    from disputegraph.evidence import Sources, repair_anchors, verify_anchors
    from disputegraph.rdf import prefixes_of, read_quads, source_of_path, write_stable
    from disputegraph.store import EmbeddedStore

    source = source_of_path(file)
    quads = list(read_quads(source))
    say_notes(source.notes)
    engine = pyoxigraph.Store()
    engine.bulk_extend(quads)
    texts = Sources(sources)
    say_notes(texts.notes())
    reports = verify_anchors(EmbeddedStore(engine, location=str(file)), texts)
    form = graph_format(None, output)
    with open_output(output) as stream:
        write_stable(repair_anchors(quads, reports), stream, form, prefixes=prefixes_of(source))
    statuses = Counter(report.status for report in reports)
    for report in reports:
        if report.status in ("ambiguous", "lost"):
            click.echo(f"{report.status}: {report.anchor}: {report.message}.", err=True)
    told = ", ".join(f"{count:,} {status}" for status, count in sorted(statuses.items()))
    click.echo(f"{len(reports):,} anchors: {told or 'none'}. {statuses['re-found']:,} rewritten.", err=True)
    ctx.exit(1 if statuses["ambiguous"] or statuses["lost"] else 0)
