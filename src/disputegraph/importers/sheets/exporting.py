"""Write a graph back as sheets that `import_sheet` reads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from disputegraph.importers.minting import Minter, key_of
from disputegraph.importers.sheets.sheet_actions import scheme
from disputegraph.importers.sheets.sheet_facts import SheetFacts
from disputegraph.importers.sheets.sheet_fields import ACTOR_FIELDS, CODED, STATEMENT_FIELDS, header_key
from disputegraph.importers.sheets.sheet_names import ARRANGEMENTS, STATUSES, iri_kind
from disputegraph.importers.sheets.sheet_words import word_for
from disputegraph.model import KINDS, REPORTED, Model, local_name
from disputegraph.store import Store
from disputegraph.tables import join_list, to_cell

__all__ = ["SheetFiles", "export_sheets"]

_KINDS = (*(kind.name for kind in KINDS if kind.acts), "Hospital", "Issue", *ARRANGEMENTS)
_CLASSES = (*(kind.name for kind in KINDS if kind.acts), "Hospital", "Issue", "Arrangement", "PlannedAction")
_ELSEWHERE = ("Event", "IndustrialAction", "Negotiation", "Ballot", "Provision", "Demand", "Offer", "ClaimedThing")
_SAID = (
    *("dg:speaker", "dg:onBehalfOf", "dg:addressee", "dg:addressesClaim", "dg:polarity", "dg:certainty", "dg:saidOn"),
    *("dg:speechAct", "dg:quotationMode", "dg:cue", "dg:intensity", "dg:codedBy", "dg:reports", "dg:evidence"),
    *("dg:documentedIn", "dg:hasCodedValue", "schema:text"),
)
_UTTERANCE = (*_SAID, *REPORTED.values())
_CLAIM = (
    *("skos:prefLabel", "dg:paraphrase", "dg:claimedAgent", "dg:claimedAction", "dg:claimedTarget", "dg:aboutIssue"),
    *("dg:claimedSubject", "dg:modality", "dg:evaluation", "dg:negated", "dg:contradicts"),
)
_ACTOR = (
    *("skos:prefLabel", "skos:altLabel", "schema:sameAs", "org:memberOf", "dg:memberOf", "dg:represents", "dg:closeTo"),
    *("dg:sourceDescription", "skos:note", "dg:introducedBy", "dg:documentedIn", "dg:claimedKind", "dg:claimedStatus"),
)

Sheet = list[list[str]]


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
    return _Export(SheetFacts(Model.whole(store)), base).files()


class _Export:
    def __init__(self, facts: SheetFacts, base: str | None) -> None:
        self._facts = facts
        self._utterances = sorted(utterance.iri for utterance in facts.model.utterances)
        self._said = {utterance.iri: utterance for utterance in facts.model.utterances}
        self._minter = Minter(base or _common_base(self._utterances))
        self._left: Counter[str] = Counter()
        self._shown: set[str] = set()
        self._claims = sorted(claim.iri for claim in facts.model.claims)
        named = facts.of_kind(*_CLASSES, *_ELSEWHERE)
        self._names = self._unique_names(dict.fromkeys([*named, *self._mentioned()]))
        labels = Counter(key_of(facts.label(iri)) for iri in self._claims)
        self._claim_ids = {
            iri: self._minter.short(iri)
            for iri in self._claims
            if labels[key_of(facts.label(iri))] > 1 or self._minter.named("claim", facts.label(iri)) != iri
        }

    def files(self) -> SheetFiles:
        rows = [row for iri in self._utterances if (row := self._statement(iri)) is not None]
        variables = sorted({column for row in rows for column in row if column.startswith(CODED)})
        names = [field.name for field in STATEMENT_FIELDS]
        filled = {column for row in rows for column, cell in row.items() if cell}
        columns = [field.name for field in STATEMENT_FIELDS if field.basic or field.name in filled] + variables
        rows.sort(key=lambda row: (row["document"], row["date"], row.get("start", "").rjust(9, "0"), row["id"]))
        header = [
            column if column in names or header_key(column[len(CODED) :]) in _understood() else column[len(CODED) :]
            for column in columns
        ]
        statements = [[to_cell(cell) for cell in header]]
        statements += [[to_cell(row.get(column, "")) for column in columns] for row in rows]
        actors = self._actors()
        self._count_rest()
        left = tuple(f"{what} ({count:,})" for what, count in sorted(self._left.items()))
        return SheetFiles(statements, actors, self._minter.base, left)

    def _statement(self, iri: str) -> dict[str, str] | None:
        facts = self._facts
        claim = facts.one(iri, "dg:addressesClaim")
        if not claim:
            if not facts.all(iri, "dg:reports"):
                self._left["utterances without a claim"] += 1
            return None
        row = {
            "id": self._minter.short(iri),
            "date": facts.one(iri, "dg:saidOn"),
            "speaker": self._name(facts.one(iri, "dg:speaker")),
            "on_behalf_of": self._name(facts.one(iri, "dg:onBehalfOf")),
            "addressee": join_list(self._name(other) for other in facts.all(iri, "dg:addressee")),
            "via": join_list(self._name(ref.iri) for ref in self._said[iri].via),
            "intensity": facts.one(iri, "dg:intensity"),
            "cue": facts.one(iri, "dg:cue"),
            "coder": facts.label(coder) if (coder := facts.one(iri, "dg:codedBy")) else "",
            "quote": facts.one(iri, "schema:text"),
        }
        for column, property_ in (
            ("polarity", "dg:polarity"),
            ("certainty", "dg:certainty"),
            ("speech_act", "dg:speechAct"),
            ("quotation_mode", "dg:quotationMode"),
        ):
            row[column] = _term(column, facts.one(iri, property_))
        return row | self._claim(claim) | self._evidence(iri) | self._coded(iri)

    def _claim(self, iri: str) -> dict[str, str]:
        facts = self._facts
        label, paraphrase = facts.label(iri), facts.best(iri, "dg:paraphrase")
        action = facts.one(iri, "dg:claimedAction")
        return {
            "claim": label,
            "claim_id": self._claim_ids.get(iri, ""),
            "paraphrase": "" if paraphrase == label else paraphrase,
            "subject": join_list(self._name(other) for other in facts.all(iri, "dg:claimedSubject")),
            "agent": join_list(self._name(other) for other in facts.all(iri, "dg:claimedAgent")),
            "action": self._action(action) if action else "",
            "target": join_list(self._name(other) for other in facts.all(iri, "dg:claimedTarget")),
            "modality": _term("modality", facts.one(iri, "dg:modality")),
            "evaluation": _term("evaluation", facts.one(iri, "dg:evaluation")),
            "negated": "yes" if facts.one(iri, "dg:negated") in ("true", "1") else "",
            "issue": join_list(self._name(other) for other in facts.all(iri, "dg:aboutIssue")),
            "contradicts": join_list(
                self._claim_ids.get(other) or facts.label(other) for other in facts.all(iri, "dg:contradicts")
            ),
        }

    def _evidence(self, iri: str) -> dict[str, str]:
        facts, said = self._facts, self._said[iri]
        document = said.document.iri if said.document else ""
        self._left["places in a second document"] += max(0, len({anchor.document for anchor in said.anchors}) - 1)
        spans = [
            (anchor.start, anchor.end, anchor.sha256 or "")
            for anchor in said.anchors
            if anchor.document == document and anchor.start is not None
        ]
        self._shown.add(document)
        name = self._document_name(document) if document else "unknown"
        return {
            "document": name,
            "document_id": "" if self._minter.named("document", name) == document else self._minter.short(document),
            "document_date": facts.one(document, "dcterms:issued") or facts.one(document, "dcterms:date"),
            "document_title": facts.one(document, "dcterms:title"),
            "document_sha256": facts.one(document, "dg:textDigest"),
            "document_length": facts.one(document, "dg:textLength"),
            "start": join_list(str(span[0]) for span in spans),
            "end": join_list(str(span[1]) for span in spans),
            "sha256": join_list(span[2] for span in spans),
        }

    def _coded(self, iri: str) -> dict[str, str]:
        facts = self._facts
        found: dict[str, list[str]] = defaultdict(list)
        for node in facts.all(iri, "dg:hasCodedValue"):
            entity = facts.one(node, "dg:codedEntity")
            value = facts.label(entity) if entity else facts.one(node, "dg:codedValue")
            found[CODED + facts.label(facts.one(node, "dg:codedVariable"))].append(value)
        return {column: values[0] if len(values) == 1 else join_list(values) for column, values in found.items()}

    def _actors(self) -> Sheet:
        facts = self._facts
        used = {field.name for field in ACTOR_FIELDS if field.basic}
        rows = []
        for iri, name in self._names.items():
            kind = self._kind(iri)
            minted = self._minter.named(iri_kind(kind), name)
            row = {
                "name": name,
                "kind": word_for("kind", kind),
                "aliases": join_list(
                    alias
                    for alias in facts.model.labels.others(facts.model.facts.code(iri))
                    if key_of(alias) != key_of(name)
                ),
                "same_as": join_list(facts.all(iri, "schema:sameAs")),
                "member_of": join_list(
                    self._name(other) for other in (*facts.all(iri, "org:memberOf"), *facts.all(iri, "dg:memberOf"))
                ),
                "represents": join_list(self._name(other) for other in facts.all(iri, "dg:represents")),
                "close_to": join_list(self._name(other) for other in facts.all(iri, "dg:closeTo")),
                "documented_in": self._attested(iri) if kind in ARRANGEMENTS else "",
                "description": facts.one(iri, "dg:sourceDescription") or facts.one(iri, "skos:note"),
                "id": "" if minted == iri else self._minter.short(iri),
            }
            used |= {"id"} if row["id"] else set()
            rows.append(row)
        columns = [field.name for field in ACTOR_FIELDS if field.name in used]
        rows.sort(key=lambda row: (row["kind"], row["name"].casefold(), row["id"]))
        return [columns, *([to_cell(row[column]) for column in columns] for row in rows)]

    def _mentioned(self) -> list[str]:
        """Return whom and what utterances and claims speak of, described in this graph or not."""
        voices = ("dg:speaker", "dg:onBehalfOf", "dg:addressee")
        roles = ("dg:claimedSubject", "dg:claimedAgent", "dg:claimedTarget", "dg:aboutIssue")
        facts = self._facts
        found = {other for iri in self._utterances for property_ in voices for other in facts.all(iri, property_)}
        return sorted(
            found | {other for iri in self._claims for property_ in roles for other in facts.all(iri, property_)}
        )

    def _kind(self, iri: str) -> str:
        """Return the kind that a sheet gives a node; an arrangement with one status may be a proposal or agreement."""
        facts = self._facts
        kind, status = facts.model.kind(iri), "dg:statusValue"
        if kind == "ClaimedThing":
            kind = local_name(facts.one(iri, "dg:claimedKind"))
            statuses = facts.all(iri, "dg:claimedStatus")
        else:
            statuses = [value for node in facts.all(iri, "dg:hasStatus") for value in facts.all(node, status)]
        if kind == "Arrangement" and len(statuses) == 1:
            words = {value: word for word, value in STATUSES.items()}
            kind = words.get(local_name(statuses[0]), kind)
        known = ARRANGEMENTS if facts.model.kind(iri) == "ClaimedThing" else _KINDS
        return kind if kind in known else "Elsewhere"

    def _attested(self, iri: str) -> str:
        """Return the name of the document that attests an arrangement or planned action."""
        documents = [anchor.document for anchor in self._facts.model.anchors(iri) if anchor.document]
        return self._document_name(documents[0]) if documents else ""

    def _document_name(self, iri: str) -> str:
        return self._facts.one(iri, "dcterms:identifier") or self._facts.label(iri)

    def _unique_names(self, nodes: Iterable[str]) -> dict[str, str]:
        """Return the name of each node; where several share one, the end of the IRI is added."""
        nodes = list(nodes)
        labels = Counter(key_of(self._facts.label(iri)) for iri in nodes)
        names = {}
        for iri in nodes:
            label = " ".join(self._facts.label(iri).split())
            shared = labels[key_of(label)] > 1
            names[iri] = f"{label} [{local_name(iri)}]" if shared else label
            self._left["names that several share, told apart by their IRI"] += shared
        return names

    def _name(self, iri: str) -> str:
        return "" if not iri else self._names.get(iri) or self._facts.label(iri)

    def _action(self, iri: str) -> str:
        known = sorted(name for name, act in scheme().items() if act == iri)
        return local_name(iri) if local_name(iri) in known else known[0] if known else self._facts.label(iri)

    def _count_rest(self) -> None:
        """Count what the sheets do not say."""
        for nodes, handled in ((self._utterances, _UTTERANCE), (self._claims, _CLAIM), (self._names, _ACTOR)):
            self._left += self._facts.other_properties(nodes, handled)
        self._left["documents without a statement"] += len(set(self._facts.of_class("dg:Document")) - self._shown)
        self._left["stances"] += len(self._facts.of_class("dg:Stance"))
        self._left = +self._left


def _term(column: str, iri: str) -> str:
    return word_for(column, local_name(iri)) if iri else ""


def _common_base(utterances: list[str]) -> str:
    bases = Counter(iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in utterances)
    return bases.most_common(1)[0][0] if bases else Minter.for_name("").base


def _understood() -> set[str]:
    return {header_key(key) for field in STATEMENT_FIELDS for key in (field.name, *field.also)}
