"""`disputegraph draft`: from texts to proposed statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.output import chosen_format, format_option, output_option, write_json, write_jsonl, write_table
from disputegraph.cli.progress import watched
from disputegraph.errors import DataError, UsageError, file_errors
from disputegraph.rdf import PROJECT_FILE

if TYPE_CHECKING:
    from disputegraph.coding import Project
    from disputegraph.drafting import Draft, Drafter

_PROGRAMS = ("rules", "spacy", "llm")
_LONGEST = 200  # characters of a draft's words in a table


@click.command()
@click.argument("texts", nargs=-1, metavar="[DIR|FILE...] [DOCUMENT...]")
@click.option("--with", "program", type=click.Choice(_PROGRAMS), help="The program that drafts; default: spacy where a "
              "pipeline is installed, else rules.")  # fmt: skip
@click.option("--pipeline", metavar="NAME", help="spacy: an installed pipeline; default: the best there is.")
@click.option("--endpoint", metavar="URL", help="llm: the address of the model's server, to which the texts are sent.")
@click.option("--model", metavar="NAME", help="llm: the name of the model.")
@click.option("--max-cost-tokens", type=click.IntRange(1), metavar="N", help="llm: the most tokens to spend.")
@click.option("--again", is_flag=True, help="Draft also what the same program has drafted already.")
@click.option("--any-language", is_flag=True, help="Draft also texts that are not in English.")
@click.option("--evaluate", metavar="GOLD", type=click.Path(exists=True, path_type=Path), help="Draft nothing, and "
              "tell how good drafts are: of the texts of a file of JSON lines, or of a coded project.")  # fmt: skip
@format_option(["table", "json", "jsonl"])
@output_option
def draft(
    texts: tuple[str, ...],
    program: str | None,
    again: bool,
    any_language: bool,
    evaluate: Path | None,
    format: str | None,
    output: str | None,
    **options: Any,
) -> None:
    """Propose statements: who says what in a text, word for word.

    Given a project (by default the present folder), it writes the drafts of its documents, or of those named, into the
    project's folder 'drafts', and a table of counts. Nothing counts until a person has accepted it: 'disputegraph code'
    shows the drafts. Given plain text files, it prints what it finds, with the places in code points.
    """
    form = chosen_format(format, output, {"json": "json", "jsonl": "jsonl"}, "table")
    if evaluate is not None and evaluate.is_dir():
        from disputegraph.cli.draft_figures import write_missed

        write_missed(evaluate, list(texts), program, form, output)
        return

    def chosen(actors: Sequence[Any] = (), claims: Sequence[Any] = (), cache: Path | None = None) -> Drafter:
        from disputegraph.drafting import choose_program, drafter_named

        name = program
        if name is None:
            name, why = choose_program()
            click.echo(f"Note: {why}", err=True)
        if name == "llm":  # what is sent where is said before it is sent
            options["notify"] = lambda told: click.echo(f"Note: {told}", err=True)
        return drafter_named(name, actors=actors, claims=claims, cache=cache, **options)

    if evaluate is not None:
        from disputegraph.cli.draft_figures import write_attribution_figures

        if texts:
            raise UsageError("--evaluate drafts the texts of the gold file; name no others.")
        write_attribution_figures(evaluate, chosen(), form, output)
    elif texts and all(Path(text).is_file() for text in texts):
        _draft_texts([Path(text) for text in texts], chosen(), form, output, any_language=any_language)
    else:
        folder, names = Path(texts[0] if texts else "."), texts[1:]
        if not (folder / PROJECT_FILE).is_file():
            missing = next((text for text in texts if not Path(text).exists()), None)
            raise UsageError(
                f"there is no file or project '{missing}'. Documents are named behind their project: "
                f"'disputegraph draft . {missing}'."
                if missing
                else f"{folder} is not a project; name text files, or make one with 'disputegraph new {folder}'."
            )
        _draft_project(folder, names, chosen, form, output, again=again, any_language=any_language)


def _draft_project(
    folder: Path,
    names: Sequence[str],
    chosen: Callable[..., Drafter],
    form: str,
    output: str | None,
    *,
    again: bool,
    any_language: bool,
) -> None:
    from disputegraph.coding import ACTORS, Project, known_of
    from disputegraph.drafting import answers_folder, documents_named, draft_documents

    project = Project(folder)
    documents = documents_named(project, names)
    if not documents:
        raise UsageError(f"{folder} has no document yet; 'disputegraph add FILE… -d {folder}' takes texts in.")
    drafter = chosen(known_of(project, *ACTORS), known_of(project, "Claim"), answers_folder(project))
    found = []
    shown = watched("Drafting", every=1)(documents)
    for one in draft_documents(project, drafter, shown, again=again, any_language=any_language):
        found.append(one)
        if one.passed_over:
            click.echo(f"Note: {one.label}: passed over; {one.passed_over}.", err=True)
    if form == "table":
        columns = ["document", "drafts", "hearsay", "known speaker", "claim proposed"]
        rows = [(one.label, one.drafts, one.hearsay, one.speakers, one.claims) for one in found]
        write_table(columns, rows, output=output)
        total = sum(one.drafts for one in found)
        click.echo(
            f"{total:,} draft{'s' * (total != 1)} by {drafter.program} {drafter.version}; "
            f"'disputegraph code {folder}' shows what nobody has decided on.",
            err=True,
        )
    elif form == "json":
        write_json(
            [
                {
                    "document": one.document,
                    "label": one.label,
                    "program": drafter.program,
                    "version": drafter.version,
                    "drafts": one.drafts,
                    "hearsay": one.hearsay,
                    "known_speaker": one.speakers,
                    "claim_proposed": one.claims,
                    "passed_over": one.passed_over,
                }
                for one in found
            ],
            output=output,
        )
    else:
        write_jsonl(_lines_of_project(project, [one.document for one in found], drafter.program), output=output)


def _lines_of_project(project: Project, documents: Sequence[str], program: str) -> Iterator[dict[str, Any]]:
    from pyoxigraph import NamedNode

    from disputegraph.drafting import attribution_line, read_drafted

    for iri in documents:
        node = NamedNode(iri)
        for one in read_drafted(project, node):
            if one.program == program:
                yield attribution_line(project.graph.file_stem(node), list(one.drafts.values()))


def _draft_texts(paths: Sequence[Path], drafter: Drafter, form: str, output: str | None, *, any_language: bool) -> None:
    from disputegraph.drafting import attribution_line

    found: list[tuple[Path, str, list[Draft]]] = []
    for path in watched("Drafting", every=1)(paths):
        text = _text(path)
        found.append((path, text, [] if _passed_over(path, text, any_language=any_language) else drafter.draft(text)))
    if form == "table":
        columns = ["text", "place", "kind", "source", "cue", "content"]
        write_table(columns, [row for one in found for row in _rows(*one)], output=output)
        return
    lines = [attribution_line(path.stem, drafts) for path, _, drafts in found]
    if form == "json":
        write_json(lines, output=output)
    else:
        write_jsonl(lines, output=output)


def _rows(path: Path, text: str, drafts: Sequence[Draft]) -> Iterator[tuple[object, ...]]:
    def words(spans: Sequence[tuple[int, int]]) -> str:
        joined = " … ".join(" ".join(text[start:end].split()) for start, end in spans)
        return joined if len(joined) <= _LONGEST else f"{joined[:_LONGEST]}…"

    for draft in drafts:
        place = ", ".join(f"{start}-{end}" for start, end in draft.content)
        yield path.name, place, draft.kind, words(draft.source), words(draft.cue), words(draft.content)


def _text(path: Path) -> str:
    """Return a text as it stands in its file: places count its own line ends and marks."""
    with file_errors(path):
        content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(
            f"is not UTF-8 text (byte {error.start:,}); 'disputegraph add' takes other files into a project.",
            path=str(path),
        ) from None


def _passed_over(path: Path, text: str, *, any_language: bool) -> bool:
    """Say why a text is not drafted, if it is not."""
    from disputegraph.drafting import language_of_text

    if not text.strip():
        click.echo(f"Note: {path}: holds no text.", err=True)
        return True
    language = language_of_text(text)
    if any_language or language in ("English", None):
        return False
    click.echo(
        f"Note: {path}: passed over; the text is in {language} by its words, and the programs read English "
        "(--any-language drafts it all the same).",
        err=True,
    )
    return True
