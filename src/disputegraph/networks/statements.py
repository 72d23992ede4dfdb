"""Read the statement table from a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode

from disputegraph.networks.columns import Codes, Column, Scale, read_columns
from disputegraph.networks.naming import read_names
from disputegraph.networks.table import Related, StatementTable
from disputegraph.store import Store, Term

__all__ = ["statements"]

# What the fields of a document are called in Discourse Network Analyzer, and where they stand in RDF.
_DOCUMENT_VARIABLES = {
    "author": ("http://purl.org/dc/elements/1.1/creator", "http://purl.org/dc/terms/creator"),
    "source": (
        "http://purl.org/dc/elements/1.1/source",
        "http://purl.org/dc/terms/source",
        "http://purl.org/dc/terms/publisher",
    ),
    "section": ("https://schema.org/articleSection",),
    "title": ("http://purl.org/dc/terms/title", "http://www.w3.org/2004/02/skos/core#prefLabel"),
    "id": ("http://purl.org/dc/terms/identifier",),
    "type": ("http://purl.org/dc/elements/1.1/type", "http://purl.org/dc/terms/type"),
}
_SCALES: dict[str, Scale] = {
    "booleanVariable": "boolean",
    "integerVariable": "integer",
    "categoryVariable": "text",
    "textVariable": "text",
}
_UTTERANCE_VARIABLES = {"statementType": ("http://purl.org/dc/elements/1.1/type",)}
_RELATIONS = {
    "issue": "issues",
    "agent": "claimed-agents",
    "via": "reports",
    "contradicts": "contradictions",
    "printed": "printed",
}
_UTTERANCE_SPACES = ("https://w3id.org/disputegraph/ns#", "http://purl.org/dc/terms/")


def statements(store: Store, *, superseded: bool = False) -> StatementTable:
    """Return the statements of a store: one row for each utterance and the claim it addresses.

    A single SELECT gives utterance, speaker, voice, claim and polarity. Everything else a network may want
    (document, date, organisation, hearsay, coded variables) is one more SELECT each, asked when first used and joined
    by utterance here, so that a field with several values never multiplies rows. Of several values the first in
    alphabetical order counts; of several documents the one with the lowest IRI, then the first anchor in it.
    Utterances that another one supersedes are left out unless asked for.

    Args:
        store: where the statements are; the ontology need not be loaded into it.
        superseded: also give the utterances that another one supersedes.

    Returns:
        The table. It keeps the store for the columns not yet read, so the store must stay open as long as the table.
    """
    columns = read_columns(store.select(_query("statements")), distinct="utterance")
    columns["voice"] = columns["behalf"].filled_from(columns["speaker"])
    columns["polarity"] = columns["polarity"].mapped([_local(value) for value in columns["polarity"].values])
    kept = _one_row_each(columns)
    withdrawn = set() if superseded else set(read_columns(store.select(_query("superseded")))["utterance"].values)
    if withdrawn:
        current = np.array([value not in withdrawn for value in columns["utterance"].values])
        kept = kept[current[kept]] if kept is not None else np.flatnonzero(current)
    if kept is not None:
        columns = {name: column.take(kept) for name, column in columns.items()}
        utterance = columns["utterance"]
        texts = [utterance.values[code] for code in utterance.codes.tolist()]
        columns["utterance"] = Column(np.arange(len(texts), dtype=np.int32), texts)
    fetcher = _Fetcher(store)
    return StatementTable(
        columns,
        fetch=fetcher.column,
        relate=fetcher.relation,
        name=lambda keys: read_names(store, keys),
    )


def _one_row_each(columns: dict[str, Column]) -> NDArray[np.intp] | None:
    """Return the rows to keep where an utterance has several for one claim; None where each has one."""
    texts = columns["utterance"].values
    hashes = np.fromiter(map(hash, texts), dtype=np.int64, count=len(texts))
    hashes.sort()  # measured: several times as fast as numpy.unique, and equal texts cannot hide from it
    if not (hashes[1:] == hashes[:-1]).any():
        return None
    place: dict[str, int] = {}
    same = np.fromiter((place.setdefault(text, len(place)) for text in texts), dtype=np.int64, count=len(texts))
    ranks = [same, *(_ranks(columns[name]) for name in ("claim", "voice", "speaker", "polarity"))]
    order = np.lexsort(ranks[::-1])
    first = np.ones(len(order), dtype=bool)
    first[1:] = (ranks[0][order][1:] != ranks[0][order][:-1]) | (ranks[1][order][1:] != ranks[1][order][:-1])
    return np.sort(order[first])


def _ranks(column: Column) -> NDArray[np.int64]:
    """Return for each row the place of its value in alphabetical order; missing values come last."""
    order = np.empty(len(column.values) + 1, dtype=np.int64)
    for rank, code in enumerate(sorted(range(len(column.values)), key=column.values.__getitem__)):
        order[code] = rank
    order[-1] = len(column.values)
    return order[column.codes]


class _Fetcher:
    """Fetches columns of the whole table by name."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: dict[str, int] | None = None

    def column(self, table: StatementTable, field: str) -> Column | None:
        """Return the column called `field`, or None where the data have none."""
        if field in ("document", "start"):
            return self._documents(table, field)
        if field == "date":
            printed = self._by_value(table.whole_column("document"), self._read("document-dates"), "document")
            return self._by_utterance(table, self._read("dates"), "utterance").filled_from(printed)
        if field in ("via", "hearsay"):
            return self._via(table, field)
        if field == "organisation":
            return self._organisations(table)
        if field == "issue":
            return self._by_value(table.whole_column("claim"), self._read("issues"), "claim")
        if field in _DOCUMENT_VARIABLES:
            return self._property(table, field) or self._coded(table, field)
        return self._coded(table, field) or self._property(table, field)

    def relation(self, table: StatementTable, relation: str) -> Related:
        """Return every (row, value) of a relation, sorted by row and then value, each once."""
        columns = self._read(_RELATIONS[relation])
        if "utterance" in columns:
            rows = self._places(table, columns["utterance"])
            better = columns.get("behalf", columns.get("publisher"))
            values = better.filled_from(columns["value"]) if better is not None else columns["value"]
        else:
            places: dict[str, list[int]] = {}
            for place, claim in enumerate(columns["claim"].list()):
                places.setdefault(claim or "", []).append(place)
            claims = table.whole_column("claim")
            mine = [np.array(places.get(claim, []), dtype=np.intp) for claim in claims.values]
            counts = np.array([len(some) for some in mine], dtype=np.int64)
            rows = np.repeat(np.arange(len(table)), counts[claims.codes])
            joined = [mine[code] for code in claims.codes.tolist()]
            values = columns["value"].take(np.concatenate([*joined, np.empty(0, dtype=np.intp)]))
        ranks = _ranks(values)
        order = np.lexsort((ranks, rows))
        order = order[rows[order] >= 0]
        fresh = np.ones(len(order), dtype=bool)
        fresh[1:] = (rows[order][1:] != rows[order][:-1]) | (ranks[order][1:] != ranks[order][:-1])
        order = order[fresh]
        return rows[order].astype(np.intp), values.take(order)

    def _read(self, query: str, **bindings: Term) -> dict[str, Column]:
        return read_columns(self._store.select(_query(query), bindings=bindings))

    def _documents(self, table: StatementTable, field: str) -> Column:
        columns = self._read("documents")
        starts = columns["start"]
        numbers = np.array([*(_number(value) for value in starts.values), np.inf])[starts.codes]
        rows = self._places(table, columns["utterance"])
        order = np.lexsort((numbers, _ranks(columns["value"]), rows))
        best = _first_of_each(rows, order, len(table))
        return _spread(columns["value" if field == "document" else "start"], best)

    def _via(self, table: StatementTable, field: str) -> Column:
        """Return who passes each utterance on; a reporter is named by voice, as speakers are."""
        columns = self._read("reports")
        reporter = columns["behalf"].filled_from(columns["value"])
        via = self._by_utterance(table, {**columns, "value": reporter}, "utterance")
        if field == "via":
            return via
        return Column((via.codes >= 0).astype(np.int32), ["false", "true"])

    def _organisations(self, table: StatementTable) -> Column:
        """Return the voice where it is an organisation, else the organisation the speaker is a member of."""
        voice, speaker = table.whole_column("voice"), table.whole_column("speaker")
        kinds = read_names(self._store, list(voice.values)).organisations
        own = voice.mapped([value if value in kinds else None for value in voice.values])
        memberships = self._read("memberships")
        return own.filled_from(self._by_value(speaker, memberships, "member"))

    def _coded(self, table: StatementTable, field: str) -> Column | None:
        columns = self._read("coded-values")
        variable, label = columns["variable"], columns["label"]
        wanted = field.casefold()
        named = [value.casefold() == wanted or _local(value).casefold() == wanted for value in variable.values]
        called = [value.casefold() == wanted for value in label.values]
        hits = np.array([*named, False])[variable.codes] | np.array([*called, False])[label.codes]
        if not hits.any():
            return None
        chosen = {name: column.take(np.flatnonzero(hits)) for name, column in columns.items()}
        found = self._by_utterance(table, chosen, "node")
        # An attribute may also be of the document, of whoever speaks, or of the claim.
        for about in ("document", "voice", "speaker", "claim"):
            found = found.filled_from(self._by_value(table.whole_column(about), chosen, "node"))
        types = {_local(value) for value in chosen["type"].list() if value}
        return replace(found, scale=_SCALES.get(types.pop()) if len(types) == 1 else None)

    def _property(self, table: StatementTable, field: str) -> Column | None:
        """Return a property of the utterance, else of its document, named by IRI or by local name."""
        if "://" in field:
            spaces: Sequence[str] = (field,)
        elif field in _DOCUMENT_VARIABLES:
            spaces = ()
        elif not field.isidentifier():
            return None
        else:
            spaces = [*_UTTERANCE_VARIABLES.get(field, ()), *(space + field for space in _UTTERANCE_SPACES)]
        for iri in spaces:
            found = self._by_utterance(table, self._read("properties", property=NamedNode(iri)), "utterance")
            if (found.codes >= 0).any():
                return _plain(found)
        for iri in (*_DOCUMENT_VARIABLES.get(field, ()), *spaces):
            read = self._read("document-properties", property=NamedNode(iri))
            found = self._by_value(table.whole_column("document"), read, "document")
            if (found.codes >= 0).any():
                return replace(_plain(found), scale="text")
        return None

    def _by_utterance(self, table: StatementTable, columns: dict[str, Column], key: str) -> Column:
        """Return, for each row of the table, the alphabetically first value that `columns` give its utterance."""
        rows = self._places(table, columns[key])
        order = np.lexsort((_ranks(columns["value"]), rows))
        return _spread(columns["value"], _first_of_each(rows, order, len(table)))

    @staticmethod
    def _by_value(column: Column, columns: dict[str, Column], key: str) -> Column:
        """Return `column` with each value replaced by the alphabetically first one that `columns` give it."""
        best: dict[str, str] = {}
        for mine, value in zip(columns[key].list(), columns["value"].list(), strict=True):
            if mine is not None and value is not None and (mine not in best or value < best[mine]):
                best[mine] = value
        return column.mapped([best.get(value) for value in column.values])

    def _places(self, table: StatementTable, utterance: Column) -> NDArray[np.int64]:
        """Return for each row of an answer the row of the table it belongs to; -1 for none."""
        if self._rows is None:
            self._rows = {text: place for place, text in enumerate(table.utterances)}
        rows = np.array([*(self._rows.get(value, -1) for value in utterance.values), -1], dtype=np.int64)
        return rows[utterance.codes]


def _first_of_each(rows: NDArray[np.int64], order: NDArray[np.intp], length: int) -> NDArray[np.int64]:
    """Return for each table row the answer row that comes first in `order`; -1 where none belongs to it."""
    best = np.full(length, -1, dtype=np.int64)
    backwards = order[::-1]
    backwards = backwards[rows[backwards] >= 0]
    best[rows[backwards]] = backwards  # of repeated places the last assignment stays: the first in order
    return best


def _spread(values: Column, best: NDArray[np.int64]) -> Column:
    codes: Codes = np.where(best >= 0, np.append(values.codes, np.int32(-1))[best], np.int32(-1)).astype(np.int32)
    return Column(codes, values.values)


def _plain(column: Column) -> Column:
    """Return the column with terms of our own schemes by their local names."""
    return column.mapped([_local(v) if v.startswith("https://w3id.org/disputegraph/") else v for v in column.values])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.inf


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _query(name: str) -> str:
    return files("disputegraph.networks").joinpath("queries").joinpath(f"{name}.rq").read_text(encoding="utf-8")
