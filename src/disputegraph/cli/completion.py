"""`disputegraph completion`: what a shell needs to complete our commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from disputegraph.rdf import write_text


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all; default: standard output.")
@click.pass_context
def completion(ctx: click.Context, shell: str, output: str | None) -> None:
    """Print the completion script of a shell.

    For bash: disputegraph completion bash > ~/.local/share/bash-completion/completions/disputegraph. For zsh, write it
    as _disputegraph into a folder of your $fpath; for fish, into ~/.config/fish/completions/disputegraph.fish.
    """
    found = get_completion_class(shell)
    assert found is not None  # noqa: S101  # click knows the shells that are offered
    script = found(ctx.find_root().command, {}, "disputegraph", "_DISPUTEGRAPH_COMPLETE").source()
    write_text(output, script.strip("\n") + "\n")
