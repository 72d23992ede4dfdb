"""Import a sheet of statements: read all of it, tell all that is wrong, and only then give a graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from disputegraph.errors import UsageError
from disputegraph.evidence import Sources, normalise
from disputegraph.importers.minting import Minter
from disputegraph.importers.settings_file import written_base
from disputegraph.importers.sheets.distinct_rows import distinct_rows
from disputegraph.importers.sheets.sheet_actions import Actions
from disputegraph.importers.sheets.sheet_actors import ActorSheet, add_known, read_actors
from disputegraph.importers.sheets.sheet_claims import Claims
from disputegraph.importers.sheets.sheet_division import SHEETS, columns_of, kind_meant, kind_word
from disputegraph.importers.sheets.sheet_documents import Documents
from disputegraph.importers.sheets.sheet_entries import Entries, Entry
from disputegraph.importers.sheets.sheet_fields import STATEMENT_FIELDS, arrange, header_key
from disputegraph.importers.sheets.sheet_files import SheetPaths, find_sheets
from disputegraph.importers.sheets.sheet_names import At, Names, Reading, did_you_mean
from disputegraph.importers.sheets.sheet_statements import RowReader, Statement
from disputegraph.importers.sheets.sheet_utterances import Emitter
from disputegraph.importers.sheets.sheet_words import meaning, terms
from disputegraph.importers.triples import Imported, RowIds, Triples, checked_language, literal
from disputegraph.model import entry_fields
from disputegraph.tables import Problems, Row, Table

Watch = Callable[[Iterable[Row]], Iterable[Row]]


def import_sheet(
    statements: Path,
    *,
    actors: Path | None = None,
    also: Iterable[Path] = (),
    sources: Path | None = None,
    base: str | None = None,
    mapping: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    language: str | None = None,
    encoding: str | None = None,
    strict: bool = False,
    keep_quotes: bool = False,
    watch: Watch = lambda rows: rows,
) -> Imported:
    """Return the graph of a sheet with one row an utterance, or of all sheets of a workbook or a folder.

    IRIs are minted from names and contents, so that the same row gives the same IRI wherever it stands in the sheet; a
    row with an id has that.

    Args:
        statements: CSV, TSV or XLSX file with the columns of `fields.STATEMENT_FIELDS`; or a workbook or a folder with
            sheets called as `SHEETS` calls them.
        actors: file with the columns of `fields.ACTOR_FIELDS`.
        also: files of further sheets, called as `SHEETS` calls them.
        sources: folder of source texts, in which quotations are looked up.
        base: IRI under which names are minted; by default what `disputegraph.toml` beside the sheet says, else made
            from the sheet's name, or from its folder's where the sheet is called statements.
        mapping: from column of the sheet to field, for sheets made elsewhere; to an empty text, to leave one out.
        values: from value of the column polarity to the word that it stands for, such as 0 to ``denies``.
        language: language tag of labels and paraphrases; by default what `disputegraph.toml` says, else English.
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
    files = find_sheets(statements, actors, also)
    main = files.paths.get("statements", statements)
    written, tongue = written_base(main if main.is_dir() else main.parent)
    base = base or written
    return _Import(
        files,
        Sources(sources) if sources else None,
        Reading(
            Minter(base) if base else Minter.for_name(default_name(main)),
            checked_language(language or tongue or "en"),
            strict,
        ),
        mapping=mapping or {},
        values=_checked_values(values or {}),
        encoding=encoding,
        keep_quotes=keep_quotes,
    ).run(watch)


