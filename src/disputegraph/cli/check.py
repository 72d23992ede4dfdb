"""`disputegraph check`: integrity rules, shapes and evidence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disputegraph.checks import Finding, check_integrity, check_shapes, integrity_rules
from disputegraph.cli.data import data_options, open_data, say_notes, sources_option
from disputegraph.cli.output import chosen_format, format_option, output_option, write_json, write_table
from disputegraph.store import Store

if TYPE_CHECKING:
    from disputegraph.evidence import AnchorReport


@click.command()
@data_options
@sources_option
@click.option("--shacl", is_flag=True, help="Validate against the SHACL shapes too (slow above some thousand claims).")
@format_option(["table", "json"])
@output_option
@click.pass_context
def check(
    ctx: click.Context,
    sources: Path | None,
    shacl: bool,
    format: str | None,
    output: str | None,
) -> None:
    """Check the data: integrity rules, shapes, evidence.

    Exits with 1 if something is wrong; warnings alone are no wrong.
    """
    form = chosen_format(format, output, {"json": "json"}, "table")
    with open_data() as store:
        findings = list(check_integrity(store))
        if shacl:
            findings += check_shapes(store)
        evidence = _evidence(store, sources) if sources else []
    findings += [finding for finding, _ in evidence if finding is not None]
    statuses = Counter(status for _, status in evidence)
    wrong = sum(finding.severity == "violation" for finding in findings)
    if form == "json":
        write_json(
            {
                "ok": not wrong,
                "rules": len(integrity_rules()),
                "shacl": shacl,
                "anchors": dict(sorted(statuses.items())) if sources else None,
                "findings": [finding.to_dict() for finding in sorted(findings)],
            },
            output=output,
        )
    else:
        rows = [(f.severity, f.check, f.message, f.node) for f in sorted(findings)]
        if rows:
            write_table(["severity", "check", "message", "node"], rows, output=output)
        click.echo(_summary(findings, wrong, shacl, statuses, bool(sources)), err=bool(rows))
    ctx.exit(1 if wrong else 0)


def _evidence(store: Store, folder: Path) -> list[tuple[Finding | None, str]]:
    """Return for each anchor its status, and what is to be said where it is not verified."""
    from disputegraph.evidence import Sources, verify_anchors

    found: list[tuple[Finding | None, str]] = []
    sources = Sources(folder)
    say_notes(sources.notes())
    for report in verify_anchors(store, sources):
        if report.status == "verified":
            found.append((None, report.status))
            continue
        severity = "warning" if report.status == "re-found" else "violation"
        found.append((Finding(severity, "evidence", report.anchor, _said(report)), report.status))
    return found


def _said(report: AnchorReport) -> str:
    place = f"{report.start}–{report.end}"
    if report.file is None:
        return f"lost: the folder has no text of {report.document}, so {place} cannot be verified"
    if report.status == "re-found":
        return (
            f"re-found: {place} now stands at {report.new_start}–{report.new_end} of {report.file}; "
            "'disputegraph anchors repair' rewrites it"
        )
    if report.status == "ambiguous":
        return f"ambiguous: the words of {place} stand several times in {report.file}, and not there"
    return f"lost: the words of {place} stand nowhere in {report.file}"


def _summary(findings: list[Finding], wrong: int, shacl: bool, statuses: Counter[str], sources: bool) -> str:
    parts = [f"{len(integrity_rules())} integrity rules"] + (["the SHACL shapes"] if shacl else [])
    warnings = len(findings) - wrong
    text = f"{' and '.join(parts)}: {wrong} violation{'s' * (wrong != 1)}, {warnings} warning{'s' * (warnings != 1)}."
    if sources:
        total = sum(statuses.values())
        text += f" {statuses['verified']} of {total} anchors verified"
        text += (
            "".join(f", {count} {status}" for status, count in sorted(statuses.items()) if status != "verified") + "."
        )
    return text
