"""Start the server, say where it is, and stop it cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from disputegraph.errors import UsageError
from disputegraph.process import can_fork
from disputegraph.server.options import ServerOptions


def serve(options: ServerOptions, *, started: Callable[[str], None] | None = None) -> None:
    """Serve a dispute until the process is told to stop (Ctrl-C, SIGTERM).

    Args:
        options: what to serve, and how.
        started: called with the address once the first request would be answered.

    Raises:
        UsageError: the port is taken, or the options contradict each other.
        DataError: the data cannot be read.
    """
    _check(options)
    listening = _listen(options.host, options.port)
    with contextlib.closing(listening), _temporary_folder() as folder:
        from disputegraph.server.served_data import ServedData

        data = ServedData(options, folder)  # loads while the web server's libraries are imported
        import uvicorn

        from disputegraph.server.app import create_app

        try:
            application = create_app(options, data)
        except BaseException:
            data.close()
            raise
        config = uvicorn.Config(
            application,
            http="h11",  # which bounds a head that comes in pieces
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=options.limits.connections,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=5,
            backlog=1024,
        )
        address = _address(options.host, listening)
        server = uvicorn.Server(config)

        def stop(number: int, frame: FrameType | None) -> None:
            if not server.should_exit:
                signal.default_int_handler(number, frame)

        # uvicorn raises the signal that stopped it again at its end, when there is still something to clear up. Of
        # SIGINT asyncio takes care.
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_run(server, data, listening, lambda: started(address) if started else None))


async def _run(server: Any, data: Any, listening: socket.socket, tell: Callable[[], None]) -> None:
    try:
        await data.start()
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        told = False
        while not serving.done():
            await asyncio.wait({serving}, timeout=0.05)
            if server.started and not told:
                told = True
                tell()
            if server.should_exit:
                data.pool.stop()  # who waits is told, and the server need not wait for their queries
        await serving
    finally:
        data.close()


@contextlib.contextmanager
def _temporary_folder() -> Iterator[Path]:
    """Make a folder that is removed when this process ends, in whatever way.

    A process of its own waits for the end of a pipe, which comes when nobody holds the other end.
    """
    folder = Path(tempfile.mkdtemp(prefix="disputegraph-serve-"))
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.setsid()
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            os.dup2(reading, 3)
            os.closerange(4, 1 << 12)
            nowhere = os.open(os.devnull, os.O_RDWR)
            for descriptor in range(3):
                os.dup2(nowhere, descriptor)
            os.read(3, 1)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os._exit(0)
    os.close(reading)
    try:
        yield folder
    finally:
        os.close(writing)
        os.waitpid(process, 0)


def _check(options: ServerOptions) -> None:
    if not can_fork():
        raise UsageError("'serve' needs an operating system that can fork; on Windows use it under WSL.")
    if "-" in options.locations:
        raise UsageError("standard input cannot be served; name a file.")
    if options.writable:
        from disputegraph.server.updating import writable_file

        writable_file(options.locations)
        if not options.token:
            raise UsageError("--writable needs a token: set DISPUTEGRAPH_TOKEN, or use --token.")
        if "*" in options.cors:
            raise UsageError("--writable and --cors '*' do not go together; name the origins.")


def _listen(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"'{host}' is not an address of this machine: {error}.") from None
    family, kind, protocol, _, place = found[0]
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(place)
        listening.listen(1024)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"cannot listen on {host}, port {port}: {reason}. Try another port, or --port 0 for a free one."
        ) from None
    listening.setblocking(False)
    return listening


def _address(host: str, listening: socket.socket) -> str:
    port = listening.getsockname()[1]
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104  # only for display
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
