"""The claims of a sheet: what its rows say of each, held together and checked against one another."""

from __future__ import annotations

from dataclasses import dataclass, field

from disputegraph.importers.minting import Minter
from disputegraph.importers.sheets.sheet_actions import Actions
from disputegraph.importers.sheets.sheet_names import ARRANGEMENTS, THINGS, Known, Names, did_you_mean
from disputegraph.importers.sheets.sheet_words import meaning, terms
from disputegraph.importers.triples import Triples, literal, term
from disputegraph.tables import Problems, key_of, shown, split_list

__all__ = ["Claim", "Claims"]

_ONCE = ("paraphrase", "subject", "agent", "action", "target", "modality", "evaluation", "negated")
_ROLES = {
    "subject": "dg:claimedSubject",
    "agent": "dg:claimedAgent",
    "target": "dg:claimedTarget",
    "issue": "dg:aboutIssue",
}
_TERMS = ("modality", "evaluation")
_GATHERED = ("issue", "contradicts")


@dataclass(slots=True)
class Claim:
    """One claim as the sheet tells of it.

    Attributes:
        iri: its IRI.
        spellings: the spellings of its name that were met.
        once: columns that must agree in all rows that fill them, with the row that did so first.
        gathered: columns of which all values count, each with the row that gave it first.
        people: who is meant by the names in agent, target and issue.
    """

    iri: str
    spellings: set[str] = field(default_factory=set)
    once: dict[str, tuple[str, int]] = field(default_factory=dict)
    gathered: dict[str, dict[str, int]] = field(default_factory=dict)
    people: dict[str, list[Known]] = field(default_factory=dict)


class Claims:
    """The claims met so far, by name."""

    def __init__(self, minter: Minter, names: Names, actions: Actions, problems: Problems, file: str) -> None:
        self._minter, self._names, self._actions, self._problems, self._file = minter, names, actions, problems, file
        self._by_key: dict[str, Claim] = {}
        self._cache: dict[tuple[str, str], Claim] = {}

    def meet(self, name: str, identifier: str, row: int) -> Claim:
        """Return the claim of that name; an identifier sets its IRI, and tells claims of one name apart."""
        claim = self._cache.get((name, identifier))
        if claim is None:
            key = f"id:{identifier}" if identifier else key_of(name)
            claim = self._by_key.get(key)
            if claim is None:
                claim = self._by_key[key] = Claim(self._iri(name, identifier, row))
            claim.spellings.add(shown(name))
            self._cache[name, identifier] = claim
        return claim

    def learn(self, claim: Claim, column: str, cell: str, row: int) -> None:
        """Note what a column of a row says of a claim."""
        if column in _GATHERED:
            known = claim.gathered.setdefault(column, {})
            for name in split_list(cell):
                if name not in known:
                    known[name] = row
                    if column == "issue":
                        claim.people.setdefault(column, []).append(self._names.meet(name, column, self._file, row))
            return
        said = claim.once.get(column)
        if said is None:
            claim.once[column] = (cell, row)
            if column in ("subject", "agent", "target"):
                claim.people[column] = [self._names.meet(name, column, self._file, row) for name in split_list(cell)]
            elif column in (*_TERMS, "negated"):
                self._check_word(column, cell, row)
            elif column == "action":
                self._actions.meet(cell, self._file, row)
        elif said[0] != cell and key_of(said[0]) != key_of(cell):
            self._problems.error(
                f"'{cell}' for the claim '{min(claim.spellings)}', and row {said[1]} has '{said[0]}'. A claim has one "
                f"{column}; name it otherwise if it is another claim.",
                self._file,
                row,
                column,
            )

    def _check_word(self, column: str, word: str, row: int) -> None:
        if meaning(column, word) is None:
            hint = did_you_mean(word, terms(column))
            self._problems.error(f"'{word}' is not one of: {', '.join(terms(column))}.{hint}", self._file, row, column)

    def finish(self, triples: Triples, language: str) -> None:
        """Add all claims to the graph."""
        for claim in self._by_key.values():
            label = min(claim.spellings)
            triples.typed(claim.iri, "dg:Claim")
            triples.add(claim.iri, "skos:prefLabel", literal(label, language=language))
            paraphrase = claim.once.get("paraphrase", (label, 0))[0]
            triples.add(claim.iri, "dg:paraphrase", literal(paraphrase, language=language))
            self._relate(triples, claim, label)

    def _relate(self, triples: Triples, claim: Claim, label: str) -> None:
        for column, predicate in _ROLES.items():
            for known in claim.people.get(column, ()):
                if not self._fits(claim, column, known):
                    continue
                triples.add_iri(claim.iri, predicate, known.iri)
                if known.kind in ARRANGEMENTS and known.document is None:
                    triples.add_iri(known.iri, "dg:introducedBy", claim.iri)
        for column in _TERMS:
            if column in claim.once and (word := meaning(column, claim.once[column][0])):
                triples.add(claim.iri, f"dg:{column}", term(f"dg:{word}"))
        if "negated" in claim.once and meaning("negated", claim.once["negated"][0]) == "yes":
            triples.add(claim.iri, "dg:negated", literal("true", "boolean"))
        if "action" in claim.once:
            triples.add_iri(claim.iri, "dg:claimedAction", self._actions.iri(claim.once["action"][0]))
        for name, row in claim.gathered.get("contradicts", {}).items():
            self._contradict(triples, claim, label, name, row)

    def _fits(self, claim: Claim, column: str, known: Known) -> bool:
        """Return whether somebody or something can have a role in a claim; where not, say so."""
        if column == "agent" and known.kind in THINGS:
            row, text = claim.once["agent"][1], "is not an actor ({}); write it into the column subject."
        elif column == "issue" and known.kind != "Issue":
            row, text = min(claim.gathered["issue"].values()), "is not an issue ({})."
        else:
            return True
        self._problems.error(f"'{known.label}' {text.format(known.kind.lower())}", self._file, row, column)
        return False

    def _contradict(self, triples: Triples, claim: Claim, label: str, name: str, row: int) -> None:
        other = self._by_key.get(key_of(name)) or self._by_key.get(f"id:{name}")
        if other is claim:
            self._problems.error(f"the claim '{label}' contradicts itself.", self._file, row, "contradicts")
        elif other is None:
            labels = [min(known.spellings) for known in self._by_key.values()]
            self._problems.error(
                f"no row has a claim called '{name}'.{did_you_mean(name, labels)}", self._file, row, "contradicts"
            )
        else:
            triples.add_iri(claim.iri, "dg:contradicts", other.iri)

    def _iri(self, name: str, identifier: str, row: int) -> str:
        if identifier:
            try:
                return self._minter.given(identifier)
            except ValueError:
                self._problems.error(f"'{identifier}' cannot be part of an IRI.", self._file, row, "claim_id")
        return self._minter.named("claim", name)
