"""Statements: add them with their words, change them, and record that they were taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyoxigraph import NamedNode

from disputegraph.coding.node_lookup import NodeLookup
from disputegraph.coding.project_change import Change
from disputegraph.coding.project_graph import STATEMENTS
from disputegraph.errors import UsageError
from disputegraph.model import entry_fields, entry_forms
from disputegraph.vocabulary import DG

_OF_HEARSAY = {
    name.removeprefix("reported_"): name
    for name in entry_forms()["ReportedUtterance"].fields
    if name.startswith("reported_")
}
_PASSED = {"certainty": "underspecified", "speech_act": "asserting"}
"""What an utterance that only passes words on is coded as, until a coder says otherwise."""


class StatementCoding(NodeLookup):
    """What can be done to statements."""

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
        given = {**fields, "document": document, "quote": quote, "spans": spans, "passed_on_by": passed_on_by}
        return self.add_all([given])[0]

    def add_all(self, statements: Sequence[Mapping[str, Any]], *, label: str | None = None) -> list[str]:
        """Add several utterances as one change, and return their IRIs.

        Args:
            statements: of each what `add` takes.
            label: what is done, for the history; by default what is added.
        """

        def told(made: list[str]) -> str:
            return label or f"add {', '.join(self.graph.label(NamedNode(iri)) for iri in made)}"

        return self.changing(told, lambda change: [self._add(change, **given) for given in statements])

    def _add(
        self,
        change: Change,
        *,
        document: str,
        quote: str | Sequence[str] | None = None,
        spans: Sequence[tuple[int, int]] | None = None,
        passed_on_by: str | Sequence[str] = (),
        **fields: object,
    ) -> str:
        chain = [passed_on_by] if isinstance(passed_on_by, str) else list(passed_on_by)
        node = self.document_named(document)
        places = self._places(node, quote, spans)
        kind = "ReportedUtterance" if chain else "Utterance"
        told = {_OF_HEARSAY.get(name, name) if chain else name: value for name, value in fields.items()}
        evidence: dict[str, object] = {"evidence": places} if places else {"documented_in": [node.value]}
        made = change.make(kind)
        change.fill(made, kind, {**told, **evidence, **self._coded(change)}, {})
        heard = made
        for place, teller in enumerate(chain, 1):
            heard = self._pass_on(change, heard, teller, evidence, last=place == len(chain))
        return made.value

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
        said = {"speaker": teller, **_PASSED}
        told = said if last else {_OF_HEARSAY[name]: value for name, value in said.items()}
        change.fill(passing, kind, {**told, **evidence, **self._coded(change)}, {})
        change.add(passing, DG.reports, heard)
        return passing

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
                document = (
                    self.document_named(str(moved["document"])) if "document" in moved else self._only_document(found)
                )
                told = {**told, "evidence": self._places(document, moved.get("quote"), moved.get("spans"))}  # type: ignore[arg-type]
            change.fill(found, kind, told, {})

        self.changing(
            f"change {', '.join([*fields, *moved])} of {self.graph.label(found)}",
            make,
            nodes=[found.value],
            revision=revision,
        )

    def withdraw(
        self,
        statement: str,
        *,
        by: str | None = None,
        on: str | None = None,
        reason: str | None = None,
        **fields: object,
    ) -> str:
        """Say that a statement no longer stands, and return the IRI of what takes it back.

        Args:
            statement: what was taken back; it stays on record and counts nowhere.
            by: the statement by which it was taken back, if it is coded.
            on: the day from which it does not stand, where that is known.
            reason: why, where that is known.
            fields: without any of these, what `add` takes for a statement that takes it back; its speaker is the same.
        """
        old = self._node(statement)
        kind = self._kind(old)
        if kind not in STATEMENTS:
            raise UsageError(f"'{self.graph.label(old)}' is not a statement ({kind}); only words are taken back.")
        if by or ((on or reason) and not fields):
            later = self._node(by) if by else None
            told_of = {"supersedes": [old.value], "withdrawn_on": on, "note": reason}

            def withdraw(change: Change) -> str:
                if later is not None:
                    supersedes = entry_fields()["supersedes"]
                    change.set(later, supersedes, [*change.values(later, supersedes), old])
                if not on and not reason and later is not None:
                    return later.value
                made = change.make("Withdrawal")
                change.fill(made, "Withdrawal", {name: value for name, value in told_of.items() if value}, {})
                return later.value if later is not None else made.value

            nodes = [old.value, *([later.value] if later is not None else [])]
            return self.changing(f"withdraw {self.graph.label(old)}", withdraw, nodes=nodes)
        if not fields.get("document"):
            raise UsageError(
                "to withdraw a statement, name the statement that takes it back (by), or its document and words; or "
                "say the day and the reason."
            )
        told: dict[str, Any] = {"supersedes": [old.value], **fields}
        was = self.entry(old)["fields"]
        for name in ("speaker", "on_behalf_of", "claim"):
            if given := was.get(name) or was.get(_OF_HEARSAY[name]):
                told.setdefault(name, given[0])
        told.setdefault("polarity", "neutral")
        return self.add(**told)
