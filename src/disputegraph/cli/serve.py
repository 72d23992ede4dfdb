"""`disputegraph serve`: the dispute as a local web application."""

from __future__ import annotations

import os
from typing import Any

import click

from disputegraph.cli.data import sources_option
from disputegraph.errors import UsageError


@click.command()
@click.option("-d", "--data", "locations", multiple=True, metavar="DATA", help="RDF file (also .gz, .bz2, .xz), folder "
              "of them, sheets (a folder with statements.csv), or a bundled dispute (junior-doctors, "
              "junior-doctors-2016); repeatable. Default: $DISPUTEGRAPH_DATA, else junior-doctors-2016.")  # fmt: skip
@sources_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
@click.option("--watch", is_flag=True, help="Load the data again when its files change.")
@click.option("--title", metavar="TEXT", help="Title of the page; default: the dispute's.")
@click.option("--writable", is_flag=True, help="Take SPARQL updates that bear the token, and write them to the file.")
@click.option("--token", envvar="DISPUTEGRAPH_TOKEN", metavar="TOKEN", help="Token of updates; better set as "
              "$DISPUTEGRAPH_TOKEN, where other users of the machine do not see it.")  # fmt: skip
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Let pages of this origin use the server; repeatable.")
@click.option("--allowed-host", "allowed_hosts", multiple=True, metavar="NAME", help="A further name the server may be "
              "called by; repeatable.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds for one query.")
@click.option(
    "--max-rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows or triples of one answer."
)
@click.option("--max-memory", type=click.IntRange(16), default=1024, show_default=True, help="MiB one query may take.")
@click.option("--many", type=click.IntRange(0), default=100_000, show_default=True, help="Triples from which the page "
              "asks the server for details when they are looked at.")  # fmt: skip
def serve(
    locations: tuple[str, ...], open_: bool, timeout: float, max_rows: int, max_memory: int, **options: Any
) -> None:
    """Serve the dispute on this machine: page, SPARQL endpoint, query editor, linked data.

    The page is at /, the SPARQL endpoint at /sparql, the query editor at /query; every IRI of the dispute has a page,
    and /data.ttl, /data.jsonld and others are the whole graph. Stop it with Ctrl-C.
    """
    from disputegraph.resources import BUNDLED_DISPUTE, bundled_dispute
    from disputegraph.server import Limits, ServerOptions
    from disputegraph.server import serve as run

    if not locations and (named := os.environ.get("DISPUTEGRAPH_DATA")):
        locations = tuple(named.split(os.pathsep))
    if not locations and options["writable"]:
        raise UsageError("--writable takes exactly one RDF file as -d; the bundled dispute is not to be changed.")
    if not locations:
        click.echo(f"Note: no -d/--data given; serving the bundled dispute '{BUNDLED_DISPUTE}'.", err=True)
        locations = (str(bundled_dispute()),)
    if options["host"] not in ("127.0.0.1", "localhost", "::1"):
        click.echo(
            f"Warning: listening on {options['host']}, so that others in the network can read the dispute and run "
            "queries. There is no encryption and no log-in; put a web server with both before it.",
            err=True,
        )

    def started(address: str) -> None:
        click.echo(f"Serving at {address} (page), {address}sparql, {address}query. Ctrl-C stops it.", err=True)
        if open_:
            click.launch(address)

    limits = Limits(seconds=timeout, rows=max_rows, megabytes=max_memory)
    run(ServerOptions(locations=locations, limits=limits, **options), started=started)
