"""The statement table: one row for each utterance that addresses a claim, held in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import UsageError, nearest
from disputegraph.model.columns import Column, column_of
from disputegraph.model.day import instant_of_literal
from disputegraph.model.node_labels import local_name

FIELDS = (
    "utterance", "voice", "speaker", "organisation", "claim", "polarity", "date", "document", "start", "via", "hearsay",
    "issue",
)  # fmt: skip
"""The fields every table has; coded variables and properties of utterances and documents come on top."""

_PROPERTIES = (
    "certainty",
    "intensity",
    "quotationMode",
    "speechAct",
    "cue",
    "addressee",
    "codedBy",
    "author",
    "section",
    "source",
)

RELATIONS = ("issue", "agent", "via", "contradicts", "printed")
"""Fields that can have several values per statement."""

Instants = NDArray[np.datetime64]
Attributes = Mapping[str, Mapping[str, str]]
Related = tuple[NDArray[np.intp], Column]


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of a statement table.

    Attributes:
        utterance: IRI of the utterance.
        voice: on whose behalf it was said, else who said it; None where neither is coded.
        speaker: who said it, or None.
        organisation: the organisation it counts for, or None.
        claim: IRI of the claim.
        polarity: ``affirms``, ``denies``, ``neutral``, or None where none is coded.
        date: ISO date or date-time, or None.
        document: IRI of the first document it stands in, or None.
        via: who passes it on, or None where the document has it at first hand.
    """

    utterance: str
    voice: str | None
    speaker: str | None
    organisation: str | None
    claim: str
    polarity: str | None
    date: str | None
    document: str | None
    via: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """What nodes are called and of which class they are.

    Attributes:
        labels: label by IRI.
        kinds: kind by IRI, by the table of kinds (``Person``, ``Claim``).
    """

    labels: Mapping[str, str]
    kinds: Mapping[str, str]


