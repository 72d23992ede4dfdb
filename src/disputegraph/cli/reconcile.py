"""`disputegraph reconcile`: propose who is who in another place, and note what a person confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from disputegraph.cli.data import data_options, open_data
from disputegraph.cli.output import graph_format, output_option, write_csv
from disputegraph.cli.progress import watched
from disputegraph.errors import UsageError

if TYPE_CHECKING:
    from disputegraph.identity import Named

_COLUMNS = (
    "same", "iri", "label", "kind", "other_iri", "other_name", "other_description", "score", "match"
)  # fmt: skip


@click.command()
@data_options
@click.option("--endpoint", metavar="URL", help="Address of a reconciliation service, which the names are sent to.")
@click.option("--of", type=click.Choice(["actors", "claims"]), default="actors", show_default=True, help="Whose names "
              "are sent; unnamed sources never are.")  # fmt: skip
@click.option("--type", "type_", metavar="ID", help="Type of the service to look in, such as Q5 of Wikidata.")
@click.option("--limit", type=click.IntRange(1, 20), default=3, show_default=True, help="Most candidates for each.")
@click.option("--confirmed", type=click.Path(path_type=Path), metavar="FILE", help="Instead of asking: take the rows "
              "of FILE whose column 'same' says yes as schema:sameAs.")  # fmt: skip
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Of --confirmed: into a project."
)
@output_option
def reconcile(
    endpoint: str | None,
    of: str,
    type_: str | None,
    limit: int,
    confirmed: Path | None,
    into: Path | None,
    output: str | None,
) -> None:
    """Propose who is who in another place, by a reconciliation service.

    --endpoint asks a service (Wikidata's, your library's, another 'disputegraph serve') for the names of the actors,
    and writes its candidates as a table. Write yes into the column 'same' where you are sure; --confirmed FILE
    --into DIR notes these in the codebook. Nothing is decided for you.
    """
    if (endpoint is None) == (confirmed is None):
        raise UsageError("give --endpoint URL to ask a service, or --confirmed FILE to take in what you confirmed.")
    if confirmed is not None:
        _take_in(confirmed, into, output)
        return
    if into is not None:
        raise UsageError("--into takes in what --confirmed says; what a service proposes is for you to look at first.")
    from disputegraph.identity import NameIndex, ReconciliationService
    from disputegraph.model import Model

    with open_data() as store:
        index = NameIndex(Model(store))
    things = [thing for thing in index.things.values() if thing.is_a(["Claim" if of == "claims" else "Actor"])]
    service = ReconciliationService(endpoint or "")
    click.echo(f"{len(things):,} names are sent to {service.name}.", err=True)
    rows = [
        ["", each.thing.iri, each.thing.label, each.thing.kind, each.address, each.name, each.description, each.score,
         "yes" if each.match else "no"]
        for each in service.proposals(things, type_=type_, limit=limit, watch=watched("asking"))
    ]  # fmt: skip
    write_csv(_COLUMNS, rows, output=output)
    for what, count in service.odd.items():
        click.echo(f"Note: {count:,} {what}.", err=True)
    found = len({row[1] for row in rows})
    click.echo(
        f"{len(rows):,} candidates for {found:,} of {len(things):,} names. Write yes into the column 'same' where you "
        "are sure, and take them in with --confirmed.",
        err=True,
    )


def _take_in(confirmed: Path, into: Path | None, output: str | None) -> None:
    """Note confirmed pairs in a project, or write them as a graph."""
    from pyoxigraph import NamedNode, Quad

    from disputegraph.errors import DataError
    from disputegraph.identity import is_web_address, read_pairs
    from disputegraph.rdf import open_output, write_stable
    from disputegraph.vocabulary import SCHEMA

    if into is not None and output is not None:
        raise UsageError("-o writes a file and --into a project; name one.")
    pairs = read_pairs(confirmed)
    for iri, other in pairs:
        for each in (iri, other):
            if not is_web_address(each):
                raise DataError(f"'{each}' is not an address of http or https.", path=str(confirmed))
    known = _known(into)
    if strangers := sorted({iri for iri, _ in pairs} - known.keys()):
        raise DataError(
            f"{len(strangers):,} of the IRIs are not of actors or claims of the data, the first <{strangers[0]}>.",
            path=str(confirmed),
        )
    quads = [Quad(NamedNode(iri), SCHEMA.sameAs, NamedNode(other)) for iri, other in pairs]
    if into is not None:
        from disputegraph.coding import Project

        new = Project(into).take_in(quads, f"reconcile {len(pairs):,} things")
        click.echo(f"{len(pairs):,} confirmed pairs; {new:,} are new in {into}.", err=True)
        return
    with open_output(output) as stream:
        write_stable(iter(quads), stream, graph_format(None, output))
    click.echo(f"{len(pairs):,} confirmed pairs.", err=True)


def _known(into: Path | None) -> dict[str, Named]:
    """Return the actors and claims of the project, or of the data."""
    from disputegraph.identity import NameIndex
    from disputegraph.model import Model
    from disputegraph.store import open_store

    with open_data() if into is None else open_store([into]) as store:
        return NameIndex(Model(store)).things