class _Import:
    """One import: what was met so far, and the graph."""

    def __init__(
        self,
        files: SheetPaths,
        sources: Sources | None,
        reading: Reading,
        *,
        mapping: Mapping[str, str],
        values: Mapping[str, str],
        encoding: str | None,
        keep_quotes: bool,
    ) -> None:
        self._files, self._reading, self._encoding = files, reading, encoding
        self._values, self._keep_quotes = values, keep_quotes
        self._actor_columns, self._statement_columns = _split_mapping(mapping)
        self._problems, self._minter = reading.problems, reading.minter
        self._triples, self._names = Triples(reading.minter.base), Names(reading)
        self._actions = Actions(reading)
        self._claims = Claims(reading, self._names, self._actions)
        self._documents = Documents(reading, self._names, sources)
        self._entries = Entries(
            reading, names=self._names, actions=self._actions, claims=self._claims, documents=self._documents
        )

    def run(self, watch: Watch) -> Imported:
        """Read everything, and return the graph if nothing is wrong."""
        problems, triples, names = self._problems, self._triples, self._names
        table = self._table("statements") if "statements" in self._files.paths else None
        keys = {header_key(column) for column in table.header} if table else set()
        whole = self._files.further or keys >= {"kind", "id"}
        for sheet in SHEETS:
            if sheet in self._files.paths and sheet not in ("statements", "actors"):
                self._read_further(sheet)
        listed = self._read_actors(whole=whole) if "actors" in self._files.paths else None
        statements = self._read_statements(table, watch, whole=whole) if table else _Statements(str(self._files.main))
        if listed:
            listed.add_claimed(triples)
        self._entries.resolve()
        for known in names.settle(quiet=listed is None):
            add_known(triples, known, self._reading.language)
        for known, predicate, other in listed.relations if listed else ():
            collective = predicate == "org:memberOf" and other.kind == "Collective"
            triples.add_iri(known.iri, "dg:memberOf" if collective else predicate, other.iri)
        for known in names.documented():
            name, at = known.document or ("", ("", 0))
            triples.add_iri(known.iri, "dg:documentedIn", self._documents.named(name, at).iri)
        utterances = self._emit_statements(statements)
        self._actions.finish(triples)
        self._documents.finish(triples)
        problems.stop_if_any()
        counts = {
            "rows": len(statements.plain) + len(self._entries),
            "utterances": utterances,
            "claims": self._claims.count(),
            "documents": self._documents.count(),
            "anchors": len(self._documents.anchors),
        }
        ids = None
        if path := self._files.paths.get("statements"):
            ids = RowIds(path=path, place=statements.id_place, given=statements.ids, encoding=self._encoding)
        warnings = tuple(problems.warnings)
        return Imported(triples=triples, warnings=warnings, base=self._minter.base, counts=counts, ids=ids)

    def _table(self, sheet: str) -> Table:
        return self._files.table(sheet, self._problems, encoding=self._encoding)

    def _read_further(self, sheet: str) -> None:
        """Read a sheet in which each row says all there is to say of one thing."""
        table = self._table(sheet)
        places, others = arrange(table.header, columns_of(sheet), {}, table.name, self._problems)
        self._report_left_out(others, sheet, table.name)
        for row in table.rows:
            self._entries.declare(sheet, _filled(places, row), (table.name, row.number))

    def _report_left_out(self, columns: Iterable[str], sheet: str, file: str) -> None:
        names = [field.name for field in columns_of(sheet)]
        report = self._problems.error if self._reading.strict else self._problems.warn
        for column in columns:
            text = f"is not a column of a sheet of {sheet}, and is left out.{did_you_mean(column, names)}"
            report(text, file, 1, column)

    def _read_actors(self, *, whole: bool) -> ActorSheet:
        return read_actors(
            self._table("actors"),
            self._reading,
            self._names,
            self._triples,
            mapping=self._actor_columns,
            entries=self._entries if whole else None,
        )

    def _read_statements(self, table: Table, watch: Watch, *, whole: bool) -> _Statements:
        problems, file = self._problems, table.name
        fields = columns_of("statements") if whole else STATEMENT_FIELDS
        kinds = whole and "kind" in map(header_key, table.header)
        places, others = arrange(table.header, fields, self._statement_columns, file, problems, required=not kinds)
        problems.stop_if_any()
        table.signs.update({*others.values(), *(places[name] for name in ("polarity",) if name in places)})
        _report_others(others, file, problems, strict=self._reading.strict)
        reader = RowReader(
            file,
            places,
            others,
            self._values,
            reading=self._reading,
            names=self._names,
            claims=self._claims,
            documents=self._documents,
        )
        found = _Statements(file, places.get("id"))
        kind = places.get("kind")
        for row in watch(table.rows):
            if kind is not None and row.cells[kind]:
                self._declare_statement(reader, row, places, found)
            elif (statement := reader.read(row)) is not None:
                found.plain.append(statement)
                self._entries.know(statement.identifier, (file, row.number))
                if statement.further:
                    entry = self._entries.more("statements", "Utterance", "", statement.further, (file, row.number))
                    found.further[id(statement)] = entry
        reader.finish()
        if not found.plain and not found.whole and not problems.errors and not self._files.further:
            problems.warn("holds no row below the header, so the graph is empty.", file)
        return found

    def _declare_statement(self, reader: RowReader, row: Row, places: Mapping[str, int], found: _Statements) -> None:
        """Take a row of statements that says all there is to say of one utterance."""
        cells, at = _filled(places, row), (found.file, row.number)
        if kind_meant(cells["kind"]) not in SHEETS["statements"]:
            words = " or ".join(kind_word(kind) for kind in SHEETS["statements"])
            self._problems.error(
                f"'{cells['kind']}' is not a kind of statement; write {words}, or nothing.", *at, "kind"
            )
            return
        if "via" in cells:
            text = "is for rows without a kind. Give who passed it on a row, with the id of this one in 'reports'."
            self._problems.error(text, *at, "via")
        document = reader.document(row)
        spans = reader.spans(document, lambda column: cells.get(column, ""), row.number) if document else []
        entry = self._entries.declare("statements", cells, at)
        if entry is None:
            return
        if document and not spans and "evidence" not in cells:
            entry.values.append((entry_fields()["documented_in"], NamedNode(document.iri)))
        entry.spans = [(document, span) for span in spans] if document else []
        found.whole.append((entry, reader.coded(row), cells.get("quote", "")))

    def _emit_statements(self, statements: _Statements) -> int:
        problems, triples = self._problems, self._triples
        emitter = Emitter(self._reading, self._names, self._documents, statements.file, keep_quotes=self._keep_quotes)
        emitter.check_voices(statements.plain)
        emitter.keep(statements.plain)
        self._note_undirected(statements)
        self._tell_forks(statements)
        emitter.note_mixed_voices(statements.plain)
        self._claims.finish(triples)
        distinct = []
        for iri, said in distinct_rows(statements.plain, emitter, problems, statements.file):
            distinct.append((iri, said[0]))
            short = self._minter.short(iri)
            statements.ids.update((one.row, short) for one in said if not one.identifier)
        for iri, statement in distinct:
            if (entry := statements.further.get(id(statement))) is not None:
                entry.iri = iri
        count = emitter.emit(triples, distinct) + len(statements.whole)
        for entry, coded, quote in statements.whole:
            emitter.add_codes(triples, entry.iri, coded)
            if quote and self._keep_quotes:
                triples.add(entry.iri, "schema:text", literal(normalise(quote)))
        emitter.finish(triples)
        self._entries.emit(triples)
        return count

    def _tell_forks(self, statements: _Statements) -> None:
        """Warn of claims and documents that are another one mistyped, as it seems."""
        claims: dict[str, list[At]] = defaultdict(list)
        documents: dict[str, list[At]] = defaultdict(list)
        for said in statements.plain:
            claims[said.claim.iri].append((statements.file, said.row))
            documents[said.document.iri].append((statements.file, said.row))
        self._claims.tell_forks(claims)
        self._documents.tell_forks(documents)

    def _note_undirected(self, statements: _Statements) -> None:
        """Say how many rows evaluate without saying which way: their tone stays neutral."""
        rows = [
            said.row
            for said in statements.plain
            if said.words.get("speech_act") == "evaluating" and not self._claims.is_judged(said.claim)
        ]
        if rows:
            more = f"; so are {len(rows) - 1:,} below" if len(rows) > 1 else ""
            text = f"is empty for a claim on which this row evaluates, so that its tone is neutral{more}."
            self._problems.warn(text, statements.file, rows[0], "evaluation")