class StatementTable:
    """Statements in columns. Selecting rows gives a new table that shares the columns.

    Columns that the store was not yet asked for are fetched when first used, and then kept.

    Attributes:
        uncounted: how many statements the whole table leaves out because they are hearsay that does not count.
        broken: how many utterances of the dispute break rules, so that they are counted in part; see
            `Utterances.broken`.
        consensual: how many claims were left out since nearly all voices take one side on them.
    """

    def __init__(
        self,
        columns: Mapping[str, Column],
        *,
        fetch: Callable[[StatementTable, str], Column | None] | None = None,
        relate: Callable[[StatementTable, str], Related] | None = None,
        name: Callable[[Sequence[str]], Names] | None = None,
        describe: Callable[[Sequence[str]], Attributes] | None = None,
        rows: NDArray[np.intp] | None = None,
        whole: StatementTable | None = None,
        uncounted: int = 0,
        broken: int = 0,
        consensual: int = 0,
    ) -> None:
        self._columns = columns if isinstance(columns, dict) else dict(columns)
        self._fetch, self._relate, self._name, self._describe = fetch, relate, name, describe
        self._related: dict[str, Related] = {} if whole is None else whole._related
        self._whole = whole
        self.uncounted: int = uncounted if whole is None else whole.uncounted
        self.broken: int = broken if whole is None else whole.broken
        self.consensual = consensual
        self.rows = np.arange(len(self._columns["utterance"]), dtype=np.intp) if rows is None else rows

    @classmethod
    def of(
        cls, fields: Mapping[str, Sequence[str | None]], *, labels: Mapping[str, str] | None = None
    ) -> StatementTable:
        """Return a table made from lists.

        Args:
            fields: lists of equal length by field name; ``utterance``, ``speaker`` and ``claim`` are needed. None and
                the empty text are missing values. ``voice`` is the speaker where it is not given.
            labels: what the nodes are called, where that is not their own name.

        Raises:
            UsageError: a needed field is missing, or the lists differ in length.
        """
        lengths = {len(values) for values in fields.values()}
        missing = [name for name in ("utterance", "speaker", "claim") if name not in fields]
        if missing or len(lengths) > 1:
            raise UsageError(
                f"a statement table needs {', '.join(missing)}." if missing else "the columns differ in length."
            )
        columns = {name: column_of(values) for name, values in fields.items()}
        columns.setdefault("voice", columns["speaker"])
        if "via" in columns:
            columns.setdefault("hearsay", column_of("true" if via else "false" for via in columns["via"].list()))
        absent = Column(np.full(lengths.pop(), -1, dtype=np.int32), [])
        for name in FIELDS:
            columns.setdefault(name, absent)
        known = dict(labels or {})
        return cls(columns, name=lambda keys: Names({key: known[key] for key in keys if key in known}, {}))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def whole(self) -> StatementTable:
        """The table that this one was selected from, or itself."""
        return self if self._whole is None else self._whole

    @property
    def utterances(self) -> Sequence[str]:
        """The utterance of each row of the whole table."""
        return self._columns["utterance"].values

    def column(self, field: str) -> Column:
        """Return a column of this table's rows.

        Args:
            field: one of `FIELDS`, a coded variable by name or IRI, or a property of utterances or documents by its
                local name (``speechAct``, ``certainty``, ``intensity``, ``section``).

        Raises:
            UsageError: there is no such field; the text names those like it.
        """
        column = self.whole_column(field)
        return column if len(self) == len(column) and self._whole is None else column.take(self.rows)

    def whole_column(self, field: str) -> Column:
        """Return a column of the whole table's rows; raises as `column`."""
        if field not in self._columns:
            fetched = self._fetch(self.whole, field) if self._fetch else None
            if fetched is None:
                near = nearest(field, {*FIELDS, *_PROPERTIES, *self._columns})
                raise UsageError(
                    f"statements have no field '{field}'.{near} Fields: {', '.join(FIELDS)}, "
                    "and the coded variables and properties of utterances and documents in the data."
                )
            self._columns[field] = fetched
        return self._columns[field]

    def take(self, chosen: NDArray[np.intp] | NDArray[np.bool_]) -> StatementTable:
        """Return the table of the chosen rows, given as places in this table or as one truth value a row."""
        return StatementTable(
            self._columns,
            fetch=self._fetch,
            relate=self._relate,
            name=self._name,
            describe=self._describe,
            rows=self.rows[chosen],
            whole=self.whole,
            consensual=self.consensual,
        )

    def replaced(self, field: str, codes: NDArray[np.int32]) -> StatementTable:
        """Return the table with other values of a field, given as codes of its column; all else stays.

        Args:
            field: a field of the statements.
            codes: one for each row of this table, in which no row may come twice.
        """
        column = self.whole_column(field)
        changed = column.codes.copy()
        changed[self.rows] = codes
        columns = {**self._columns, field: Column(changed, column.values, column.scale)}
        table = StatementTable(
            columns,
            fetch=self._fetch,
            relate=self._relate,
            name=self._name,
            uncounted=self.uncounted,
            broken=self.broken,
        )
        table._related = {name: found for name, found in self.whole._related.items() if name != field}
        return table.take(self.rows)

    def related(self, relation: str) -> Related:
        """Return a field that can have several values per statement, as (place of the row in this table, value) pairs.

        Args:
            relation: ``issue`` (the issues of the claim), ``agent`` (the claimed agents of the claim), ``via`` (who
                passes the utterance on), ``contradicts`` (claims that contradict the claim), ``printed`` (publishers
                of the documents it stands in, or the documents where no publisher is known), or any field, which then
                has one value a row at most.

        Returns:
            The places, sorted, and a column with one value for each of them.
        """
        if relation not in self._related:
            if self._relate is not None and relation in RELATIONS:
                self._related[relation] = self._relate(self.whole, relation)
            elif relation in ("agent", "contradicts"):
                self._related[relation] = (np.empty(0, dtype=np.intp), Column(np.empty(0, dtype=np.int32), []))
            else:
                column = self.whole_column("document" if relation == "printed" else relation)
                present = np.flatnonzero(column.codes >= 0)
                self._related[relation] = (present, column.take(present))
        rows, values = self._related[relation]
        if self._whole is None:
            return rows, values
        # The pairs of each chosen row, in the order of the chosen rows.
        counts = np.bincount(rows, minlength=len(self.utterances))
        starts = np.concatenate([[0], np.cumsum(counts)])
        mine = counts[self.rows]
        places = np.repeat(np.arange(len(self.rows), dtype=np.intp), mine)
        within = np.arange(len(places)) - np.repeat(np.cumsum(mine) - mine, mine)
        return places, values.take(starts[self.rows[places]] + within)

    @cached_property
    def dates(self) -> Instants:
        """The date of each row as ``datetime64[s]``, NaT where there is none."""
        column = self.column("date")
        return np.array(
            [*(instant_of_literal(value) for value in column.values), np.datetime64("NaT")], dtype="datetime64[s]"
        )[column.codes]

    @property
    def undated(self) -> tuple[int, int]:
        """How many statements have no date, and how many one that cannot be read."""
        missing, written = np.isnat(self.dates), self.column("date").codes >= 0
        return int((missing & ~written).sum()), int((missing & written).sum())

    @property
    def hearsay(self) -> NDArray[np.bool_]:
        """Which rows the documents have only through somebody else."""
        column = self.column("hearsay")
        return np.array([*(value == "true" for value in column.values), False], dtype=bool)[column.codes]

    def names(self, keys: Sequence[str]) -> Names:
        """Return labels and classes of nodes; a node without a label is called by its IRI's local name."""
        found = self._name(keys) if self._name else Names({}, {})
        return Names({key: found.labels.get(key) or local_name(key) for key in keys}, found.kinds)

    def attributes(self, keys: Sequence[str]) -> Attributes:
        """Return what is coded of nodes, by node and name of the variable; `colour` and `alias` where given."""
        return self._describe(keys) if self._describe else {}

    def __iter__(self) -> Iterator[Statement]:
        fields = ("utterance", "voice", "speaker", "organisation", "claim", "polarity", "date", "document", "via")
        for row in zip(*(self.column(field).list() for field in fields), strict=True):
            yield Statement(*row)
