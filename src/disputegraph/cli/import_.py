"""`disputegraph import`: codings made elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.output import graph_format, output_option
from disputegraph.cli.progress import watched
from disputegraph.errors import DisputeGraphError
from disputegraph.rdf import PROJECT_FILE, open_output

if TYPE_CHECKING:
    from disputegraph.coding import Project
    from disputegraph.importers import CodedTexts, Imported, RowIds

MOST_WARNINGS = 20

_FILE = click.Path(path_type=Path)
_language_option = click.option(
    "--language", default="en", show_default=True, metavar="TAG", help="Language of labels and paraphrases."
)


def _destination(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--base``, ``--into`` and ``-o``; a project is given as ``output``."""

    @click.option("--base", metavar="IRI", help="Under which names are made; default: from the file's name.")
    @click.option(
        "--into",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Take it into the project DIR, as one change that can be undone; its base is the default then.",
    )
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


@click.group("import")
def import_() -> None:
    """Import codings made elsewhere.

    Sheets, Discourse Network Analyzer, roll calls, Polis, ClaimReview, REFI-QDA, web annotations and brat become
    Turtle, sorted: the same bytes for the same input.
    """


@import_.command()
@click.argument("statements", type=_FILE)
@click.option("--actors", type=_FILE, metavar="FILE", help="Sheet of actors: kinds, aliases, pages about the same.")
@click.option(
    "--also",
    type=_FILE,
    multiple=True,
    metavar="FILE",
    help="A further sheet, called by what it holds: claims.csv, documents.csv, stances.csv … Repeatable.",
)
@click.option("--sources", type=_FILE, metavar="DIR", help="Folder of source texts, in which quotes are looked up.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Read COLUMN as FIELD; 'COLUMN=' leaves it out; 'actors.COLUMN=FIELD' is for the sheet of actors. Repeatable.",
)
@click.option(
    "--value",
    "values",
    multiple=True,
    metavar="VALUE=POLARITY",
    help="Read VALUE in the column polarity as affirms, denies or neutral, as in 0=denies. Repeatable.",
)
@click.option("--strict", is_flag=True, help="Take unknown names, acts and columns for errors.")
@click.option("--keep-quotes", is_flag=True, help="Keep the quoted words in the graph.")
@click.option("--encoding", metavar="NAME", help="Encoding of CSV and TSV files; default: UTF-8.")
@click.option(
    "--ids/--no-ids",
    default=None,
    help="Write the ids of rows without one into the sheet; default: where it has a column id.",
)
@click.option(
    "--language",
    metavar="TAG",
    help="Language of labels and paraphrases; default: what disputegraph.toml says, else en.",
)
@_destination
def sheet(
    statements: Path,
    mapping: tuple[str, ...],
    values: tuple[str, ...],
    ids: bool | None,
    output: str | Project | None,
    **options: Any,
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
        _write(import_dna(statements, mapping=_pairs(mapping), **given), output)
        return
    if options["sources"] is None:
        options["sources"] = _sources(output)
    asked: dict[str, Any] = {"mapping": _pairs(mapping), "values": _pairs(values, "--value", "VALUE=POLARITY")}
    done: Any = import_sheet(statements, watch=watched("reading rows"), **asked, **options)
    lost = _lost(done, output)
    _write(done, output)
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
@click.option("--sources", type=_FILE, metavar="DIR", help="Write the documents' texts here, so that anchors verify.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="VARIABLE=FIELD",
    help="Read VARIABLE (or 'Statement type.VARIABLE') as speaker, on_behalf_of, claim or polarity. Repeatable.",
)
@_language_option
@_destination
def dna(
    file: str, sources: Path | None, mapping: tuple[str, ...], output: str | Project | None, **options: Any
) -> None:
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
    done = import_dna(file, mapping=_pairs(mapping), **options)
    sources = sources or _sources(output)
    if sources is not None:
        from disputegraph.importers import write_texts

        write_texts(sources, done.texts)
        click.echo(f"{len(done.texts):,} texts written to {sources}.", err=True)
    _write(done, output)


@import_.command()
@click.argument("folder", metavar="DIR", type=_FILE)
@click.option(
    "--agree", type=click.Choice(["1", "-1"]), help="What a vote to agree is; default: settled by the counts."
)
@click.option("--language", metavar="TAG", help="Language of the comments; default: none is noted.")
@_destination
def polis(folder: Path, agree: str | None, output: str | Project | None, **options: Any) -> None:
    """Import a Polis export: comments.csv, votes.csv and what else is there.

    Comments are claims, votes utterances (agree, disagree, pass), participants numbered voices. The last vote of a
    participant on a comment counts; earlier ones are kept as superseded.
    """
    from disputegraph.importers import import_polis

    done = import_polis(folder, agree=int(agree) if agree else None, watch=watched("reading votes"), **options)
    click.echo(f"A vote of {done.agree} agrees.", err=True)
    _write(done, output)


@import_.command()
@click.argument("table", type=_FILE)
@click.option("--voters", type=_FILE, metavar="FILE", help="Sheet of voters: party and other attributes.")
@click.option("--motions", type=_FILE, metavar="FILE", help="Sheet of motions: date, title and attributes.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Read COLUMN as voter, voter_id, motion, motion_id, vote, date, paraphrase or attribute; 'COLUMN=' leaves it "
    "out. Repeatable.",
)
@click.option(
    "--value",
    "values",
    multiple=True,
    metavar="WORD=VOTE",
    help="Read WORD as yes, no, abstain or absent, as in 6=no. Repeatable.",
)
@click.option(
    "--kind",
    type=click.Choice(["person", "organization"]),
    default="person",
    show_default=True,
    help="What the voters are.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of CSV and TSV files; default: UTF-8.")
@click.option("--language", metavar="TAG", help="Language of labels; default: what disputegraph.toml says, else en.")
@_destination
def votes(
    table: Path, mapping: tuple[str, ...], values: tuple[str, ...], output: str | Project | None, **options: Any
) -> None:
    """Import roll calls (CSV, TSV or XLSX): a motion is a claim, a vote an utterance.

    A table with a column 'vote' has a row for each vote, with voter and motion. One without has a row for each voter
    and a column for each motion, or the other way round. Yes affirms, no denies, an abstention is neutral; who is
    absent makes no statement. Further columns are kept as attributes of voters, motions or votes.
    """
    from disputegraph.importers import import_votes

    asked: dict[str, Any] = {"mapping": _pairs(mapping), "values": _pairs(values, "--value", "WORD=VOTE")}
    _write(import_votes(table, watch=watched("reading rows"), **asked, **options), output)


@import_.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_FILE)
@_destination
def claimreview(files: tuple[Path, ...], base: str | None, output: str | Project | None) -> None:
    """Import schema.org ClaimReview as JSON-LD.

    A file holds one review, a list, an @graph, a data feed, or one a line. Ratings become utterances of the
    fact-checker. No context is fetched from the network.
    """
    from disputegraph.importers import import_claimreview

    _write(import_claimreview(files, base=base), output)


