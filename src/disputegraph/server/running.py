"""Start the server, say where it is, and stop it cleanly."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from disputegraph.errors import DataError, UsageError
from disputegraph.server.launching import Launch
from disputegraph.server.options import ServerOptions

if TYPE_CHECKING:
    from disputegraph.server.app import Application

__all__ = ["serve"]


def serve(options: ServerOptions, *, started: Callable[[str], None] | None = None) -> None:
    """Serve a dispute until the process is told to stop (Ctrl-C, SIGTERM).

    Args:
        options: what to serve, and how.
        started: called with the address once the first request would be answered.

    Raises:
        UsageError: the port is taken, the options contradict each other, or the extra `serve` is not installed.
        DataError: the data cannot be read.
    """
    _check(options)
    listening = _listen(options.host, options.port)
    first = Launch(options)
    try:
        uvicorn = _uvicorn()
        from disputegraph.server.app import application
        from disputegraph.server.connections import connection_class

        app = application(options, first)
        server = _server(uvicorn, app, options, connection_class(options.limits, app.quick))
        address = _address(options.host, listening)
        server.run_and_tell(listening, lambda: started(address) if started else None)
    finally:
        listening.close()
        first.close()


def _uvicorn() -> Any:
    try:
        import starlette  # noqa: F401  # only whether it is there
        import uvicorn
    except ImportError:
        raise UsageError(
            "'serve' needs Starlette and uvicorn; install them with: pip install 'disputegraph[serve]'."
        ) from None
    return uvicorn


def _check(options: ServerOptions) -> None:
    if sys.platform == "win32":
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
        raise UsageError(f"'{host}' is no address of this machine: {error}.") from None
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


def _server(uvicorn: Any, app: Application, options: ServerOptions, connection: Any) -> Any:
    class Server(uvicorn.Server):  # type: ignore[misc]  # imported only when there
        failure: BaseException | None = None

        def run_and_tell(self, listening: socket.socket, tell: Callable[[], None]) -> None:
            self._tell = tell
            with contextlib.suppress(KeyboardInterrupt, SystemExit):  # it exits when the data cannot be read
                self.run(sockets=[listening])
            if self.failure is not None:
                raise self.failure

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if not self.should_exit:
                self._tell()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            app.stop()
            await super().shutdown(sockets=sockets)

    class Watched:
        """Passes everything on, and remembers why the application could not start."""

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "lifespan":
                await app.long_way(scope, receive, send)
                return

            async def noted(message: Any) -> None:
                await send({**message, "message": ""} if message["type"] == "lifespan.startup.failed" else message)

            try:
                await app.long_way(scope, receive, noted)
            except DataError as error:
                server.failure = error

    config = uvicorn.Config(
        Watched(),
        http=connection,
        ws="none",
        lifespan="on",
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=options.limits.connections,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
        backlog=1024,
    )
    server = Server(config)
    return server
