"""`disputegraph check`: integrity rules, shapes and evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from disputegraph.checks import Finding, check_integrity, check_shapes, integrity_rules
from disputegraph.cli.data import data_options, named_data, open_data, say_notes, sources_option
from disputegraph.cli.output import chosen_format, format_option, output_option, write_json, write_table
from disputegraph.rdf import PROJECT_FILE
from disputegraph.store import Store

TO_DO = "to do"
_UNUTTERED = "claim-nobody-utters"


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

    In a project, what is missing as long as coding goes on is "to do", as the coding page has it. Exits with 1 if
    something is wrong or to do; warnings alone are no wrong.
    """
    form = chosen_format(format, output, {"json": "json"}, "table")
    with open_data() as store:
        findings = list(check_integrity(store))
        if shacl:
            findings += check_shapes(store)
        evidence = _evidence(store, sources) if sources else []
    findings += [finding for finding, _ in evidence if finding is not None]
    if len(named_data()) == 1 and Path(named_data()[0], PROJECT_FILE).is_file():
        findings = [replace(each, severity=TO_DO) if _is_to_do(each) else each for each in findings]
        findings = _without_adjudicable(findings, Path(named_data()[0]))
    statuses = Counter(status for _, status in evidence)
    wrong = sum(finding.severity == "violation" for finding in findings)
    open_ = sum(finding.severity == TO_DO for finding in findings)
    if form == "json":
        write_json(
            {
                "ok": not wrong and not open_,
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
    ctx.exit(1 if wrong or open_ else 0)


def _without_adjudicable(findings: list[Finding], project: Path) -> list[Finding]:
    """Leave out claims that coders, apart from each other, let somebody utter: they wait for adjudication."""
    from disputegraph.coding import claims_coded_apart

    apart = claims_coded_apart(project) if any(each.check == _UNUTTERED for each in findings) else frozenset()
    left = [each for each in findings if each.check != _UNUTTERED or each.node not in apart]
    if count := len(findings) - len(left):
        many = "1 claim is" if count == 1 else f"{count:,} claims are"
        say_notes([f"{many} uttered in independent/ alone, where nothing counts until it is adjudicated."])
    return left


def _is_to_do(finding: Finding) -> bool:
    from disputegraph.coding import is_later

    return finding.severity == "violation" and is_later(finding)


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
        told = f"{report.status}: {report.message}"
        found.append((Finding(severity, "evidence", report.anchor, told), report.status))
    return found


def _summary(findings: list[Finding], wrong: int, shacl: bool, statuses: Counter[str], sources: bool) -> str:
    parts = [f"{len(integrity_rules())} integrity rules"] + (["the SHACL shapes"] if shacl else [])
    open_ = sum(finding.severity == TO_DO for finding in findings)
    warnings = len(findings) - wrong - open_
    text = f"{' and '.join(parts)}: {wrong} violation{'s' * (wrong != 1)}, {warnings} warning{'s' * (warnings != 1)}"
    text += f", {open_:,} still to do." if open_ else "."
    if sources:
        total = sum(statuses.values())
        text += f" {statuses['verified']} of {total} anchors verified"
        text += (
            "".join(f", {count} {status}" for status, count in sorted(statuses.items()) if status != "verified") + "."
        )
    return text
