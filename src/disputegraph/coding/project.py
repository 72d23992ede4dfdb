"""A dispute that is coded: everything that a coder does to it, and texts and imports taken in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from disputegraph.coding.codebook_coding import CodebookCoding
from disputegraph.coding.document_text import TextRead
from disputegraph.coding.project_change import Change
from disputegraph.coding.project_files import read_triples
from disputegraph.coding.statement_coding import StatementCoding
from disputegraph.coding.text_reading import read_document
from disputegraph.errors import OutputError, UsageError
from disputegraph.evidence import NORMALISATION, digest
from disputegraph.importers import slug
from disputegraph.rdf import write_text
from disputegraph.vocabulary import DG


class Project(CodebookCoding, StatementCoding):
    """A project that is coded: see `ProjectFolder` for what every change keeps.

    Nodes are named by IRI, label, other name or the last part of their IRI. Values that no node is called by make one
    where the field tells its kind, and `notes` says so.
    """

    def add_document(
        self,
        source: str | Path | TextRead,
        *,
        name: str | None = None,
        title: str | None = None,
        date: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
    ) -> str:
        """Take a text into the project, and return the IRI of its document.

        Args:
            source: a file (plain text, HTML, PDF, DOCX), or what was read of one.
            name: what it is called in the project; by default the name of the file, or the title.
            title: its title; by default what the file says.
            date: the day it came out; by default what the file says.
            publisher: who published it.
            url: its address.

        Raises:
            DataError, LimitError: the file cannot be read as a text.
            UsageError: the project has a document or text of that name.
        """
        read = source if isinstance(source, TextRead) else read_document(Path(source))
        title = title or read.title
        called = name or (title if isinstance(source, TextRead) else Path(source).stem) or "text"
        stem = slug(called) or digest(read.text)[:8]
        target = self.sources / f"{stem}.txt"
        if self.graph.find(stem, ("Document",)) or target.exists():
            raise UsageError(f"there is a document '{stem}' already; give this one another name.")
        twin = next(iter(self.graph.subjects(DG.textDigest, Literal(digest(read.text)))), None)
        if twin is not None:
            raise UsageError(f"this text is in the project already, as '{self.graph.label(twin)}'.")
        fields: dict[str, object] = {
            "label": title or called,
            "title": title,
            "identifier": stem,
            "issued": date or read.date,
            "publisher": publisher or read.publisher,
            "url": url or read.url,
            "language": read.language,
            "text_digest": digest(read.text),
            "text_length": len(read.text),
            "text_normalization": NORMALISATION,
        }
        try:
            target.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise OutputError(f"{target.parent}: cannot be made: {error.strerror}.") from None
        write_text(target, read.text)

        def make(change: Change) -> str:
            node = change.make("Document", stem)
            change.fill(node, "Document", fields, {})
            return node.value

        try:
            made = self.changing(f"add the document {title or called}", make)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        self.notes = [*read.notes, *self.notes]
        return made

    def take_in_turtle(self, path: str | Path) -> int:
        """Take a Turtle file in as one change, and return how many triples are new; `notes` tells what became of it.

        Nodes without a name get one. What the file says is kept as it is, found wrong or not; `findings` tells.

        Raises:
            DataError: the file cannot be read, or holds named graphs.
        """
        triples, notes = read_triples(Path(path), self.settings.base)
        quads = (Quad(each.subject, each.predicate, each.object) for each in triples)
        new = self.take_in(quads, f"import {Path(path).name}")
        self.notes = [*notes, *self.notes]
        return new

    def take_in(self, quads: Iterable[Quad], label: str) -> int:
        """Take the triples of an import in as one change, and return how many are new.

        What an import says is kept as it is, found wrong or not; `findings` tells.
        """

        def make(change: Change) -> int:
            count = 0
            for quad in quads:
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                    change.add(quad.subject, quad.predicate, quad.object)
                    count += 1
                else:
                    raise UsageError("a node without a name cannot be taken into a project.")
            return count

        before = len(self.graph.store)
        self.changing(label, make, check=False)
        return len(self.graph.store) - before
