"""`disputegraph site`: the dispute as a static site."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from disputegraph.cli.data import (
    data_options,
    named_data,
    note_broken,
    open_data,
    quote_context_option,
    say_notes,
    sources_option,
)
from disputegraph.cli.progress import watched
from disputegraph.evidence import ContextShown
from disputegraph.rdf import PROJECT_FILE


@click.command()
@data_options
@sources_option
@click.option("-o", "--output", required=True, metavar="DIR", help="The folder of the site, written whole or not at "
              "all; one that this command wrote before is replaced.")  # fmt: skip
@click.option("--base", metavar="ADDRESS", help="Where the site will stand, such as https://example.org/harbour/: it "
              "gives the addresses of pages and files. Default: where the data's IRIs stand.")  # fmt: skip
@click.option("--title", metavar="TEXT", help="Title of the site; default: the dispute's.")
@quote_context_option
def site(sources: Path | None, output: str, base: str | None, title: str | None, context: ContextShown) -> None:
    """Write the dispute as a static site for any web host.

    It holds the interactive page; a page for every actor, claim, document, event and other thing, with structured data
    and its triples beside it; an index with a search; codebook, method and the data with their descriptions; and what
    Apache, nginx and GitHub Pages need. With --sources it shows quotes; publish these only with the right to them.
    """
    from disputegraph.evidence import Sources
    from disputegraph.site import write_site

    if sources is None and click.get_current_context().get_parameter_source("context") is not ParameterSource.DEFAULT:
        say_notes(["--context shows words of the sources, and needs their folder (--sources)."])
    named = named_data()
    project = Path(named[0]) if len(named) == 1 and Path(named[0], PROJECT_FILE).is_file() else None
    with open_data() as store:
        texts = Sources(sources) if sources else None
        say_notes(texts.notes() if texts else [])
        done = write_site(
            store,
            output,
            base=base,
            title=title,
            sources=texts,
            context=context,
            project=project,
            watch=watched("writing pages"),
        )
    say_notes(done.notes)
    if base is None:
        say_notes(["no --base: no page says where it is published; name the address at which the site will stand."])
    note_broken(done.broken)
    click.echo(f"Wrote {output}: {done.pages:,} pages of things, {done.files:,} files.", err=True)
