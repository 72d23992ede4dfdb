"""`disputegraph man`: the manual pages, made from the commands themselves."""

from __future__ import annotations

from inspect import cleandoc
from pathlib import Path

import click

from disputegraph import __version__
from disputegraph.errors import OutputError, UsageError, nearest
from disputegraph.rdf import write_text


@click.command()
@click.argument("command", nargs=-1)
@click.option("--dir", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Write all pages into DIR.")
@click.pass_context
def man(ctx: click.Context, command: tuple[str, ...], folder: Path | None) -> None:
    """Print a manual page, or write them all.

    COMMAND is a command and its subcommand, if it has any; without one the page of disputegraph itself is printed. Read
    it with: disputegraph man query | man -l -
    """
    pages = dict(_pages(ctx.find_root().command, ("disputegraph",)))
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder}: cannot be made: {error.strerror}.") from None
        for path, page in pages.items():
            write_text(folder / f"{'-'.join(path)}.1", page)
        click.echo(f"{len(pages)} pages written to {folder}.", err=True)
        return
    wanted = ("disputegraph", *command)
    if wanted not in pages:
        names = [" ".join(path[1:]) for path in pages if path[1:]]
        raise UsageError(f"there is no command '{' '.join(command)}'.{nearest(' '.join(command), names)}")
    write_text(None, pages[wanted])


def _pages(command: click.Command, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
    found = [(path, _page(command, path))]
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path[-1])
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                found += _pages(below, (*path, name))
    return found


def _page(command: click.Command, path: tuple[str, ...]) -> str:
    """Return a page in the macros of man(7)."""
    name = "-".join(path)
    text = [part.replace("\b", "").split() for part in cleandoc(command.help or "").split("\n\n")]
    paragraphs = [_escaped(" ".join(words)) for words in text if words]
    with click.Context(command, info_name=" ".join(path)) as context:
        usage = _escaped(" ".join(command.collect_usage_pieces(context)))
        options = [
            record
            for parameter in command.get_params(context)
            if not getattr(parameter, "hidden", False) and (record := parameter.get_help_record(context))
        ]
        commands = []
        if isinstance(command, click.Group):
            for below in command.list_commands(context):
                one = command.get_command(context, below)
                if one is not None and not one.hidden:
                    commands.append((below, one.get_short_help_str(200)))
    lines = [
        f'.TH "{name.upper()}" "1" "" "disputegraph {__version__}" "disputegraph"',
        ".SH NAME",
        f"{name} \\- {paragraphs[0].rstrip('.') if paragraphs else name}",
        ".SH SYNOPSIS",
        f".B {' '.join(path)}",
        usage,
        ".SH DESCRIPTION",
        *(line for paragraph in paragraphs for line in (".PP", paragraph)),
    ]
    for title, entries in (("COMMANDS", commands), ("OPTIONS", options)):
        if entries:
            lines.append(f".SH {title}")
            for term, told in entries:
                lines += [".TP", f"\\fB{_escaped(term)}\\fR", _escaped(told)]
    if len(path) > 1:
        lines += [".SH SEE ALSO", f".BR {'-'.join(path[:-1])} (1)"]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Return text that roff prints as it is: a backslash, a hyphen, and what a line may not begin with."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
