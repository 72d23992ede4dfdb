"""The reference page of the command line, from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc

import click

from disputegraph.cli import main

__all__ = ["commands_page", "walk"]


def commands_page() -> str:
    """Return the page as Markdown."""
    lines = ["# Commands", "", _paragraphs(main.help or ""), ""]
    for path, command in walk(main, "disputegraph"):
        usage = " ".join([path, *command.collect_usage_pieces(click.Context(command))])
        lines += [f"## `{path}` {{ #{path.replace(' ', '-')} }}", "", f"    {usage}", ""]
        lines += [_paragraphs(command.help or ""), ""]
        options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
        if options:
            lines += ["| option | |", "|---|---|"]
            with click.Context(command, info_name=path) as context:
                for option in options:
                    record = option.get_help_record(context)
                    if record:
                        lines.append(f"| `{_cell(record[0])}` | {_cell(record[1])} |")
            lines.append("")
    return "\n".join(lines)


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command below a group with its full name, in the order of the help."""
    if not isinstance(command, click.Group):
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        try:
            found = command.get_command(context, name)
        except ImportError:  # listed, and its module is not there yet
            continue
        if found is None or found.hidden:
            continue
        yield f"{path} {name}", found
        yield from walk(found, f"{path} {name}")


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.replace("\b", "").split()) for part in cleandoc(text).split("\n\n"))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
