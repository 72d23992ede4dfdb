"""`disputegraph page`: the dispute as one interactive HTML page."""

from __future__ import annotations

from pathlib import Path

import click

from disputegraph.cli.data import data_options, note_broken, open_data, say_notes, sources_option
from disputegraph.cli.output import refuse_suffix
from disputegraph.dispute import Dispute
from disputegraph.evidence import Sources
from disputegraph.model import Model


@click.command()
@data_options
@sources_option
@click.option(
    "-o", "--output", default="dispute.html", show_default=True, metavar="FILE.html", help="The page; - for stdout."
)
@click.option("--title", metavar="TEXT", help="Title of the page; default: the dispute's.")
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
def page(sources: Path | None, output: str, title: str | None, open_: bool) -> None:
    """Write the dispute as one interactive HTML page.

    The page needs no network: it can be mailed, put on a stick or published as it is. With --sources it carries the
    quotes and the paragraphs around them: publish such a page only with the right to those texts.
    """
    refuse_suffix(output, ("html", "htm"), "pages")
    with open_data() as store:
        say_notes(Sources(sources).notes() if sources else [])
        Dispute(store).page(output, sources=sources, title=title)
        note_broken(len(Model(store).said.broken))
    if output != "-":
        click.echo(f"Wrote {output}", err=True)
        if open_:
            click.launch(Path(output).resolve().as_uri())
