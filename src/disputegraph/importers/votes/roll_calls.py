"""Roll calls as tables tell them: voters, motions, and who voted how on what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from disputegraph.importers.votes.vote_columns import VoteColumns, fields_of, vote_columns
from disputegraph.importers.votes.vote_words import VoteWords
from disputegraph.importers.written_dates import iso_date, iso_guess, iso_period
from disputegraph.tables import Problems, Row, Table, key_of, read_table, shown, stands_for_nothing

Watch = Callable[[Iterable[Row]], Iterable[Row]]

_MOST_TOLD = 12


@dataclass(slots=True)
class Thing:
    """A voter or a motion: its name, an id where it has one, and what else is told of it."""

    name: str
    id: str = ""
    paraphrase: str = ""
    dates: set[str] = field(default_factory=set)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cast:
    """How one voter voted on one motion: ``yes``, ``no``, ``abstain`` or ``absent``; `row` is where it stands."""

    vote: str
    date: str
    row: int
    attributes: Mapping[str, str]


@dataclass(slots=True)
class RollCalls:
    """Voters and motions by key, votes by voter and motion; `empty` counts cells that tell no vote at all."""

    voters: dict[str, Thing] = field(default_factory=dict)
    motions: dict[str, Thing] = field(default_factory=dict)
    votes: dict[tuple[str, str], Cast] = field(default_factory=dict)
    empty: int = 0


def read_roll_calls(
    path: Path,
    problems: Problems,
    words: VoteWords,
    mapping: Mapping[str, str],
    *,
    encoding: str | None = None,
    watch: Watch = lambda rows: rows,
) -> RollCalls:
    """Return what a table of votes tells; what is wrong with it is put into `problems`, each thing once.

    Raises:
        ProblemsError: the header or rows are such that nothing can be read.
        UsageError: the mapping names a column or a field that there is not.
    """
    table = read_table(path, problems, encoding=encoding)
    table.signs.update(range(len(table.header)))
    rows = list(watch(table.rows))
    columns = vote_columns(table, rows, words, mapping, problems)
    problems.stop_if_any()
    reader = _Reader(table, columns, words, problems)
    for row in rows:
        reader.read(row)
    reader.tell()
    return reader.calls


def read_things(path: Path, what: str, problems: Problems, encoding: str | None) -> dict[str, Thing]:
    """Return the voters or motions of a sheet by each of their keys; `what` is ``voter`` or ``motion``.

    A name that several with ids of their own share is no key.
    """
    table = read_table(path, problems, encoding=encoding)
    wanted = (what, f"{what}_id", *(("date", "paraphrase") if what == "motion" else ()))
    fields, others, _ = fields_of(table, wanted, {})
    things: dict[str, Thing] = {}
    shared: set[str] = set()
    if what not in fields:
        if "paraphrase" not in fields and not others:
            problems.error(f"has no column '{what}'.", table.name, 1)
            return things
        fields[what] = next(iter(others.values()), 0)
        others.pop(table.header[fields[what]], None)
        problems.warn(f"the column '{table.header[fields[what]]}' is read as {what}.", table.name, 1)
    for row in table.rows:
        name, id_ = (shown(_cell(row, fields, column)) for column in (what, f"{what}_id"))
        if not name and not id_:
            continue
        thing = Thing(name or id_, id_, shown(_cell(row, fields, "paraphrase")))
        if date := _cell(row, fields, "date"):
            thing.dates.add(date)
        thing.attributes = {column: row.cells[place] for column, place in others.items() if row.cells[place]}
        for key in {key_of(name), key_of(id_)} - {""}:
            other = things.setdefault(key, thing)
            if other is not thing and id_ and other.id and key_of(id_) != key_of(other.id):
                shared.add(key)
            elif other is not thing:
                problems.error(f"'{name or id_}' stands twice.", table.name, row.number, what)
    return {key: thing for key, thing in things.items() if key not in shared}


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, columns: VoteColumns, words: VoteWords, problems: Problems) -> None:
        self.calls = RollCalls()
        self._table, self._columns, self._words, self._problems = table, columns, words, problems
        self._unknown: dict[str, list[int]] = {}
        self._odd: dict[str, list[int]] = defaultdict(list)
        self._twice: list[int] = []
        self._dates: dict[str, str] = {}

    def read(self, row: Row) -> None:
        """Take one row."""
        for voter, motion, word, others in self._cells(row):
            if not word:
                self.calls.empty += 1
                continue
            vote = self._words.vote(word)
            if vote is None:
                self._unknown.setdefault(word, []).append(row.number)
                continue
            cast = Cast(vote, self._date(row), row.number, others)
            before = self.calls.votes.setdefault((voter, motion), cast)
            if before is not cast:
                if before.vote == vote:
                    self._twice.append(row.number)
                else:
                    names = self.calls.voters[voter].name, self.calls.motions[motion].name
                    self._odd["'{}' votes on '{}' twice, and differently".format(*names)].append(row.number)

    def _cells(self, row: Row) -> Iterator[tuple[str, str, str, Mapping[str, str]]]:
        """Yield the key of a voter, the key of a motion, the word of the vote, and what else stands in the row."""
        columns = self._columns
        others = {
            column: cell
            for column, place in columns.others.items()
            if (cell := row.cells[place]) and not stands_for_nothing(cell)
        }
        if columns.crossing is None:
            voter, motion = (self._thing(row, what) for what in ("voter", "motion"))
            if voter and motion:
                yield voter, motion, row.cells[columns.fields["vote"]], others
            return
        own = self._thing(row, columns.rows)
        if not own:
            return
        thing = self._kept(columns.rows)[own]
        for column, cell in others.items():
            thing.attributes.setdefault(column, cell)
        across = "motion" if columns.rows == "voter" else "voter"
        for column, place in columns.crossing.items():
            name = shown(column)
            self._kept(across).setdefault(key_of(name), Thing(name))
            ends = (own, key_of(name)) if across == "motion" else (key_of(name), own)
            yield *ends, row.cells[place], {}

    def _kept(self, what: str) -> dict[str, Thing]:
        return self.calls.voters if what == "voter" else self.calls.motions

    def _thing(self, row: Row, what: str) -> str:
        """Return the key of the voter or motion of a row, which is its id where it has one; empty where it has none."""
        name, id_ = (shown(_cell(row, self._columns.fields, column)) for column in (what, f"{what}_id"))
        key = key_of(id_ or name)
        if not key or stands_for_nothing(name or id_):
            self._odd[f"has no {what}"].append(row.number)
            return ""
        thing = self._kept(what).setdefault(key, Thing(name or id_, id_))
        if what == "motion":
            thing.paraphrase = thing.paraphrase or shown(_cell(row, self._columns.fields, "paraphrase"))
            if date := self._date(row):
                thing.dates.add(date)
        return key

    def _date(self, row: Row) -> str:
        """Return the day, month or year of a row; empty where it has none that can be read."""
        text = _cell(row, self._columns.fields, "date")
        if not text or stands_for_nothing(text):
            return ""
        if text not in self._dates:
            self._dates[text] = iso_date(text) or iso_period(text) or ""
        if not self._dates[text]:
            self._odd[f"has the date '{text}', which is not ISO 8601. {iso_guess(text)}".rstrip(".")].append(row.number)
        return self._dates[text]

    def tell(self) -> None:
        """Tell what is wrong, each thing once and with the number of its rows, and sort further columns."""
        file, calls = self._table.name, self.calls
        if self._unknown:
            first = next(iter(self._unknown.values()))[0]
            told = [f"'{word}' ({len(rows):,})" for word, rows in self._unknown.items()]
            listed = ", ".join(told[:_MOST_TOLD]) + (f" and {len(told) - _MOST_TOLD:,} more" * (len(told) > _MOST_TOLD))
            example = next(iter(self._unknown))
            self._problems.error(
                f"words that are not known as votes, with their number: {listed}. Say what each stands for: "
                f"--value '{example}=yes', or no, abstain, absent. If a column holds something else, --map "
                "'COLUMN=attribute' keeps it and --map 'COLUMN=' leaves it out.",
                file,
                first,
            )
        for what, numbers in list(self._odd.items())[:_MOST_TOLD]:
            more = f" So do {len(numbers) - 1:,} more rows." if len(numbers) > 1 else ""
            advice = " Are they two of one name? Then a column voter_id tells them apart." if "twice" in what else ""
            self._problems.error(f"{what}.{more}{advice}", file, numbers[0])
        if len(self._odd) > _MOST_TOLD:
            self._problems.error(f"and {len(self._odd) - _MOST_TOLD:,} more such problems.", file)
        if self._twice:
            self._problems.warn(f"{len(self._twice):,} votes stand twice, and count once.", file, self._twice[0])
        if calls.empty:
            self._problems.warn(f"{calls.empty:,} cells are empty, and no statement comes from them.", file)
        if self._columns.crossing is None:
            self._sort_others()

    def _sort_others(self) -> None:
        """Give each further column of a long table to whom it tells of: voters, motions, or else the single votes."""
        told = defaultdict(list)
        for column in self._columns.others:
            for what, end in (("voter", 0), ("motion", 1)):
                values: dict[str, str] = {}
                alike = all(
                    values.setdefault(ends[end], cell) == cell
                    for ends, cast in self.calls.votes.items()
                    if (cell := cast.attributes.get(column))
                )
                if alike:
                    for key, cell in values.items():
                        self._kept(what)[key].attributes[column] = cell
                    told[f"{what}s"].append(column)
                    break
            else:
                told["single votes"].append(column)
        own = set(told.pop("single votes", ()))
        for ends, cast in self.calls.votes.items():
            kept = {column: cell for column, cell in cast.attributes.items() if column in own}
            self.calls.votes[ends] = Cast(cast.vote, cast.date, cast.row, kept)
        for whom, columns in [*told.items(), *([("single votes", sorted(own))] if own else [])]:
            listed = ", ".join(f"'{column}'" for column in columns)
            self._problems.warn(f"{listed}: kept as attributes of {whom}.", self._table.name, 1)


def _cell(row: Row, fields: Mapping[str, int], column: str) -> str:
    place = fields.get(column)
    return row.cells[place] if place is not None else ""