def _passage_options(what: str, form: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of imports of coded passages; `what` a ``--map`` maps, in the form `form`."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        function = _language_option(_destination(function))
        function = click.option(
            "--map",
            "mapping",
            multiple=True,
            metavar=form,
            help=f"Read {what} as speaker, claim, polarity …; '{form.partition('=')[0]}=' leaves it out. Repeatable.",
        )(function)
        return click.option(
            "--actors", type=_FILE, metavar="FILE", help="Sheet of actors: kinds, aliases, pages about the same."
        )(function)

    return decorate


@import_.command()
@click.argument("file", type=_FILE)
@click.option("--sources", type=_FILE, metavar="DIR", help="Write the texts here, so that anchors verify.")
@_passage_options("CODE, and what stands below it,", "CODE=FIELD")
def qda(
    file: Path, sources: Path | None, mapping: tuple[str, ...], output: str | Project | None, **options: Any
) -> None:
    """Import a REFI-QDA project (.qdpx) of NVivo, MAXQDA, ATLAS.ti or QualCoder.

    Codes below one called Speakers, Claims, Polarity … are the speakers, claims and polarities; a passage with a claim
    and a speaker is an utterance. Other codes are kept as coded values.
    """
    from disputegraph.importers import read_qda

    _write_passages(read_qda(file, _pairs(mapping, form="CODE=FIELD")), sources, output, options)


@import_.command()
@click.argument("folder", metavar="DIR", type=_FILE)
@click.option("--sources", type=_FILE, metavar="DIR", help="Write the texts here, so that anchors verify.")
@_passage_options("ROLE", "ROLE=FIELD")
def brat(
    folder: Path, sources: Path | None, mapping: tuple[str, ...], output: str | Project | None, **options: Any
) -> None:
    """Import brat's stand-off annotations (.ann beside .txt).

    A span is an utterance if its attributes or its note say the claim, and a relation or an event ties a speaker to it.
    """
    from disputegraph.importers import read_brat

    _write_passages(read_brat(folder, _pairs(mapping, form="ROLE=FIELD")), sources, output, options)


@import_.command("annotations")
@click.argument("file", type=_FILE)
@click.option("--sources", type=_FILE, metavar="DIR", help="Folder of the texts, in which the words are looked up.")
@_passage_options("TAG", "TAG=FIELD")
def web_annotations(
    file: Path, sources: Path | None, mapping: tuple[str, ...], output: str | Project | None, **options: Any
) -> None:
    """Import web annotations (W3C, JSON-LD), as Hypothesis and Recogito write them.

    Tags say what a passage means: 'speaker: Ada Osei', 'claim: The mayor will resign', 'polarity: denies'.
    """
    from disputegraph.evidence import Sources
    from disputegraph.importers import read_annotations

    folder = sources or _sources(output)
    texts = {Path(each.name).stem: each.text for each in Sources(folder).texts} if folder else {}
    _write_passages(read_annotations(file, texts, _pairs(mapping, form="TAG=FIELD")), None, output, options)


def _write_passages(
    coded: CodedTexts, sources: Path | None, output: str | Project | None, options: dict[str, Any]
) -> None:
    """Import coded passages, and write their texts into `sources`, or into the project that is imported into."""
    from disputegraph.importers import import_passages, write_texts

    done = import_passages(coded, **options)
    folder = sources or _sources(output)
    if folder is not None and done.texts:
        write_texts(folder, dict(done.texts))
        click.echo(f"{len(done.texts):,} texts written to {folder}.", err=True)
    _write(done, output)


@import_.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_FILE)
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


def _pairs(texts: Iterable[str], option: str = "--map", form: str = "COLUMN=FIELD") -> dict[str, str]:
    pairs = {}
    for text in texts:
        column, equals, field = text.rpartition("=")
        if not equals or not column:
            raise click.UsageError(f"{option} '{text}': write {form}.")
        pairs[column] = field.strip()
    return pairs


def _sources(output: str | Project | None) -> Path | None:
    """Return the folder of texts of a project that is imported into."""
    return None if output is None or isinstance(output, str) else output.sources


def _write(done: Imported, output: str | Project | None) -> None:
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
