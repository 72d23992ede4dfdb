"""Event lists: order, ties, signs, labels that several share, and what has no date."""

from __future__ import annotations

import csv
from pathlib import Path

from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.networks import EVENT_COLUMNS, event_rows
from tests.written_statements import table_of

ROWS = [
    ("u1", "urn:b", "urn:c", "denies", "2020-01-02"),
    ("u2", "urn:a", "urn:c", "affirms", "2020-01-01"),
    ("u3", "urn:b", "urn:d", "neutral", "2020-01-02"),
    ("u4", "urn:a", "urn:d", "", "2020-01-03T00:00:10"),
    ("u5", "urn:a", "urn:d", "affirms", ""),
    ("u6", "", "urn:d", "affirms", "2020-01-04"),
]


def events() -> list[dict[str, object]]:
    names = ("utterance", "speaker", "claim", "polarity", "date")
    labels = {"urn:a": "Ada", "urn:b": "Ben", "urn:c": "It leaks", "urn:d": "It leaks"}
    table = table_of(ROWS, names, **labels)
    return [dict(zip(EVENT_COLUMNS, row, strict=True)) for row in event_rows(table)]


def test_events_come_in_order_and_those_of_one_day_are_tied() -> None:
    found = events()
    assert [each["utterance"] for each in found] == ["u2", "u1", "u3", "u4"]
    assert [each["sequence"] for each in found] == [1, 2, 2, 3]
    assert [each["time"] for each in found] == [1577836800, 1577923200, 1577923200, 1578009610]
    assert [each["sign"] for each in found] == [1, -1, 0, None]
    assert {each["increment"] for each in found} == {1}
    assert [each["sender"] for each in found] == ["Ada", "Ben", "Ben", "Ada"]
    # Two claims of one name stay two nodes.
    assert [each["receiver"] for each in found][:3] == ["It leaks <urn:c>", "It leaks <urn:c>", "It leaks <urn:d>"]


def test_command(tmp_path: Path) -> None:
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <urn:x:> ."]
    for number, day in enumerate(("2020-02-01", "", "2020-01-01")):
        said = f' ; dg:saidOn "{day}"^^<http://www.w3.org/2001/XMLSchema#date>' if day else ""
        lines.append(
            f":u{number} a dg:Utterance ; dg:speaker :a ; dg:addressesClaim :c ; dg:polarity dg:affirms{said} ."
        )
    (tmp_path / "d.ttl").write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(main, ["export", "events", "-d", str(tmp_path / "d.ttl")])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [(row["date"], row["sender"], row["sign"]) for row in rows] == [
        ("2020-01-01", "a", "1"),
        ("2020-02-01", "a", "1"),
    ]
    assert "1 statement without a date is left out by export events" in done.stderr
    assert "2 events." in done.stderr
