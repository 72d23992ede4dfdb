"""The kinds of acts that a sheet may name: those of the action scheme, and own ones beside them."""

from __future__ import annotations

from functools import cache

from pyoxigraph import Literal, NamedNode

from disputegraph.importers.sheets.sheet_names import Reading, did_you_mean
from disputegraph.importers.triples import Triples, literal, term
from disputegraph.rdf import read_quads, source_of_path
from disputegraph.resources import ontology_file
from disputegraph.tables import key_of, shown


@cache
def scheme() -> dict[str, str]:
    """Return the IRI of each kind of act by every name it has: labels, other labels, local name."""
    names: dict[str, str] = {}
    kinds, labels = set(), []
    for quad in read_quads(source_of_path(ontology_file("actions"))):
        if not isinstance(quad.subject, NamedNode):
            continue
        if quad.object == term("dg:ActionType"):
            kinds.add(quad.subject.value)
        elif isinstance(quad.object, Literal) and quad.predicate in (term("skos:prefLabel"), term("skos:altLabel")):
            labels.append((quad.predicate == term("skos:altLabel"), key_of(quad.object.value), quad.subject.value))
    for _, label, iri in sorted(labels):
        if iri in kinds:
            names.setdefault(label, iri)
    for iri in sorted(kinds):
        names.setdefault(key_of(iri.rpartition("/")[2].replace("-", " ")), iri)
        names.setdefault(key_of(iri.rpartition("/")[2]), iri)
    return names


class Actions:
    """Resolves the names of acts; those outside the scheme become kinds of the dispute's own."""

    def __init__(self, reading: Reading) -> None:
        self._minter, self._problems = reading.minter, reading.problems
        self._strict, self._language = reading.strict, reading.language
        self._own: dict[str, set[str]] = {}

    def meet(self, name: str, file: str, row: int) -> None:
        """Note that a row names an act; warn of one that is not in the scheme, or take it for an error if strict."""
        key = key_of(name)
        if key in scheme():
            return
        if key not in self._own:
            guess = did_you_mean(name, list(scheme()))
            text = f"'{name}' is not an act of the action scheme.{guess} "
            text += "'disputegraph ontology actions -f table' lists them."
            if self._strict:
                self._problems.error(text, file, row, "action")
            else:
                self._problems.warn(f"{text} It was created as a kind of act of this dispute.", file, row, "action")
        self._own.setdefault(key, set()).add(shown(name))

    def iri(self, name: str) -> str:
        """Return the IRI of an act by one of its names."""
        return scheme().get(key_of(name)) or self._minter.named("action", name)

    def finish(self, triples: Triples) -> None:
        """Add the acts that are not in the scheme."""
        for spellings in self._own.values():
            label = min(spellings)
            iri = self._minter.named("action", label)
            triples.named(iri, label, "dg:ActionType", "skos:Concept", language=self._language)
            triples.add(iri, "skos:definition", literal(label, language=self._language))
