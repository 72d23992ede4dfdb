"""What the imports share: where their result goes, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from disputegraph.cli.output import graph_format, output_option
from disputegraph.cli.progress import watched
from disputegraph.rdf import open_output

if TYPE_CHECKING:
    from disputegraph.coding import Project
    from disputegraph.importers import Imported

_Function = TypeVar("_Function", bound=Callable[..., Any])
MOST_WARNINGS = 20

FILE = click.Path(path_type=Path)
language_option = click.option(
    "--language", default="en", show_default=True, metavar="TAG", help="Language of labels and paraphrases."
)
own_language_option = click.option(
    "--language", metavar="TAG", help="Language of labels; default: what disputegraph.toml says, else en."
)
encoding_option = click.option("--encoding", metavar="NAME", help="Encoding of CSV and TSV files; default: UTF-8.")
actors_option = click.option(
    "--actors", type=FILE, metavar="FILE", help="Sheet of actors: kinds, aliases, pages about the same."
)
texts_option = click.option(
    "--sources", type=FILE, metavar="DIR", help="Write the documents' texts here, so that anchors verify."
)


def destination(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--base``, ``--into`` and ``-o``; a project is given as ``output``."""

    @click.option("--base", metavar="IRI", help="Under which names are made; default: from the file's name.")
    @click.option("--into", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Take it into the "
                  "project DIR, as one change that can be undone; its base is the default then.")  # fmt: skip
    @output_option
    @wraps(function)
    def run(*, into: Path | None, output: str | None, base: str | None, **options: Any) -> None:
        if into is None:
            function(output=output, base=base, **options)
            return
        if output is not None:
            raise click.UsageError("-o writes a file and --into a project; name one.")
        from disputegraph.coding import Project

        project = Project(into)
        function(output=project, base=base or project.settings.base, **options)

    return run


def map_option(form: str, what: str, option: str = "--map") -> Callable[[_Function], _Function]:
    """Return an option that says what means what, each in the form `form`; ``mapping``, or ``values``, is a dict."""

    def pairs(_ctx: click.Context, _parameter: click.Parameter, texts: Iterable[str]) -> dict[str, str]:
        found = {}
        for text in texts:
            left, equals, right = text.rpartition("=")
            if not equals or not left:
                raise click.UsageError(f"{option} '{text}': write {form}.")
            found[left] = right.strip()
        return found

    name = "mapping" if option == "--map" else "values"
    return click.option(option, name, multiple=True, metavar=form, callback=pairs, help=f"{what} Repeatable.")


def project_sources(output: str | Project | None) -> Path | None:
    """Return the folder of texts of a project that is imported into."""
    return None if output is None or isinstance(output, str) else output.sources


def write_import(done: Imported, output: str | Project | None) -> None:
    """Write the graph, or take it into a project, and tell on standard error what there is to know."""
    for warning in done.warnings[:MOST_WARNINGS]:
        click.echo(f"Warning: {warning}", err=True)
    if len(done.warnings) > MOST_WARNINGS:
        click.echo(f"… and {len(done.warnings) - MOST_WARNINGS:,} more warnings.", err=True)
    told = ", ".join(f"{count:,} {what}" for what, count in done.counts.items())
    if output is not None and not isinstance(output, str):
        new = output.take_in(done.triples.quads(), f"import {told}")
        click.echo(f"{told}. {new:,} triples are new in {output.folder}; names stand under {done.base}", err=True)
        return
    form = graph_format(None, output)
    with open_output(output) as stream:
        if output in (None, "-"):  # a bar between lines of Turtle would help nobody
            done.triples.write(stream, form)
        else:
            done.triples.write(stream, form, watch=watched("writing"))
    click.echo(f"{told}. Names stand under {done.base}", err=True)
