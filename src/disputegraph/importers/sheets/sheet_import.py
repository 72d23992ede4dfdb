"""Import a sheet of statements: read all of it, tell all that is wrong, and only then give a graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from disputegraph.evidence import Sources
from disputegraph.importers.minting import Minter
from disputegraph.importers.sheets.sheet_actions import Actions
from disputegraph.importers.sheets.sheet_actors import ActorSheet, add_known, read_actors
from disputegraph.importers.sheets.sheet_claims import Claims
from disputegraph.importers.sheets.sheet_documents import Documents
from disputegraph.importers.sheets.sheet_fields import STATEMENT_FIELDS, arrange
from disputegraph.importers.sheets.sheet_names import Names, did_you_mean
from disputegraph.importers.sheets.sheet_statements import RowReader, Statement
from disputegraph.importers.sheets.sheet_utterances import Emitter
from disputegraph.importers.triples import Imported, Triples, checked_language
from disputegraph.tables import Problems, Row, read_table

__all__ = ["import_sheet"]

Watch = Callable[[Iterable[Row]], Iterable[Row]]


def import_sheet(
    statements: Path,
    *,
    actors: Path | None = None,
    sources: Path | None = None,
    base: str | None = None,
    mapping: Mapping[str, str] | None = None,
    language: str = "en",
    encoding: str | None = None,
    strict: bool = False,
    keep_quotes: bool = False,
    watch: Watch = lambda rows: rows,
) -> Imported:
    """Return the graph of a sheet with one row an utterance.

    IRIs are minted from names and contents, so that the same row gives the same IRI wherever it stands in the sheet.

    Args:
        statements: CSV, TSV or XLSX file with the columns of `fields.STATEMENT_FIELDS`.
        actors: file with the columns of `fields.ACTOR_FIELDS`.
        sources: folder of source texts, in which quotations are looked up.
        base: IRI under which names are minted; by default made from the sheet's name, or from its folder's where the
            sheet is called statements.
        mapping: from column of the sheet to field, for sheets made elsewhere; to an empty text, to leave one out.
        language: language tag of labels and paraphrases.
        encoding: of CSV and TSV files; by default UTF-8.
        strict: take names that are not in the list of actors, and columns that are not a field, for errors.
        keep_quotes: keep the quoted words in the graph, as schema:text of the utterance.
        watch: wraps the rows, to show how far the work is.

    Raises:
        ProblemsError: something is wrong; the text lists all of it.
        DataError: a file cannot be read at all.
        UsageError: the mapping, the base or the language is wrong.
        LimitError: a file is too large.
    """
    return _import(
        statements,
        actors,
        Sources(sources) if sources else None,
        Minter(base) if base else Minter.for_name(default_name(statements)),
        mapping=mapping or {},
        language=checked_language(language),
        encoding=encoding,
        strict=strict,
        keep_quotes=keep_quotes,
        watch=watch,
    )


def _import(
    statements: Path,
    actors: Path | None,
    sources: Sources | None,
    minter: Minter,
    *,
    mapping: Mapping[str, str],
    language: str,
    encoding: str | None,
    strict: bool,
    keep_quotes: bool,
    watch: Watch,
) -> Imported:
    problems = Problems()
    triples, names = Triples(minter.base), Names(minter)
    listed: ActorSheet | None = None
    actor_columns, statement_columns = _split_mapping(mapping)
    if actors is not None:
        listed = read_actors(
            actors, names, triples, minter, problems, mapping=actor_columns, encoding=encoding, language=language
        )
    table = read_table(statements, problems, encoding=encoding, worksheet="statements")
    places, others = arrange(table.header, STATEMENT_FIELDS, statement_columns, table.name, problems)
    problems.stop_if_any()
    table.signs.update({*others.values(), places["polarity"]})
    _report_others(others, table.name, problems, strict=strict)
    actions = Actions(minter, problems, strict=strict)
    claims = Claims(minter, names, actions, problems, table.name)
    documents = Documents(minter, sources, problems, table.name, strict=strict)
    reader = RowReader(
        places, others, names=names, claims=claims, documents=documents, problems=problems, file=table.name
    )
    read = [statement for row in watch(table.rows) if (statement := reader.read(row)) is not None]
    if not read and not problems.errors:
        problems.warn("holds no row below the header, so the graph is empty.", table.name)
    if listed:
        listed.add_claimed(triples)
    for known in names.settle(problems, strict=strict, quiet=actors is None):
        add_known(triples, known, language)
    for known, predicate, other in listed.relations if listed else ():
        collective = predicate == "org:memberOf" and other.kind == "Collective"
        triples.add_iri(known.iri, "dg:memberOf" if collective else predicate, other.iri)
    for known in names.documented():
        name, row = known.document or ("", 0)
        triples.add_iri(known.iri, "dg:documentedIn", documents.named(name, row).iri)
    emitter = Emitter(minter, documents, problems, table.name, keep_quotes=keep_quotes, language=language)
    emitter.check_voices(read)
    claims.finish(triples, language)
    actions.finish(triples, language)
    utterances = emitter.emit(triples, _distinct(read, emitter, problems, table.name))
    documents.finish(triples, language)
    problems.stop_if_any()
    counts = {
        "rows": len(read),
        "utterances": utterances,
        "claims": len({id(statement.claim) for statement in read}),
        "documents": len({id(statement.document) for statement in read}),
        "anchors": len(documents.anchors),
    }
    return Imported(triples=triples, warnings=tuple(problems.warnings), base=minter.base, counts=counts)


def default_name(path: Path) -> str:
    """Return what a dispute is called by where its sheet lies."""
    stem = path.name.partition(".")[0]
    if re.fullmatch(r"(statements?|utterances?|data|coding|sheet)[-_ ]?\d*", stem.casefold()):
        return path.absolute().parent.name or stem
    return stem


def _split_mapping(mapping: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the mapping of the actors sheet, whose columns are given as ``actors.COLUMN``, and of the statements."""
    actors = {column[7:]: field for column, field in mapping.items() if column.startswith("actors.")}
    return actors, {column: field for column, field in mapping.items() if not column.startswith("actors.")}


def _report_others(others: Mapping[str, int], file: str, problems: Problems, *, strict: bool) -> None:
    fields = [field.name for field in STATEMENT_FIELDS]
    for column in others:
        text = f"is not a field.{did_you_mean(column, fields)}"
        if strict:
            problems.error(
                f"{text} Map it with --map '{column}=FIELD', or leave it out with --map '{column}='.", file, 1, column
            )
        else:
            problems.warn(f"{text} Its cells are kept as values of a variable of that name.", file, 1, column)


def _distinct(
    statements: list[Statement], emitter: Emitter, problems: Problems, file: str
) -> Iterator[tuple[str, Statement]]:
    """Yield each statement with its IRI; rows that repeat another give one utterance and a warning.

    An utterance is known by its document, place, date, voices, claim and polarity. Only where rows agree in all of
    these and differ in the rest (certainty, say) does the rest count too, so that editing a row keeps its IRI.
    """
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[emitter.identity(statement)].append(statement)
    for identity, group in groups.items():
        variants: dict[str, Statement] = {}
        for statement in group:
            rest = emitter.rest(statement) if len(group) > 1 else ""
            if rest in variants:
                problems.warn(
                    f"repeats row {variants[rest].row} in every column, and gives no second utterance. Tell them apart "
                    "by quote, or start and end.",
                    file,
                    statement.row,
                )
            else:
                variants[rest] = statement
        for rest, statement in variants.items():
            yield emitter.mint(statement, identity, rest if len(variants) > 1 else ""), statement
