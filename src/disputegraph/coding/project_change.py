"""One change of a project while it is made: what goes, what comes, and the nodes that are made on the spot."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from disputegraph.coding.anchor_writing import anchor_name, anchor_triples
from disputegraph.coding.entry_values import term_of
from disputegraph.coding.project_graph import ACTORS, STATEMENTS, ProjectGraph, Span
from disputegraph.coding.project_history import Edits
from disputegraph.errors import UsageError
from disputegraph.importers import Minter
from disputegraph.model import ACTOR, EntryField, entry_fields, entry_forms, iri_of
from disputegraph.vocabulary import DG, OA, RDF

_TYPE = RDF.type
_GUESSED = {"on_behalf_of": ACTOR, "publisher": "NewsOrganization", "organization": "Organization"}
"""Of which kind a new node is where a name in a field is not known, and the field alone does not tell."""


class Change:
    """Edits to a project's graph, as they are gathered.

    Args:
        graph: the graph as it is.
        base: the IRI under which nodes are named.
        language: language tag of labels.
        text_of: gives the normalised text of a document, or None where it is not at hand.

    Attributes:
        notes: what was guessed or changed beside what was asked for.
        made: the nodes that are new.
    """

    def __init__(
        self, graph: ProjectGraph, *, base: str, language: str, text_of: Callable[[NamedNode], str | None]
    ) -> None:
        self.notes: list[str] = []
        self.made: list[NamedNode] = []
        self._graph, self._minter, self._language, self._text_of = graph, Minter(base), language, text_of
        self._removed: set[Triple] = set()
        self._added: dict[NamedNode, set[Triple]] = defaultdict(set)
        self._beside: dict[str, tuple[set[Triple], set[Triple]]] = defaultdict(lambda: (set(), set()))

    def edits(self) -> Edits:
        """Return the edits by file."""
        sides = defaultdict(lambda: (set[Triple](), set[Triple]()), self._beside)
        for triple in self._removed:
            for file, held in self._graph.files.items():
                if triple in held:
                    sides[file][0].add(triple)
        pointing = (t for added in self._added.values() for t in added if t.predicate == OA.hasSelector)
        owners = {
            t.object: t.subject
            for t in pointing
            if isinstance(t.object, NamedNode) and isinstance(t.subject, NamedNode)
        }
        for subject, added in self._added.items():
            if added:
                sides[self._graph.home(subject, self._added, owners)][1].update(added)
        return {
            file: (frozenset(removed - added), frozenset(added - removed))
            for file, (removed, added) in sides.items()
            if removed != added
        }

    # ---- triples

    def about(self, node: NamedNode) -> set[Triple]:
        """Return what is said of a node when the change is made."""
        return (set(self._graph.about(node)) - self._removed) | self._added.get(node, set())

    def naming(self, node: NamedNode) -> set[Triple]:
        """Return what mentions a node as a value when the change is made."""
        added = {triple for some in self._added.values() for triple in some if triple.object == node}
        return (set(self._graph.naming(node)) - self._removed) | added

    def values(self, node: NamedNode, field: EntryField) -> list[NamedNode | Literal]:
        """Return the values of a field of a node when the change is made."""
        predicate = NamedNode(field.iri)
        found = [t.object for t in self.about(node) if t.predicate == predicate]
        return sorted((v for v in found if isinstance(v, NamedNode | Literal)), key=str)

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Say something of a node."""
        triple = Triple(subject, predicate, value)
        self._removed.discard(triple)
        if triple not in set(self._graph.about(subject)):
            self._added[subject].add(triple)

    def take(self, triple: Triple) -> None:
        """No longer say something of a node."""
        subject = triple.subject
        if isinstance(subject, NamedNode):
            self._added[subject].discard(triple)
            if triple in set(self._graph.about(subject)):
                self._removed.add(triple)

    def beside(self, file: str, *, gone: Iterable[Triple] = (), come: Iterable[Triple] = ()) -> None:
        """Change what a file beside the dispute says, such as which drafts were rejected."""
        self._beside[file][0].update(gone)
        self._beside[file][1].update(come)

    # ---- entries

    def kind(self, node: NamedNode) -> str | None:
        """Return the kind of a node, new ones included."""
        if known := self._graph.kind(node):
            return known
        classes = {t.object.value for t in self.about(node) if t.predicate == _TYPE and isinstance(t.object, NamedNode)}
        return next((kind for kind, form in entry_forms().items() if iri_of(form.classes[0]) in classes), None)

    def make(self, kind: str, name: str | None = None) -> NamedNode:
        """Make a node of a kind; its name gives its IRI, so that two coders make the same of what they call alike.

        Raises:
            UsageError: there is no such kind.
        """
        if kind not in entry_forms():
            raise UsageError(f"there is no kind '{kind}'. Kinds: {', '.join(entry_forms())}.")
        word = "utterance" if kind in STATEMENTS else "actor" if kind in ACTORS else kind.lower()
        if name and kind not in STATEMENTS:
            node = NamedNode(self._minter.named(word, name))
            if self.about(node):  # the name was changed since, or is that of another kind
                node = NamedNode(f"{node.value}-{secrets.token_hex(3)}")
        else:
            node = NamedNode(f"{self._minter.base}{word}-{secrets.token_hex(6)}")
        for class_ in entry_forms()[kind].classes:
            self.add(node, _TYPE, NamedNode(iri_of(class_)))
        self.made.append(node)
        return node

    def fill(self, node: NamedNode, kind: str, fields: Mapping[str, object], new: Mapping[str, NamedNode]) -> None:
        """Replace the values of some fields of a node.

        Args:
            node: the node.
            kind: its kind, which tells its fields.
            fields: a value, or a list of values, by field; None and an empty list leave none.
            new: nodes made in the same change, by the key that stands for them as a value.

        Raises:
            UsageError: the kind has no such field, or a value does not fit the field.
        """
        form = entry_forms()[kind]
        for name, given in fields.items():
            field = form.fields.get(name)
            if field is None:
                known = ", ".join(form.fields)
                why = "is not a field" if name not in entry_fields() else f"is not a field of {kind}"
                raise UsageError(f"'{name}' {why}. {kind} has: {known}.")
            values = list(given) if isinstance(given, list | tuple | set) else [given]
            values = [value for value in values if value is not None and value != ""]
            if len(values) > 1 and not field.many:
                raise UsageError(f"{name}: {kind} has one of these, and {len(values)} were given.")
            self.set(node, field, [self._term(field, value, new) for value in values])

    def set_kind(self, node: NamedNode, before: str, after: str) -> None:
        """Make a node one of another kind; fields that this kind does not have are dropped, and noted."""
        forms, fields = entry_forms(), entry_fields()
        for name, field in forms[before].fields.items():
            if name in forms[after].fields or not (gone := self.values(node, field)):
                continue
            # What hearsay says has properties of its own.
            twin = f"reported_{name}" if after == "ReportedUtterance" else name.removeprefix("reported_")
            if twin in forms[after].fields:
                self.set(node, field, [])
                self.set(node, fields[twin], gone)
            else:
                self.notes.append(
                    f"{name}: '{'; '.join(value.value for value in gone)}' was dropped; {after} has none."
                )
                self.set(node, field, [])
        for class_ in forms[before].classes:
            self.take(Triple(node, _TYPE, NamedNode(iri_of(class_))))
        for class_ in forms[after].classes:
            self.add(node, _TYPE, NamedNode(iri_of(class_)))

    def set(self, node: NamedNode, field: EntryField, terms: Sequence[NamedNode | Literal]) -> None:
        """Replace the values of a field; labels in other languages stay."""
        predicate = NamedNode(field.iri)
        for triple in self.about(node):
            other = isinstance(triple.object, Literal) and field.value == "label"
            if triple.predicate != predicate or triple.object in terms:
                continue
            if other and (triple.object.language or self._language) != self._language:  # type: ignore[union-attr]
                continue
            self.take(triple)
            if field.value == "evidence" and isinstance(triple.object, NamedNode):
                self._drop_anchor(triple.object)
        for term in terms:
            self.add(node, predicate, term)

    def node(self, field: EntryField, value: str) -> NamedNode:
        """Return the node that a name or IRI in a field means, made on the spot where nothing is called so.

        Raises:
            UsageError: several are called so, or none is and the field does not tell what it would be.
        """
        found = self._graph.find(value, field.kinds)
        if found is not None:
            return found
        for made in self.made:
            labels = [t.object.value for t in self.about(made) if isinstance(t.object, Literal)]
            if value in labels and (not field.kinds or self.kind(made) in field.kinds):
                return made
        other = self._graph.find(value, ACTORS) if set(field.kinds) <= set(ACTORS) else None
        if other is not None and field.kinds:
            raise UsageError(
                f"{field.name}: '{value}' is of the kind {self._graph.kind(other)}, and {field.name} takes "
                f"{' or '.join(field.kinds)}. Give another name, or change its kind."
            )
        kind = _GUESSED.get(field.name) or (ACTOR if ACTOR in field.kinds else field.kinds[0] if field.kinds else None)
        # A project is about one dispute: a second one made in passing is a slip that nobody would see.
        if kind is None or kind in ("Document", *STATEMENTS) or (kind == "Dispute" and self._graph.nodes("Dispute")):
            raise UsageError(
                f"{field.name}: nothing is called '{value}'.{self._graph.near(value, field.kinds)} Make it first."
            )
        if kind == ACTOR:
            self.notes.append(f"'{value}' is new, of a kind that is not known yet (Actor).")
        else:
            self.notes.append(f"'{value}' is new ({kind}).{self._graph.near(value, field.kinds)}")
        made = self.make(kind, value)
        self.set(made, entry_fields()["label"], [term_of(entry_fields()["label"], value, self._language)])
        return made

    def remove(self, node: NamedNode) -> None:
        """Say nothing of a node any more, nor anything that mentions it; its anchors go if nobody else has them."""
        anchors = [t.object for t in self.about(node) if t.predicate == DG.evidence]
        for triple in self.about(node) | self.naming(node):
            self.take(triple)
        for anchor in anchors:
            if isinstance(anchor, NamedNode):
                self._drop_anchor(anchor)

    def rename_node(self, node: NamedNode, into: NamedNode) -> None:
        """Say of another node what is said of one, and mention it instead."""
        for triple in self.about(node):
            self.take(triple)
            if isinstance(triple.object, NamedNode | Literal):
                self.add(into, triple.predicate, into if triple.object == node else triple.object)
        for triple in self.naming(node):
            self.take(triple)
            if isinstance(triple.subject, NamedNode):
                self.add(triple.subject, triple.predicate, into)

    # ---- evidence

    def anchor(self, span: Span) -> NamedNode:
        """Return the anchor of a place in a text, made if nobody has it yet.

        Raises:
            UsageError: the text is not at hand, or the place is outside it.
        """
        document = NamedNode(span.document)
        node = anchor_name(self._minter, span)
        if self.about(node):
            return node
        for other, place in self._graph.spans().items():
            if place == span:  # an anchor of that place under another name
                return other
        text = self._text_of(document)
        if text is None:
            raise UsageError(
                f"the text of '{self._graph.label(document)}' is not in the project's folder of sources, so that "
                "nothing can be anchored in it."
            )
        if not 0 <= span.start < span.end <= len(text):
            raise UsageError(
                f"the place {span.start}-{span.end} is outside the text of '{self._graph.label(document)}', which has "
                f"{len(text):,} characters."
            )
        for triple in anchor_triples(node, span, text[span.start : span.end]):
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                self.add(triple.subject, triple.predicate, triple.object)
        return node

    def _drop_anchor(self, anchor: NamedNode) -> None:
        if self.naming(anchor):
            return
        for triple in self.about(anchor):
            self.take(triple)
            if triple.predicate == OA.hasSelector and isinstance(triple.object, NamedNode):
                for part in self.about(triple.object):
                    self.take(part)

    def _term(self, field: EntryField, value: Any, new: Mapping[str, NamedNode]) -> NamedNode | Literal:
        if field.value == "evidence":
            return self.anchor(_span(value))
        if field.is_node:
            text = str(getattr(value, "iri", value))
            return new[text] if text in new else self.node(field, text)
        return term_of(field, value, self._language)


def _span(value: Any) -> Span:
    if isinstance(value, Span):
        return value
    try:
        return Span(str(value["document"]), int(value["start"]), int(value["end"]))
    except (KeyError, TypeError, ValueError):
        raise UsageError("evidence: a place is a document with a start and an end.") from None
