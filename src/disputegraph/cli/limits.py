"""The options that limit what a command may use, and the worker in which a limited or isolated command runs."""

from __future__ import annotations

import contextlib
import functools
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from disputegraph.errors import LimitError, UsageError
from disputegraph.store import Store

_MAX_ROWS = "disputegraph.max_rows"
_RESERVE = 256  # MiB; the engine reserves 200 MB whenever it loads a file, and uses little of it
_Function = TypeVar("_Function", bound=Callable[..., Any])


def limit_options(function: _Function) -> _Function:
    """Give a command ``--timeout``, ``--max-rows`` and ``--max-memory``, none of which it sees.

    With a limit of time or memory the command runs in a worker process that is killed when the limit is hit. Rows are
    counted where `limit_rows` is told of the store. Stands below ``@click.command()``.
    """

    @click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="S", help="Stop after S seconds "
                  "(exit code 4).")  # fmt: skip
    @click.option("--max-rows", type=click.IntRange(min=0), metavar="N", help="Refuse an answer of more than N rows.")
    @click.option("--max-memory", type=click.IntRange(min=1), metavar="MB", help="Stop when the work takes more than "
                  "MB megabytes beside the program itself (Linux).")  # fmt: skip
    @functools.wraps(function)
    def limited(
        *arguments: Any, timeout: float | None, max_rows: int | None, max_memory: int | None, **options: Any
    ) -> Any:
        from disputegraph.process import in_worker

        ctx = click.get_current_context()
        ctx.meta[_MAX_ROWS] = max_rows
        if (timeout is None and max_memory is None) or in_worker():
            return function(*arguments, **options)
        return ctx.exit(_run_again(ctx, timeout=timeout, max_memory=max_memory))

    return cast("_Function", limited)


def limit_rows(store: Store) -> None:
    """Hold the answers of `store` to ``--max-rows``, if it was given."""
    store.max_rows = click.get_current_context().meta.get(_MAX_ROWS)


def isolate_query() -> None:
    """Go on in a worker that cannot open a socket and sees no secrets, for a query that is not the user's own words.

    Where the system cannot do that, say so on standard error.
    """
    from disputegraph.process import can_fork, forget_secrets, in_worker, isolate

    ctx = click.get_current_context()
    if can_fork() and not in_worker():
        ctx.exit(_run_again(ctx))
    forget_secrets()
    if not isolate():
        click.echo(
            "Note: this system cannot keep a process from the network; the query's text alone was checked for SERVICE.",
            err=True,
        )


def _run_again(ctx: click.Context, *, timeout: float | None = None, max_memory: int | None = None) -> int:
    """Run the whole command line in a worker, pass on what it has written, and return its exit code.

    What it writes to standard output is passed on when it has ended by itself, so that an answer that was cut short is
    never taken for a whole one. Unfinished output files of a worker that was killed are removed.
    """
    from disputegraph.process import Worker, WorkerError, can_fork
    from disputegraph.rdf import open_output

    if not can_fork():
        raise UsageError("--timeout and --max-memory need a system that can fork; on Windows use them under WSL.")
    with tempfile.TemporaryDirectory(prefix="disputegraph-") as folder:
        parts = Path(folder) / "parts"
        with (Path(folder) / "out").open("w+b") as out, (Path(folder) / "err").open("w+b") as err:
            worker = Worker(
                lambda: _command(ctx, parts),
                max_memory=max_memory,
                reserve=_RESERVE,
                isolated=False,  # the command may ask a server; a query that is not the user's own isolates itself
                stdio=(0, out.fileno(), err.fileno()),
            )
            try:
                head, _ = worker.ask({}, timeout=timeout)
            except WorkerError as error:
                option = {"time": "(--timeout)", "memory": "(--max-memory)"}.get(error.kind)
                reason = str(error).replace("was hit", f"{option} was hit")
                raise LimitError(f"stopped: {reason}; nothing was written.") from None
            finally:
                worker.kill()
                _remove(parts)
            err.seek(0)
            click.echo(err.read(), nl=False, err=True)
            out.seek(0)
            with open_output(None) as output:
                while piece := out.read(1 << 20):
                    output.write(piece)
            return int(head["exit_code"])


def _command(ctx: click.Context, parts: Path) -> Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]:
    from disputegraph.rdf import PARTS

    os.environ[PARTS] = str(parts)

    def run(_head: dict[str, Any], _body: bytes) -> tuple[dict[str, Any], bytes]:
        import sys

        root = ctx.find_root()
        try:
            root.command.main(ctx.meta["disputegraph.arguments"], prog_name=root.info_name)
        except SystemExit as exit_:
            code = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
        else:
            code = 0
        sys.stdout.flush()
        sys.stderr.flush()
        return {"exit_code": code}, b""

    return run


def _remove(parts: Path) -> None:
    with contextlib.suppress(OSError):
        for line in parts.read_text(encoding="utf-8").splitlines():
            Path(line).unlink(missing_ok=True)
