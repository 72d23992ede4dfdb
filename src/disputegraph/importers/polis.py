"""Import a Polis conversation: comments are claims, votes are utterances, participants are numbered voices.

What a vote's number means differs between versions of the export: in some 1 is agree, in others -1. It is settled
against the counts of agreement and disagreement that the export gives for each comment; 0 is a pass, which is neutral.
The last vote of a participant on a comment counts; earlier ones stay, superseded by the next.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from disputegraph.errors import DataError
from disputegraph.importers.minting import Minter
from disputegraph.importers.sheets.sheet_fields import header_key
from disputegraph.importers.triples import Imported, Triples, checked_language, literal, term
from disputegraph.tables import Problems, Row, Table, read_table, shown, whole

Watch = Callable[[Iterable[Row]], Iterable[Row]]

LONGEST_LABEL = 80
_FILES = ("comments", "votes", "participants?-votes", "summary")
_LATEST = 253_402_300_799_999  # the end of the year 9999, in milliseconds
_MILLISECONDS_FROM = 100_000_000_000  # no vote was cast in the year 5138, so that larger numbers are milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class PolisImport(Imported):
    """What came of a conversation; it counts comments, participants, votes and superseded votes.

    Attributes:
        agree: the number that stands for agreement in this export, 1 or -1.
    """

    agree: int


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
        folder: holds comments.csv and votes.csv; participant-votes.csv (or participants-votes.csv) and summary.csv are
            read where they are there. Each name may have something in front, as in ``2024-05-02-abc-votes.csv``.
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
    files = _files(folder, problems)
    comments_file, votes_file = (files[name] or folder / f"{name}.csv" for name in ("comments", "votes"))
    comments = _comments(read_table(comments_file, problems, raw=True), problems)
    votes = _votes(read_table(votes_file, problems, raw=True), problems, watch)
    problems.stop_if_any()
    sign = agree or _settled(comments, _last(votes), str(comments_file), problems)
    problems.stop_if_any()
    summary = _summary(files["summary"])
    groups = _groups(files["participants?-votes"], problems)
    minter = Minter(base) if base else Minter.for_name(folder.absolute().name)
    writer = _Writer(minter, summary, checked_language(language) if language else None)
    writer.conversation()
    counts = writer.write(comments, votes, sign, groups)
    told = tuple(problems.warnings)
    return PolisImport(triples=writer.triples, warnings=told, base=minter.base, counts=counts, agree=sign)


def _files(folder: Path, problems: Problems) -> dict[str, Path | None]:
    """Return the file of each part of an export, None for one that is not there; other tables are told."""
    tables = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    found: dict[str, Path | None] = {}
    for part in _FILES:
        before = r"(?:.*[-_. ])?" if part != "votes" else r"(?:(?!.*participants?-votes).*[-_. ])?"
        fits = [path for path in tables if re.fullmatch(rf"{before}{part}(?: ?\(\d+\))?\.csv", path.name.lower())]
        exact = [path for path in fits if re.fullmatch(rf"{part}\.csv", path.name)]
        if len(exact or fits) > 1:
            problems.error(
                f"{' and '.join(path.name for path in exact or fits)} may both be it; keep one.", str(folder)
            )
        found[part] = next(iter(exact or fits), None)
    problems.stop_if_any()
    for part, lost in (("participants?-votes", "the groups of opinion are"), ("summary", "the topic is")):
        if found[part] is None:
            problems.warn(f"there is no {part.replace('s?', '')}.csv, so {lost} not known.", str(folder))
    others = [path.name for path in tables if path not in found.values()]
    if others:
        problems.warn(f"{', '.join(others)}: not read.", str(folder))
    return found


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
    odd = Counter[str]()
    for row in table.rows:
        cells = {column: row.cells[place] for column, place in places.items()}
        id_ = _number(cells["comment_id"])
        if id_ is None:
            odd["have no number, and are left out"] += 1
            continue
        text = cells["comment_body"] if shown(cells["comment_body"]) else ""
        odd["have no text, and are called by their number"] += not text
        moment = _moment(cells.get("timestamp", ""))
        odd["have a time that cannot be read, and no date"] += moment is None
        agrees, disagrees = (_number(cells.get(column, "")) for column in ("agrees", "disagrees"))
        comment = _Comment(
            text or _lacking(id_),
            _number(cells.get("author_id", "")) or "",
            moment or 0,
            int(agrees) if agrees else None,
            int(disagrees) if disagrees else None,
            whole(cells.get("moderated", "")) or cells.get("moderated", ""),
        )
        if comments.setdefault(id_, comment).text != comment.text:
            problems.error(f"comment {id_} stands twice, with two texts.", table.name, row.number, "comment-id")
        elif comments[id_] is not comment:
            odd["stand twice, and count once"] += 1
    for what, count in odd.items():
        if count:
            problems.warn(f"{count:,} comments {what}.", table.name)
    return comments


def _number(text: str) -> str | None:
    """Return a number that identifies or counts, as it is written plainly; None where it is not one."""
    number = whole(text)
    return number if number and not number.startswith("-") else None


def _lacking(id_: str) -> str:
    return f"comment {id_}, whose text the export lacks"


def _votes(table: Table, problems: Problems, watch: Watch) -> list[_Vote]:
    wanted = {"comment_id": True, "voter_id": True, "vote": True, "timestamp": False}
    places = _places(table, wanted, problems)
    comment, voter, value = (places[column] for column in ("comment_id", "voter_id", "vote"))
    time = places.get("timestamp")
    votes, undated = [], 0
    for row in watch(table.rows):
        cells = row.cells
        cast, about, by = whole(cells[value]), _number(cells[comment]), _number(cells[voter])
        if cast not in ("-1", "0", "1"):
            problems.error(f"'{cells[value]}' is not a vote: -1, 0 or 1.", table.name, row.number, "vote")
        elif about is None or by is None:
            problems.error("the comment and the voter are numbers.", table.name, row.number)
        else:
            moment = _moment(cells[time]) if time is not None else 0
            undated += moment is None
            votes.append(_Vote(about, by, moment or 0, row.number, int(cast)))
    if undated:
        problems.warn(f"{undated:,} votes have a time that cannot be read, and no date.", table.name)
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


def _summary(path: Path | None) -> dict[str, str]:
    """Return what the summary says, which is a table of two columns without a header."""
    if path is None:
        return {}
    import csv

    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        return {row[0].strip(): row[1].strip() for row in csv.reader(stream) if len(row) > 1}


def _groups(path: Path | None, problems: Problems) -> dict[str, str]:
    """Return the opinion group of each participant that Polis put into one."""
    if path is None:
        return {}
    table = read_table(path, problems, raw=True)
    places = _places(table, {"participant": True, "group_id": False}, problems)
    if "group_id" not in places:
        problems.warn("there is no column 'group-id', so the groups of opinion are not known.", table.name, 1)
        return {}
    groups, odd = {}, 0
    for row in table.rows:
        told = row.cells[places["group_id"]]
        participant, group = _number(row.cells[places["participant"]]), _number(told)
        if participant is not None and group is not None:
            groups[participant] = group
        odd += bool(told) and (participant is None or group is None)
    problems.stop_if_any()
    if odd:
        problems.warn(f"{odd:,} groups of participants are not numbers, and are left out.", table.name)
    return groups


def _moment(text: str) -> int | None:
    """Return a timestamp in milliseconds, 0 where there is none and None where it cannot be read."""
    if not text:
        return 0
    number = int(_number(text) or -1)
    moment = number if number >= _MILLISECONDS_FROM else number * 1000
    return moment if 0 <= moment <= _LATEST else None


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
        topic = self._summary.get("topic") or self._base.rstrip("/#").rpartition("/")[2]
        self.triples.named(document, topic, "dg:Document", language=self._language)
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
            self._comment(id_, comment, voted=bool(cast[id_]) or comment.text == _lacking(id_))
        for id_ in cast.keys() - comments.keys():
            self._comment(id_, _Comment(_lacking(id_), "", 0, None, None, ""), voted=True)
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
            self._value(self._voice(participant), "opinion group", group)
        return {
            "comments": len(comments.keys() | cast.keys()),
            "participants": len(self._voices),
            "votes": len(votes),
            "superseded votes": superseded,
        }

    def _comment(self, id_: str, comment: _Comment, *, voted: bool) -> None:
        claim, add = f"{self._base}comment-{id_}", self.triples.add
        self.triples.named(claim, _short(comment.text), "dg:Claim", language=self._language)
        add(claim, "dg:paraphrase", literal(comment.text, language=self._language))
        add(claim, "dcterms:identifier", literal(id_))
        if comment.author:
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
            self.triples.named(voice, name, "dg:UnnamedSource", language="en")
            self.triples.add(voice, "dg:sourceDescription", literal(f"{name} of a Polis conversation"))
        return voice

    def _value(self, node: str, variable: str, value: str) -> None:
        """Add a number that Polis gives a node."""
        iri = f"{self._base}variable-{variable.replace(' ', '-')}"
        self.triples.variable(iri, variable, "integer", language="en")
        whole = value.lstrip("-").isdecimal()
        told = literal(int(value) if whole else value, "integer" if whole else None)
        self.triples.coded(node, f"{node}-{variable.replace(' ', '-')}", iri, told)

    def _when(self, moment: int) -> tuple[str, str]:
        time = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=moment)
        text = time.replace(tzinfo=None).isoformat(timespec="milliseconds")
        return text[:10], f"{text}Z"


def _short(text: str) -> str:
    """Return a label: the text, cut at a word where it is long."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_LABEL:
        return line
    return line[:LONGEST_LABEL].rpartition(" ")[0].rstrip(",;:.") + " …"
