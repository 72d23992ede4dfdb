"""The claims of a sheet: what its rows say of each, held together and checked against one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from disputegraph.importers.sheets.forked_names import forked_names
from disputegraph.importers.sheets.sheet_actions import Actions
from disputegraph.importers.sheets.sheet_names import (
    ARRANGEMENTS,
    THINGS,
    At,
    Known,
    Names,
    Reading,
    did_you_mean,
    where,
)
from disputegraph.importers.sheets.sheet_words import meaning, terms
from disputegraph.importers.triples import Triples, literal, term
from disputegraph.tables import key_of, shown, split_list

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
        told: what the claim's own row in the sheet of claims says, by column; None where it has no such row.
    """

    iri: str
    spellings: set[str] = field(default_factory=set)
    once: dict[str, tuple[str, At]] = field(default_factory=dict)
    gathered: dict[str, dict[str, At]] = field(default_factory=dict)
    people: dict[str, list[Known]] = field(default_factory=dict)
    told: Mapping[str, tuple[str, At]] | None = None


class Claims:
    """The claims met so far, by name."""

    def __init__(self, reading: Reading, names: Names, actions: Actions) -> None:
        self._reading, self._names, self._actions, self._problems = reading, names, actions, reading.problems
        self._by_key: dict[str, Claim] = {}
        self._declared: dict[str, Claim] = {}
        self._cache: dict[tuple[str, str], Claim] = {}

    def declare(self, known: Known, told: Mapping[str, tuple[str, At]]) -> None:
        """Add a claim that has a row of its own, with what that says by column."""
        self._declared[known.iri] = Claim(known.iri, {known.label}, told=told)

    def labels(self) -> list[str]:
        """Return what the claims are called."""
        return [min(claim.spellings) for claim in (*self._by_key.values(), *self._declared.values())]

    def count(self) -> int:
        """Return how many claims there are."""
        return len(self._by_key) + len(self._declared)

    def find(self, name: str) -> Claim | None:
        """Return the claim that was met by that name or id."""
        return self._by_key.get(key_of(name)) or self._by_key.get(f"id:{name}")

    def meet(self, name: str, identifier: str, at: At) -> Claim:
        """Return the claim of that name; an identifier sets its IRI, and tells claims of one name apart."""
        claim = self._cache.get((name, identifier))
        if claim is None:
            key = f"id:{identifier}" if identifier else key_of(name)
            known = self._names.one(identifier or name, ("Claim",), at, "claim") if self._declared else None
            claim = self._declared[known.iri] if known else self._by_key.get(key)
            if claim is None:
                given = self._reading.given(identifier, at, "claim_id") if identifier else None
                iri = given or self._reading.minter.named("claim", name)
                claim = self._by_key[key] = Claim(iri)
            claim.spellings.add(shown(name))
            self._cache[name, identifier] = claim
        return claim

    def learn(self, claim: Claim, column: str, cell: str, at: At) -> None:
        """Note what a column of a row says of a claim."""
        if column in _GATHERED:
            known = claim.gathered.setdefault(column, {})
            for name in split_list(cell):
                if name not in known:
                    known[name] = at
                    if column == "issue":
                        claim.people.setdefault(column, []).append(self._names.meet(name, column, *at))
            return
        said = (claim.told or {}).get(column) or claim.once.get(column)
        if said is None:
            claim.once[column] = (cell, at)
            if column in ("subject", "agent", "target"):
                claim.people[column] = [self._names.meet(name, column, *at) for name in split_list(cell)]
            elif column in (*_TERMS, "negated"):
                self._check_word(column, cell, at)
            elif column == "action":
                self._actions.meet(cell, *at)
        elif said[0] != cell and self._sense(column, said[0]) != self._sense(column, cell):
            self._problems.error(
                f"'{cell}' for the claim '{min(claim.spellings)}', and {where(said[1], at)} has '{said[0]}'. A claim "
                f"has one {column}; name it otherwise if it is another claim.",
                *at,
                column,
            )

    def _sense(self, column: str, cell: str) -> object:
        """Return what all ways to write one cell share; of names, where a claim has a row of its own, who is meant."""
        if column in _ROLES and self._declared:
            found = [(name, self._names.find(name, aside=False)) for name in split_list(cell)]
            return {known[0].iri or key_of(name) if known else key_of(name) for name, known in found}
        return (meaning(column, cell) if column in (*_TERMS, "negated") else None) or key_of(cell)

    def _check_word(self, column: str, word: str, at: At) -> None:
        if meaning(column, word) is None:
            hint = did_you_mean(word, terms(column))
            self._problems.error(f"'{word}' is not one of: {', '.join(terms(column))}.{hint}", *at, column)

    def tell_forks(self, at: Mapping[str, list[At]]) -> None:
        """Warn of claims that may be another one mistyped: one row has them, and their names differ by a word."""
        named = {min(claim.spellings): claim for claim in (*self._by_key.values(), *self._declared.values())}
        for pair in forked_names(named):
            rare, other = sorted((named[name] for name in pair), key=lambda claim: len(at.get(claim.iri, ())))
            rows = at.get(rare.iri, [])
            if len(rows) == 1 and rare.told is None and not self._oppose(rare, other):
                often = len(at.get(other.iri, ()))
                text = f"'{min(rare.spellings)}' stands in this row alone. Did you mean '{min(other.spellings)}'"
                self._problems.warn(f"{text} ({often:,} row{'s' * (often != 1)})?", *rows[0], "claim")

    def _oppose(self, one: Claim, other: Claim) -> bool:
        """Return whether one is said to contradict the other: two claims on purpose."""
        told = {key_of(name) for claim in (one, other) for name in claim.gathered.get("contradicts", ())}
        return bool(told & {key_of(name) for claim in (one, other) for name in claim.spellings})

    def is_judged(self, claim: Claim) -> bool:
        """Return whether the sheets say which way a claim judges."""
        return "evaluation" in claim.once or "evaluation" in (claim.told or ())

    def finish(self, triples: Triples) -> None:
        """Add all claims to the graph; what a claim's own row says is added with that row."""
        language = self._reading.language
        for claim in (*self._by_key.values(), *self._declared.values()):
            label = min(claim.spellings)
            paraphrase = claim.once["paraphrase"][0] if "paraphrase" in claim.once else label
            if claim.told is None:
                triples.named(claim.iri, label, "dg:Claim", language=language)
            if claim.told is None or "paraphrase" in claim.once:
                triples.add(claim.iri, "dg:paraphrase", literal(paraphrase, language=language))
            self._relate(triples, claim, label)

    def _relate(self, triples: Triples, claim: Claim, label: str) -> None:
        for column, predicate in _ROLES.items():
            for known in claim.people.get(column, ()):
                if not self._fits(claim, column, known):
                    continue
                triples.add_iri(claim.iri, predicate, known.iri)
                if known.kind in ARRANGEMENTS and known.document is None and not known.described:
                    triples.add_iri(known.iri, "dg:introducedBy", claim.iri)
        for column in _TERMS:
            if column in claim.once and (word := meaning(column, claim.once[column][0])):
                triples.add(claim.iri, f"dg:{column}", term(f"dg:{word}"))
        if "negated" in claim.once and meaning("negated", claim.once["negated"][0]) == "yes":
            triples.add(claim.iri, "dg:negated", literal("true", "boolean"))
        if "action" in claim.once:
            triples.add_iri(claim.iri, "dg:claimedAction", self._actions.iri(claim.once["action"][0]))
        for name, at in claim.gathered.get("contradicts", {}).items():
            self._contradict(triples, claim, label, name, at)

    def _fits(self, claim: Claim, column: str, known: Known) -> bool:
        """Return whether somebody or something can have a role in a claim; where not, say so."""
        if column == "agent" and known.kind in THINGS:
            at, text = claim.once["agent"][1], "is not an actor ({}); write it into the column subject."
        elif column == "issue" and known.kind != "Issue":
            at, text = min(claim.gathered["issue"].values()), "is not an issue ({})."
        else:
            return True
        self._problems.error(f"'{known.label}' {text.format(known.kind.lower())}", *at, column)
        return False

    def _contradict(self, triples: Triples, claim: Claim, label: str, name: str, at: At) -> None:
        known = self._names.one(name, ("Claim",), at, "contradicts") if self._declared else None
        other = self._declared[known.iri] if known else self.find(name)
        if other is claim:
            self._problems.error(f"the claim '{label}' contradicts itself.", *at, "contradicts")
        elif other is None:
            hint = did_you_mean(name, self.labels())
            self._problems.error(f"no row has a claim called '{name}'.{hint}", *at, "contradicts")
        else:
            triples.add_iri(claim.iri, "dg:contradicts", other.iri)
