"""Import a DNA database: documents, statements of every type, all variables, coders, entities and their attributes.

A statement of a type with a concept and somebody who speaks is an utterance: person = speaker, organization = on whose
behalf (or speaker, where no person is coded), concept = claim, agreement = polarity. Where the type has no agreement,
naming the concept affirms it. A statement of any other type is a coded span: an anchor with its values. An entity ''
is not a value, as in DNA itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from disputegraph.errors import OutputError
from disputegraph.evidence import OffsetMap, digest, utf16_to_code_point
from disputegraph.importers.dna.dna_content import Content, Document, Entity, Statement, read_content
from disputegraph.importers.dna.dna_database import open_database
from disputegraph.importers.dna.dna_entities import Nodes
from disputegraph.importers.dna.dna_event_list import is_event_list, read_event_list
from disputegraph.importers.dna.dna_roles import Roles, check_mapping, roles_of
from disputegraph.importers.dna.dna_server import is_server_address, open_server, server_name
from disputegraph.importers.minting import Minter
from disputegraph.importers.sheets.sheet_documents import add_anchor, add_text
from disputegraph.importers.triples import Imported, Triples, checked_language, literal, term
from disputegraph.rdf import make_folder, write_text
from disputegraph.tables import Problems, compared, shown, stands_for_nothing

_EARLIEST = -62_135_596_800  # seconds: the beginning of the year 1
_MILLISECONDS_FROM = 100_000_000_000  # no document is of the year 5138, so that larger numbers are milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class DnaImport(Imported):
    """What came of a database; it counts documents, utterances and coded spans.

    Attributes:
        texts: the documents' normalised texts by file name, for a folder of sources.
    """

    texts: dict[str, str]


def import_dna(
    path: Path | str, *, base: str | None = None, mapping: Mapping[str, str] | None = None, language: str = "en"
) -> DnaImport:
    """Return the graph of a DNA 3 database, or of an event list that DNA exported.

    Args:
        path: the .dna file, which is opened read-only, the address of a database on a server (see `open_server`), or
            the CSV file of an event list.
        base: IRI under which names are minted; by default made from the name of the file or database.
        mapping: from variable (``frame`` or ``Statement type.frame``) to speaker, on_behalf_of, claim or polarity, for
            statement types with other names; an empty field leaves a variable a coded value.
        language: language tag of labels.

    Raises:
        DataError: the file cannot be read as a DNA 3 database.
        ProblemsError: an event list has rows that cannot be read; the text lists all of them.
        UsageError: the mapping names what is not there, the language is not a language tag, the address is not one, or
            the drivers are not installed.
        LimitError: the file is too large.
    """
    if is_server_address(path):
        with open_server(str(path)) as server:
            content = read_content(server)
        path, name = server_name(str(path))
        return _Mapper(path, name, content, base, mapping or {}, language=checked_language(language)).map()
    path = Path(path)
    if is_event_list(path):
        content = read_event_list(path)
    else:
        with open_database(path) as database:
            content = read_content(database)
    return _Mapper(str(path), path.stem, content, base, mapping or {}, language=checked_language(language)).map()


class _Mapper:
    def __init__(
        self, file: str, name: str, content: Content, base: str | None, mapping: Mapping[str, str], *, language: str
    ) -> None:
        check_mapping(mapping, content.types)
        self._file, self._content, self._language = file, content, language
        self._minter = Minter(base) if base else Minter.for_name(name)
        self._triples, self._problems = Triples(self._minter.base), Problems()
        self._odd = content.odd
        self._roles = {type_.id: roles_of(type_, mapping) for type_ in content.types}
        self._labels = {type_.id: type_.label for type_ in content.types}
        self._nodes = Nodes(content, self._roles, self._minter, self._triples, language)
        self._counts = {"documents": len(content.documents), "utterances": 0, "coded spans": 0}

    def map(self) -> DnaImport:
        """Return the graph."""
        by_document: dict[int, list[Statement]] = {document.id: [] for document in self._content.documents}
        for statement in self._content.statements:
            if statement.document in by_document and statement.type in self._roles:
                by_document[statement.document].append(statement)
            else:
                self._problems.warn(
                    f"statement {statement.id} has no document or no type, and is left out.", self._file
                )
        texts = {}
        for document in self._content.documents:
            text = self._document(document, by_document[document.id])
            if self._content.has_texts:
                texts[f"document-{document.id}.txt"] = text
        if not self._content.has_texts:
            self._problems.warn(
                f"holds no texts of documents, so that the start and stop positions of its "
                f"{len(self._content.statements):,} statements lead nowhere and are left out. Import the .dna file, "
                "where you have it.",
                self._file,
            )
        self._nodes.describe_all()
        self._count_spellings()
        for what, count in self._odd.items():
            if count:
                self._problems.warn(f"{count:,} {what}.", self._file)
        told, base = tuple(self._problems.warnings), self._minter.base
        return DnaImport(triples=self._triples, warnings=told, base=base, counts=self._counts, texts=texts)

    def _document(self, document: Document, statements: list[Statement]) -> str:
        iri = f"{self._minter.base}document-{document.id}"
        form = OffsetMap.of(document.text)
        add, text = self._triples.add, literal
        label = document.title or f"document {document.id}"
        self._triples.named(iri, label, "dg:Document", language=self._language)
        add(iri, "dcterms:identifier", text(document.id))
        if (issued := self._issued(document)) is not None:
            add(iri, "dcterms:issued", text(issued, "dateTime"))
        for predicate, value in (
            ("dcterms:title", document.title),
            ("dc:creator", document.author),
            ("dc:source", document.source),
            ("dc:type", document.type),
            ("schema:articleSection", document.section),
            ("skos:note", document.notes),
        ):
            if value:
                add(iri, predicate, text(value))
        self._coded_by(iri, document.coder)
        if not self._content.has_texts:
            for statement in statements:
                self._statement(statement, iri, None, "")
            return ""
        add_text(self._triples, iri, digest(form.text), len(form.text))
        offsets = [offset for statement in statements for offset in (statement.start, statement.stop)]
        places = utf16_to_code_point(document.text, offsets)
        for statement, start, end in zip(statements, places[::2], places[1::2], strict=True):
            span: tuple[int, int] | None = form.span(start, end)
            if span is None or span[0] >= span[1]:
                self._problems.warn(
                    f"statement {statement.id} spans {statement.start}-{statement.stop}, which is outside the text of "
                    f"document {document.id}; it has no anchor.",
                    self._file,
                )
                span = None
            self._statement(statement, iri, span, form.text)
        return form.text

    def _statement(self, statement: Statement, document: str, span: tuple[int, int] | None, text: str) -> None:
        roles = self._roles[statement.type]
        claim = _value(statement, roles.claim)
        anchor = f"{self._minter.base}statement-{statement.id}-anchor" if span else None
        if span and anchor:
            add_anchor(self._triples, anchor, document, (*span, digest(text[span[0] : span[1]])))
        if roles.utters and claim is not None:
            node = f"{self._minter.base}statement-{statement.id}"
            self._utterance(node, statement, roles, claim, document)
            self._triples.add_iri(node, *(("dg:evidence", anchor) if anchor else ("dg:documentedIn", document)))
            own = roles.ids
            self._counts["utterances"] += 1
        else:
            # Nobody says anything here: the span itself carries the codes.
            node = anchor or f"{self._minter.base}statement-{statement.id}"
            if anchor is None:
                self._triples.add_iri(node, "dg:documentedIn", document)
            own = set()
            self._counts["coded spans"] += 1
        self._triples.add(node, "dcterms:identifier", literal(statement.id))
        self._triples.add(node, "dc:type", literal(self._labels[statement.type]))
        self._coded_by(node, statement.coder)
        for id_, value in sorted(statement.values.items()):
            if id_ not in own and not _is_empty(value):
                self._nodes.coded(node, id_, value)

    def _utterance(self, node: str, statement: Statement, roles: Roles, claim: Entity | str, document: str) -> None:
        self._triples.typed(node, "dg:Utterance")
        person, organization = (self._voice(statement, role) for role in (roles.speaker, roles.on_behalf_of))
        if isinstance(person, Entity):
            self._triples.add_iri(node, "dg:speaker", self._nodes.entity(person))
            if isinstance(organization, Entity):
                self._triples.add_iri(node, "dg:onBehalfOf", self._nodes.entity(organization))
        elif isinstance(organization, Entity):
            self._triples.add_iri(node, "dg:speaker", self._nodes.entity(organization))
        else:
            self._triples.add_iri(node, "dg:speaker", self._unnamed(document))
        self._triples.add_iri(node, "dg:addressesClaim", self._nodes.claim(claim))
        qualifier = statement.values.get(roles.polarity.id) if roles.polarity else True
        if qualifier is None:
            self._odd["statements have no agreement, or one that is neither yes nor no: they take no side"] += 1
            return
        if isinstance(qualifier, int) and not isinstance(qualifier, bool):
            self._triples.add(node, "dg:intensity", literal(qualifier, "integer"))
            side = "affirms" if qualifier > 0 else "denies" if qualifier < 0 else "neutral"
        else:
            side = "denies" if qualifier is False else "affirms"
        self._triples.add(node, "dg:polarity", term(f"dg:{side}"))

    def _voice(self, statement: Statement, role: object) -> Entity | str | None:
        value = _value(statement, role)
        if isinstance(value, Entity) and stands_for_nothing(value.value):
            self._odd[f"times '{value.value}' is coded as a person or an organization, and is taken as empty"] += 1
            return None
        return value

    def _issued(self, document: Document) -> str | None:
        """Return the moment of a document as an ISO date and time; None, counted, where there is no such moment."""
        seconds = document.date
        if seconds is None:
            self._odd["documents have no date, or one that is not a number"] += 1
        elif not _EARLIEST <= seconds < _MILLISECONDS_FROM:
            hint = " (milliseconds? DNA 3 counts seconds)" if seconds > 0 else ""
            self._odd[f"documents have a date that no calendar has{hint}, and are left without one"] += 1
        else:
            self._odd[
                "documents have the date 0 (1970-01-01 00:00:00), which may stand for none; it is kept"
            ] += not seconds
            # By addition, since the platform's own conversion fails before 1970 on some systems.
            moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
            return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        return None

    def _count_spellings(self) -> None:
        """Count the entities that are one with another by the form in which names are compared."""
        for variable in {entity.variable for entity in self._content.entities.values()}:
            values = {
                one.value for one in self._content.entities.values() if one.variable == variable and shown(one.value)
            }
            more = len(values) - len({compared(value) for value in values})
            self._odd["entities differ from another only in signs that names are not told apart by, and are one"] += (
                more
            )

    def _unnamed(self, document: str) -> str:
        """Return the voice of statements that name neither a person nor an organisation: one for each document."""
        iri = f"{document}-unnamed"
        label = f"unnamed in document {document.rpartition('-')[2]}"
        self._triples.named(iri, label, "dg:UnnamedSource", language=self._language)
        self._triples.add(iri, "dg:sourceDescription", literal("neither person nor organization coded"))
        return iri

    def _coded_by(self, node: str, coder: int | None) -> None:
        if (iri := self._nodes.coder(coder)) is not None:
            self._triples.add_iri(node, "dg:codedBy", iri)


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the texts of documents, by file name, into a folder of sources.

    A file that is there with another text is not overwritten.

    Raises:
        OutputError: a file holds another text already, or the folder cannot be written.
    """
    for name, text in texts.items():
        path = folder / name
        if path.exists() and path.read_bytes() != text.encode("utf-8", "surrogatepass"):
            raise OutputError(f"{path}: is there already and holds another text; name a new folder.")
    make_folder(folder)
    for name, text in texts.items():
        write_text(folder / name, text)


def _value(statement: Statement, variable: object) -> Entity | str | None:
    value = statement.values.get(getattr(variable, "id", -1))
    return value if isinstance(value, Entity | str) and not _is_empty(value) else None


def _is_empty(value: object) -> bool:
    text = value.value if isinstance(value, Entity) else value
    return value is None or (isinstance(text, str) and not shown(text))
