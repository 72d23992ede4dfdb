"""The graph of roll calls: a motion is a claim, a vote an utterance, and the record of a motion's votes a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from disputegraph.errors import UsageError
from disputegraph.importers.minting import Minter
from disputegraph.importers.settings_file import written_base
from disputegraph.importers.triples import Imported, Triples, checked_language, literal, term
from disputegraph.importers.votes.roll_calls import Cast, RollCalls, Thing, Watch, read_roll_calls, read_things
from disputegraph.importers.votes.vote_words import VoteWords
from disputegraph.importers.written_dates import iso_date, iso_guess, iso_period
from disputegraph.tables import Problems

KINDS = {"person": "dg:Person", "organization": "dg:Organization"}
"""What voters may be."""

_SIDES = {"yes": "dg:affirms", "no": "dg:denies", "abstain": "dg:abstains"}


def import_votes(
    path: Path,
    *,
    voters: Path | None = None,
    motions: Path | None = None,
    mapping: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    kind: str = "person",
    base: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    watch: Watch = lambda rows: rows,
) -> Imported:
    """Return the graph of a table of roll calls.

    A vote of yes affirms the motion, no denies it, an abstention takes no side; who is absent makes no statement. The
    votes on one motion stand in one document, its record, so that they are drawn together by a bootstrap.

    Args:
        path: the table (CSV, TSV, XLSX). With a column of votes it has a row for each vote, else a row for each voter
            (or motion) and a column for each motion (or voter).
        voters: a sheet of the voters, whose columns (party …) are kept as attributes.
        motions: a sheet of the motions, with their dates and titles; further columns are kept as attributes.
        mapping: from column of the table to field: voter, voter_id, motion, motion_id, vote, date, paraphrase,
            attribute; to nothing for a column that is left out.
        values: from word to the vote that it stands for: yes, no, abstain, absent.
        kind: what voters are, one of `KINDS`.
        base: IRI under which names are minted; by default what disputegraph.toml beside the table says, else made
            from the file's name.
        language: language tag of labels and paraphrases; by default what disputegraph.toml says, else ``en``.
        encoding: of CSV and TSV files.
        watch: wraps the rows, to show how far the work is.

    Raises:
        ProblemsError: the tables are wrong, or words in them are not known as votes; the text lists all of it.
        UsageError: an option names what there is not.
    """
    if kind not in KINDS:
        raise UsageError(f"'{kind}' is not a kind of voters; there are {', '.join(KINDS)}.")
    problems, words = Problems(), VoteWords(values or {})
    calls = read_roll_calls(path, problems, words, mapping or {}, encoding=encoding, watch=watch)
    for what, sheet in (("voter", voters), ("motion", motions)):
        if sheet is not None:
            _learn(calls, what, sheet, read_things(sheet, what, problems, encoding), problems)
    problems.stop_if_any()
    own_base, own_language = written_base(path.parent)
    base = base or own_base
    minter = Minter(base) if base else Minter.for_name(path.stem)
    writer = _Writer(minter, checked_language(language or own_language or "en"), KINDS[kind])
    counts = writer.write(calls)
    if absent := counts.pop("absent", 0):
        problems.warn(f"{absent:,} votes are 'absent', and no statement comes from them.", str(path))
    return Imported(
        triples=writer.triples, warnings=tuple(problems.warnings), base=minter.base, counts={
            "voters": len(calls.voters), "motions": len(calls.motions), "votes": sum(counts.values()), **counts,
        },
    )  # fmt: skip


def _learn(calls: RollCalls, what: str, sheet: Path, told: Mapping[str, Thing], problems: Problems) -> None:
    """Take over what a sheet says of the voters or motions of the table."""
    things = calls.voters if what == "voter" else calls.motions
    met = 0
    for key, thing in things.items():
        known = told.get(key)
        if known is None:
            continue
        met += 1
        thing.name = known.name or thing.name
        thing.paraphrase = known.paraphrase or thing.paraphrase
        thing.attributes |= known.attributes
        for date in known.dates:
            if day := iso_date(date) or iso_period(date):
                thing.dates = {day}
            else:
                problems.error(f"'{thing.name}' has the date '{date}', which is not ISO. {iso_guess(date)}", str(sheet))
    for count, where in (
        (len(things) - met, "in the table alone"),
        (len({*map(id, told.values())}) - met, "here alone"),
    ):
        if count:
            problems.warn(f"{count:,} {what}s are {where}.", str(sheet))


class _Writer:
    """Writes voters, motions and votes as a graph."""

    def __init__(self, minter: Minter, language: str, voter_class: str) -> None:
        self.triples = Triples(minter.base)
        self._minter, self._language, self._class = minter, language, voter_class
        self._variables: dict[str, str] = {}

    def write(self, calls: RollCalls) -> dict[str, int]:
        """Write all, and return how many votes there are of each kind."""
        voters = {key: self._voter(thing) for key, thing in calls.voters.items()}
        motions = {key: self._motion(thing) for key, thing in calls.motions.items()}
        counts = Counter[str]()
        for (voter, motion), cast in calls.votes.items():
            counts[cast.vote] += 1
            if cast.vote in _SIDES:
                iri = self._minter.from_parts("vote", voter, motion)
                dates = calls.motions[motion].dates
                day = cast.date or (next(iter(dates)) if len(dates) == 1 else "")
                self._vote(iri, cast, voters[voter], motions[motion], day)
        return {vote: counts[vote] for vote in (*_SIDES, "absent") if counts[vote]}

    def _voter(self, thing: Thing) -> str:
        iri = self._minter.named("voter", thing.id or thing.name)
        self._named(iri, thing, self._class)
        return iri

    def _motion(self, thing: Thing) -> tuple[str, str]:
        """Describe a motion and its record, and return both."""
        iri = self._minter.named("motion", thing.id or thing.name)
        record = f"{iri}-record"
        self.triples.add(iri, "dg:paraphrase", literal(thing.paraphrase or thing.name, language=self._language))
        self._named(iri, thing, "dg:Claim")
        self.triples.named(record, f"Votes on {thing.name}", "dg:Document", language=self._language)
        if len(thing.dates) == 1 and (day := iso_date(next(iter(thing.dates)))):
            self.triples.add(record, "dcterms:issued", literal(day, "date"))
        return iri, record

    def _vote(self, iri: str, cast: Cast, voter: str, motion: tuple[str, str], day: str) -> None:
        add, add_iri = self.triples.add, self.triples.add_iri
        self.triples.typed(iri, "dg:Utterance")
        add_iri(iri, "dg:speaker", voter)
        add_iri(iri, "dg:addressesClaim", motion[0])
        add_iri(iri, "dg:documentedIn", motion[1])
        add(iri, "dg:polarity", term(_SIDES[cast.vote]))
        add(iri, "dg:speechAct", term("dg:evaluating"))
        if day and iso_date(day):
            add(iri, "dg:saidOn", literal(day, "date"))
        elif day:
            add(iri, "dg:saidRoughly", literal(day))
        self._attributes(iri, cast.attributes)

    def _named(self, iri: str, thing: Thing, class_: str) -> None:
        self.triples.named(iri, thing.name, class_, language=self._language)
        if thing.id:
            self.triples.add(iri, "dcterms:identifier", literal(thing.id))
        self._attributes(iri, thing.attributes)

    def _attributes(self, iri: str, attributes: Mapping[str, str]) -> None:
        for column, value in attributes.items():
            if column not in self._variables:
                self._variables[column] = self._minter.named("variable", column)
                self.triples.variable(self._variables[column], column, language=self._language)
            self.triples.coded_text(iri, column, self._variables[column], value)
