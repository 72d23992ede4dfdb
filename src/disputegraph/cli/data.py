"""The options by which every command is told its data, and what they open."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from disputegraph.store import Store

_DATA, _NETWORK, _CONTEXTS, _USER = (f"disputegraph.{name}" for name in ("data", "allow_network", "contexts", "user"))
_Function = TypeVar("_Function", bound=Callable[..., Any])


def option_group(*options: Callable[[_Function], _Function]) -> Callable[[_Function], _Function]:
    """Return a decorator that gives a command these options, in this order."""

    def decorate(function: _Function) -> _Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def _keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
    ctx.meta[f"disputegraph.{parameter.name}"] = value
    return value


def _contexts(ctx: click.Context, parameter: click.Parameter, values: Sequence[str]) -> dict[str, Path]:
    contexts = {}
    for value in values:
        # A file's name seldom holds an equals sign, an IRI often does.
        iri, equals, file = value.rpartition("=")
        if not equals or not iri or not file:
            raise click.BadParameter(f"'{value}' is not of the form IRI=FILE.")
        if not Path(file).is_file():
            raise click.BadParameter(f"there is no file '{file}'.")
        contexts[iri] = Path(file)
    _keep(ctx, parameter, contexts)
    return contexts


def _keep_user(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value and ":" in value:
        raise click.BadParameter(
            "takes the name alone: other users of this machine can read what stands in a command. Put the password "
            "into $DISPUTEGRAPH_PASSWORD or ~/.netrc."
        )
    _keep(ctx, parameter, value)
    return value


_context_file = partial(
    click.option, "--context-file", "contexts", multiple=True, metavar="IRI=FILE", callback=_contexts,
    help="Take the JSON-LD context IRI from FILE; repeatable.",
)  # fmt: skip
_user = partial(
    click.option, "--user", metavar="NAME", callback=_keep_user, help="Of a server: the user; the password is taken "
    "from $DISPUTEGRAPH_PASSWORD or ~/.netrc. A token in $DISPUTEGRAPH_SERVER_TOKENS (pairs of an address and its "
    "token) needs no user.",
)  # fmt: skip

data_options = option_group(
    click.option("-d", "--data", multiple=True, expose_value=False, callback=_keep, metavar="DATA", help="RDF file "
                 "(also .gz, .bz2, .xz), folder of them, - for standard input; repeatable. Or the store that 'load' "
                 "made, the http(s) address of a SPARQL endpoint, or a bundled dispute: junior-doctors (the whole "
                 "one), junior-doctors-2016 (one report of it). Default: $DISPUTEGRAPH_DATA, else "
                 "junior-doctors-2016."),
    click.option("--allow-network", is_flag=True, expose_value=False, callback=_keep, help="Let queries use SERVICE "
                 "and JSON-LD files fetch their contexts."),
    _context_file(expose_value=False),
    _user(expose_value=False),
)  # fmt: skip
"""Gives a command ``-d/--data``, ``--allow-network``, ``--context-file`` and ``--user``, none of which it sees.

`open_data`, `named_data` and `may_use_network` find what they were given.
"""

context_option = _context_file()
"""Gives a command ``--context-file IRI=FILE`` (as ``contexts``, a dict from IRI to path)."""

user_option = _user()
"""Gives a command ``--user`` (as ``user``)."""

lenient_option = click.option(
    "--lenient", is_flag=True, help="Leave out what is not RDF (a bad IRI, a bad line), and say how much it was."
)
"""Gives a command ``--lenient`` (as ``lenient``)."""

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

sources_option = click.option(
    "--sources", type=FOLDER, metavar="DIR", help="Folder of source texts, by which anchors are verified and from "
    "which quotes are shown."
)  # fmt: skip
"""Gives a command ``--sources DIR`` (as ``sources``), the folder of source texts."""


def quote_context_option(function: _Function) -> _Function:
    """Give a command ``--context``: how much of a source goes along with a quote."""
    from disputegraph.evidence import CONTEXTS  # here, since few commands quote

    return click.option(
        "--context",
        type=click.Choice(CONTEXTS),
        default="sentence",
        show_default=True,
        help="How much of a source goes along with a quote.",
    )(function)


def named_data() -> tuple[str, ...]:
    """Return what the user named as data; empty where that is left to the environment."""
    data: tuple[str, ...] = click.get_current_context().meta[_DATA]
    return data


def note_broken(number: int) -> None:
    """Say when the command ends how many utterances break rules, so that they are counted in part."""
    if number:
        some = f"{number:,} utterances break rules and are" if number > 1 else "1 utterance breaks rules and is"
        text = f"Note: {some} counted in part: see 'disputegraph check'."
        click.get_current_context().call_on_close(lambda: click.echo(text, err=True))


def may_use_network() -> bool:
    """Return whether the user allows the network, or asks a SPARQL endpoint, by name or through the environment."""
    from disputegraph.store import is_address

    named = named_data() or (os.environ.get("DISPUTEGRAPH_DATA", ""),)
    return click.get_current_context().meta[_NETWORK] or any(is_address(location) for location in named)


def open_data(only: str | None = None, *, base: str | None = None) -> Store:
    """Open what the user named (or `only` that), the environment's default, or the bundled dispute with a note."""
    from disputegraph.store import is_address, open_store

    locations: Sequence[str | Path] = (only,) if only else named_data()
    if not locations:
        if named := os.environ.get("DISPUTEGRAPH_DATA"):
            locations = [named] if is_address(named) else named.split(os.pathsep)
        else:
            from disputegraph.resources import BUNDLED_DISPUTE, bundled_dispute

            click.echo(f"Note: no -d/--data given; reading the bundled dispute '{BUNDLED_DISPUTE}'.", err=True)
            locations = [bundled_dispute()]
    _watch_memory()
    meta = click.get_current_context().meta
    store = open_store(locations, base=base, allow_network=meta[_NETWORK], contexts=meta[_CONTEXTS], user=meta[_USER])
    say_notes(store.notes)
    return store


def say_notes(notes: Iterable[str]) -> None:
    """Write notes to standard error, a line each."""
    for note in notes:
        click.echo(f"Note: {note}", err=True)


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
