"""`disputegraph diff`: what changed between two versions of a dispute."""

from __future__ import annotations

import click

from disputegraph.cli.output import chosen_format, format_option, output_option, write_json, write_shown


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
@format_option(["text", "json"])
@output_option
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, exit_code: bool, format: str | None, output: str | None) -> None:
    """Tell what changed between two versions of a dispute.

    OLD and NEW are RDF files or folders. Actors, claims, utterances and stances are known by their IRIs.
    """
    form = chosen_format(format, output, {"json": "json"}, "text")
    from disputegraph.identity import compare
    from disputegraph.model import Model
    from disputegraph.store import open_store

    models = []
    for version in (old, new):  # one after the other, so that only one store takes memory
        with open_store([version]) as store:
            models.append(Model.whole(store))
    comparison = compare(*models)
    if form == "json":
        write_json(comparison.to_dict(), output=output)
    else:
        write_shown("\n".join([str(comparison), *map(str, comparison.changes)]) + "\n", output=output)
    ctx.exit(1 if exit_code and comparison.changes else 0)
