"""The triples of a project: which file each stands in, and what nodes are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from disputegraph.coding.project_files import CODEBOOK, CODINGS, REJECTED
from disputegraph.coding.project_history import Edits
from disputegraph.errors import UsageError, nearest
from disputegraph.importers import slug
from disputegraph.model import (
    KINDS,
    NAMING,
    PUBLISHED,
    entry_fields,
    entry_forms,
    iri_of,
    language_rank,
    local_name,
)
from disputegraph.store import EmbeddedStore
from disputegraph.tables import key_of
from disputegraph.vocabulary import DCTERMS, DG, OA, RDF

ACTORS = entry_fields()["speaker"].kinds
STATEMENTS = ("Utterance", "ReportedUtterance")
_NAMES = tuple(NamedNode(iri_of(name)) for name in NAMING)
_PUBLISHED = tuple(NamedNode(iri_of(name)) for name in PUBLISHED)
_LEADERS = (DG.expressedIn, DG.madeIn)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text.

    Attributes:
        document: IRI of the document.
        start: its first code point in the normalised text.
        end: the code point behind it.
    """

    document: str
    start: int
    end: int


class ProjectGraph:
    """The graph of a project.

    Attributes:
        files: the triples by file, relative to the project, with forward slashes.
        store: all of them but those of drafts, for queries and for the model.
    """

    def __init__(self, location: str, base: str, *, codings: str = CODINGS) -> None:
        self.files: dict[str, set[Triple]] = {}
        self._codings = codings
        self.store = EmbeddedStore(location=location)
        self.store.declare({"d": base})
        self._homes: dict[NamedNode, str] = {}
        self._names: Mapping[str, frozenset[str]] | None = None
        self._labels: dict[NamedNode, str] = {}
        self._kinds: dict[NamedNode, str | None] = {}
        self._spans: Mapping[NamedNode, Span] | None = None

    def replace_file(self, file: str, triples: set[Triple]) -> set[NamedNode]:
        """Take what a file says now in place of what it said, and return the nodes of which it says something else."""
        before = self.files.get(file, set())
        gone, come = frozenset(before - triples), frozenset(triples - before)
        self._apply({file: (gone, come)})
        return {triple.subject for triple in gone | come if isinstance(triple.subject, NamedNode)}

    def apply(self, edits: Edits) -> None:
        """Carry out edits; what is gone already, or there already, stays so."""
        self._apply(
            {
                file: (removed & self.files.get(file, set()), added - self.files.get(file, set()))
                for file, (removed, added) in edits.items()
            }
        )

    def _apply(self, edits: Edits) -> None:
        gone, come = set[Triple](), set[Triple]()
        for file, (removed, added) in edits.items():
            held = self.files.setdefault(file, set())
            held -= removed
            held |= added
            if file.endswith(f".{REJECTED}"):  # what nobody has accepted stays outside the dispute
                continue
            gone |= removed
            come |= added
            self._homes.update(dict.fromkeys((_named(triple.subject) for triple in added), file))
        # What another file still says stays.
        gone -= {triple for triple in gone for held in self.files.values() if triple in held}
        self.store.replace(gone, come)
        for subject in {_named(triple.subject) for triple in gone}:
            if next(self.about(subject), None) is None:
                self._homes.pop(subject, None)
        self._names = self._spans = None
        self._labels.clear()
        self._kinds.clear()

    # ---- looking things up

    def about(self, subject: NamedNode) -> Iterator[Triple]:
        """Yield what is said of a node."""
        return (quad.triple for quad in self.store.engine.quads_for_pattern(subject, None, None, None))

    def naming(self, value: NamedNode) -> Iterator[Triple]:
        """Yield what mentions a node as a value."""
        return (quad.triple for quad in self.store.engine.quads_for_pattern(None, None, value, None))

    def values(self, subject: NamedNode, predicate: NamedNode) -> Iterator[NamedNode | Literal]:
        """Yield the values of a property of a node."""
        for quad in self.store.engine.quads_for_pattern(subject, predicate, None, None):
            if isinstance(quad.object, NamedNode | Literal):
                yield quad.object

    def subjects(self, predicate: NamedNode, value: NamedNode | Literal) -> Iterator[NamedNode]:
        """Yield the nodes that have a value."""
        for quad in self.store.engine.quads_for_pattern(None, predicate, value, None):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject

    def kind(self, node: NamedNode) -> str | None:
        """Return the kind of a node by the table of forms, or None."""
        if node not in self._kinds:
            classes = {value.value for value in self.values(node, RDF.type)}
            self._kinds[node] = next((kind for name, kind in _kinds().items() if name in classes), None)
        return self._kinds[node]

    def nodes(self, *kinds: str) -> list[NamedNode]:
        """Return the nodes of some kinds, sorted."""
        wanted = [NamedNode(name) for name, kind in _kinds().items() if kind in kinds]
        found = {node for name in wanted for node in self.subjects(RDF.type, name) if self.kind(node) in kinds}
        return sorted(found, key=str)

    def label(self, node: NamedNode) -> str:
        """Return what a node is called; of a statement, who says what."""
        if (known := self._labels.get(node)) is None:
            known = self._labels[node] = self._label(node)
        return known

    def _label(self, node: NamedNode) -> str:
        for naming in _NAMES:
            names = (value for value in self.values(node, naming) if isinstance(value, Literal) and value.value.strip())
            ranked = [(language_rank(name.language or ""), name.value) for name in names]
            if ranked:
                return min(ranked)[1]
        kind = self.kind(node)
        if kind in STATEMENTS:
            return self._statement_label(node)
        if kind == "Quantity":
            parts = [value.value for name in (DG.amount, DG.unit) for value in self.values(node, name)]
            return " ".join(parts) or kind
        return local_name(node.value)

    def published(self, document: NamedNode) -> str | None:
        """Return the day that a document came out, as it is written."""
        dates = (sorted(value.value for value in self.values(document, name)) for name in _PUBLISHED)
        return next((found[0] for found in dates if found), None)

    def _statement_label(self, node: NamedNode) -> str:
        said = [
            next(
                (value for name in names for value in self.values(node, DG.term(name)) if isinstance(value, NamedNode)),
                None,
            )
            for names in (("speaker", "reportedSpeaker"), ("addressesClaim", "reportedClaim"))
        ]
        who, what = (self.label(value) if value else None for value in said)
        if what is None and (passed := next(iter(self.values(node, DG.reports)), None)):
            what = "passes on words"
            if isinstance(passed, NamedNode) and passed != node:
                original = next(iter(self.values(passed, DG.reportedSpeaker)), None)
                what = f"passes on {self.label(original)}" if isinstance(original, NamedNode) else what
        return f"{who or '?'}: {what or 'no claim'}"

    def spans(self) -> Mapping[NamedNode, Span]:
        """Return the place that each anchor stands for; anchors that are not whole have none."""
        if self._spans is None:

            def column(predicate: NamedNode) -> dict[Any, Any]:
                return {q.subject: q.object for q in self.store.engine.quads_for_pattern(None, predicate, None, None)}

            sources, starts, ends = column(OA.hasSource), column(OA.start), column(OA.end)
            self._spans = {
                anchor: Span(sources[anchor].value, int(starts[selector].value), int(ends[selector].value))
                for anchor, selector in column(OA.hasSelector).items()
                if anchor in sources and selector in starts and selector in ends and _numbers(starts, ends, selector)
            }
        return self._spans

    def names(self) -> Mapping[str, frozenset[str]]:
        """Return the IRIs of the nodes that bear a name, by the name's normal form."""
        if self._names is None:
            found: dict[str, set[str]] = defaultdict(set)
            for naming in _NAMES:
                for quad in self.store.engine.quads_for_pattern(None, naming, None, None):
                    if isinstance(quad.subject, NamedNode):
                        found[key_of(quad.object.value)].add(quad.subject.value)  # type: ignore[union-attr]
            self._names = {key: frozenset(nodes) for key, nodes in found.items()}
        return self._names

    def find(self, name: str, kinds: Iterable[str] = ()) -> NamedNode | None:
        """Return the node of one of some kinds that is called `name`.

        It may be its label, another name, its local name or its IRI; of a document also its identifier.

        Raises:
            UsageError: several are called so, or the name looks like an IRI and is not one.
        """
        wanted = set(kinds)
        if "://" in name or name.startswith("urn:"):
            try:
                return NamedNode(name)
            except ValueError:
                raise UsageError(f"'{name}' is not an IRI.") from None
        base = self.store.prefixes["d"]
        local = NamedNode(base + name) if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else None
        if (
            local is not None
            and next(self.about(local), None) is not None
            and (not wanted or self.kind(local) in wanted)
        ):
            return local
        hits = [
            iri
            for iri in sorted(self.names().get(key_of(name), ()))
            if not wanted or self.kind(NamedNode(iri)) in wanted
        ]
        if len(hits) > 1:
            listed = "; ".join(f"{self.kind(NamedNode(iri))} <{iri}>" for iri in hits)
            raise UsageError(f"'{name}' is the name of {len(hits)}: {listed}. Give one of the IRIs.")
        if not hits and "Document" in wanted:
            hits = sorted(node.value for node in self.subjects(DCTERMS.identifier, Literal(name)))
        return NamedNode(hits[0]) if len(hits) == 1 else None

    def near(self, name: str, kinds: Iterable[str] = ()) -> str:
        """Return a hint at names of nodes of some kinds that are like one."""
        wanted = set(kinds)
        nodes = self.nodes(*(wanted or entry_forms()))
        names = [v.value for node in nodes for v in self.values(node, DCTERMS.identifier)]
        return nearest(name, [*names, *map(self.label, nodes)])

    # ---- places

    def home(
        self,
        subject: NamedNode,
        added: Mapping[NamedNode, Iterable[Triple]],
        owners: Mapping[NamedNode, NamedNode],
    ) -> str:
        """Return the file in which a node's triples stand, or are to stand.

        Statements and anchors stand with their document, stances and arguments with the first statement that shows
        them, all else in the codebook.

        Args:
            subject: the node.
            added: what is new, by its subject.
            owners: the anchors of new selectors.
        """
        if (known := self._homes.get(subject)) is not None:
            return known
        document = self._document(owners.get(subject, subject), added, set())
        if document is None:
            return CODEBOOK
        return f"{self._codings}/{self.file_stem(document, added)}.ttl"

    def file_stem(self, document: NamedNode, added: Mapping[NamedNode, Iterable[Triple]] | None = None) -> str:
        """Return what the files of a document are called: its identifier in letters, digits and hyphens."""
        said = [*self.about(document), *(added or {}).get(document, ())]
        names = sorted(
            t.object.value for t in said if t.predicate == DCTERMS.identifier and isinstance(t.object, Literal)
        )
        name = names[0] if names else local_name(document.value).removeprefix("document-")
        return slug(name) or local_name(document.value)

    def _document(
        self, node: NamedNode, added: Mapping[NamedNode, Iterable[Triple]], seen: set[NamedNode]
    ) -> NamedNode | None:
        if node in seen:
            return None
        seen.add(node)
        said = sorted({*self.about(node), *added.get(node, ())}, key=str)
        classes = {triple.object for triple in said if triple.predicate == RDF.type}

        def values(*predicates: NamedNode) -> list[NamedNode]:
            return [t.object for t in said if t.predicate in predicates and isinstance(t.object, NamedNode)]

        if direct := values(OA.hasSource):
            return direct[0]
        if classes & {DG.Utterance, DG.ReportedUtterance}:
            for anchor in values(DG.evidence):
                if found := self._document(anchor, added, seen):
                    return found
            return next(iter(values(DG.documentedIn)), None)
        if classes & {DG.Stance, DG.Argument}:
            return next((found for led in values(*_LEADERS) if (found := self._document(led, added, seen))), None)
        return None


def _numbers(starts: Mapping[Any, Any], ends: Mapping[Any, Any], selector: Any) -> bool:
    return all(isinstance(v, Literal) and v.value.isdecimal() for v in (starts[selector], ends[selector]))


@cache
def _kinds() -> Mapping[str, str]:
    """Return the kind of the forms by the IRI of each class that means it; of several, the first counts."""
    forms = entry_forms()
    found: dict[str, str] = {}
    for kind in KINDS:
        if kind.name in forms:
            for name in kind.classes:
                found.setdefault(iri_of(name), kind.name)
    for name, form in forms.items():
        found.setdefault(iri_of(form.classes[0]), name)
    return found


def _named(node: NamedNode | BlankNode | Triple) -> NamedNode:
    if not isinstance(node, NamedNode):
        raise TypeError(node)  # reading a project's files names all nodes
    return node
