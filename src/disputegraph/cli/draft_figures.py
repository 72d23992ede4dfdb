"""How good drafts are: against attributions that people marked, and against the codings of a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disputegraph.cli.output import write_json, write_jsonl, write_table
from disputegraph.cli.progress import watched

if TYPE_CHECKING:
    from disputegraph.drafting import Drafter


def write_attribution_figures(gold: Path, drafter: Drafter, form: str, output: str | None) -> None:
    """Draft the texts of a gold file, and write how the drafts agree with it."""
    from disputegraph.drafting import attribution_line, evaluate_attributions, read_attribution_lines

    told = list(read_attribution_lines(gold))
    found = [attribution_line(one["id"], drafter.draft(one["text"])) for one in watched("Drafting", every=1)(told)]
    figures = evaluate_attributions(told, found)
    if form == "table":
        rows = [(name, value if isinstance(value, int) else f"{value:.1f}") for name, value in figures.items()]
        write_table(["figure", "value"], rows, output=output, title=f"{drafter.program} {drafter.version}, {gold.name}")
    elif form == "json":
        write_json({"program": drafter.program, "version": drafter.version, **figures}, output=output)
    else:
        write_jsonl([{"program": drafter.program, "version": drafter.version, **figures}], output=output)


def write_missed(folder: Path, names: Sequence[str], program: str | None, form: str, output: str | None) -> None:
    """Write how the drafts of a project agree with its codings, and what neither has found."""
    from disputegraph.coding import Project
    from disputegraph.drafting import compare_with_codings, documents_named

    project = Project(folder)
    rows = compare_with_codings(project, documents_named(project, names) if names else (), program=program)
    if form == "json":
        write_json([asdict(row) for row in rows], output=output)
        return
    if form == "jsonl":
        write_jsonl([asdict(row) for row in rows], output=output)
        return
    columns = ["document", "coded", "drafted", "both", "from drafts", "rejected", "missed by both", "95 %"]
    write_table(
        columns,
        [
            (
                row.label,
                row.coded,
                row.drafted,
                row.both,
                row.from_drafts,
                row.rejected,
                f"{row.missed:.1f}",
                f"{row.low:.1f}-{row.high:.1f}",
            )
            for row in rows
        ],
        output=output,
    )
    click.echo(
        "Missed by both is an estimate (Chapman 1951; interval as Chao 1987): it takes coders and program for lists "
        "that know nothing of each other, and every draft for a statement. Reject those that are none first.",
        err=True,
    )
