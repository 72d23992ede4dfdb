"""What a coder does to a dispute: add, change, withdraw, remove, rename, merge, split, recode, and take back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from disputegraph.coding.entry_values import term_of
from disputegraph.coding.project_change import Change, Span
from disputegraph.coding.project_files import SOURCES
from disputegraph.coding.project_folder import ProjectFolder
from disputegraph.coding.project_graph import STATEMENTS
from disputegraph.coding.text_reading import TextRead, read_document
from disputegraph.errors import OutputError, UsageError
from disputegraph.evidence import NORMALISATION, Locator, digest, normalise
from disputegraph.importers import slug
from disputegraph.model import entry_fields, entry_forms
from disputegraph.rdf import write_text
from disputegraph.vocabulary import DCTERMS, DG, RDF, SKOS

__all__ = ["InUseError", "NewEntry", "Project"]

_TYPE, _IDENTIFIER = RDF.type, DCTERMS.identifier
_KINDS_OF_ACTOR = entry_fields()["speaker"].kinds
_OF_HEARSAY = {
    name.removeprefix("reported_"): name
    for name in entry_forms()["ReportedUtterance"].fields
    if name.startswith("reported_")
}
_PASSED = {"certainty": "underspecified", "speech_act": "asserting"}
"""What an utterance that only passes words on is coded as, until a coder says otherwise."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A node to make in the same change.

    Attributes:
        key: by which the values of the change mean it.
        kind: its kind.
        fields: its fields.
    """

    key: str
    kind: str
    fields: Mapping[str, object]


class InUseError(UsageError):
    """A node that others lean on, and that was therefore not removed.

    Attributes:
        nodes: the IRIs of those that mention it.
    """

    def __init__(self, label: str, nodes: Iterable[str], labels: Iterable[str]) -> None:
        self.nodes = tuple(nodes)
        shown = "; ".join(list(labels)[:5]) + ("; …" if len(self.nodes) > 5 else "")  # noqa: PLR2004
        super().__init__(
            f"{len(self.nodes):,} others mention '{label}': {shown}. Change them first, or remove it all the same."
        )


class Project(ProjectFolder):
    """A project that is coded: see `ProjectFolder` for what every change keeps.

    Nodes are named by IRI, label, other name or the last part of their IRI. Values that no node is called by make one
    where the field tells its kind, and `notes` says so.
    """

    # ---- statements

    def add(
        self,
        *,
        document: str,
        quote: str | Sequence[str] | None = None,
        spans: Sequence[tuple[int, int]] | None = None,
        passed_on_by: str | Sequence[str] = (),
        **fields: object,
    ) -> str:
        """Add an utterance, and return its IRI.

        Args:
            document: the document that has it.
            quote: its words there, each found once in the text; several for one utterance.
            spans: instead, where it stands: starts and ends in code points of the normalised text.
            passed_on_by: hearsay: who passed it on; several make a chain, first who heard it, last who told the
                document. An utterance that is there already may be named by its IRI.
            fields: ``speaker``, ``on_behalf_of``, ``claim``, ``polarity``, ``certainty``, ``speech_act``,
                ``addressee``, ``date``, ``quotation_mode``, ``cue`` and what else `entry_forms` has for an utterance.

        Raises:
            UsageError: a name means several, a value does not fit, or words are not found, or more than once.
            RefusedError, ConflictError, OutputError: as `ProjectFolder.changing`.
        """
        chain = [passed_on_by] if isinstance(passed_on_by, str) else list(passed_on_by)

        def make(change: Change) -> str:
            node = self._document(document)
            places = self._places(node, quote, spans)
            kind = "ReportedUtterance" if chain else "Utterance"
            told = {_OF_HEARSAY.get(name, name) if chain else name: value for name, value in fields.items()}
            evidence: dict[str, object] = {"evidence": places} if places else {"documented_in": [node.value]}
            made = change.make(kind)
            change.fill(made, kind, {**told, **evidence, **self._coded(change)}, {})
            heard = made
            for teller in chain:
                heard = self._pass_on(change, heard, teller, evidence, last=teller is chain[-1])
            return made.value

        return self.changing("add a statement", make)

    def _pass_on(
        self, change: Change, heard: NamedNode, teller: str, evidence: Mapping[str, object], *, last: bool
    ) -> NamedNode:
        field = entry_fields()["reports"]
        if "://" in teller and self.graph.kind(NamedNode(teller)) in STATEMENTS:
            there = NamedNode(teller)
            change.set(there, field, [*change.values(there, field), heard])
            return there
        kind = "Utterance" if last else "ReportedUtterance"
        passing = change.make(kind)
        told = (
            {"speaker": teller, **_PASSED}
            if last
            else {f"reported_{name}": value for name, value in {"speaker": teller, **_PASSED}.items()}
        )
        change.fill(passing, kind, {**told, **evidence, **self._coded(change)}, {})
        change.add(passing, DG.reports, heard)
        return passing

    def _coded(self, change: Change) -> dict[str, object]:
        """Return who codes, as a field."""
        if not self.coder:
            return {}
        found = self.graph.find(self.coder, ("Coder",))
        if found is None:
            found = next((node for node in change.made if change.kind(node) == "Coder"), None)
        if found is None:
            found = change.make("Coder", self.coder)
            change.fill(found, "Coder", {"label": self.coder}, {})
        return {"coded_by": [found.value]}

    def change(self, node: str, *, revision: int | None = None, **fields: object) -> None:
        """Replace the values of some fields of a node; None takes a field away.

        Of a statement, ``quote`` or ``spans`` with ``document`` move it to another place, and all else stays.
        Raises as `add`.
        """
        found = self._node(node)
        moved = {name: fields.pop(name) for name in ("document", "quote", "spans") if name in fields}

        def make(change: Change) -> None:
            kind = self._kind(found)
            told = (
                {_OF_HEARSAY.get(name, name): value for name, value in fields.items()}
                if kind == "ReportedUtterance"
                else fields
            )
            if moved:
                document = self._document(str(moved["document"])) if "document" in moved else self._only_document(found)
                told = {**told, "evidence": self._places(document, moved.get("quote"), moved.get("spans"))}  # type: ignore[arg-type]
            change.fill(found, kind, told, {})

        self.changing(
            f"change {', '.join([*fields, *moved])} of {self.graph.label(found)}",
            make,
            nodes=[found.value],
            revision=revision,
        )

    def withdraw(self, statement: str, *, by: str | None = None, **fields: object) -> str:
        """Say that a speaker took a statement back: a later one supersedes it. Returns the IRI of the later one.

        Args:
            statement: what was taken back; it stays on record and counts nowhere.
            by: the statement by which it was taken back, if it is coded.
            fields: else, what `add` takes for it; its speaker is the same.
        """
        old = self._node(statement)
        kind = self._kind(old)
        if kind not in STATEMENTS:
            raise UsageError(f"'{self.graph.label(old)}' is no statement ({kind}); only words are taken back.")
        if by is not None:
            later = self._node(by)
            supersedes = entry_fields()["supersedes"]
            self.changing(
                f"withdraw {self.graph.label(old)}",
                lambda change: change.set(later, supersedes, [*change.values(later, supersedes), old]),
                nodes=[old.value, later.value],
            )
            return later.value
        if not fields.get("document"):
            raise UsageError(
                "to withdraw a statement, name the statement that takes it back (by), or its document and words."
            )
        told: dict[str, Any] = {"supersedes": [old.value], **fields}
        for name in ("speaker", "on_behalf_of", "claim"):
            given = [
                v
                for n in (name, f"reported_{name}")
                if (f := entry_fields().get(n))
                for v in self._change().values(old, f)
            ]
            if given and name not in told:
                told[name] = str(given[0].value)
        told.setdefault("polarity", "neutral")
        return self.add(**told)

    # ---- entries of all kinds

    def put(
        self,
        kind: str,
        *,
        iri: str | None = None,
        new: Sequence[NewEntry] = (),
        revision: int | None = None,
        **fields: object,
    ) -> str:
        """Make or change a node of any kind, and return its IRI.

        Args:
            kind: one of `entry_forms`.
            iri: the node to change; by default a new one is made.
            new: nodes to make beside it; a value that is one of their keys means that node.
            revision: the state that the caller has seen.
            fields: what to say of it; `entry_forms` has the fields of each kind. Only those named are replaced.

        Raises:
            UsageError, RefusedError, ConflictError, OutputError: as `add`.
        """
        there = self._node(iri) if iri is not None else None
        shown = fields.get("label")
        called = str(shown[0] if isinstance(shown, list) and shown else shown or kind)

        def make(change: Change) -> str:
            made = {entry.key: change.make(entry.kind, _label_of(entry.fields)) for entry in new}
            for entry in new:
                extra = self._coded(change) if entry.kind in STATEMENTS else {}
                change.fill(made[entry.key], entry.kind, {**extra, **entry.fields}, made)
            if there is None:
                node = change.make(kind, _label_of(fields))
                extra = self._coded(change) if kind in STATEMENTS and "coded_by" not in fields else {}
                change.fill(node, kind, {**fields, **extra}, made)
                return node.value
            was = self._kind(there)
            if kind != was:
                change.set_kind(there, was, kind)
            change.fill(there, kind, fields, made)
            return there.value

        label = f"change {self.graph.label(there)}" if there is not None else f"add {called}"
        return self.changing(label, make, nodes=[there.value] if there is not None else [], revision=revision)

    def remove(self, node: str, *, cascade: bool = False) -> None:
        """Remove a node that should not have been coded; `undo` brings it back.

        Args:
            node: the node.
            cascade: remove it though others mention it; they then no longer do.

        Raises:
            InUseError: others mention it, and `cascade` is not set.
        """
        found = self._node(node)

        def make(change: Change) -> None:
            users = sorted({t.subject for t in change.naming(found) if isinstance(t.subject, NamedNode)}, key=str)
            if users and not cascade:
                labels = [self.graph.label(user) for user in users]
                raise InUseError(self.graph.label(found), [user.value for user in users], labels)
            passing = [u for u in users if self.graph.kind(u) == "Utterance" and _only_passes_on(change, u, found)]
            change.remove(found)
            for utterance in passing:
                change.remove(utterance)
                change.notes.append(f"'{self.graph.label(utterance)}' passed on nothing else, and was removed too.")

        self.changing(f"remove {self.graph.label(found)}", make, nodes=[found.value])

    def rename(self, node: str, name: str) -> None:
        """Give a node another name; the old one stays as one of its other names."""
        found = self._node(node)
        fields = entry_fields()

        def make(change: Change) -> None:
            old = [v for v in change.values(found, fields["label"]) if isinstance(v, Literal)]
            own = [v for v in old if (v.language or self.settings.language) == self.settings.language]
            new = term_of(fields["label"], name, self.settings.language)
            if "aliases" in entry_forms()[self._kind(found)].fields:
                others = [v for v in change.values(found, fields["aliases"]) if v != new]
                change.set(found, fields["aliases"], [*others, *(v for v in own if v != new)])
            change.set(found, fields["label"], [new])

        self.changing(f"rename {self.graph.label(found)} to {name}", make, nodes=[found.value])

    def merge(self, node: str, *, into: str) -> None:
        """Make one node of two that are the same: what is said of `node`, and by it, goes to `into`.

        Its label becomes another name; where a field has one value, that of `into` stays and `notes` says what was
        dropped.
        """
        one, other = self._node(node), self._node(into)
        if one == other:
            raise UsageError("these are one already.")
        kinds = {self._kind(one), self._kind(other)}
        if len(kinds) > 1 and not kinds <= set(_KINDS_OF_ACTOR):
            raise UsageError(f"a {self._kind(one)} and a {self._kind(other)} cannot be one.")

        def make(change: Change) -> None:
            form, label = entry_forms()[self._kind(other)], entry_fields()["label"]
            names, kept_names = change.values(one, label), change.values(other, label)
            for name, field in entry_forms()[self._kind(one)].fields.items():
                gone, kept = change.values(one, field), change.values(other, field)
                if name != "label" and gone and gone != kept and (name not in form.fields or (kept and not field.many)):
                    change.notes.append(f"{name}: '{'; '.join(value.value for value in gone)}' was dropped.")
                    change.set(one, field, [])
            for triple in change.about(one):
                if triple.predicate == _TYPE or (triple.predicate == SKOS.prefLabel and kept_names):
                    change.take(triple)
            change.rename_node(one, other)
            for triple in [t for t in change.about(other) if t.object == other]:
                change.take(triple)
                word = triple.predicate.value.rpartition("#")[2]
                change.notes.append(f"{word}: nothing is tied to itself, so that this was dropped.")
            if "aliases" in form.fields:
                for called in names:
                    if called not in kept_names:
                        change.add(other, SKOS.altLabel, called)

        label = f"merge {self.graph.label(one)} into {self.graph.label(other)}"
        self.changing(label, make, nodes=[one.value, other.value])

    def split_claim(self, claim: str, into: Mapping[str, Sequence[str]], *, paraphrase: str | None = None) -> list[str]:
        """Take statements from a claim to new claims, and return the IRIs of these.

        Args:
            claim: the claim that two things were coded as.
            into: for each new claim its label, and the statements that are about it.
            paraphrase: what the new claim says, where there is one.
        """
        old = self._node(claim, "Claim")

        def make(change: Change) -> list[str]:
            made = []
            for label, statements in into.items():
                node = change.make("Claim", label)
                for triple in change.about(old):
                    if triple.predicate not in (SKOS.prefLabel, SKOS.altLabel, DG.paraphrase) and isinstance(
                        triple.object, NamedNode | Literal
                    ):
                        change.add(node, triple.predicate, triple.object)
                change.fill(node, "Claim", {"label": label, "paraphrase": paraphrase}, {})
                for statement in statements:
                    said = self._node(statement)
                    field = entry_fields()["reported_claim" if self._kind(said) == "ReportedUtterance" else "claim"]
                    if old not in change.values(said, field):
                        raise UsageError(f"'{self.graph.label(said)}' is not about '{self.graph.label(old)}'.")
                    change.set(said, field, [node])
                made.append(node.value)
            return made

        return self.changing(f"split {self.graph.label(old)}", make, nodes=[old.value])

    def recode(self, field: str, before: str, after: str, *, nodes: Iterable[str] | None = None) -> list[str]:
        """Replace a value by another wherever a field has it, as one change. Returns the IRIs of the changed nodes."""
        affected = self.having(field, before)
        wanted = [node for node in affected if nodes is None or node.value in set(nodes)]

        def make(change: Change) -> list[str]:
            known = entry_fields()[field]
            new = change.node(known, after) if known.is_node else term_of(known, after, self.settings.language)
            old = self._value(field, before)
            for node in wanted:
                change.set(node, known, [new if value == old else value for value in change.values(node, known)])
            return [node.value for node in wanted]

        return self.changing(f"recode {field} {before} as {after}", make, nodes=[node.value for node in wanted])

    def having(self, field: str, value: str) -> list[NamedNode]:
        """Return the nodes of which a field has a value, sorted."""
        if field not in entry_fields():
            raise UsageError(f"there is no field '{field}'. Fields: {', '.join(entry_fields())}.")
        quads = self.graph.store.engine.quads_for_pattern(
            None, NamedNode(entry_fields()[field].iri), self._value(field, value), None
        )
        return sorted({quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}, key=str)

    # ---- texts, and what comes from elsewhere

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
        target = self.folder / SOURCES / f"{stem}.txt"
        if self.graph.find(stem, ("Document",)) or target.exists():
            raise UsageError(f"there is a document '{stem}' already; give this one another name.")
        twin = next(iter(self.graph.subjects(DG.textDigest, Literal(digest(read.text)))), None)  # type: ignore[arg-type]
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

    # ---- names and places

    def _node(self, name: str, *kinds: str) -> NamedNode:
        """Return the node that a name means; raises UsageError where there is none."""
        found = self.graph.find(str(name), kinds)
        if found is None or next(self.graph.about(found), None) is None:
            raise UsageError(f"nothing is called '{name}'.{self.graph.near(str(name), kinds)}")
        return found

    def _kind(self, node: NamedNode) -> str:
        kind = self.graph.kind(node)
        if kind is None:
            raise UsageError(f"'{self.graph.label(node)}' is of no kind that can be coded here.")
        return kind

    def _value(self, field: str, value: str) -> NamedNode | Literal:
        known = entry_fields()[field]
        if known.is_node:
            return self._node(value, *known.kinds)
        return term_of(known, value, self.settings.language)

    def _document(self, name: str) -> NamedNode:
        found = self.graph.find(name, ("Document",))
        if found is None:
            identified = list(self.graph.subjects(_IDENTIFIER, Literal(name)))  # type: ignore[arg-type]
            found = identified[0] if len(identified) == 1 else None
        if found is None:
            raise UsageError(
                f"there is no document '{name}'.{self.graph.near(name, ('Document',))} 'disputegraph add' takes one in."
            )
        return found

    def _only_document(self, node: NamedNode) -> NamedNode:
        change = self._change()
        spans = [change.span_of(a) for a in change.values(node, entry_fields()["evidence"]) if isinstance(a, NamedNode)]
        documents = {span.document for span in spans if span}
        if len(documents) != 1:
            raise UsageError(f"'{self.graph.label(node)}' stands in {len(documents)} documents; name the one.")
        return NamedNode(documents.pop())

    def _places(
        self, document: NamedNode, quote: str | Sequence[str] | None, spans: Sequence[tuple[int, int]] | None
    ) -> list[Span]:
        found = [Span(document.value, start, end) for start, end in spans or ()]
        for words in [quote] if isinstance(quote, str) else quote or ():
            text = self.text(document)
            if text is None:
                raise UsageError(
                    f"the text of '{self.graph.label(document)}' is not in {SOURCES}/, so that no words can be found."
                )
            places = self._locator.locate(text, normalise(words)).spans
            if len(places) != 1:
                listed = ", ".join(f"{start}-{end}" for start, end in places[:5])
                raise UsageError(
                    f"the words '{words}' stand {len(places)} times in '{self.graph.label(document)}' ({listed}); give "
                    "more of them, or spans."
                    if places
                    else f"the words '{words}' do not stand in '{self.graph.label(document)}'."
                )
            found.append(Span(document.value, *places[0]))
        return found

    _locator = Locator()


def _label_of(fields: Mapping[str, object]) -> str | None:
    given = fields.get("label")
    if isinstance(given, list | tuple):
        given = given[0] if given else None
    return str(given) if given else None


def _only_passes_on(change: Change, utterance: NamedNode, passed: NamedNode) -> bool:
    """Whether an utterance has no claim of its own and passes on nothing but `passed`."""
    said = change.about(utterance)
    others = [t for t in said if t.predicate == DG.reports and t.object != passed]
    shows = any(t.predicate in (DG.expressedIn, DG.madeIn) for t in change.naming(utterance))
    return not others and not shows and not any(t.predicate == DG.addressesClaim for t in said)
