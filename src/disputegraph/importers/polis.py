"""Import a Polis conversation: comments are claims, votes are utterances, participants are numbered voices.

What a vote's number means differs between versions of the export: in some 1 is agree, in others -1. It is settled
against the counts of agreement and disagreement that the export gives for each comment; 0 is a pass, which is neutral.
The last vote of a participant on a comment counts; earlier ones stay, superseded by the next.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from disputegraph.errors import DataError
from disputegraph.importers.minting import Minter
from disputegraph.importers.sheets.sheet_fields import header_key
from disputegraph.importers.triples import Triples, checked_language, literal, term
from disputegraph.tables import Problem, Problems, Row, Table, read_table

__all__ = ["PolisImport", "import_polis"]

Watch = Callable[[Iterable[Row]], Iterable[Row]]

LONGEST_LABEL = 80
_MILLISECONDS_FROM = 100_000_000_000  # no vote was cast in the year 5138, so that larger numbers are milliseconds


@dataclass(frozen=True, slots=True)
class PolisImport:
    """What came of a conversation.

    Attributes:
        triples: the graph.
        agree: the number that stands for agreement in this export, 1 or -1.
        warnings: what a user should know.
        base: the IRI under which the names stand.
        counts: how many comments, participants, votes and superseded votes there are.
    """

    triples: Triples
    agree: int
    warnings: tuple[Problem, ...]
    base: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, order=True)
class _Vote:
    comment: str
    voter: str
    moment: int  # milliseconds since 1970
    row: int
    value: int


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str
    author: str
    moment: int
    agrees: int | None
    disagrees: int | None
    moderated: str


def import_polis(
    folder: Path,
    *,
    agree: int | None = None,
    base: str | None = None,
    language: str | None = None,
    watch: Watch = lambda rows: rows,
) -> PolisImport:
    """Return the graph of a Polis export.

    Args:
        folder: holds comments.csv and votes.csv; participants-votes.csv and summary.csv are read where they are there.
        agree: the number that stands for agreement, 1 or -1; by default settled against the counts of the comments.
        base: IRI under which names are minted; by default made from the folder's name.
        language: language tag of the comments; none by default, since the export does not tell.
        watch: wraps the rows of the votes, to show how far the work is.

    Raises:
        ProblemsError: rows are wrong, or the sign of the votes cannot be settled; the text lists all of it.
        DataError: a file is missing or cannot be read.
    """
    if not folder.is_dir():
        raise DataError("is not a folder; name the folder that holds comments.csv and votes.csv.", path=str(folder))
    problems = Problems()
    comments = _comments(_table(folder, "comments.csv", problems), problems)
    votes = _votes(_table(folder, "votes.csv", problems), problems, watch)
    problems.stop_if_any()
    sign = agree or _settled(comments, _last(votes), str(folder / "comments.csv"), problems)
    problems.stop_if_any()
    summary = _summary(folder / "summary.csv")
    groups = _groups(folder, problems)
    minter = Minter(base) if base else Minter.for_name(folder.absolute().name)
    writer = _Writer(minter, summary, checked_language(language) if language else None)
    writer.conversation()
    counts = writer.write(comments, votes, sign, groups)
    return PolisImport(writer.triples, sign, tuple(problems.warnings), minter.base, counts)


def _table(folder: Path, name: str, problems: Problems) -> Table:
    return read_table(folder / name, problems)


def _places(table: Table, wanted: Mapping[str, bool], problems: Problems) -> dict[str, int]:
    """Return the places of columns by name; a missing one that is needed is a problem."""
    places = {header_key(column): place for place, column in enumerate(table.header)}
    missing = [column for column, needed in wanted.items() if needed and column not in places]
    for column in missing:
        problems.error(f"there is no column '{column.replace('_', '-')}', as a Polis export has.", table.name, 1)
    if missing:
        problems.stop_if_any()
    return {column: places[column] for column in wanted if column in places}


def _comments(table: Table, problems: Problems) -> dict[str, _Comment]:
    wanted = {"comment_id": True, "comment_body": True, "author_id": False, "timestamp": False}
    wanted |= {"agrees": False, "disagrees": False, "moderated": False}
    places = _places(table, wanted, problems)
    comments: dict[str, _Comment] = {}
    for row in table.rows:
        cells = {column: row.cells[place] for column, place in places.items()}
        id_ = cells["comment_id"]
        if not id_.isdecimal():
            problems.error(f"'{id_}' is not a number.", table.name, row.number, "comment-id")
        elif id_ in comments:
            problems.error(f"comment {id_} stands twice.", table.name, row.number, "comment-id")
        elif not cells["comment_body"]:
            problems.error("is empty.", table.name, row.number, "comment-body")
        else:
            agrees, disagrees = (cells.get(column, "") for column in ("agrees", "disagrees"))
            comments[id_] = _Comment(
                cells["comment_body"],
                cells.get("author_id", ""),
                _moment(cells.get("timestamp", "")),
                int(agrees) if agrees.isdecimal() else None,
                int(disagrees) if disagrees.isdecimal() else None,
                cells.get("moderated", ""),
            )
    return comments


def _votes(table: Table, problems: Problems, watch: Watch) -> list[_Vote]:
    wanted = {"comment_id": True, "voter_id": True, "vote": True, "timestamp": False}
    places = _places(table, wanted, problems)
    comment, voter, value = (places[column] for column in ("comment_id", "voter_id", "vote"))
    time = places.get("timestamp")
    votes = []
    for row in watch(table.rows):
        cells = row.cells
        if cells[value] not in ("-1", "0", "1", "+1"):
            problems.error(f"'{cells[value]}' is not a vote: -1, 0 or 1.", table.name, row.number, "vote")
        elif not (cells[comment].isdecimal() and cells[voter].isdecimal()):
            problems.error("the comment and the voter are numbers.", table.name, row.number)
        else:
            moment = _moment(cells[time]) if time is not None else 0
            votes.append(_Vote(cells[comment], cells[voter], moment, row.number, int(cells[value])))
    return sorted(votes)


def _last(votes: list[_Vote]) -> dict[tuple[str, str], int]:
    return {(vote.comment, vote.voter): vote.value for vote in votes}


def _settled(
    comments: Mapping[str, _Comment], last: Mapping[tuple[str, str], int], file: str, problems: Problems
) -> int:
    """Return the number that stands for agreement: the reading under which the votes add up to the counts given."""
    cast = Counter((comment, value) for (comment, _), value in last.items())
    counted = {id_: comment for id_, comment in comments.items() if comment.agrees is not None}
    off = {
        sign: sum(
            abs(cast[id_, sign] - (comment.agrees or 0)) + abs(cast[id_, -sign] - (comment.disagrees or 0))
            for id_, comment in counted.items()
        )
        for sign in (1, -1)
    }
    if off[1] == off[-1]:
        problems.error(
            "the counts of agreement do not tell whether a vote of 1 agrees or disagrees; say it with --agree 1 or "
            "--agree -1.",
            file,
        )
        return 1
    sign = min(off, key=lambda reading: off[reading])
    if off[sign]:
        problems.warn(
            f"the votes differ by {off[sign]:,} from the counts of agreement and disagreement ({off[-sign]:,} if read "
            f"the other way round), so {sign} was taken for agreement.",
            file,
        )
    return sign


def _summary(path: Path) -> dict[str, str]:
    """Return what the summary says, which is a table of two columns without a header."""
    if not path.is_file():
        return {}
    import csv

    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        return {row[0].strip(): row[1].strip() for row in csv.reader(stream) if len(row) > 1}


def _groups(folder: Path, problems: Problems) -> dict[str, str]:
    """Return the opinion group of each participant that Polis put into one."""
    if not (folder / "participants-votes.csv").is_file():
        return {}
    table = _table(folder, "participants-votes.csv", problems)
    places = _places(table, {"participant": True, "group_id": False}, problems)
    if "group_id" not in places:
        return {}
    groups = {row.cells[places["participant"]]: row.cells[places["group_id"]] for row in table.rows}
    problems.stop_if_any()
    return {participant: group for participant, group in groups.items() if group.isdecimal()}


def _moment(text: str) -> int:
    """Return a timestamp in milliseconds; 0 where there is none."""
    if not text.isdecimal():
        return 0
    return int(text) if int(text) >= _MILLISECONDS_FROM else int(text) * 1000


class _Writer:
    def __init__(self, minter: Minter, summary: Mapping[str, str], language: str | None) -> None:
        self.triples = Triples(minter.base)
        self._base, self._summary, self._language = minter.base, summary, language
        self._document = f"{minter.base}conversation"
        self._days: dict[int, tuple[str, str]] = {}
        self._voices: set[str] = set()

    def conversation(self) -> None:
        """Describe the conversation, which is the document in which all is said."""
        add, document = self.triples.add, self._document
        self.triples.typed(document, "dg:Document")
        topic = self._summary.get("topic") or self._base.rstrip("/#").rpartition("/")[2]
        add(document, "skos:prefLabel", literal(topic, language=self._language))
        if description := self._summary.get("conversation-description"):
            add(document, "dcterms:description", literal(description, language=self._language))
        if (url := self._summary.get("url", "")).startswith(("http://", "https://")) and " " not in url:
            try:
                self.triples.add_iri(document, "schema:url", url)
            except ValueError:
                add(document, "schema:url", literal(url))

    def write(
        self, comments: Mapping[str, _Comment], votes: list[_Vote], agree: int, groups: Mapping[str, str]
    ) -> dict[str, int]:
        """Describe comments, participants and votes, and return how many there are."""
        cast: dict[str, int] = Counter(vote.comment for vote in votes)
        for id_, comment in comments.items():
            self._comment(id_, comment, voted=bool(cast[id_]))
        for id_ in cast.keys() - comments.keys():
            self._comment(
                id_, _Comment(f"comment {id_}, whose text the export lacks", "", 0, None, None, ""), voted=True
            )
        sides = {agree: term("dg:affirms"), -agree: term("dg:denies"), 0: term("dg:passes")}
        before: _Vote | None = None
        number, superseded = 0, 0
        for vote in votes:
            again = before is not None and (before.comment, before.voter) == (vote.comment, vote.voter)
            number = number + 1 if again else 1
            superseded += again
            self._vote(vote, number, sides[vote.value])
            before = vote
        for participant, group in groups.items():
            self._group(participant, group)
        return {
            "comments": len(comments.keys() | cast.keys()),
            "participants": len(self._voices),
            "votes": len(votes),
            "superseded votes": superseded,
        }

    def _comment(self, id_: str, comment: _Comment, *, voted: bool) -> None:
        claim, add = f"{self._base}comment-{id_}", self.triples.add
        self.triples.typed(claim, "dg:Claim")
        add(claim, "dg:paraphrase", literal(comment.text, language=self._language))
        add(claim, "skos:prefLabel", literal(_short(comment.text), language=self._language))
        add(claim, "dcterms:identifier", literal(id_))
        if comment.author.isdecimal():
            self.triples.add_iri(claim, "dcterms:creator", self._voice(comment.author))
        if comment.moderated:
            self._value(claim, "moderated", comment.moderated)
        if not voted:
            # Nobody voted on it, not even its author; yet the author put it forward.
            said = f"{claim}-put-forward"
            self._utterance(said, self._voice(comment.author), claim, comment.moment)
            add(said, "dg:polarity", term("dg:affirms"))
            add(said, "dg:speechAct", term("dg:asserting"))

    def _vote(self, vote: _Vote, number: int, side: object) -> None:
        stem = f"{self._base}vote-{vote.comment}-{vote.voter}"
        iri = stem if number == 1 else f"{stem}-{number}"
        self._utterance(iri, self._voice(vote.voter), f"{self._base}comment-{vote.comment}", vote.moment)
        self.triples.add(iri, "dg:polarity", side)  # type: ignore[arg-type]  # one of three nodes
        self.triples.add(iri, "dg:speechAct", term("dg:evaluating"))
        if number > 1:
            self.triples.add_iri(iri, "dg:supersedes", stem if number == 2 else f"{stem}-{number - 1}")  # noqa: PLR2004

    def _utterance(self, iri: str, voice: str, claim: str, moment: int) -> None:
        self.triples.typed(iri, "dg:Utterance")
        self.triples.add_iri(iri, "dg:speaker", voice)
        self.triples.add_iri(iri, "dg:addressesClaim", claim)
        self.triples.add_iri(iri, "dg:documentedIn", self._document)
        if moment:
            day, time = self._when(moment)
            self.triples.add(iri, "dg:saidOn", literal(day, "date"))
            self.triples.add(iri, "dg:saidAt", literal(time, "dateTime"))

    def _voice(self, number: str) -> str:
        voice = f"{self._base}participant-{number or 'unknown'}"
        if voice not in self._voices:
            self._voices.add(voice)
            name = f"participant {number or '(unknown)'}"
            self.triples.typed(voice, "dg:UnnamedSource")
            self.triples.add(voice, "skos:prefLabel", literal(name, language="en"))
            self.triples.add(voice, "dg:sourceDescription", literal(f"{name} of a Polis conversation"))
        return voice

    def _group(self, participant: str, group: str) -> None:
        self._value(self._voice(participant), "opinion group", group)

    def _value(self, node: str, variable: str, value: str) -> None:
        """Add a number that Polis gives a node."""
        iri = f"{self._base}variable-{variable.replace(' ', '-')}"
        self.triples.typed(iri, "dg:Variable")
        self.triples.add(iri, "skos:prefLabel", literal(variable, language="en"))
        self.triples.add(iri, "dg:variableType", term("dg:integerVariable"))
        coded = f"{node}-{variable.replace(' ', '-')}"
        self.triples.add_iri(node, "dg:hasCodedValue", coded)
        self.triples.typed(coded, "dg:CodedValue")
        self.triples.add_iri(coded, "dg:codedVariable", iri)
        whole = value.lstrip("-").isdecimal()
        self.triples.add(coded, "dg:codedValue", literal(int(value) if whole else value, "integer" if whole else None))

    def _when(self, moment: int) -> tuple[str, str]:
        time = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=min(moment, 253_402_300_799_999))
        text = time.replace(tzinfo=None).isoformat(timespec="milliseconds")
        return text[:10], f"{text}Z"


def _short(text: str) -> str:
    """Return a label: the text, cut at a word where it is long."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_LABEL:
        return line
    return line[:LONGEST_LABEL].rpartition(" ")[0].rstrip(",;:.") + " …"
