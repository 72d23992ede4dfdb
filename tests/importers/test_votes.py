"""Roll calls long and wide become utterances, and what is no vote is asked for or told with its number."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.checks import check_integrity
from disputegraph.cli.import_ import import_
from disputegraph.cli.network import network
from disputegraph.errors import UsageError
from disputegraph.importers import Imported, import_votes
from disputegraph.model import statements
from disputegraph.store import Store, open_store
from disputegraph.tables import ProblemsError

LONG = """\
voter,party,motion,title,date,vote,whip
Ann,Left,Tax,Taxes rise,2020-01-02,Yea,1
Bob,Right,Tax,Taxes rise,2020-01-02,Nay,1
Cy,Left,Tax,Taxes rise,2020-01-02,Abstain,0
Dee,Right,Tax,Taxes rise,2020-01-02,absent,0
Ann,Left,Road,A road is built,2020-02,Yea,0
Bob,Right,Road,A road is built,2020-02,Nay,0
Cy,Left,Road,A road is built,2020-02,yes,1
Dee,Right,Road,A road is built,2020-02,,1
"""
BY_VOTER = "name;party;Tax;Road\nAnn;Left;Yea;Yea\nBob;Right;Nay;Nay\nCy;Left;Abstain;yes\nDee;Right;absent;\n"
BY_MOTION = "motion\tdate\tAnn\tBob\tCy\tDee\nTax\t2020-01-02\t+\tn\tabst.\tNV\nRoad\t2020-02\ty\tno\tja\t\n"
VOTERS = "voter,party\nAnn,Left\nBob,Right\nCy,Left\nDee,Right\nEve,Right\n"
CAST = [("Ann", "Road", "affirms"), ("Ann", "Tax", "affirms"), ("Bob", "Road", "denies"), ("Bob", "Tax", "denies"),
        ("Cy", "Road", "affirms"), ("Cy", "Tax", "neutral")]  # fmt: skip


def written(folder: Path, text: str, name: str = "votes.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def opened(done: Imported, folder: Path) -> Store:
    with (folder / "out.ttl").open("wb") as stream:
        done.triples.write(stream)
    return open_store([folder / "out.ttl"])


def cast(done: Imported, folder: Path) -> list[tuple[str, str, str]]:
    with opened(done, folder) as store:
        table = statements(store)
        keys = [key for row in table for key in (row.voice, row.claim)]
        labels = table.names(keys).labels
        return sorted((labels[row.voice], labels[row.claim], row.polarity.rpartition("#")[2]) for row in table)


@pytest.mark.parametrize(
    ("text", "name"), [(LONG, "long.csv"), (BY_VOTER, "by-voter.csv"), (BY_MOTION, "by-motion.tsv")],
)  # fmt: skip
def test_the_header_tells_the_shape_and_all_say_the_same(tmp_path: Path, text: str, name: str) -> None:
    done = import_votes(written(tmp_path, text, name))
    assert cast(done, tmp_path) == CAST
    assert done.counts == {"voters": 4, "motions": 2, "votes": 6, "yes": 3, "no": 2, "abstain": 1}
    told = "\n".join(map(str, done.warnings))
    assert "1 votes are 'absent'" in told
    assert "1 cells are empty" in told
    with opened(done, tmp_path) as store:
        assert not list(check_integrity(store))


def test_further_columns_go_to_whom_they_tell_of_and_can_be_used(tmp_path: Path) -> None:
    path, out = written(tmp_path, LONG), tmp_path / "out.ttl"
    done = CliRunner().invoke(import_, ["votes", str(path), "-o", str(out)])
    assert "'party': kept as attributes of voters." in done.output
    assert "'whip': kept as attributes of single votes." in done.output
    data = ["-d", str(out), "-f", "csv"]
    between = CliRunner().invoke(network, ["subtract", *data, "--between", "party"]).stdout.splitlines()
    assert between[1:] == ["Left,Right,Left,Right,-3,5,0,3"]
    left = CliRunner().invoke(network, ["congruence", *data, "--include", "party=Left"]).stdout.splitlines()
    assert [line.split(",")[2:5] for line in left[1:]] == [["Ann", "Cy", "1"]]
    with open_store([out]) as store:
        table = statements(store)
        assert sorted({str(row.date) for row in table}) == ["2020-01-02", "2020-02"]
        assert set(table.column("whip").list()) == {"0", "1"}
        assert len(set(table.column("document").list())) == 2


def test_sheets_of_voters_and_motions_are_joined(tmp_path: Path) -> None:
    motions = written(tmp_path, "motion,title,date,topic\nTax,Taxes rise,2020-01-02,Money\n", "motions.csv")
    voters = written(tmp_path, VOTERS, "voters.csv")
    done = import_votes(written(tmp_path, "voter,Tax,Road\nAnn,y,n\nBob,n,y\n"), voters=voters, motions=motions)
    told = "\n".join(map(str, done.warnings))
    assert "motions.csv: 1 motions are in the table alone." in told
    assert "voters.csv: 3 voters are here alone." in told
    with opened(done, tmp_path) as store:
        table = statements(store)
        assert table.column("party").list() == ["Left" if "ann" in row.voice else "Right" for row in table]
        assert {row.date for row in table if "motion-tax" in row.claim} == {"2020-01-02"}


def test_codes_are_asked_for_once_and_explained_by_an_option(tmp_path: Path) -> None:
    rows = [f"V{voter},M{motion},{(1, 6, 9)[(voter + motion) % 3]}" for voter in range(9) for motion in range(9)]
    path = written(tmp_path, "\n".join(["voter,motion,vote", *rows]))
    with pytest.raises(ProblemsError) as raised:
        import_votes(path)
    (problem,) = raised.value.problems
    assert "'1' (27), '6' (27), '9' (27)" in problem.message
    assert "--value '1=yes'" in problem.message
    done = import_votes(path, values={"1": "yes", "6": "nay", "9": "absent"})
    assert done.counts == {"voters": 9, "motions": 9, "votes": 54, "yes": 27, "no": 27}
    with pytest.raises(UsageError, match="'nope' is not one of: yes, no, abstain, absent"):
        import_votes(path, values={"1": "nope"})


def test_a_wide_table_of_codes_asks_as_well(tmp_path: Path) -> None:
    path = written(tmp_path, "name,party,M1,M2\nAnn,L,1,0\nBob,R,0,1\n")
    with pytest.raises(ProblemsError, match="'1' .2., '0' .2.") as raised:
        import_votes(path)
    assert "'L'" not in str(raised.value)
    assert import_votes(path, values={"1": "yes", "0": "no"}).counts["votes"] == 4


def test_two_votes_of_one_name_that_differ_are_refused(tmp_path: Path) -> None:
    rows = "Smith,1,Tax,yes\nSmith,2,Tax,no\nSmith,1,Tax,yes\n"
    done = import_votes(written(tmp_path, f"voter,voter_id,motion,vote\n{rows}"))
    assert done.counts["voters"] == 2
    assert "1 votes stand twice, and count once" in "\n".join(map(str, done.warnings))
    with pytest.raises(ProblemsError, match="'Smith' votes on 'Tax' twice, and differently"):
        import_votes(written(tmp_path, f"voter,key,motion,vote\n{rows}"))


def test_namesakes_with_ids_are_told_apart_in_the_sheet_of_voters(tmp_path: Path) -> None:
    votes = written(tmp_path, "voter_id,voter,motion,vote\n1,Smith,Tax,yes\n2,Smith,Tax,no\n")
    voters = written(tmp_path, "voter_id,voter,party\n1,Smith,Left\n2,Smith,Right\n", "voters.csv")
    done = import_votes(votes, voters=voters)
    assert "alone" not in "\n".join(map(str, done.warnings))
    with opened(done, tmp_path) as store:
        table = statements(store)
        sides = dict(zip((row.polarity for row in table), table.column("party").list(), strict=True))
    assert sides == {"affirms": "Left", "denies": "Right"}
    written(tmp_path, "voter,party\nSmith,Left\nsmith,Right\n", "voters.csv")
    with pytest.raises(ProblemsError, match="'smith' stands twice"):
        import_votes(votes, voters=voters)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("voter,vote\nAnn,y\n", "no column is one of motions"),
        ("voter,motion,how\nAnn,Tax,y\n", "no column is one of votes"),
        ("who,Tax\nAnn,y\n", "no column is one of voters"),
        ("voter,motion,vote,date\nAnn,Tax,y,2.5.2020\n", "2020-05-02 if the day comes first"),
        ("voter,motion,vote\nAnn,,y\n", "has no motion"),
        ("voter,party\nAnn,L\n", "no column holds votes"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ProblemsError, match=message):
        import_votes(written(tmp_path, text))
    with pytest.raises(UsageError, match="has no column 'nobody'"):
        import_votes(written(tmp_path, text), mapping={"nobody": "voter"})
