"""Polis: comments are claims, votes utterances, and the sign of a vote is settled by the counts."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.checks import check_integrity
from disputegraph.cli import main
from disputegraph.errors import DataError
from disputegraph.importers.polis import PolisImport, import_polis
from disputegraph.store.store_opening import open_store
from disputegraph.tables.problems import ProblemsError

BASE = "https://example.org/polis/"
COMMENTS = [
    ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"],
    ["1400000000000", "", "0", "7", "2", "1", "1", "More buses, please"],
    ["1400000001000", "", "1", "3", "0", "1", "-1", "'=HYPERLINK(\"x\")"],
    ["1400000002000", "", "2", "9", "0", "0", "0", "Nobody voted on this one, " + "which goes on and on " * 5],
]  # fmt: skip
VOTES = [
    ["timestamp", "datetime", "comment-id", "voter-id", "vote"],
    ["1400000000000", "", "0", "7", "1"],
    ["1400000009000", "", "0", "3", "1"],
    ["1400000005000", "", "0", "3", "-1"],
    ["1400000006000", "", "0", "4", "-1"],
    ["1400000007000", "", "0", "5", "0"],
    ["1400000007000", "", "1", "5", "-1"],
]


def export(folder: Path, *, comments: list[list[str]] = COMMENTS, votes: list[list[str]] = VOTES) -> Path:
    folder.mkdir(exist_ok=True)
    groups = [
        ["participant", "xid", "group-id", "n-votes"],
        ["7", "secret", "0", "1"],
        ["4", "", "1", "1"],
        ["5", "", "", "2"],
    ]
    for name, rows in (("comments", comments), ("votes", votes), ("participants-votes", groups)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    (folder / "summary.csv").write_text('topic,"Buses, and more"\nurl,https://pol.is/abc\nviews,3\n', encoding="utf-8")
    return folder


def rows_of(done: PolisImport) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for quad in done.triples.quads():
        subject = str(quad.subject.value).removeprefix(BASE)  # type: ignore[union-attr]
        value = str(quad.object.value).removeprefix(BASE)  # type: ignore[union-attr]
        found.setdefault(subject, {})[str(quad.predicate.value).rpartition("#")[2].rpartition("/")[2]] = value
    return found


@pytest.mark.parametrize("agree", [1, -1])
def test_the_sign_is_settled_by_the_counts(tmp_path: Path, agree: int) -> None:
    votes = [VOTES[0], *([*row[:4], str(int(row[4]) * agree)] for row in VOTES[1:])]
    done = import_polis(export(tmp_path / "x", votes=votes), base=BASE)
    rows = rows_of(done)
    assert (done.agree, done.warnings) == (agree, ())
    sides = {name: row["polarity"].rpartition("#")[2] for name, row in rows.items() if name.startswith("vote-")}
    assert sides == {
        "vote-0-7": "affirms", "vote-0-3": "denies", "vote-0-3-2": "affirms", "vote-0-4": "denies",
        "vote-0-5": "passes", "vote-1-5": "denies",
    }  # fmt: skip


def test_the_last_vote_supersedes_the_earlier(tmp_path: Path) -> None:
    rows = rows_of(import_polis(export(tmp_path / "x"), base=BASE))
    assert {name: row["supersedes"] for name, row in rows.items() if "supersedes" in row} == {"vote-0-3-2": "vote-0-3"}
    assert rows["vote-0-3"]["saidAt"] == "2014-05-13T16:53:25.000Z"
    assert rows["vote-0-3-2"]["saidOn"] == "2014-05-13"


def test_comments_participants_and_the_conversation(tmp_path: Path) -> None:
    done = import_polis(export(tmp_path / "x"), base=BASE)
    rows = rows_of(done)
    assert dict(done.counts) == {"comments": 3, "participants": 5, "votes": 6, "superseded votes": 1}
    assert rows["comment-1"]["paraphrase"] == '\'=HYPERLINK("x")'  # as it stands
    assert rows["comment-2"]["prefLabel"].endswith("…")
    assert len(rows["comment-2"]["prefLabel"]) <= 82
    assert (rows["comment-0"]["creator"], rows["comment-1-moderated"]["codedValue"]) == ("participant-7", "-1")
    assert rows["comment-2-put-forward"]["speaker"] == "participant-9"
    assert rows["participant-7-opinion-group"]["codedValue"] == "0"
    assert "participant-5-opinion-group" not in rows
    assert (rows["conversation"]["prefLabel"], rows["conversation"]["url"]) == ("Buses, and more", "https://pol.is/abc")
    assert "secret" not in str(rows)  # what an operator knows participants by stays with the operator


def test_counts_that_tell_nothing_need_a_word_of_the_user(tmp_path: Path) -> None:
    comments = [COMMENTS[0], *([*row[:4], "0", "0", *row[6:]] for row in COMMENTS[1:])]
    votes = [VOTES[0], *(row for row in VOTES[1:] if row[4] == "0")]
    with pytest.raises(ProblemsError, match="--agree 1 or --agree -1"):
        import_polis(export(tmp_path / "x", comments=comments, votes=votes))
    assert import_polis(tmp_path / "x", agree=-1).agree == -1


def test_counts_that_differ_are_told(tmp_path: Path) -> None:
    comments = [COMMENTS[0], [*COMMENTS[1][:4], "3", "1", *COMMENTS[1][6:]], *COMMENTS[2:]]
    (warning,) = import_polis(export(tmp_path / "x", comments=comments)).warnings
    assert "differ by 1 from the counts" in warning.message


def test_problems_are_told_together(tmp_path: Path) -> None:
    comments = [
        *COMMENTS,
        ["", "", "0", "", "", "", "", "again"],
        ["", "", "x", "", "", "", "", "y"],
        ["", "", "8", "", "", "", "", ""],
    ]
    votes = [*VOTES, ["1", "", "0", "4", "2"], ["1", "", "a", "4", "1"]]
    with pytest.raises(ProblemsError) as raised:
        import_polis(export(tmp_path / "x", comments=comments, votes=votes))
    assert [(Path(problem.file).name, problem.row) for problem in raised.value.problems] == [
        ("comments.csv", 5), ("votes.csv", 8), ("votes.csv", 9),
    ]  # fmt: skip


ODD = [
    "",
    " \u200b ",
    "?",
    "NA",
    "none",
    "=1+1",
    "'-1 is less",
    "-",
    "#REF!",
    "&amp;",
    '"',
    "a;b",
    "\u202ex",
    "[31m",
    "0",
]


@pytest.mark.parametrize("text", ODD)
def test_an_odd_comment_neither_stops_nor_changes_a_conversation(tmp_path: Path, text: str) -> None:
    plain = rows_of(import_polis(export(tmp_path / "x"), base=BASE))
    rows = rows_of(
        import_polis(export(tmp_path / "x", comments=[*COMMENTS, ["", "", "8.0", "", "", "", "", text]]), base=BASE)
    )
    assert {
        name: row for name, row in rows.items() if not name.startswith(("comment-8", "participant-unknown"))
    } == plain
    assert rows["comment-8"]["paraphrase"] in (text, "comment 8, whose text the export lacks")


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    comments = [*COMMENTS, ["soon", "", "8", "", "", "", "", ""], ["", "", "x", "", "", "", "", "y"], COMMENTS[1]]
    votes = [*VOTES, ["1e9", "", "0.0", "8.0", "1.0"], ["99999999999999999", "", "0", "9", "-1.0"]]
    told = [
        warning.message for warning in import_polis(export(tmp_path / "x", comments=comments, votes=votes)).warnings
    ]
    for words in (
        "1 comments have no text", "1 comments have no number", "1 comments stand twice", "1 comments have a time",
        "2 votes have a time",
    ):  # fmt: skip
        assert any(words in message for message in told), told


@pytest.mark.parametrize(
    "names",
    [
        ("participant-votes.csv", "votes.csv", "comments.csv"),
        (
            "2025-06-19-1201-4abc-participant-votes.csv",
            "2025-06-19-1201-4abc-votes.csv",
            "2025-06-19-1201-4abc-comments.csv",
        ),
        ("x_participants-votes.csv", "x_votes (1).csv", "x_comments.csv"),
    ],
)
def test_names_of_files(tmp_path: Path, names: tuple[str, str, str]) -> None:
    plain = rows_of(import_polis(export(tmp_path / "x"), base=BASE))
    for old, new in zip(("participants-votes.csv", "votes.csv", "comments.csv"), names, strict=True):
        (tmp_path / "x" / old).rename(tmp_path / "x" / new)
    assert rows_of(import_polis(tmp_path / "x", base=BASE)) == plain
    (tmp_path / "x" / "copy-of-comments.csv").write_text("a", encoding="utf-8")
    (tmp_path / "x" / "participant-importance.csv").write_text("a", encoding="utf-8")
    if names[2] == "comments.csv":
        (warning,) = import_polis(tmp_path / "x", base=BASE).warnings
        assert "copy-of-comments.csv, participant-importance.csv: not read" in warning.message
    else:
        with pytest.raises(ProblemsError, match="may both be it"):
            import_polis(tmp_path / "x", base=BASE)


def test_missing_files_and_columns(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is not a folder"):
        import_polis(tmp_path / "nowhere")
    (tmp_path / "votes.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"comments\.csv: there is no such file"):
        import_polis(tmp_path)
    with pytest.raises(ProblemsError, match="no column 'comment-body'"):
        import_polis(export(tmp_path / "x", comments=[["comment-id"], ["1"]]))


def test_through_the_command_and_the_checks(tmp_path: Path) -> None:
    out = tmp_path / "o.ttl"
    run = CliRunner().invoke(main, ["import", "polis", str(export(tmp_path / "x")), "-o", str(out)])
    assert (run.exit_code, run.stdout) == (0, "")
    assert "A vote of 1 agrees." in run.stderr
    assert [finding for finding in check_integrity(open_store([out])) if finding.severity == "violation"] == []


@pytest.mark.parametrize("name", ["15-per-hour-seattle", "london.youth.policing"])
def test_real_conversations_match_the_votes_table_of_polis(shared: Path, name: str) -> None:
    """Polis gives the votes that count, one column a comment; ours must be the same, comment by comment."""
    done = import_polis(shared / "polis" / name, base=BASE)
    assert done.agree == 1
    rows = rows_of(done)
    withdrawn = {row["supersedes"] for row in rows.values() if "supersedes" in row}
    ours = Counter(
        (row["addressesClaim"].removeprefix("comment-"), row["polarity"].rpartition("#")[2])
        for vote, row in rows.items()
        if vote.startswith("vote-") and vote not in withdrawn
    )
    theirs: Counter[tuple[str, str]] = Counter()
    with (shared / "polis" / name / "participants-votes.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for column, vote in row.items():
                if column.isdecimal() and vote:
                    theirs[column, {"1": "affirms", "-1": "denies", "0": "passes"}[vote]] += 1
    assert ours == theirs
