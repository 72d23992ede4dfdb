"""`disputegraph load`: build a store on disk, or fill a server."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disputegraph.cli.data import context_option, lenient_option, say_notes, user_option
from disputegraph.cli.shown_text import shown_text
from disputegraph.rdf import Source
from disputegraph.store import is_address, sources_of

if TYPE_CHECKING:
    from rich.progress import TaskID

    from disputegraph.store import Progress


@click.command()
@click.argument("data", nargs=-1, required=True, metavar="DATA...")
@click.option("--into", required=True, metavar="STORE", help="The folder of the store (made where it is missing), or a "
              "server's URL.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Build the store anew instead of adding to it.")
@click.option("--from", "from_", metavar="FORMAT", help="Format of the input; default: by each file's suffix.")
@click.option("--base", metavar="IRI", help="What relative IRIs resolve against; default: each file's own IRI.")
@context_option
@lenient_option
@click.option("--allow-network", is_flag=True, help="Let JSON-LD files fetch their contexts.")
@click.option("--graph", metavar="IRI", help="Of a server: the graph to load the default graph into.")
@user_option
def load(
    data: tuple[str, ...],
    into: str,
    replace: bool,
    from_: str | None,
    base: str | None,
    contexts: dict[str, Path],
    allow_network: bool,
    lenient: bool,
    graph: str | None,
    user: str | None,
) -> None:
    """Load files into a store on disk, or into a server.

    DATA is an RDF file (also .gz, .bz2, .xz), a folder of them, or '-' for standard input. Every command then takes
    the store by -d. It stays as it was until all is loaded, and a file that is in it already, byte for byte, is not
    loaded again.
    """
    sources = [
        source
        for location in data
        for source in sources_of(location, format=from_, base=base, contexts=contexts, lenient=lenient)
    ]
    if is_address(into):
        _fill_server(into, sources, graph, user, replace, allow_network)
        return
    if graph:
        raise click.UsageError("--graph is for servers; a store on disk keeps the graphs of its files.")
    from disputegraph.store import load_into

    with _progress() as progress:
        done = load_into(Path(into), sources, replace=replace, allow_network=allow_network, progress=progress)
    say_notes(note for source in sources for note in source.notes)
    for name in done.skipped:
        click.echo(f"Already in the store, not loaded again: {name}", err=True)
    files = f"{len(done.loaded)} file{'s' * (len(done.loaded) != 1)}"
    speed = f", {done.added / done.seconds:,.0f} triples/s" if done.added > 0 and done.seconds > 0.5 else ""  # noqa: PLR2004  # shorter says nothing
    sizes = f"{done.added:,} triples added, {done.quads:,} in all"
    click.echo(f"Loaded {files} into {into}: {sizes} ({done.seconds:.1f} s{speed}).", err=True)


def _fill_server(
    into: str, sources: Sequence[Source], graph: str | None, user: str | None, replace: bool, allow_network: bool
) -> None:
    from disputegraph.store import public_address, upload

    if replace:
        raise click.UsageError("--replace is for stores on disk; clear the server's graph by its own means.")
    start = time.monotonic()
    sent = upload(into, sources, graph=graph, user=user, allow_network=allow_network)
    say_notes(note for source in sources for note in source.notes)
    click.echo(f"Sent {sent:,} triples to {public_address(into)} ({time.monotonic() - start:.1f} s).", err=True)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Show on a terminal how far each file is."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    shown = Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn(),
        console=Console(file=getattr(sys.stderr, "stream", sys.stderr)), transient=True,
    )  # fmt: skip
    tasks: dict[str, TaskID] = {}

    def told(source: Source, count: int) -> None:
        if source.name not in tasks:
            total = source.path.stat().st_size if source.path else None
            tasks[source.name] = shown.add_task(shown_text(Path(source.name).name), total=total)
        shown.update(tasks[source.name], advance=count)

    with shown:
        yield told
