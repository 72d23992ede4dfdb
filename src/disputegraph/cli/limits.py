"""The options that limit what a command may use."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

import click

from disputegraph.store import Store

__all__ = ["limit_options", "limit_rows"]

_MAX_ROWS = "disputegraph.max_rows"
_Function = TypeVar("_Function", bound=Callable[..., Any])


def limit_options(function: _Function) -> _Function:
    """Give a command ``--timeout``, ``--max-rows`` and ``--max-memory``, none of which it sees.

    With a limit of time or memory the command runs in a child process that is killed when the limit is hit. Rows are
    counted where `limit_rows` is told of the store. Stands below ``@click.command()``.
    """

    @click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="S",
        help="Stop after S seconds (exit code 4).",
    )
    @click.option("--max-rows", type=click.IntRange(min=0), metavar="N", help="Refuse an answer of more than N rows.")
    @click.option(
        "--max-memory", type=click.IntRange(min=1), metavar="MB", help="Stop when more than MB megabytes are in use."
    )
    @functools.wraps(function)
    def limited(
        *arguments: Any, timeout: float | None, max_rows: int | None, max_memory: int | None, **options: Any
    ) -> Any:
        ctx = click.get_current_context()
        ctx.meta[_MAX_ROWS] = max_rows
        if timeout is None and max_memory is None:
            return function(*arguments, **options)
        from disputegraph.limits import be_the_child, is_child, run_limited
        from disputegraph.rdf import open_output

        if is_child():
            be_the_child()
            return function(*arguments, **options)
        with open_output(None) as output:
            outcome = run_limited(ctx.meta["disputegraph.arguments"], output, timeout=timeout, max_memory=max_memory)
        if outcome.said:
            click.echo(outcome.said, nl=False, err=True)
        return ctx.exit(outcome.exit_code)

    return cast("_Function", limited)


def limit_rows(store: Store) -> None:
    """Hold the answers of `store` to ``--max-rows``, if it was given."""
    store.max_rows = click.get_current_context().meta.get(_MAX_ROWS)
