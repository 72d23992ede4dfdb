"""Import schema.org ClaimReview, mapped by a CONSTRUCT query of the ontology.

JSON-LD is read with schema.org's names taken at their word: its context is known here and nothing is fetched.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from disputegraph.errors import DataError, LimitError
from disputegraph.importers.minting import Minter
from disputegraph.importers.triples import Triples, curie, term
from disputegraph.rdf import source_of_bytes
from disputegraph.resources import ontology_folder
from disputegraph.sparql import read_query_file
from disputegraph.store import EmbeddedStore
from disputegraph.tables import Problem, Problems

__all__ = ["ClaimReviewImport", "import_claimreview"]

MOST_BYTES = 512 * 2**20
_SCHEMA = "https://schema.org/"
# What the importer needs of schema.org's context: its names, and that times and numbers are plain text.
_CONTEXT = {"@vocab": _SCHEMA, "schema": _SCHEMA, "type": "@type", "id": "@id"}


@dataclass(frozen=True, slots=True)
class ClaimReviewImport:
    """What came of the files.

    Attributes:
        triples: the graph.
        warnings: what a user should know.
        base: the IRI under which the names stand.
        counts: how many reviews, claims and utterances there are.
    """

    triples: Triples
    warnings: tuple[Problem, ...]
    base: str
    counts: Mapping[str, int]


def import_claimreview(paths: Sequence[Path], *, base: str | None = None) -> ClaimReviewImport:
    """Return the graph of the ClaimReviews in JSON-LD files.

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
    store = EmbeddedStore()
    for path in paths:
        text = json.dumps(_schema_org(path)).encode()
        store.load_source(source_of_bytes(text, name=str(path), format="jsonld", base=f"{minter.base}read/"))
    reviews = [row["told"].value == "true" for row in store.select(_query(Path(__file__).with_name("reviews.rq")))]
    names = ", ".join(map(str, paths))
    if not reviews:
        raise DataError("holds no ClaimReview of schema.org.", path=names)
    if untold := reviews.count(False):
        problems.warn(
            f"{untold:,} of {len(reviews):,} reviews do not say which claim they review, and are left out.", names
        )
    mapping = _query(ontology_folder() / "mappings" / "claimreview.rq")
    triples, counts = _gathered(store.construct(mapping, bindings={"base": NamedNode(minter.base)}), minter.base)
    return ClaimReviewImport(triples, tuple(problems.warnings), minter.base, {"reviews": len(reviews), **counts})


def _gathered(constructed: Iterable[Triple], base: str) -> tuple[Triples, dict[str, int]]:
    """Return the graph, a second label of a node made another name, with the number of claims and utterances."""
    triples, labelled = Triples(base), set()
    counts = Counter[str]()
    label, other, rdf_type = term("skos:prefLabel"), term("skos:altLabel"), term("rdf:type")
    for triple in sorted(set(constructed), key=str):
        if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, NamedNode | Literal):
            continue
        predicate = triple.predicate
        if predicate == label and isinstance(triple.object, Literal):
            key = (triple.subject, triple.object.language)
            predicate = other if key in labelled else label
            labelled.add(key)
        counts[str(triple.object)] += predicate == rdf_type
        triples.add(triple.subject.value, curie(predicate), triple.object)
    classes = {"claims": ("dg:Claim",), "utterances": ("dg:Utterance", "dg:ReportedUtterance")}
    return triples, {name: sum(counts[str(term(one))] for one in some) for name, some in classes.items()}


def _query(path: Path) -> str:
    return read_query_file(path).text


def _schema_org(path: Path) -> Any:
    """Return the JSON of a file with the contexts of schema.org written out and its names in one spelling."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise LimitError(f"{path}: above {MOST_BYTES // 2**20} MiB; split it.")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DataError("there is no such file.", path=str(path)) from None
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 text (byte {error.start}); save it as UTF-8.", path=str(path)) from None
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}.", path=str(path)) from None
    try:
        document = _json(text, path)
        values = document if isinstance(document, list) else [document]
        return [item for value in values for item in _items(_spelt(value, path))]
    except RecursionError:
        raise LimitError(f"{path}: nested too deeply.") from None


def _json(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip().startswith(("{", "[")) for line in lines):
            return [_line(line, number, path) for number, line in enumerate(lines, start=1)]
        raise DataError(f"is not JSON: {error.msg}.", path=str(path), line=error.lineno, column=error.colno) from None


def _line(text: str, number: int, path: Path) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(
            f"has one JSON value a line, and this line is not: {error.msg}.",
            path=str(path),
            line=number,
            column=error.colno,
        ) from None


def _spelt(value: Any, path: Path) -> Any:
    if isinstance(value, list):
        return [_spelt(item, path) for item in value]
    if isinstance(value, dict):
        return {
            _https(key): _context(item, path) if key == "@context" else _spelt(item, path)
            for key, item in value.items()
        }
    return _https(value) if isinstance(value, str) else value


def _context(value: Any, path: Path) -> Any:
    if isinstance(value, list):
        return [_context(item, path) for item in value]
    if isinstance(value, str):
        if re.fullmatch(r"https?://(www\.)?schema\.org(/.*)?", value):
            return _CONTEXT
        raise DataError(
            f"its @context <{value}> is not schema.org's, and nothing is fetched from the network. "
            "Write the context into the file.",
            path=str(path),
        )
    if isinstance(value, dict) and "@import" in value:
        raise DataError("its @context imports another, and nothing is fetched from the network.", path=str(path))
    return {key: _https(item) if isinstance(item, str) else item for key, item in value.items()} if value else value


def _items(value: Any) -> list[Any]:
    """Return a top-level value with a context; the parts of an ``@graph`` singly, since a list names its graphs."""
    if not isinstance(value, dict):
        return []
    context = value.get("@context", _CONTEXT)
    parts = value.get("@graph", value)
    return [
        {"@context": context, **part}
        for part in (parts if isinstance(parts, list) else [parts])
        if isinstance(part, dict)
    ]


def _https(text: str) -> str:
    return re.sub(r"^http://(www\.)?schema\.org/", _SCHEMA, text)
