"""`disputegraph analyse --report DIR`: all analyses of a dispute, with figures, settings and a methods paragraph."""

from __future__ import annotations

import contextlib
import io
import json
import platform
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from disputegraph.cli.analysis_options import analysed_statements
from disputegraph.cli.analysis_output import Analysed, collected_analyses
from disputegraph.cli.data import data_options, option_group
from disputegraph.cli.limits import limit_options
from disputegraph.cli.output import write_csv
from disputegraph.cli.printed_tables import latex_table, markdown_table
from disputegraph.cli.report_methods import data_sentence, fingerprint, methods_text
from disputegraph.cli.statement_options import network_options, statement_options
from disputegraph.errors import DisputeGraphError, UsageError
from disputegraph.rdf import open_output_folder

_ANALYSES = ("support", "contested", "coalitions", "balance", "polarisation", "brokers", "clusters", "centrality",
             "change", "backbone", "phases", "correspondence", "ideal-points")  # fmt: skip
_MOST_ROWS = 15
_LIBRARIES = ("numpy", "scipy", "networkx", "matplotlib", "python-sat")


class ReportGroup(click.Group):
    """A group of commands of which ``--report DIR`` means its command ``report``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the command before its options."""
        asked = any(each == "--report" or each.startswith("--report=") for each in args)
        if asked and not any(each in self.commands for each in args[:1]):
            args = ["report", *args]
        return super().parse_args(ctx, args)


@dataclass
class _Report:
    """What a report has so far."""

    analyses: dict[str, Analysed] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    data: str = ""
    digest: str = ""


@click.command()
@click.option("-o", "--output", "--report", "folder", required=True, metavar="DIR", help="A new folder to write.")
@data_options
@click.option("--between", default="voices", metavar="NODES", help="voices (default), speakers, organisations, or "
              "any field.")  # fmt: skip
