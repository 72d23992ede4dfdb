"""Real database servers in a temporary folder, reached by sockets and loopback, and stopped by their process id."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

USER, PASSWORD = "reader", "s3cret-and-long"
_IS_ROOT = os.name == "posix" and os.geteuid() == 0


def programs(name: str) -> list[str]:
    """Return where what a server needs is; an empty list where something is missing."""
    if name == "mysql":
        found = [
            shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
            for program in ("mariadb-install-db", "mariadbd")
        ]
    else:
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
        path = os.pathsep.join([*map(str, folders[-1:]), os.environ["PATH"]])
        found = [shutil.which(program, path=path) for program in ("initdb", "postgres")]
    return [program for program in found if program] if all(found) else []


@contextmanager
def server(name: str, folder: Path) -> Iterator[str]:
    """Run a server, and yield the address of its database ``dna`` for its administrator."""
    port = _free_port()
    begin = _mariadb if name == "mysql" else _postgresql
    process, address, ask = begin(folder, port)
    try:
        _wait(process, ask, folder / "log")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _postgresql(folder: Path, port: int) -> tuple[subprocess.Popen[bytes], str, Callable[[], object]]:
    initdb, postgres = programs("postgresql")
    data, password = folder / "data", folder / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    # PostgreSQL does not run as root.
    user = "nobody" if _IS_ROOT else None
    if _IS_ROOT:
        for path in (folder, password):
            shutil.chown(path, "nobody")
        for parent in folder.parents:
            if parent != Path("/") and parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
    with (folder / "log").open("wb") as log:
        subprocess.run(
            [initdb, "-D", data, "-U", "admin", "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8",
             "--no-sync", "--locale=C"],
            check=True, stdout=log, stderr=log, user=user, cwd=folder,
        )  # fmt: skip
        process = subprocess.Popen(
            [postgres, "-D", data, "-p", str(port), "-k", folder, "-c", "listen_addresses=127.0.0.1",
             "-c", "fsync=off"],
            stdout=log, stderr=log, user=user, cwd=folder,
        )  # fmt: skip

    def ask() -> None:
        import pg8000.dbapi

        told = {"user": "admin", "password": PASSWORD, "host": "127.0.0.1", "port": port}
        connection = pg8000.dbapi.connect(database="postgres", **told)
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("CREATE DATABASE dna")
        cursor.execute(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
        connection.close()
        connection = pg8000.dbapi.connect(database="dna", **told)
        connection.cursor().execute(f"ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT ON TABLES TO {USER}")
        connection.commit()
        connection.close()

    return process, f"postgresql://admin:{PASSWORD}@127.0.0.1:{port}/dna", ask


def _mariadb(folder: Path, port: int) -> tuple[subprocess.Popen[bytes], str, Callable[[], object]]:
    install, mariadbd = programs("mysql")
    data, connected = folder / "data", folder / "s"
    as_user = ["--user=root"] if _IS_ROOT else []
    with (folder / "log").open("wb") as log:
        subprocess.run(
            [install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal",
             "--skip-test-db", *as_user],
            check=True, stdout=log, stderr=log, cwd=folder,
        )  # fmt: skip
        process = subprocess.Popen(
            [mariadbd, "--no-defaults", f"--datadir={data}", f"--socket={connected}", f"--port={port}",
             "--bind-address=127.0.0.1", f"--pid-file={folder / 'pid'}", "--innodb-flush-method=nosync",
             "--innodb-buffer-pool-size=16M", *as_user],
            stdout=log, stderr=log, cwd=folder,
        )  # fmt: skip

    def ask() -> None:
        import pymysql

        if not connected.exists():  # the driver leaves a socket open that nobody answers
            raise ConnectionError
        connection = pymysql.connect(user="root", unix_socket=str(connected))
        cursor = connection.cursor()
        cursor.execute("CREATE DATABASE dna CHARACTER SET utf8mb4")
        cursor.execute(f"CREATE USER {USER}@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'")
        cursor.execute(f"GRANT SELECT, INSERT ON dna.* TO {USER}@'127.0.0.1'")
        cursor.execute(f"CREATE USER admin@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'")
        cursor.execute("GRANT ALL ON dna.* TO admin@'127.0.0.1'")
        connection.close()

    return process, f"mysql://admin:{PASSWORD}@127.0.0.1:{port}/dna", ask


def _wait(process: subprocess.Popen[bytes], ask: Callable[[], object], log: Path) -> None:
    for _ in range(300):
        try:
            ask()
        except Exception as error:  # the drivers have classes of their own
            if process.poll() is not None or "CREATE" in str(error):
                raise RuntimeError(log.read_text(errors="replace")[-2000:]) from error
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text(errors="replace")[-2000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