@dataclass(slots=True)
class _Statements:
    """What was read of a sheet of statements.

    Attributes:
        file: the sheet.
        plain: rows from which an utterance is made.
        further: what such rows say in further columns, by the identity of the row.
        whole: rows that say all there is to say of an utterance, with the values of other columns and the quotation.
        id_place: the column of identifiers, counted from 0.
        ids: the identifiers of rows that have none.
    """

    file: str
    id_place: int | None = None
    plain: list[Statement] = field(default_factory=list)
    further: dict[int, Entry] = field(default_factory=dict)
    whole: list[tuple[Entry, dict[str, str], str]] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)


def _filled(places: Mapping[str, int], row: Row) -> dict[str, str]:
    return {name: row.cells[place] for name, place in places.items() if row.cells[place]}


def default_name(path: Path) -> str:
    """Return what a dispute is called by where its sheet lies."""
    stem = path.name.partition(".")[0]
    if re.fullmatch(r"(statements?|utterances?|data|coding|sheet)[-_ ]?\d*", stem.casefold()):
        return path.absolute().parent.name or stem
    return stem


def _checked_values(values: Mapping[str, str]) -> Mapping[str, str]:
    for value, word in values.items():
        if meaning("polarity", word) is None:
            near = did_you_mean(word, terms("polarity"))
            raise UsageError(f"--value {value}={word}: '{word}' is not one of: {', '.join(terms('polarity'))}.{near}")
    return values


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
