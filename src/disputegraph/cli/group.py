"""The command group: which commands there are, loaded lazily, and what becomes of an error."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, TextIO, cast

import click

from disputegraph import __version__
from disputegraph.cli.shown_text import ShownStream
from disputegraph.cli.standard_streams import INTERRUPTED, heed_interrupts, open_closed_streams
from disputegraph.errors import DisputeGraphError, OutputError, nearest

BUG = 70

# Name -> one line of help. The line stands here too so that the list of commands imports none of them; a test holds it
# equal to the command's own.
COMMANDS = {
    "demo": "Do the main job on the bundled dispute and say what came of it.",
    "query": "Answer a SPARQL query.",
    "queries": "List the named queries with their questions and parameters.",
    "actors": "List the actors.",
    "claims": "List the claims with their utterances.",
    "utterances": "List the utterances.",
    "show": "Show all that is known of one actor, claim or statement, evidence included.",
    "check": "Check the data: integrity rules, shapes, evidence.",
    "load": "Load files into a store on disk, or into a server.",
    "backup": "Copy a store on disk to a new folder, checked.",
    "restore": "Bring a backup back as a store on disk.",
    "convert": "Convert RDF files from one format to another.",
    "network": "Build a network and write it for other tools.",
    "analyse": "Analyse coalitions, balance, contested claims and more.",
    "figure": "Draw a figure for print, and say what its caption must.",
    "page": "Write the dispute as one interactive HTML page.",
    "site": "Write the dispute as a static site for any web host.",
    "serve": "Serve the dispute on this machine: page, SPARQL endpoint, query editor, linked data.",
    "mcp": "Answer an assistant from the dispute, by the Model Context Protocol on standard input and output.",
    "ontology": "Print a part of the ontology.",
    "new": "Lay out a folder for coding a dispute of your own.",
    "add": "Take texts into a project: plain text, HTML, PDF or DOCX.",
    "draft": "Propose statements: who says what in a text, word for word.",
    "code": "Code a dispute in the browser.",
    "agree": "Measure how far coders agree who coded apart from each other.",
    "import": "Import codings made elsewhere.",
    "export": "Export for work elsewhere.",
    "anchors": "Mend the anchors of evidence.",
    "reconcile": "Propose who is who in another place, by a reconciliation service.",
    "merge": "Join dispute files, unifying what is surely the same.",
    "upgrade": "Rewrite data of version 0.1 for version 0.2 of the ontology.",
    "diff": "Tell what changed between two versions of a dispute.",
    "completion": "Print the completion script of a shell.",
}

_FILES = dict.fromkeys(("actors", "claims", "utterances"), "listings") | {
    "import": "import_",
    "restore": "backup",
    "code": "coding",
}
"""The files of commands that have not their own name."""


class _LazyGroup(click.Group):
    """A group that imports a command when it is called, and turns our errors into a line and an exit code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta["disputegraph.arguments"] = list(args)  # for `cli.limits`, which starts the same command again
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"disputegraph.cli.{_FILES.get(cmd_name, cmd_name)}")
        command = getattr(module, "import_" if cmd_name == "import" else cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101  # the table above names commands
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            message = error.format_message().split(" Did you mean")[0].rstrip(".")
            raise click.UsageError(f"{message}.{nearest(args[0], COMMANDS)}", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(self, *args: Any, **options: Any) -> Any:
        if sys.stdin is sys.__stdin__:  # we are the program, and nobody has put other streams in place
            open_closed_streams()
            heed_interrupts()
        stream = sys.stderr
        sys.stderr = cast("TextIO", ShownStream(stream))  # messages quote data and file names
        try:
            return super().main(*args, **options)
        except (OSError, OutputError) as error:  # of --help, before a command is called
            click.echo(f"Error: {_of_the_system(error) if isinstance(error, OSError) else error}", err=True)
            sys.exit(OutputError.exit_code)
        finally:
            sys.stderr = stream

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DisputeGraphError as error:
            failure = click.ClickException(str(error))
            failure.exit_code = error.exit_code  # type: ignore[misc]  # click says class variable, and reads ours
            raise failure from None
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(INTERRUPTED)
        except OSError as error:
            if os.environ.get("DISPUTEGRAPH_DEBUG"):
                raise
            click.echo(f"Error: {_of_the_system(error)}", err=True)
            ctx.exit(3 if error.filename else OutputError.exit_code)
        except MemoryError:
            click.echo("Error: out of memory.", err=True)
            ctx.exit(4)
        except RecursionError:
            click.echo("Error: the data is nested too deeply.", err=True)
            ctx.exit(3)
        except Exception as error:
            if os.environ.get("DISPUTEGRAPH_DEBUG"):
                raise
            click.echo(
                f"Error: {type(error).__name__}: {error}\nThis is a bug in disputegraph {__version__}, not in your "
                "data. Set DISPUTEGRAPH_DEBUG=1 to see where, and report it with the command you ran.",
                err=True,
            )
            ctx.exit(BUG)


def _of_the_system(error: OSError) -> str:
    """Return what the system says of a file, or of standard output, which alone has no name."""
    return f"{error.filename or 'standard output'}: {error.strerror or error}."


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="disputegraph")
def main() -> None:
    """A knowledge graph of a public dispute: who says what about whom, on what evidence.

    Without -d/--data a command reads $DISPUTEGRAPH_DATA, else the bundled dispute. Results go to standard output or
    to -o FILE, everything else to standard error. Exit codes: 0 done, 1 the answer is no, 2 usage, 3 unreadable data
    or query, 4 a limit was hit, 70 a bug, 130 Ctrl-C.
    """
    if hasattr(sys.stdout, "reconfigure"):
        # The same bytes on every machine, whatever its locale.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
