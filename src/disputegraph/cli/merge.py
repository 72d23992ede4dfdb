"""`disputegraph merge`: dispute files joined into one."""

from __future__ import annotations

from pathlib import Path

import click

from disputegraph.cli.output import graph_format, output_option
from disputegraph.rdf import open_output

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="DATA...", type=_FILE)
@click.option("--pairs", type=_FILE, metavar="FILE", help="Confirmed doubles: CSV with columns iri, other_iri and, if "
              "only some rows count, same (yes or no).")  # fmt: skip
@output_option
def merge(files: tuple[Path, ...], pairs: Path | None, output: str | None) -> None:
    """Join dispute files, unifying what is surely the same.

    Actors are one by their IRI, by schema:sameAs, and by the pairs that --pairs confirms; never by guess.
    'disputegraph actors --duplicates -f csv' lists likely doubles in the form that --pairs reads.
    """
    from disputegraph.identity import merge_files, read_pairs
    from disputegraph.rdf import write_stable

    merged = merge_files(files, pairs=read_pairs(pairs) if pairs else ())
    form = graph_format(None, output)
    with open_output(output) as stream:
        write_stable(merged.quads, stream, form, prefixes=merged.prefixes)
    for warning in merged.warnings:
        click.echo(f"Warning: {warning}", err=True)
    for iri, stays, reason in merged.unified:
        click.echo(f"{iri} is now {stays} ({reason})", err=True)
    click.echo(
        f"{len(files):,} files, {len(merged.quads):,} triples, {len(merged.unified):,} actors unified.", err=True
    )
