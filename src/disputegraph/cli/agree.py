"""`disputegraph agree`: how far coders agree who coded apart from each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.output import (
    chosen_format,
    format_option,
    output_option,
    table_text,
    write_csv,
    write_json,
    write_shown,
)
from disputegraph.errors import UsageError
from disputegraph.rdf import PROJECT_FILE

if TYPE_CHECKING:
    from disputegraph.analysis import Agreement, Place

_COLUMNS = ("what", "of", "n", "agree", "alpha", "low", "high", "ordinal_alpha", "kappa", "ac1")
_MOST = 10


@click.command()
@click.argument("words", metavar="[DIR]", nargs=-1)
@click.option("--between", metavar="NAME", multiple=True, help="The coders: --between A B. Default: all.")
@click.option("--text", "paragraph", is_flag=True, help="Write the sentences that a paper needs, and nothing else.")
@click.option(
    "--draws", type=click.IntRange(0), default=1000, show_default=True, help="Of the bootstrap; 0: no intervals."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of its random numbers.")
@format_option(["table", "json", "csv", "html"])
@output_option
def agree(
    words: tuple[str, ...],
    between: tuple[str, ...],
    paragraph: bool,
    draws: int,
    seed: int,
    format: str | None,
    output: str | None,
) -> None:
    """Measure how far coders agree who coded apart from each other.

    Of the project DIR (by default the present folder) it compares independent/<coder>/ document by document: which
    words are in an utterance, where utterances stand, and, of those that coders have in common, speaker, voice, claim,
    polarity, certainty, speech act and hearsay. The page (-f html) leads from each cell of the confusion tables to the
    words. docs/agreement.md tells what the figures mean.
    """
    from disputegraph import __version__
    from disputegraph.analysis import agreement, methods_paragraph
    from disputegraph.coding import coder_versions

    folder, coders = _folder_and_coders(words, between)
    form = chosen_format(format, output, {"json": "json", "csv": "csv", "html": "html", "htm": "html"}, "table")
    if paragraph and format not in (None, "table"):
        raise UsageError(f"--text writes plain text; leave out -f {format}.")
    versions = coder_versions(folder, coders)
    for note in versions.notes:
        click.echo(f"Note: {note}", err=True)
    if versions.alone:
        click.echo(
            f"Note: not compared, since only one of these coders coded them: {'; '.join(versions.alone)}.", err=True
        )
    found = agreement(versions.coded, texts=versions.texts, lengths=versions.lengths, draws=draws, seed=seed)
    for note in found.notes:
        click.echo(f"Note: {note}", err=True)
    told = methods_paragraph(
        found,
        title=versions.title,
        program=f"disputegraph {__version__}",
        texts=[versions.digests[document] for document in versions.documents if document in versions.digests],
    )
    if paragraph:
        write_shown(told + "\n", output=output)
    elif form == "json":
        write_json(_told(found, versions.documents), output=output)
    elif form == "csv":
        write_csv(_COLUMNS, _rows(found), output=output)
    elif form == "html":
        from disputegraph.page import render_agreement
        from disputegraph.rdf import write_text

        page = render_agreement(
            found, title=versions.title, documents=versions.documents, texts=versions.texts, paragraph=told
        )
        write_text(output, page)
    else:
        write_shown(_table(found), output=output)


def _folder_and_coders(words: tuple[str, ...], between: tuple[str, ...]) -> tuple[Path, tuple[str, ...]]:
    """Return the project and the coders; behind --between, words are names unless the first is a project."""
    if not between or (words and Path(words[0], PROJECT_FILE).exists()):
        folder, more = Path(words[0] if words else "."), words[1:]
    else:
        folder, more = Path(), words
    if more and not between:
        raise UsageError(f"'{more[0]}' is one argument too many; coders are named by --between {' '.join(more)}.")
    return folder, (*between, *more)


def _rows(found: Agreement) -> list[list[Any]]:
    return [
        [
            name,
            measure.of,
            measure.n,
            measure.percent,
            measure.alpha,
            measure.interval and measure.interval.low,
            measure.interval and measure.interval.high,
            measure.alpha_ordinal,
            measure.kappa,
            measure.ac1,
        ]
        for name, measure in found.measures.items()
    ]


def _table(found: Agreement) -> str:
    from disputegraph.analysis import read_agreement, read_measure

    rows = [[f"{value:.3f}" if isinstance(value, float) else value for value in row] for row in _rows(found)]
    parts = [
        read_agreement(found) + "\n",
        table_text([column.replace("_", " ") for column in _COLUMNS], rows),
        "".join(f"{read_measure(measure)}\n" for measure in found.measures.values()),
    ]
    if found.drift:
        confused = [[each.one.label, each.other.label, each.count, each.of] for each in found.drift[:_MOST]]
        title = "Claims taken for each other" + (f" (the first {_MOST})" if len(found.drift) > _MOST else "")
        parts.append(table_text(["claim", "and", "times", "of"], confused, title=title))
    return "\n".join(parts)


def _told(found: Agreement, documents: Any) -> dict[str, Any]:
    from disputegraph.analysis import read_agreement, read_measure

    def place(one: Place) -> dict[str, Any]:
        return {
            "document": documents.get(one.document, one.document),
            "document_iri": one.document,
            "start": one.start,
            "end": one.end,
            "coders": list(one.coders),
        }

    names = ("name", "of", "n", "percent", "alpha", "alpha_ordinal", "kappa", "ac1", "undefined")
    ends = ("low", "high", "draws", "undefined")
    return {
        "reading": read_agreement(found),
        **{name: getattr(found, name) for name in ("coders", "documents", "coded", "units", "matched", "unmatched")},
        "overlapping": found.overlapping,
        "draws": found.draws,
        "seed": found.seed,
        "measures": [
            {
                **{name: getattr(measure, name) for name in names},
                "interval": measure.interval and {name: getattr(measure.interval, name) for name in ends},
                "sentence": read_measure(measure),
                "confusions": [
                    {
                        "one": found.labels.get(cell.one, cell.one),
                        "other": found.labels.get(cell.other, cell.other),
                        "count": cell.count,
                        "places": [place(each) for each in cell.places],
                    }
                    for cell in measure.confusions
                ],
            }
            for measure in found.measures.values()
        ],
        "claims_confused": [
            {
                "one": each.one.label,
                "one_iri": each.one.iri,
                "other": each.other.label,
                "other_iri": each.other.iri,
                "count": each.count,
                "of": each.of,
                "places": [place(where) for where in each.places],
            }
            for each in found.drift
        ],
        "notes": list(found.notes),
    }
