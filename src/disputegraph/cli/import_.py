"""`disputegraph import`: codings made elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.import_output import (
    FILE,
    MOST_WARNINGS,
    actors_option,
    destination,
    encoding_option,
    language_option,
    map_option,
    own_language_option,
    project_sources,
    texts_option,
    write_import,
)
from disputegraph.cli.import_passages import brat, qda, web_annotations
from disputegraph.cli.progress import watched
from disputegraph.errors import DisputeGraphError
from disputegraph.rdf import PROJECT_FILE, open_output

if TYPE_CHECKING:
    from disputegraph.coding import Project
    from disputegraph.importers import Imported, RowIds


@click.group("import")
def import_() -> None:
    """Import codings made elsewhere.

    Sheets, Discourse Network Analyzer, roll calls, Polis, ClaimReview, REFI-QDA, web annotations and brat become
    Turtle, sorted: the same bytes for the same input.
    """


for _command in (qda, brat, web_annotations):
    import_.add_command(_command)


@import_.command()
@click.argument("statements", type=FILE)
@actors_option
@click.option("--also", type=FILE, multiple=True, metavar="FILE", help="A further sheet, called by what it holds: "
              "claims.csv, documents.csv, stances.csv … Repeatable.")  # fmt: skip
@click.option("--sources", type=FILE, metavar="DIR", help="Folder of source texts, in which quotes are looked up.")
@map_option("COLUMN=FIELD", "Read COLUMN as FIELD; 'COLUMN=' leaves it out; 'actors.COLUMN=FIELD' is for the sheet of "
            "actors.")  # fmt: skip
@map_option("VALUE=POLARITY", "Read VALUE in the column polarity as affirms, denies or neutral, as in 0=denies.",
            "--value")  # fmt: skip
@click.option("--strict", is_flag=True, help="Take unknown names, acts and columns for errors.")
@click.option("--keep-quotes", is_flag=True, help="Keep the quoted words in the graph.")
@encoding_option
@click.option("--ids/--no-ids", default=None, help="Write the ids of rows without one into the sheet; default: where "
              "it has a column id.")  # fmt: skip
@own_language_option
@destination
def sheet(
    statements: Path, mapping: dict[str, str], ids: bool | None, output: str | Project | None, **options: Any
) -> None:
    """Import a sheet (CSV, TSV or XLSX; one row an utterance), or all sheets of a workbook or a folder.

    Columns: document, date, document_date, speaker, on_behalf_of, addressee, via, claim, paraphrase, polarity,
    certainty, speech_act, agent, action, target, issue, contradicts, quote, start, end and more; 'disputegraph new'
    writes an empty sheet and explains each. All problems are told in one go, and then nothing is written.

    By its id, which the import writes into the sheet, a row stays the same statement whatever is corrected in it.
    """
    from disputegraph.importers import import_dna, import_sheet, is_event_list, unmet_file, written_base

    if is_event_list(statements):
        click.echo("This is an event list of DNA: it is read as 'disputegraph import dna' does.", err=True)
        given = {name: options[name] for name in ("base", "language")}
        write_import(import_dna(statements, mapping=mapping, **given), output)
        return
    if options["sources"] is None:
        options["sources"] = project_sources(output)
    done: Any = import_sheet(statements, mapping=mapping, watch=watched("reading rows"), **options)
    lost = _lost(done, output)
    write_import(done, output)
    for text in lost[:MOST_WARNINGS]:
        click.echo(f"Warning: since the last import into {output}, {text}", err=True)
    if len(lost) > MOST_WARNINGS:
        click.echo(f"… and {len(lost) - MOST_WARNINGS:,} more have lost something.", err=True)
    folder = statements if statements.is_dir() else statements.parent
    if (beside := folder / "dispute.ttl").is_file() and (told := unmet_file(beside, done.triples, done.base)):
        click.echo(f"Warning: {told}", err=True)
    if options["base"] is None and written_base(folder)[0] is None:
        click.echo(
            "Their base is made from the name of a file or folder, and changes with it; write it once, as "
            f'base = "{done.base}" into {folder / PROJECT_FILE}, or give --base.',
            err=True,
        )
    if ids or (ids is None and done.ids and done.ids.place is not None):
        _write_ids(done.ids)


def _lost(done: Imported, output: str | Project | None) -> list[str]:
    """Return what claims and documents lost against the graph that the output holds; nothing if it holds none."""
    if not isinstance(output, str) or not Path(output).is_file():
        return []
    from disputegraph.importers import lost_facts
    from disputegraph.rdf import read_quads, source_of_path

    try:
        return lost_facts(read_quads(source_of_path(Path(output))), done.triples.quads())
    except DisputeGraphError:
        return []  # what was there is no graph, and is written over


def _write_ids(ids: RowIds) -> None:
    """Write the ids of rows into their sheet; that it cannot be written is told, since the graph is there."""
    try:
        count = ids.write()
    except DisputeGraphError as error:
        click.echo(f"Warning: no ids were written, and a row that is corrected will be a new one: {error}", err=True)
        return
    if count:
        click.echo(f"{count:,} ids were written into {ids.path}; keep them when you edit.", err=True)


@import_.command()
@click.argument("file", metavar="FILE|URL")
@texts_option
@map_option("VARIABLE=FIELD", "Read VARIABLE (or 'Statement type.VARIABLE') as speaker, on_behalf_of, claim or "
            "polarity.")  # fmt: skip
@language_option
@destination
def dna(file: str, sources: Path | None, output: str | Project | None, **options: Any) -> None:
    """Import a Discourse Network Analyzer database (.dna) or event list (.csv), or read a network of it (.graphml).

    Person becomes speaker, organization on whose behalf, concept the claim, agreement the polarity; all other
    variables and statement types are kept as coded values. A network becomes plain GraphML that every program reads.

    A project on a server is read by its URL, mysql://user@host/database or postgresql://…; the password comes from
    $DISPUTEGRAPH_PASSWORD or the URL, and is never shown. Needs disputegraph[dna].
    """
    from disputegraph.importers import import_dna, read_dna_graphml

    path = Path(file)
    if path.suffix.lower() in (".graphml", ".xml"):
        import networkx as nx

        if output is not None and not isinstance(output, str):
            raise click.UsageError("a network holds no statements, and cannot be taken into a project.")
        network = read_dna_graphml(path)
        with open_output(output) as stream:
            nx.write_graphml_xml(network, stream)
        click.echo(f"{len(network):,} nodes, {network.number_of_edges():,} edges.", err=True)
        return
    done = import_dna(file, **options)
    sources = sources or project_sources(output)
    if sources is not None:
        from disputegraph.importers import write_texts

        write_texts(sources, done.texts)
        click.echo(f"{len(done.texts):,} texts written to {sources}.", err=True)
    write_import(done, output)


@import_.command()
@click.argument("folder", metavar="DIR", type=FILE)
@click.option(
    "--agree", type=click.Choice(["1", "-1"]), help="What a vote to agree is; default: settled by the counts."
)
@click.option("--language", metavar="TAG", help="Language of the comments; default: none is noted.")
@destination
def polis(folder: Path, agree: str | None, output: str | Project | None, **options: Any) -> None:
    """Import a Polis export: comments.csv, votes.csv and what else is there.

    Comments are claims, votes utterances (agree, disagree, pass), participants numbered voices. The last vote of a
    participant on a comment counts; earlier ones are kept as superseded.
    """
    from disputegraph.importers import import_polis

    done = import_polis(folder, agree=int(agree) if agree else None, watch=watched("reading votes"), **options)
    click.echo(f"A vote of {done.agree} agrees.", err=True)
    write_import(done, output)


@import_.command()
@click.argument("table", type=FILE)
@click.option("--voters", type=FILE, metavar="FILE", help="Sheet of voters: party and other attributes.")
@click.option("--motions", type=FILE, metavar="FILE", help="Sheet of motions: date, title and attributes.")
@map_option("COLUMN=FIELD", "Read COLUMN as voter, voter_id, motion, motion_id, vote, date, paraphrase or attribute; "
            "'COLUMN=' leaves it out.")  # fmt: skip
@map_option("WORD=VOTE", "Read WORD as yes, no, abstain or absent, as in 6=no.", "--value")
@click.option("--kind", type=click.Choice(["person", "organization"]), default="person", show_default=True,
              help="What the voters are.")  # fmt: skip
@encoding_option
@own_language_option
@destination
def votes(table: Path, output: str | Project | None, **options: Any) -> None:
    """Import roll calls (CSV, TSV or XLSX): a motion is a claim, a vote an utterance.

    A table with a column 'vote' has a row for each vote, with voter and motion. One without has a row for each voter
    and a column for each motion, or the other way round. Yes affirms, no denies, an abstention is neutral; who is
    absent makes no statement. Further columns are kept as attributes of voters, motions or votes.
    """
    from disputegraph.importers import import_votes

    write_import(import_votes(table, watch=watched("reading rows"), **options), output)


@import_.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FILE)
@destination
def claimreview(files: tuple[Path, ...], base: str | None, output: str | Project | None) -> None:
    """Import schema.org ClaimReview as JSON-LD.

    A file holds one review, a list, an @graph, a data feed, or one a line. Ratings become utterances of the
    fact-checker. No context is fetched from the network.
    """
    from disputegraph.importers import import_claimreview

    write_import(import_claimreview(files, base=base), output)


@import_.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FILE)
@click.option("--into", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="The project; each file becomes one change that can be undone.")  # fmt: skip
def turtle(files: tuple[Path, ...], into: Path) -> None:
    """Take Turtle files into a project.

    What they say is kept as it is: 'disputegraph check -d DIR' tells what is wrong or still to do. Nodes without a name
    get one.
    """
    from disputegraph.coding import Project

    project = Project(into)
    for file in files:
        project.notes = []
        new = project.take_in_turtle(file)
        for note in project.notes:
            click.echo(f"Note: {note}", err=True)
        click.echo(f"{file}: {new:,} triples are new in {project.folder}.", err=True)
