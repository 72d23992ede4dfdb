"""Entries of all kinds: make, change, remove, rename, merge, split, recode."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from disputegraph.coding.entry_values import term_of
from disputegraph.coding.node_lookup import NodeLookup
from disputegraph.coding.project_change import Change
from disputegraph.coding.project_graph import ACTORS, STATEMENTS
from disputegraph.errors import UsageError
from disputegraph.model import entry_fields, entry_forms
from disputegraph.vocabulary import DG, RDF, SKOS

_TYPE = RDF.type


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
        others = "1 other mentions" if len(self.nodes) == 1 else f"{len(self.nodes):,} others mention"
        super().__init__(f"{others} '{label}': {shown}. Change them first, or remove it all the same.")


_SIGNED = (*STATEMENTS, "ClaimRelation")
"""Kinds that are a coder's judgement, and bear the name of who codes."""


class CodebookCoding(NodeLookup):
    """What can be done to entries of all kinds."""

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

        def make(change: Change) -> str:
            made = {entry.key: change.make(entry.kind, _label_of(entry.fields)) for entry in new}
            for entry in new:
                extra = self._coded(change) if entry.kind in _SIGNED else {}
                change.fill(made[entry.key], entry.kind, {**extra, **entry.fields}, made)
            if there is None:
                node = change.make(kind, _label_of(fields))
                extra = self._coded(change) if kind in _SIGNED and "coded_by" not in fields else {}
                change.fill(node, kind, {**fields, **extra}, made)
                return node.value
            was = self._kind(there)
            if kind != was:
                change.set_kind(there, was, kind)
            change.fill(there, kind, fields, made)
            return there.value

        if there is None:
            return self.changing(lambda iri: f"add {self.graph.label(NamedNode(iri))}", make)
        return self.changing(f"change {self.graph.label(there)}", make, nodes=[there.value], revision=revision)

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
        if len(kinds) > 1 and not kinds <= set(ACTORS):
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