@click.option("--over", default=None, metavar="FIELD", help="Compare over claims (default), issues, or any field.")
@network_options
@statement_options
@option_group(
    click.option("--window", default="months", metavar="UNIT", help="Time slices of the figure of polarisation: days, "
                 "weeks, months (default) or years."),
    click.option("--width", type=click.IntRange(1), default=1, metavar="N", help="Units in a time slice; default 1."),
    click.option("--null", type=click.IntRange(0), default=200, show_default=True, metavar="N", help="Shuffles for "
                 "what chance gives; 0 for none."),
    click.option("--bootstrap", type=click.IntRange(0), default=200, show_default=True, metavar="N", help="Draws for "
                 "95% intervals; 0 for none."),
    click.option("--seed", type=click.IntRange(0), default=0, metavar="N", help="Of the random numbers; default 0."),
    click.option("--no-figures", is_flag=True, help="Draw no figures."),
    click.option("--positive", metavar="ACTOR", help="The actor whose ideal point is to be positive."),
    click.option("--time-limit", type=float, default=60.0, metavar="SECONDS", help="For each analysis; default 60."),
)  # fmt: skip
@limit_options
def report(folder: str, window: str, width: int, no_figures: bool, **chosen: Any) -> None:
    """Write all analyses of a dispute into a folder, with figures and a methods paragraph.

    The folder has report.md, tables (CSV with all digits, LaTeX), results (JSON) and figures (PDF and SVG). What cannot
    be computed is named with the reason. The same data and options give the same bytes, unless a time limit was hit.
    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{folder}: is there already; name a new folder.")
    made = _Report()
    _analyse(made, chosen)
    # Its notes are those of the analyses.
    with (
        contextlib.redirect_stderr(io.StringIO()),
        analysed_statements({**chosen, "dna_compat": False}) as (table, options),
    ):
        made.data, made.digest = data_sentence(table, chosen["between"]), fingerprint(table)
        drawn = {} if no_figures else _figures(made, table, options, window, width, chosen["time_limit"])
    for note in made.notes:
        click.echo(note, err=True)
    with contextlib.suppress(OSError):  # what is wrong with it, the next line says
        target.parent.mkdir(parents=True, exist_ok=True)
    with open_output_folder(target) as place:
        _write_results(made, place)
        for name, files in drawn.items():
            (place / "figures").mkdir(exist_ok=True)
            for form, data in files.items():
                (place / "figures" / f"{name}.{form}").write_bytes(data)
        text = _text(made, {**chosen, "window": window, "width": width})
        (place / "report.md").write_text(text, encoding="utf-8", newline="\n")
    missing = f"; {len(made.missing)} could not be made" if made.missing else ""
    click.echo(f"Wrote {target / 'report.md'}: {len(made.analyses)} analyses, {len(drawn)} figures{missing}.", err=True)


def _analyse(made: _Report, chosen: dict[str, Any]) -> None:
    ctx = click.get_current_context()
    group = ctx.parent.command if ctx.parent else None
    if not isinstance(group, click.Group):
        raise UsageError("a report is a command of 'disputegraph analyse'.")
    told = {name: value for name, value in ctx.meta.items() if name.startswith("disputegraph.")}
    for name in _ANALYSES:
        command = group.commands[name]
        notes = io.StringIO()
        with collected_analyses() as found, contextlib.redirect_stderr(notes):
            try:
                child = command.make_context(name, _arguments(command, chosen), parent=ctx)
                child.meta.update({each: value for each, value in told.items() if each != "disputegraph.max_rows"})
                with child:
                    command.invoke(child)
                made.analyses[name] = found[0]
            except DisputeGraphError as error:
                made.missing[name] = str(error)
        made.notes.update(dict.fromkeys(line for line in notes.getvalue().splitlines() if line))
    ctx.meta.update(told)


def _arguments(command: click.Command, chosen: dict[str, Any]) -> list[str]:
    """Return those of the options that a command has, as it reads them."""
    made: list[str] = []
    limit = click.get_current_context().meta.get("disputegraph.max_rows")
    for each in command.params:
        value = limit if each.name == "max_rows" else chosen.get(each.name or "")
        if value is None or not isinstance(each, click.Option):
            continue
        if each.is_flag:
            made += [each.opts[0]] if value == each.flag_value and value != each.default else []
        else:
            values = value if isinstance(value, tuple | list) else [value]
            made += [part for one in values for part in (each.opts[-1], str(one))]
    return made


def _figures(
    made: _Report, table: Any, options: dict[str, Any], window: str, width: int, time_limit: float
) -> dict[str, dict[str, bytes]]:
    from disputegraph.figures import FIGURES, figure

    drawn = {}
    for kind in FIGURES:
        try:
            one = figure(table, kind, width="two", window=window, every=width, time_limit=time_limit, **options)
            drawn[kind] = {form: one.file(form) for form in ("pdf", "svg")}
            made.figures[kind] = one.caption
        except DisputeGraphError as error:
            made.missing[f"figure {kind}"] = str(error)
    return drawn


def _write_results(made: _Report, place: Path) -> None:
    for name in ("tables", "results"):
        (place / name).mkdir()
    for name, found in made.analyses.items():
        text = json.dumps({"reading": found.reading, **found.told}, ensure_ascii=False, indent=2)
        (place / "results" / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")
        for file, block in _tables(name, found):
            write_csv(block.columns, block.rows, output=str(place / "tables" / f"{file}.csv"))
            printed = latex_table(block.columns, block.rows, block.title or name)
            (place / "tables" / f"{file}.tex").write_text(printed, encoding="utf-8", newline="\n")


def _tables(name: str, found: Analysed) -> list[tuple[str, Any]]:
    """Return the tables of an analysis, each with the name of its files."""
    titles = [re.sub(r"\W+", "-", (block.title or "").split("(")[0].strip().lower()) for block in found.blocks]
    return [(f"{name}-{title}" if title else name, block) for title, block in zip(titles, found.blocks, strict=True)]


def _text(made: _Report, chosen: dict[str, Any]) -> str:
    from disputegraph import __version__

    parts = ["# Report", "## Methods", methods_text(made.data, list(made.analyses), chosen, __version__)]
    if made.notes:
        parts += ["## Notes", "\n".join(f"- {note.removeprefix('Note: ')}" for note in made.notes)]
    if made.missing:
        names: dict[str, list[str]] = {}
        for name, why in made.missing.items():
            names.setdefault(why, []).append(name)
        parts += ["## Not computed", "\n".join(f"- {', '.join(some)}: {why}" for why, some in names.items())]
    for name, found in made.analyses.items():
        parts += [f"## {name.replace('-', ' ').capitalize()}", found.reading]
        for file, block in _tables(name, found):
            parts.append(markdown_table(block.columns, block.rows[:_MOST_ROWS], block.title).rstrip("\n"))
            more = f"The first {_MOST_ROWS} of {len(block.rows)} rows. " if len(block.rows) > _MOST_ROWS else ""
            parts.append(f"{more}All digits: [CSV](tables/{file}.csv); for print: [LaTeX](tables/{file}.tex).")
    if made.figures:
        parts.append("## Figures")
    for name, caption in made.figures.items():
        parts += [f"![{name}](figures/{name}.svg)", f"{caption} [PDF](figures/{name}.pdf)"]
    settings = [[name.replace("_", " "), _setting(value)] for name, value in sorted(chosen.items())]
    settings.append(["SHA-256 of the statements", made.digest])
    versions = [["disputegraph", __version__], ["Python", platform.python_version()], *map(_version, _LIBRARIES)]
    parts += ["## Settings", markdown_table(["option", "value"], settings).rstrip("\n")]
    parts += ["## Versions", markdown_table(["program", "version"], versions).rstrip("\n")]
    return "\n\n".join(parts) + "\n"


def _setting(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "none"
    if value is None:
        return "not given"
    return str(value) if not isinstance(value, bool) else "yes" if value else "no"


def _version(name: str) -> list[str]:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return [name, version(name)]
    except PackageNotFoundError:
        return [name, "not installed"]
