"""Write a graph back as the sheets of statements and actors alone; `workbook_writing` writes all there is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from disputegraph.importers.minting import Minter
from disputegraph.importers.sheets.sheet_actions import scheme
from disputegraph.importers.sheets.sheet_fields import ACTOR_FIELDS, CODED, STATEMENT_FIELDS, header_key
from disputegraph.importers.sheets.sheet_names import ARRANGEMENTS, SPEAKING_DOCUMENT, STATUSES, iri_kind
from disputegraph.importers.sheets.sheet_words import word_for
from disputegraph.importers.sheets.withdrawn_cells import Withdrawn, withdrawn_cell
from disputegraph.importers.sheets.written_rows import Sheet, common_base, safe_cell
from disputegraph.model import KINDS, REPORTED, Model, Pairs, day_of, local_name
from disputegraph.store import Store
from disputegraph.tables import join_list, key_of, shown, to_cell

_KINDS = (*(kind.name for kind in KINDS if kind.acts), "Hospital", "Issue", *ARRANGEMENTS)
_CLASSES = (*(kind.name for kind in KINDS if kind.acts), "Hospital", "Issue", "Arrangement", "PlannedAction")
_ELSEWHERE = ("Event", "IndustrialAction", "Negotiation", "Ballot", "Provision", "Demand", "Offer", "ClaimedThing")
_SAID = (
    *("dg:speaker", "dg:onBehalfOf", "dg:addressee", "dg:addressesClaim", "dg:polarity", "dg:certainty", "dg:saidOn"),
    *("dg:speechAct", "dg:quotationMode", "dg:cue", "dg:intensity", "dg:codedBy", "dg:reports", "dg:evidence"),
    *("dg:documentedIn", "dg:hasCodedValue", "schema:text", "dg:supersedes", "dg:saidRoughly"),
)
_UTTERANCE = (*_SAID, *REPORTED.values())
_CLAIM = (
    *("skos:prefLabel", "dg:paraphrase", "dg:claimedAgent", "dg:claimedAction", "dg:claimedTarget", "dg:aboutIssue"),
    *("dg:claimedSubject", "dg:modality", "dg:evaluation", "dg:negated", "dg:contradicts"),
)
_ACTOR = (
    *("skos:prefLabel", "skos:altLabel", "schema:sameAs", "org:memberOf", "dg:memberOf", "dg:represents", "dg:closeTo"),
    *("dg:sourceDescription", "skos:note", "dg:introducedBy", "dg:documentedIn", "dg:claimedKind", "dg:claimedStatus"),
    "dg:hasStatus",
)

_CONTROLLED = {
    "polarity": "dg:polarity", "certainty": "dg:certainty", "speech_act": "dg:speechAct",
    "quotation_mode": "dg:quotationMode",
}  # fmt: skip

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SheetFiles:
    """Both sheets, header first, with cells that no spreadsheet takes for formulas.

    Attributes:
        statements: one row an utterance that addresses a claim.
        actors: one row an actor, or a thing that claims are about.
        base: the IRI under which to import them again.
        left_out: what the graph says and sheets cannot, in words.
    """

    statements: Sheet
    actors: Sheet
    base: str
    left_out: tuple[str, ...]


def export_sheets(store: Store, *, base: str | None = None) -> SheetFiles:
    """Return the sheets of a graph.

    Args:
        store: the graph.
        base: the IRI under which its names stand; by default where most utterances stand.
    """
    return _Export(Model.whole(store), base).files()


class _Once(dict[int, T]):
    """What is made of a node when it is first asked for, by the node's number."""

    def __init__(self, make: Callable[[int], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, node: int) -> T:
        made = self[node] = self._make(node)
        return made


class _Export:
    """Nodes are known by their numbers, -1 for none."""

    def __init__(self, model: Model, base: str | None) -> None:
        self._model, self._facts, self._label = model, model.facts, model.labels.of
        text = self._text = model.facts.terms.text
        self._utterances = sorted(model.said.nodes.tolist(), key=text)
        self._minter = Minter(base or common_base(map(text, self._utterances)))
        self._left: Counter[str] = Counter()
        self._claims = sorted(model.claim_nodes.tolist(), key=text)
        named = sorted(model.kinds.members(*_CLASSES, *_ELSEWHERE).tolist(), key=text)
        self._names = self._unique_names(dict.fromkeys([*named, *sorted(self._mentioned(), key=text)]))
        keys = {node: key_of(self._label(node)) for node in self._claims}
        labels = Counter(keys.values())
        self._claim_ids = {
            node: self._minter.short(text(node))
            for node in self._claims
            if labels[keys[node]] > 1 or not self._minted("claim", self._label(node), node)
        }
        self._claim_cells, self._documents = _Once(self._claim), _Once(self._document)
        self._words = _Once[str](lambda node: local_name(text(node)))
        self._pairs: dict[str, Pairs] = {}
        self._papers = set(model.facts.members("dg:Document").tolist())

    def files(self) -> SheetFiles:
        held = self._model.said.documents(np.array(self._utterances, dtype=np.int32)).tolist()
        rows = [row for row in map(self._statement, self._utterances, held) if row is not None]
        coded = self._facts.pairs("dg:hasCodedValue").subjects.size
        variables = sorted({column for row in rows for column in row if column.startswith(CODED)} if coded else ())
        names = [field.name for field in STATEMENT_FIELDS]
        basic = {field.name for field in STATEMENT_FIELDS if field.basic}
        columns = [name for name in names if name in basic or any(row.get(name) for row in rows)] + variables
        rows.sort(key=lambda row: (row["document"], row["date"], row.get("start", "").rjust(9, "0"), row["id"]))
        header = [
            column if column in names or header_key(column[len(CODED) :]) in _understood() else column[len(CODED) :]
            for column in columns
        ]
        statements = [[to_cell(cell) for cell in header]]
        statements += [[safe_cell(row.get(column, "")) for column in columns] for row in rows]
        actors = self._actors()
        self._count_rest()
        left = tuple(f"{what} ({count:,})" for what, count in sorted(self._left.items()))
        return SheetFiles(statements, actors, self._minter.base, left)

    def _all(self, node: int, name: str) -> list[int]:
        pairs = self._pairs.get(name)
        if pairs is None:
            pairs = self._pairs[name] = self._facts.pairs(name)
        return pairs.of(node)

    def _one(self, node: int, name: str) -> str:
        """Return the text of the first value of a property, or an empty text."""
        values = self._all(node, name)
        return self._text(values[0]) if values else ""

    def _named(self, node: int, name: str) -> str:
        """Return the names of the values of a property in one cell."""
        return join_list(map(self._name, self._all(node, name)))

    def _statement(self, node: int, document: int) -> dict[str, str] | None:
        claims, coder = self._all(node, "dg:addressesClaim"), self._all(node, "dg:codedBy")
        if not claims:
            if not self._all(node, "dg:reports"):
                self._left["utterances without a claim"] += 1
            return None
        row = {
            "id": self._minter.short(self._text(node)),
            # Of a moment the sheet holds the day; that the moment is left out is counted.
            "date": self._one(node, "dg:saidOn")
            or day_of(self._one(node, "dg:saidAt"))
            or self._one(node, "dg:saidRoughly"),
            "speaker": join_list(filter(None, [self._name(*self._all(node, "dg:speaker")[:1])])),
            "on_behalf_of": join_list(filter(None, [self._name(*self._all(node, "dg:onBehalfOf")[:1])])),
            "addressee": self._named(node, "dg:addressee"),
            "via": join_list(map(self._name, self._model.said.via(node))),
            "intensity": self._one(node, "dg:intensity"),
            "cue": self._one(node, "dg:cue"),
            "coder": self._label(coder[0]) if coder else "",
            "quote": self._one(node, "schema:text"),
            "withdrawn": self._withdrawn(node),
        }
        for column, property_ in _CONTROLLED.items():
            row[column] = self._word(node, column, property_)
        return row | self._claim_cells[claims[0]] | self._evidence(node, document) | self._coded(node)

    def _withdrawn(self, node: int) -> str:
        said = self._model.said
        later, acts = said.withdrawn.of(node), set(said.withdrawals.tolist())
        if not later:
            return ""
        act = next((one for one in later if one in acts), -1)
        others = [one for one in later if one not in acts]
        told = [one for one in others if self._all(one, "dg:addressesClaim")]
        self._left["statements without a claim that take one back"] += len(others) - len(told)
        by = tuple(self._minter.short(self._text(one)) for one in told)
        reason = self._model.labels.best(act, "skos:note") if act >= 0 else ""
        return withdrawn_cell(Withdrawn(self._one(act, "dg:withdrawnOn") if act >= 0 else "", reason, by))

    def _claim(self, node: int) -> dict[str, str]:
        label, paraphrase = self._label(node), self._model.labels.best(node, "dg:paraphrase")
        actions, against = self._all(node, "dg:claimedAction"), self._all(node, "dg:contradicts")
        return {
            "claim": label,
            "claim_id": self._claim_ids.get(node, ""),
            "paraphrase": "" if paraphrase == label else paraphrase,
            "subject": self._named(node, "dg:claimedSubject"),
            "agent": self._named(node, "dg:claimedAgent"),
            "action": self._action(actions[0]) if actions else "",
            "target": self._named(node, "dg:claimedTarget"),
            "modality": self._word(node, "modality", "dg:modality"),
            "evaluation": self._word(node, "evaluation", "dg:evaluation"),
            "negated": "yes" if self._one(node, "dg:negated") in ("true", "1") else "",
            "issue": self._named(node, "dg:aboutIssue"),
            "contradicts": join_list(self._claim_ids.get(other) or self._label(other) for other in against),
        }

    def _evidence(self, node: int, document: int) -> dict[str, str]:
        table = self._model.said.anchors
        documents, starts, ends, digests = table.lists
        rows = table.rows.get(node, range(0))
        self._left["places in a second document"] += max(0, len({documents[row] for row in rows}) - 1)
        spans = [row for row in rows if documents[row] == document >= 0 <= min(starts[row], ends[row])]
        return self._documents[document] | {
            "start": join_list(str(starts[row]) for row in spans),
            "end": join_list(str(ends[row]) for row in spans),
            "sha256": join_list(self._text(digests[row]) for row in spans),
        }

    def _document(self, node: int) -> dict[str, str]:
        name = self._document_name(node) if node >= 0 else "unknown"
        return {
            "document": name,
            "document_id": "" if self._minted("document", name, node) else self._minter.short(self._text(node)),
            "document_date": self._one(node, "dcterms:issued") or self._one(node, "dcterms:date"),
            "document_title": self._one(node, "dcterms:title"),
            "document_sha256": self._one(node, "dg:textDigest"),
            "document_length": self._one(node, "dg:textLength"),
        }

    def _coded(self, node: int) -> dict[str, str]:
        found: dict[str, list[str]] = defaultdict(list)
        for value in self._all(node, "dg:hasCodedValue"):
            entity, variable = (self._all(value, name)[:1] for name in ("dg:codedEntity", "dg:codedVariable"))
            told = self._label(entity[0]) if entity else self._one(value, "dg:codedValue")
            found[CODED + self._label(*variable or [-1])].append(told)
        return {column: values[0] if len(values) == 1 else join_list(values) for column, values in found.items()}

    def _actors(self) -> Sheet:
        used = {field.name for field in ACTOR_FIELDS if field.basic}
        rows = []
        for node, name in self._names.items():
            kind = self._kind(node)
            minted = self._minted(iri_kind(kind), name, node)
            aliases = self._model.labels.others(node)
            row = {
                "name": join_list([name]),
                "kind": word_for("kind", kind),
                "aliases": join_list(alias for alias in aliases if key_of(alias) != key_of(name)),
                "same_as": join_list(map(self._text, self._all(node, "schema:sameAs"))),
                "member_of": join_list(map(self._name, self._facts.pairs("org:memberOf", "dg:memberOf").of(node))),
                "represents": self._named(node, "dg:represents"),
                "close_to": self._named(node, "dg:closeTo"),
                "documented_in": self._attested(node) if kind in ARRANGEMENTS else "",
                "description": self._one(node, "dg:sourceDescription") or self._one(node, "skos:note"),
                "id": "" if minted else self._minter.short(self._text(node)),
            }
            used |= {"id"} if row["id"] else set()
            rows.append(row)
        columns = [field.name for field in ACTOR_FIELDS if field.name in used]
        rows.sort(key=lambda row: (row["kind"], row["name"].casefold(), row["id"]))
        return [columns, *([safe_cell(row[column]) for column in columns] for row in rows)]

    def _mentioned(self) -> set[int]:
        """Return whom and what utterances and claims speak of, described in this graph or not."""
        asked = (
            (self._model.said.nodes, ("dg:speaker", "dg:onBehalfOf", "dg:addressee")),
            (self._model.claim_nodes, ("dg:claimedSubject", "dg:claimedAgent", "dg:claimedTarget", "dg:aboutIssue")),
        )
        values = [self._facts.pairs(name).expand(nodes)[1] for nodes, names in asked for name in names]
        return set(np.concatenate(values).tolist())

    def _word(self, node: int, column: str, property_: str) -> str:
        """Return the word for the term of a scheme that a node has."""
        values = self._all(node, property_)
        return word_for(column, self._words[values[0]]) if values else ""

    def _kind(self, node: int) -> str:
        """Return the kind that a sheet gives a node; an arrangement with one status may be a proposal or agreement."""
        kind, known = self._model.kinds.of(node), _KINDS
        if kind == "Actor" and node in self._papers:
            return SPEAKING_DOCUMENT
        if kind == "ClaimedThing":
            kind, known = local_name(self._one(node, "dg:claimedKind")), ARRANGEMENTS
            statuses = self._all(node, "dg:claimedStatus")
        else:
            held = self._all(node, "dg:hasStatus")
            statuses = [value for status in held for value in self._all(status, "dg:statusValue")]
        if kind == "Arrangement" and len(statuses) == 1:
            kind = {value: word for word, value in STATUSES.items()}.get(self._words[statuses[0]], kind)
        return kind if kind in known else "Elsewhere"

    def _attested(self, node: int) -> str:
        """Return the name of the document that attests an arrangement or planned action."""
        table = self._model.said.anchors
        documents = [document for row in table.rows.get(node, ()) if (document := table.lists[0][row]) >= 0]
        return self._document_name(documents[0]) if documents else ""

    def _document_name(self, node: int) -> str:
        return self._one(node, "dcterms:identifier") or self._label(node)

    def _unique_names(self, nodes: Iterable[int]) -> dict[int, str]:
        """Return the name of each node; where several share one, the end of the IRI is added."""
        keys = {node: key_of(self._label(node)) for node in nodes}
        labels = Counter(keys.values())
        names = {}
        for node, key in keys.items():
            label = shown(self._label(node))
            shared = labels[key] > 1
            names[node] = f"{label} [{local_name(self._text(node))}]" if shared else label
            self._left["names that several share, told apart by their IRI"] += shared
        return names

    def _name(self, node: int = -1) -> str:
        return "" if node < 0 else self._names.get(node) or self._label(node)

    def _minted(self, kind: str, name: str, node: int) -> bool:
        """Return whether the IRI of a node is the one that the import gives to a thing of that kind and name."""
        iri = self._text(node)
        return iri.startswith(f"{self._minter.base}{kind}-") and self._minter.named(kind, name) == iri

    def _action(self, node: int) -> str:
        iri = self._text(node)
        known = sorted(name for name, act in scheme().items() if act == iri)
        return local_name(iri) if local_name(iri) in known else known[0] if known else self._label(node)

    def _count_rest(self) -> None:
        """Count what the sheets do not say."""
        facts = self._facts
        for nodes, handled in ((self._utterances, _UTTERANCE), (self._claims, _CLAIM), (self._names, _ACTOR)):
            codes = np.array([*nodes], dtype=np.int32)
            for iri in facts.properties():
                if facts.prefixed(iri) not in {*handled, "rdf:type"}:
                    self._left[local_name(iri)] += len(facts.pairs(iri).expand(codes)[0])
        self._left["statuses with a time or evidence, or several of one thing"] += self._untold_statuses()
        unshown = set(facts.members("dg:Document").tolist()) - self._documents.keys()
        self._left["documents without a statement"] += len(unshown)
        self._left["stances"] += len(facts.members("dg:Stance"))
        self._left = +self._left

    def _untold_statuses(self) -> int:
        """Return how many statuses say more than the kind in a sheet does."""
        told = ("dg:attestedOn", "schema:startDate", "schema:endDate", "dg:evidence")
        held = [self._all(node, "dg:hasStatus") for node in self._names]
        return sum(
            len(statuses) > 1 or any(self._all(status, name) for name in told)
            for statuses in held
            for status in statuses
        )


def _understood() -> set[str]:
    return {header_key(key) for field in STATEMENT_FIELDS for key in (field.name, *field.also)}
