"""`disputegraph upgrade`: data of version 0.1 of the ontology become data of version 0.2."""

from __future__ import annotations

from pathlib import Path

import click

from disputegraph.cli.shown_text import shown_text

_SHOWN = 5


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="DATA...", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the one file there; by "
              "default files are replaced, and the old ones kept with the suffix .bak.")  # fmt: skip
def upgrade(files: tuple[Path, ...], output: Path | None) -> None:
    """Rewrite data of version 0.1 for version 0.2 of the ontology.

    DATA is an RDF file or a folder of them. All files are rewritten or none. What was done is told step by step, with
    what a person should look at. Files are written sorted; comments are lost, and counted.
    """
    from disputegraph.importers import upgrade_files
    from disputegraph.store import sources_of

    paths = [source.path for file in files for source in sources_of(file) if source.path]
    done = upgrade_files(paths, output)
    if not done.written:
        click.echo("Nothing to do: the data are written for version 0.2.", err=True)
        return
    for step in done.steps:
        more = f" … and {len(step.nodes) - _SHOWN:,} more" if len(step.nodes) > _SHOWN else ""
        click.echo(
            f"{step.title}\n  {step.done}\n  Look: {step.look}\n  {shown_text(' '.join(step.nodes[:_SHOWN]))}{more}"
        )
    if done.comments:
        click.echo(f"Note: {done.comments:,} lines of comments are not in the new files.", err=True)
    click.echo(f"Written: {', '.join(map(str, done.written))}.", err=True)
