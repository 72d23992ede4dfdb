"""Import schema.org ClaimReview, mapped by a CONSTRUCT query of the ontology; what is left out is counted."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from disputegraph.errors import DataError
from disputegraph.importers.claim_files import read_reviews
from disputegraph.importers.minting import Minter
from disputegraph.importers.triples import Imported, Triples, curie, term
from disputegraph.importers.verdicts import side_of
from disputegraph.importers.written_dates import iso_date
from disputegraph.rdf import source_of_bytes
from disputegraph.resources import ontology_folder
from disputegraph.sparql import read_query_file
from disputegraph.store import EmbeddedStore
from disputegraph.tables import Problems, key_of

_SAID_ONCE = ("dg:polarity", "dg:reportedSaidOn", "dg:saidOn", "dg:paraphrase", "dcterms:issued")
_GUESSED = {
    "contradictory": "verdicts have a number and words, or several ratings, that differ: they are neutral",
    "unknown": "verdicts are in words or numbers that are not known as one side's: they are neutral",
    "missing": "reviews have no rating: they are neutral",
    "": "",
}
_ROLES = ("author", "publisher", "creator")  # the first that is there names the fact-checker


def import_claimreview(paths: Sequence[Path], *, base: str | None = None) -> Imported:
    """Return the graph of the ClaimReviews in JSON-LD files, with counts of reviews, claims and utterances.

    A file holds one review, a list of them, an ``@graph``, a data feed, or one JSON value a line. The ratings become
    utterances of the fact-checkers; see ``ontology/mappings/claimreview.rq``.

    Args:
        paths: the files.
        base: IRI under which names are minted; by default made from the first file's name.

    Raises:
        DataError: a file cannot be read, is not JSON, or holds no ClaimReview.
        LimitError: a file is larger than 512 MiB.
    """
    problems = Problems()
    minter = Minter(base) if base else Minter.for_name(paths[0].name.partition(".")[0])
    store, odd, known = EmbeddedStore(), Counter[str](), 0
    asked = read_query_file(Path(__file__).with_name("reviews.rq")).text
    for path in paths:
        text = json.dumps(read_reviews(path, odd)).encode()
        store.load_source(source_of_bytes(text, name=str(path), format="jsonld", base=f"{minter.base}read/"))
        told = len({row["review"] for row in store.select(asked)})
        if told == known and len(paths) > 1:
            problems.warn("holds no ClaimReview that another file has not.", str(path))
        known = told
    names = ", ".join(map(str, paths))
    if not known:
        raise DataError("holds no ClaimReview of schema.org, and no answer of Google's Fact Check API.", path=names)
    reviews: dict[NamedNode | BlankNode, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in store.select(asked):
        reviews[row["review"]][row["what"].value].append(row["value"].value if row["value"] else "")
    for review in reviews.values():
        _count(review, odd)
    for node, side in _sides(store, reviews, odd).items():
        store.engine.add(Quad(node, term("dg:polarity"), term(f"dg:{side}")))
    mapping = read_query_file(ontology_folder() / "mappings" / "claimreview.rq").text
    triples, counts = _gathered(store.construct(mapping, bindings={"base": NamedNode(minter.base)}), minter.base, odd)
    for what, count in sorted(odd.items()):
        if count:
            problems.warn(f"{count:,} {what}.", names)
    counts = {"reviews": len(reviews), **counts}
    return Imported(triples=triples, warnings=tuple(problems.warnings), base=minter.base, counts=counts)


def _count(review: dict[str, list[str]], odd: Counter[str]) -> None:
    """Count what of a review is left out: an utterance has one claim, one speaker and one date that is a date."""
    claims = {key_of(text) for text in review["claim"] or review["item"]} - {""}
    odd["reviews do not say which claim they review, and are left out"] += not claims
    odd["further claims of reviews that name several are left out; write a review for each"] += max(0, len(claims) - 1)
    checkers = next((people for role in _ROLES if (people := {key_of(name) for name in review[role]} - {""})), set())
    odd["further authors of reviews that have several are left out"] += max(0, len(checkers) - 1)
    odd["dates are not ISO 8601 (such as 2024-05-02), and are left out"] += sum(
        iso_date(day[:10]) is None for day in {*review["published"], *review["said"]}
    )
    odd["people who made a claim have no name, and are left out"] += review["claimant"].count("")


def _sides(
    store: EmbeddedStore, reviews: Iterable[NamedNode | BlankNode], odd: Counter[str]
) -> dict[NamedNode | BlankNode, str]:
    """Return the side that each review takes, and count the ratings that take none although they say something."""
    ratings: dict[NamedNode | BlankNode, dict[object, dict[str, list[str]]]] = {review: {} for review in reviews}
    for row in store.select(read_query_file(Path(__file__).with_name("ratings.rq")).text):
        rating = ratings[row["review"]].setdefault(row["rating"], defaultdict(list))
        what, value = row["what"].value, row["value"].value.strip()
        if what == "literal":
            what = "value" if re.fullmatch(r"[-+]?\d+(\.\d+)?", value) else "words"
        rating[what].append(value)
    sides = {}
    for review, given in ratings.items():
        sides[review], told = side_of(given.values())
        odd[_GUESSED[told]] += 1 if told else 0
    return sides


def _gathered(constructed: Iterable[Triple], base: str, odd: Counter[str]) -> tuple[Triples, dict[str, int]]:
    """Return the graph, a second label of a node made another name, with the number of claims and utterances."""
    triples, labelled = Triples(base), set()
    counts = Counter[str]()
    label, other, rdf_type = term("skos:prefLabel"), term("skos:altLabel"), term("rdf:type")
    once = {term(name) for name in _SAID_ONCE}
    sides: dict[str, set[str]] = defaultdict(set)
    for triple in sorted(set(constructed), key=str):
        if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, NamedNode | Literal):
            continue
        predicate = triple.predicate
        if predicate == term("dg:polarity"):
            sides[triple.subject.value].add(triple.object.value)
            continue
        if predicate in {label, *once}:
            key = (triple.subject, predicate, getattr(triple.object, "language", None))
            again = key in labelled
            labelled.add(key)
            if again and predicate != label:
                odd["further dates of one statement are left out"] += predicate != term("dg:paraphrase")
                continue
            predicate = other if again else predicate
        counts[str(triple.object)] += predicate == rdf_type
        triples.add(triple.subject.value, curie(predicate), triple.object)
    for verdict, found in sides.items():
        triples.add_iri(verdict, "dg:polarity", found.pop() if len(found) == 1 else term("dg:neutral").value)
        odd["reviews stand twice with two verdicts: they are neutral"] += bool(found)
    classes = {"claims": ("dg:Claim",), "utterances": ("dg:Utterance", "dg:ReportedUtterance")}
    return triples, {name: sum(counts[str(term(one))] for one in some) for name, some in classes.items()}
