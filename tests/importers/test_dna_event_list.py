"""DNA's event list: the statements of the database that it came from, without places in texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli.import_ import import_
from disputegraph.importers import import_dna, is_event_list
from disputegraph.model import statements
from disputegraph.networks import weigh
from disputegraph.store import open_store
from disputegraph.tables import ProblemsError

HEAD = (
    '"statement_id";"time";"person";"organization";"concept";"agreement";"score";"start_position";"stop_position";"text";'
    '"coder";"document_id";"document_title";"document_author";"document_source";"document_section";"document_type"'
)
ROWS = [
    '1;2005-01-26 00:00:00;"Ann";"Works";"Tax is right";1;3;10;20;"Yes\nsaid";2;1;"First";"Lee";"Times";"";""',
    '2;2005-01-26 00:00:00;"Bob";"Mill";"Tax is right";0;-2;30;40;"No";1;1;"First";"Lee";"Times";"";""',
    '3;2005-02-16 12:30:00;"";"Mill";"Roads";1;1;1;9;"Roads";1;2;"Second";"";"Post";"";""',
]


def written(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "events.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["dna", "sheet"])
def test_either_command_takes_it_by_its_header(tmp_path: Path, command: str) -> None:
    out = tmp_path / "out.ttl"
    done = CliRunner().invoke(import_, [command, str(written(tmp_path, *ROWS)), "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert done.output.count("positions of its 3 statements lead nowhere") == 1
    with open_store([out]) as store:
        table = statements(store)
        rows = {
            (row.polarity, str(row.date)[:16], table.names([str(row.voice)]).labels[str(row.voice)]) for row in table
        }
        assert rows == {
            ("affirms", "2005-01-26T00:00", "Works"),
            ("denies", "2005-01-26T00:00", "Mill"),
            ("affirms", "2005-02-16T12:30", "Mill"),
        }
        made = weigh(table, "conflict", between="organisations")
        assert made.matrix.sum() == 2
        assert set(table.column("source").list()) == {"Times", "Post"}
        assert table.column("score").scale == "integer"
        assert sorted(map(str, table.column("score").list())) == ["-2", "1", "3"]


def test_all_that_is_wrong_is_told_with_its_row(tmp_path: Path) -> None:
    path = written(tmp_path, ROWS[0], ROWS[0], ROWS[1].replace("2005-01-26 00:00:00", "26.1.2005"), ROWS[2][1:])
    with pytest.raises(ProblemsError) as failed:
        import_dna(path)
    told = str(failed.value)
    assert "1 stands twice" in told
    assert "'26.1.2005' is not a time" in told
    assert "'' is not a whole number" in told


def test_another_table_is_none(tmp_path: Path) -> None:
    assert not is_event_list(written(tmp_path, head="document;speaker;claim;polarity"))
    assert not is_event_list(tmp_path / "absent.csv")
    assert not is_event_list(tmp_path)


def test_the_sample_of_dna_gives_the_same_network(shared: Path, tmp_path: Path) -> None:
    made = []
    for source in ("sample.dna", "reference-2/eventlist/eventlist.csv"):
        path = tmp_path / "out.ttl"
        assert CliRunner().invoke(import_, ["dna", str(shared / "dna" / source), "-o", str(path)]).exit_code == 0
        with open_store([path]) as store:
            weights = weigh(statements(store), "subtract", between="organisations", dna_compat=True)
            made.append(([weights.labels[node] for node in weights.nodes], weights.matrix.toarray().tolist()))
    assert made[0] == made[1]
