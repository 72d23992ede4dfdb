"""`disputegraph code`: code a dispute in the browser."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
from pathlib import Path

import click

from disputegraph.rdf import PROJECT_FILE

_PORT = 8766
"""The same at every start, so that a page that was left open finds the server again."""

_TOKEN_LENGTH = 22


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--as", "coder", metavar="NAME", help="Who codes; default: the coder of disputegraph.toml.")
@click.option("--independent", is_flag=True, help="Code without sight of what others code; needs --as. Stands in "
              "independent/NAME/.")  # fmt: skip
@click.option("--title", metavar="TEXT", help="What a new dispute is called; default: the folder's name.")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="Language of a new dispute's labels.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="PORT", help=f"Port; default: {_PORT}, or a free one.")
@click.option("--no-open", is_flag=True, help="Do not open the browser, only print the address.")
def code(
    folder: Path,
    coder: str | None,
    independent: bool,
    title: str | None,
    language: str,
    port: int | None,
    no_open: bool,
) -> None:
    """Code a dispute in the browser.

    Opens the coding page over the project DIR, by default the present folder. A folder without a project gets a new
    one. The page is for this machine alone and for whoever has the address, which holds a token. Every change is on
    disk at once. Stop it with Ctrl-C.

    With --independent you see neither the codings that count nor those of other coders, and change neither; only the
    codebook is shared. The dispute's page then shows the codebook alone.
    """
    from disputegraph.coding import CODEBOOK, Project, new_project
    from disputegraph.errors import UsageError
    from disputegraph.server import ServerOptions, serve

    if independent and not coder:
        raise UsageError("to code apart from the others, say who you are: --as NAME.")
    if (folder / PROJECT_FILE).exists():
        project = Project(folder, coder=coder, independent=independent)
        for note in project.notes:
            click.echo(f"Note: {note}", err=True)
    else:
        project = new_project(folder, title=title, language=language, coder=coder)
        click.echo(f"{folder} is a new project.", err=True)
        project = Project(folder, coder=coder, independent=independent)
    if independent:
        click.echo(f"You code apart from the others, in {project.scope.codings}/.", err=True)
    # Whoever codes apart has a token of their own: a page left open must not go on with a server that shows all.
    token = _token(folder / project.scope.history)

    def started(address: str) -> None:
        link = f"{address}code/#{token}"
        click.echo(f"Code at {link}\nThe dispute's page is at {address}. Ctrl-C stops both.", err=True)
        if not no_open:
            click.launch(link)

    options = ServerOptions(
        locations=(str(folder / CODEBOOK) if independent else str(folder),),
        port=_free() if port is None else port,
        sources=project.sources if project.sources.is_dir() else None,
        watch=True,
        coding=folder,
        coder=coder,
        independent=independent,
        token=token,
    )
    serve(options, started=started)


def _token(held: Path) -> str:
    """Return the token of the project's pages, made once and readable by its owner alone.

    A page that was left open while the server was started anew goes on with it, and saves what is in its form.
    """
    path = held / "token"
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if len(known := path.read_text(encoding="ascii").strip()) >= _TOKEN_LENGTH:
            return known
    token = secrets.token_urlsafe(16)
    # A folder that cannot be written still lets itself be looked at.
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(token)
    return token


def _free() -> int:
    """Return the usual port, or 0 (a free one) if it is taken."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", _PORT))
        except OSError:
            return 0
    return _PORT
