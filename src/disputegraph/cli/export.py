"""`disputegraph export`: the dispute for work elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.data import FOLDER, data_options, open_data, option_group
from disputegraph.cli.output import chosen_format, output_option, refuse_suffix, write_csv, write_json
from disputegraph.cli.statement_options import chosen_statements, note_undated, statement_options
from disputegraph.errors import UsageError
from disputegraph.rdf import make_folder, open_output

if TYPE_CHECKING:
    from disputegraph.importers import CodedTexts, Workbook

_base_option = click.option(
    "--base", metavar="IRI", help="Under which the data's names stand; default: where most utterances do."
)


@click.group()
def export() -> None:
    """Export for work elsewhere."""


@export.command()
@data_options
@click.option("--actors", metavar="FILE", help="Where to write the sheet of actors (.csv or .tsv).")
@_base_option
@output_option
def sheet(actors: str | None, base: str | None, output: str | None) -> None:
    """Write the sheets that 'import sheet' reads.

    -o FILE.xlsx or -o DIR holds everything: a sheet each for statements, actors, claims, documents, stances, posts,
    events and more. -o FILE.csv is the sheet of statements alone, with that of actors where --actors says. What the
    sheets cannot say is counted on standard error.
    """
    from disputegraph.importers import export_sheets, export_workbook
    from disputegraph.tables import write_sheet

    folder = output not in (None, "-") and (Path(output).is_dir() or not (Path(output).suffix or Path(output).exists()))
    if not folder:
        refuse_suffix(output, ("xlsx", "csv", "tsv", "tab"), "sheets")
    if output and (folder or Path(output).suffix.lower() == ".xlsx"):
        with open_data() as store:
            book = export_workbook(store, base=base)
        _write_all(Path(output), book)
        told = ", ".join(f"{name} {len(rows) - 1:,}" for name, rows in book.sheets.items())
        options = f"--base {book.base}"
        if book.language != "en":
            options += f" --language {book.language}"
        if "quote" in book.sheets["statements"][0]:
            options += " --keep-quotes"
        click.echo(f"Rows: {told}. Import again with {options}", err=True)
        left_out = book.left_out
    else:
        with open_data() as store:
            files = export_sheets(store, base=base)
        if actors:
            write_sheet(actors, files.actors)
        write_sheet(output, files.statements)
        click.echo(
            f"{len(files.statements) - 1:,} statements, {len(files.actors) - 1:,} actors and things. "
            f"Import again with --base {files.base}",
            err=True,
        )
        left_out = files.left_out
    if left_out:
        click.echo(f"Not in the sheets: {', '.join(left_out)}.", err=True)


def _write_all(output: Path, book: Workbook) -> None:
    """Write all sheets into one workbook, or into a folder, which is made if it is not there."""
    from disputegraph.importers import SHEETS
    from disputegraph.tables import write_sheet, write_workbook

    if output.suffix.lower() == ".xlsx" and not output.is_dir():
        write_workbook(output, book.sheets)
        return
    make_folder(output)
    for name, rows in book.sheets.items():
        write_sheet(output / f"{name}.csv", rows)
    written = {f"{name}.csv" for name in book.sheets}
    others = sorted(path.name for path in output.iterdir() if path.stem in SHEETS and path.name not in written)
    if others:
        text = f"Warning: {output} has {', '.join(others)} from before; 'import sheet {output}' would read it too."
        click.echo(text, err=True)


@export.command()
@data_options
@statement_options
@click.option(
    "-f", "--format", "given", metavar="FORMAT", help="parquet or csv; default: by the suffix of FILE, else csv."
)
@output_option
def statements(given: str | None, output: str | None, **chosen: Any) -> None:
    """Write the table of statements: who said what, when, and where it stands.

    Parquet is what 'network --engine spark' reads; it is written in chunks.
    """
    from disputegraph.spark import write_statements

    form = chosen_format(given, output, {"parquet": "parquet", "pq": "parquet", "csv": "csv"}, "csv")
    if form == "parquet" and output in (None, "-"):
        raise UsageError("Parquet cannot be shown in a terminal; name a file with -o.")
    with open_data() as store:
        _, table = chosen_statements(store, chosen)
        with open_output(output) as stream:
            count = write_statements(table, stream, form)
    click.echo(f"{count:,} statements.", err=True)


@export.command()
@data_options
@click.option("--checker", "checkers", metavar="NAME", multiple=True, help="An actor whose every statement on a claim "
              "is a review; repeatable. Default: verdicts of fact-checkers.")  # fmt: skip
@output_option
def claimreview(checkers: tuple[str, ...], output: str | None) -> None:
    """Write schema.org ClaimReview for claims that a fact-checker in the data has reviewed.

    A review is a verdict (speech act: evaluating) that stands in a document of its own voice, has a coded rating, or
    says who made the claim: what 'import claimreview' reads. One document of JSON-LD, in the order of the days.
    """
    from disputegraph.importers import export_claimreview
    from disputegraph.model import find_node

    refuse_suffix(output, ("json", "jsonld"), "ClaimReview")
    with open_data() as store:
        done = export_claimreview(store, checkers={find_node(name, store) for name in checkers})
    if not done.reviews:
        advice = "" if checkers else "; name a fact-checker with --checker"
        raise UsageError(f"the data holds no review of a claim{advice}.")
    write_json(done.document, output=output)
    for note in done.notes:
        click.echo(f"Note: {note}", err=True)
    click.echo(f"{done.reviews:,} reviews.", err=True)


def _passage_options(what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the options of exports of coded passages."""
    return option_group(
        data_options,
        click.option("--sources", type=FOLDER, required=True, metavar="DIR", help=what),
        _base_option,
        click.option("-o", "--output", required=True, metavar="FILE", help="Where to write it."),
    )


