"""`disputegraph import qda`, `brat` and `annotations`: passages with their codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.data import option_group
from disputegraph.cli.import_output import (
    FILE,
    actors_option,
    destination,
    language_option,
    map_option,
    project_sources,
    texts_option,
    write_import,
)

if TYPE_CHECKING:
    from disputegraph.coding import Project
    from disputegraph.importers import CodedTexts


def _passage_options(what: str, form: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the options of imports of coded passages; `what` a ``--map`` maps, in the form `form`."""
    text = f"Read {what} as speaker, claim, polarity …; '{form.partition('=')[0]}=' leaves it out."
    return option_group(actors_option, map_option(form, text), language_option, destination)


@click.command()
@click.argument("file", type=FILE)
@texts_option
@_passage_options("CODE, and what stands below it,", "CODE=FIELD")
def qda(
    file: Path, sources: Path | None, mapping: dict[str, str], output: str | Project | None, **options: Any
) -> None:
    """Import a REFI-QDA project (.qdpx) of NVivo, MAXQDA, ATLAS.ti or QualCoder.

    Codes below one called Speakers, Claims, Polarity … are the speakers, claims and polarities; a passage with a claim
    and a speaker is an utterance. Other codes are kept as coded values.
    """
    from disputegraph.importers import read_qda

    _write_passages(read_qda(file, mapping), sources, output, options)


@click.command()
@click.argument("folder", metavar="DIR", type=FILE)
@texts_option
@_passage_options("ROLE", "ROLE=FIELD")
def brat(
    folder: Path, sources: Path | None, mapping: dict[str, str], output: str | Project | None, **options: Any
) -> None:
    """Import brat's stand-off annotations (.ann beside .txt).

    A span is an utterance if its attributes or its note say the claim, and a relation or an event ties a speaker to it.
    """
    from disputegraph.importers import read_brat

    _write_passages(read_brat(folder, mapping), sources, output, options)


@click.command("annotations")
@click.argument("file", type=FILE)
@click.option("--sources", type=FILE, metavar="DIR", help="Folder of the texts, in which the words are looked up.")
@_passage_options("TAG", "TAG=FIELD")
def web_annotations(
    file: Path, sources: Path | None, mapping: dict[str, str], output: str | Project | None, **options: Any
) -> None:
    """Import web annotations (W3C, JSON-LD), as Hypothesis and Recogito write them.

    Tags say what a passage means: 'speaker: Ada Osei', 'claim: The mayor will resign', 'polarity: denies'.
    """
    from disputegraph.evidence import Sources
    from disputegraph.importers import read_annotations

    folder = sources or project_sources(output)
    texts = {Path(each.name).stem: each.text for each in Sources(folder).texts} if folder else {}
    _write_passages(read_annotations(file, texts, mapping), None, output, options)


def _write_passages(
    coded: CodedTexts, sources: Path | None, output: str | Project | None, options: dict[str, Any]
) -> None:
    """Import coded passages, and write their texts into `sources`, or into the project that is imported into."""
    from disputegraph.importers import import_passages, write_texts

    done = import_passages(coded, **options)
    folder = sources or project_sources(output)
    if folder is not None and done.texts:
        write_texts(folder, dict(done.texts))
        click.echo(f"{len(done.texts):,} texts written to {folder}.", err=True)
    write_import(done, output)
