"""The options by which every command is told its data, and what they open."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from disputegraph.store import Store, open_store

__all__ = ["data_options", "open_data", "sources_option"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def data_options(function: _Function) -> _Function:
    """Give a command ``-d/--data`` (as ``data``) and ``--allow-network`` (as ``allow_network``)."""
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
        help="RDF file (also .gz, .bz2, .xz), folder of them, or - for standard input; repeatable. "
        "Default: $DISPUTEGRAPH_DATA, else the bundled dispute.",
    )(function)


def sources_option(function: _Function) -> _Function:
    """Give a command ``--sources DIR`` (as ``sources``), the folder of source texts."""
    return click.option(
        "--sources",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder of source texts, by which anchors are verified and from which quotes are shown.",
    )(function)


def open_data(data: Sequence[str], *, base: str | None = None, allow_network: bool = False) -> Store:
    """Open what the user named, the environment's default, or the bundled dispute with a note on stderr."""
    locations: Sequence[str | Path] = data
    if not locations:
        if named := os.environ.get("DISPUTEGRAPH_DATA"):
            locations = named.split(os.pathsep)
        else:
            from disputegraph.resources import BUNDLED_DISPUTE, bundled_dispute

            click.echo(f"Note: no -d/--data given; reading the bundled dispute '{BUNDLED_DISPUTE}'.", err=True)
            locations = [bundled_dispute()]
    return open_store(locations, base=base, allow_network=allow_network)
