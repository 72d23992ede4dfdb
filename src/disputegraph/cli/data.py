"""The options by which every command is told its data, and what they open."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from disputegraph.store import Store

__all__ = ["asks_server", "context_option", "data_options", "open_data", "sources_option", "user_option"]

_CONTEXTS, _USER = "disputegraph.contexts", "disputegraph.user"
_Function = TypeVar("_Function", bound=Callable[..., Any])


def data_options(function: _Function) -> _Function:
    """Give a command ``-d/--data`` (as ``data``) and ``--allow-network`` (as ``allow_network``).

    ``--user`` and ``--context-file`` come with them; `open_data` finds what they were given.
    """
    function = _context_file(expose_value=False)(_user(expose_value=False)(function))
    function = click.option(
        "--allow-network",
        is_flag=True,
        help="Let queries use SERVICE and JSON-LD files fetch their contexts.",
    )(function)
    return click.option(
        "-d",
        "--data",
        multiple=True,
        metavar="DATA",
        help="RDF file (also .gz, .bz2, .xz), folder of them, - for standard input; repeatable. Or the store that "
        "'load' made, or the http(s) address of a SPARQL endpoint. Default: $DISPUTEGRAPH_DATA, else the bundled "
        "dispute.",
    )(function)


def context_option(function: _Function) -> _Function:
    """Give a command ``--context-file IRI=FILE`` (as ``contexts``, a dict from IRI to path)."""
    return _context_file(expose_value=True)(function)


def user_option(function: _Function) -> _Function:
    """Give a command ``--user`` (as ``user``)."""
    return _user(expose_value=True)(function)


def _context_file(*, expose_value: bool) -> Callable[[_Function], _Function]:
    return click.option(
        "--context-file",
        "contexts",
        multiple=True,
        metavar="IRI=FILE",
        callback=_contexts,
        expose_value=expose_value,
        help="Take the JSON-LD context IRI from FILE; repeatable.",
    )


def _contexts(ctx: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> dict[str, Path]:
    contexts = {}
    for value in values:
        # A file's name seldom holds an equals sign, an IRI often does.
        iri, equals, file = value.rpartition("=")
        if not equals or not iri or not file:
            raise click.BadParameter(f"'{value}' is not of the form IRI=FILE.")
        if not Path(file).is_file():
            raise click.BadParameter(f"there is no file '{file}'.")
        contexts[iri] = Path(file)
    ctx.meta[_CONTEXTS] = contexts
    return contexts


def _user(*, expose_value: bool) -> Callable[[_Function], _Function]:
    return click.option(
        "--user",
        metavar="NAME",
        callback=_keep_user,
        expose_value=expose_value,
        help="Of a server: the user; the password is taken from $DISPUTEGRAPH_PASSWORD or ~/.netrc. A token in "
        "$DISPUTEGRAPH_SERVER_TOKENS (pairs of an address and its token) needs no user.",
    )


def _keep_user(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value and ":" in value:
        raise click.BadParameter(
            "takes the name alone: other users of this machine can read what stands in a command. Put the password "
            "into $DISPUTEGRAPH_PASSWORD or ~/.netrc."
        )
    ctx.meta[_USER] = value
    return value


def sources_option(function: _Function) -> _Function:
    """Give a command ``--sources DIR`` (as ``sources``), the folder of source texts."""
    return click.option(
        "--sources",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder of source texts, by which anchors are verified and from which quotes are shown.",
    )(function)


def asks_server(data: Sequence[str]) -> bool:
    """Return whether the user named a SPARQL endpoint as data, or the environment does."""
    from disputegraph.store import is_address

    named = data or (os.environ.get("DISPUTEGRAPH_DATA", ""),)
    return any(is_address(location) for location in named)


def open_data(data: Sequence[str], *, base: str | None = None, allow_network: bool = False) -> Store:
    """Open what the user named, the environment's default, or the bundled dispute with a note on stderr."""
    from disputegraph.store import is_address, open_store

    locations: Sequence[str | Path] = data
    if not locations:
        if named := os.environ.get("DISPUTEGRAPH_DATA"):
            locations = [named] if is_address(named) else named.split(os.pathsep)
        else:
            from disputegraph.resources import BUNDLED_DISPUTE, bundled_dispute

            click.echo(f"Note: no -d/--data given; reading the bundled dispute '{BUNDLED_DISPUTE}'.", err=True)
            locations = [bundled_dispute()]
    _watch_memory()
    meta = click.get_current_context().meta
    store = open_store(
        locations, base=base, allow_network=allow_network, contexts=meta.get(_CONTEXTS), user=meta.get(_USER)
    )
    for note in store.notes:
        click.echo(f"Note: {note}", err=True)
    return store


@cache
def _watch_memory() -> None:
    from disputegraph.process import MOST_MEMORY, watch_memory

    def stop(megabytes: int) -> None:
        from disputegraph.rdf import remove_unfinished

        remove_unfinished()
        text = (
            f"Error: stopped: memory runs out ({megabytes:,} MB in use); nothing more was written. Ask for less; "
            f"--max-memory and ${MOST_MEMORY} set bounds. If the data are a store on disk that answered before, it "
            "may be damaged: build it anew with 'disputegraph load … --replace', or bring back a backup.\n"
        )
        os.write(2, text.encode())
        os._exit(4)  # the engine, at work in another thread, hears of nothing else

    watch_memory(stop)