@export.command()
@_passage_options("Folder of the source texts, which become part of the file.")
def qda(sources: Path, base: str | None, output: str) -> None:
    """Write a REFI-QDA project (.qdpx) for NVivo, MAXQDA, ATLAS.ti or QualCoder.

    Each statement is a passage of its text, coded by speaker, claim, polarity and so on; a claim's paraphrase explains
    its code. The file holds the source texts: pass it on only where you may.
    """
    from disputegraph import __version__
    from disputegraph.importers import write_qda

    refuse_suffix(output, ("qdpx",), "REFI-QDA projects")
    coded = _passages(sources, base, output)
    with open_output(output) as stream:
        write_qda(coded, stream, origin=f"disputegraph {__version__}")
    _tell(coded)


@export.command("annotations")
@_passage_options("Folder of the source texts, in which the places are.")
@click.option("--no-quotes", is_flag=True, help="Give places only, and none of the sources' words.")
def web_annotations(sources: Path, base: str | None, output: str, *, no_quotes: bool) -> None:
    """Write web annotations (W3C, JSON-LD), as Hypothesis and Recogito read them.

    Each statement is a passage with tags: 'speaker: Ada Osei', 'claim: The mayor will resign', 'polarity: denies'.
    """
    from disputegraph.importers import annotations_of

    refuse_suffix(output, ("json", "jsonld"), "annotations")
    coded = _passages(sources, base, output)
    write_json(annotations_of(coded, quotes=not no_quotes), output=output)
    _tell(coded)


def _passages(sources: Path, base: str | None, output: str) -> CodedTexts:
    from disputegraph.evidence import Sources
    from disputegraph.importers import passages_of

    with open_data() as store:
        coded = passages_of(store, Sources(sources), name=Path(output).stem, base=base)
    if not coded.passages:
        raise UsageError(f"no statement has its words in a text of {sources}, so there is nothing to write.")
    return coded


def _tell(coded: CodedTexts) -> None:
    told = f"{len(coded.passages):,} passages of {len(coded.texts):,} texts."
    click.echo(f"{told} Import again with --base {coded.base}", err=True)
    if coded.left_out:
        told = ", ".join(f"{what} ({count:,})" for what, count in sorted(coded.left_out.items()))
        click.echo(f"Not in the file: {told}.", err=True)


@export.command()
@data_options
@click.option("--between", default="voices", metavar="NODES", help="Senders: voices (default), speakers, "
              "organisations, or any field.")  # fmt: skip
@click.option("--over", default="claims", metavar="NODES", help="Receivers: claims (default), issues, or any field.")
@statement_options
@output_option
def events(between: str, over: str, output: str | None, **chosen: Any) -> None:
    """Write an event list for relational event models: who said what when, and on which side.

    The R packages goldfish and rem read it (docs/networks.md has the lines). CSV, an event a row: time (seconds since
    1970), sender, receiver, increment (1), sign (1 affirms, -1 denies, 0 neutral), sequence, date and more.
    """
    from disputegraph.networks import EVENT_COLUMNS, event_rows

    refuse_suffix(output, ("csv",), "event lists")
    with open_data() as store:
        _, table = chosen_statements(store, chosen)
        if not (chosen["since"] or chosen["until"]):
            note_undated(table, "export events")
        rows = list(event_rows(table, between=between, over=over))
    write_csv(EVENT_COLUMNS, rows, output=output)
    click.echo(f"{len(rows):,} events.", err=True)
