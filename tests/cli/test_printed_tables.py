"""Tables of analyses for print."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli.analyse import analyse
from disputegraph.cli.printed_tables import latex_table, markdown_table
from disputegraph.resources import bundled_dispute

ROWS = [["A & B_1 | 50%", 0.123456, 3], ["{x}\n~^\\", None, 12]]


def test_markdown_escapes_and_rounds() -> None:
    assert markdown_table(["who", "share", "n"], ROWS, "Who *speaks*").splitlines() == [
        r"**Who \*speaks\***",
        "",
        "| who | share | n |",
        "|---|---:|---:|",
        r"| A & B\_1 \| 50% | 0.123 | 3 |",
        r"| {x} ~^\\ |  | 12 |",
    ]


def test_latex_escapes_and_rounds() -> None:
    text = latex_table(["who", "share", "n"], ROWS, "50 %")
    assert r"\caption{50 \%}" in text
    assert r"\begin{tabular}{lrr}" in text
    assert r"A \& B\_1 | 50\% & 0.123 & 3 \\" in text
    assert r"\{x\} \textasciitilde{}\textasciicircum{}\textbackslash{} &  & 12 \\" in text


@pytest.mark.parametrize("command", ["contested", "centrality", "clusters", "balance"])
def test_every_analysis_can_be_printed(command: str, tmp_path: Path) -> None:
    asked = [command, "-d", str(bundled_dispute())]
    for suffix, begins in (("md", ""), ("tex", "\\begin{table}")):
        out = tmp_path / f"out.{suffix}"
        done = CliRunner().invoke(analyse, [*asked, "-o", str(out)])
        assert done.exit_code == 0, done.output
        assert out.read_text(encoding="utf-8").startswith(begins)
    done = CliRunner().invoke(analyse, [*asked, "-f", "csv"])
    assert done.exit_code == 0, done.output
    head, *rows = csv.reader(io.StringIO(done.stdout))
    assert rows
    assert {len(row) for row in rows} == {len(head)}
