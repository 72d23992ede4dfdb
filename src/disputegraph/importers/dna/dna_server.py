"""Open a DNA project that is kept in a database server (MySQL, MariaDB, PostgreSQL), read-only."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disputegraph.errors import DataError, LimitError, UsageError, nearest
from disputegraph.importers.dna.dna_database import LONGEST_VALUE, MOST_BYTES, Database, check_tables

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection

PASSWORD = "DISPUTEGRAPH_PASSWORD"  # noqa: S105  # the name of a variable
_DRIVERS = {
    "mysql": "mysql+pymysql",
    "mariadb": "mysql+pymysql",
    "postgresql": "postgresql+pg8000",
    "postgres": "postgresql+pg8000",
}
_OPTIONS = ("sslmode", "unix_socket")
_MODES = ("disable", "require", "verify-full")
_SECONDS = 60
"""How long one answer of the server may take; the connection may take a sixth of it."""


def is_server_address(location: str | Path) -> bool:
    """Return whether `location` is the address of a database on a server, such as ``mysql://host/dna``."""
    scheme, colon, _ = str(location).partition("://")
    return bool(colon) and scheme.lower() in _DRIVERS


def server_name(address: str) -> tuple[str, str]:
    """Return an address as it may be shown, without user and password, and the name of its database.

    Raises:
        UsageError: it is not the address of a database.
    """
    url = _parsed(address)
    scheme = address.partition("://")[0].lower()
    host = f"[{url.host}]" if ":" in (url.host or "") else url.host or ""
    return f"{scheme}://{host}{f':{url.port}' if url.port else ''}/{url.database}", str(url.database)


@contextmanager
def open_server(address: str) -> Iterator[Database]:
    """Open a database for reading, by one transaction that the server itself keeps from writing.

    Args:
        address: ``mysql://user:password@host:port/database``, or ``postgresql://…``. Without a password, that of
            the environment is taken. Behind a ``?``, ``sslmode`` says how the connection is secured (``disable``,
            ``require``, ``verify-full``, which checks the server's certificate; by default as server and driver agree),
            and ``unix_socket`` names a socket in place of host and port.

    Raises:
        DataError: the server cannot be reached, lets nobody in, or the database is not one of DNA 3.
        LimitError: its texts are too large.
        UsageError: the address is not one, or the drivers are not installed.
    """
    url, name = _parsed(address), server_name(address)[0]
    try:
        import sqlalchemy
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError:
        raise UsageError(_NOT_INSTALLED) from None
    try:
        engine = sqlalchemy.create_engine(
            url, connect_args=_arguments(url), poolclass=sqlalchemy.NullPool, hide_parameters=True
        )
    except ImportError:
        raise UsageError(_NOT_INSTALLED) from None
    try:
        with engine.connect() as connection, _read_only(connection) as reading:
            inspector = sqlalchemy.inspect(reading)
            names = {str(table).upper(): str(table) for table in inspector.get_table_names()}
            check_tables(
                _Server(reading),
                name,
                {upper: {column["name"].upper() for column in inspector.get_columns(table)}
                 for upper, table in names.items()},
            )  # fmt: skip
            _check_size(reading, name)
            yield _Server(reading)
    except SQLAlchemyError as error:
        raise _explained(error, name, url.password) from None
    except OSError as error:
        raise DataError(f"cannot be reached: {error}.", path=name) from None
    finally:
        engine.dispose()


_NOT_INSTALLED = (
    "databases on servers need SQLAlchemy and drivers, which are not installed; install them with: "
    "pip install 'disputegraph[dna]'"
)


class _Server:
    """A connection that is asked like a file of SQLite."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, query: str) -> list[tuple[object, ...]]:
        """Return the rows of a query."""
        with self._connection.exec_driver_sql(query) as result:
            return [tuple(row) for row in result]


def _parsed(address: str) -> URL:
    """Return the parts of an address, with the driver and the password of the environment."""
    try:
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError
    except ImportError:
        raise UsageError(_NOT_INSTALLED) from None
    # The text may hold a password, so no message repeats it.
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise UsageError("this is not the address of a database, as mysql://user@host/database is.") from None
    if not url.database or "/" in url.database:
        raise UsageError("the address names no database; it stands behind the host, as in mysql://user@host/database.")
    for option, value in url.query.items():
        if option not in _OPTIONS:
            raise UsageError(
                f"the address has no option '{option}'.{nearest(option, _OPTIONS)} Options: {', '.join(_OPTIONS)}."
            )
        if option == "sslmode" and value not in _MODES:
            raise UsageError(f"sslmode is one of {', '.join(_MODES)}, not '{value}'.")
    if url.password is None and (password := os.environ.get(PASSWORD)):
        url = url.set(password=password)
    return url.set(drivername=_DRIVERS[url.drivername.lower()])


def _arguments(url: URL) -> dict[str, Any]:
    """Return what the driver is told beyond user, host and database."""
    mysql = url.drivername.startswith("mysql")
    told: dict[str, Any] = (
        {"connect_timeout": _SECONDS // 6, "read_timeout": _SECONDS, "charset": "utf8mb4", "local_infile": False}
        if mysql
        else {"timeout": _SECONDS}
    )
    mode = url.query.get("sslmode")
    if mode == "disable":
        told["ssl_disabled" if mysql else "ssl_context"] = bool(mysql)
    elif mode:
        context = ssl.create_default_context()
        if mode == "require":
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        told["ssl" if mysql else "ssl_context"] = context
    if socket := url.query.get("unix_socket"):
        told["unix_socket" if mysql else "unix_sock"] = socket
    return told


@contextmanager
def _read_only(connection: Connection) -> Iterator[Connection]:
    """Begin one transaction that sees one state of the data and cannot change it."""
    if connection.dialect.name == "mysql":
        connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
        connection.rollback()
        yield connection.execution_options(isolation_level="REPEATABLE READ")
    else:
        yield connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _check_size(connection: Connection, name: str) -> None:
    total, longest = connection.exec_driver_sql(
        "SELECT COALESCE(SUM(OCTET_LENGTH(Text)), 0), COALESCE(MAX(OCTET_LENGTH(Text)), 0) FROM DOCUMENTS"
    ).one()
    if int(total) > MOST_BYTES or int(longest) > LONGEST_VALUE:
        raise LimitError(
            f"{name}: texts of {int(total) / 2**20:,.0f} MiB, the longest of {int(longest) / 2**20:,.0f}; at most "
            f"{MOST_BYTES // 2**20:,} and {LONGEST_VALUE // 2**20} are read."
        )


def _explained(error: Exception, name: str, password: object) -> DataError:
    """Return what the driver says, without its query and without the password."""
    cause = getattr(error, "orig", None) or error
    told = cause.args[0] if cause.args else cause
    if isinstance(told, dict):  # the fields of a message of PostgreSQL
        told = told.get("M", told)
    elif isinstance(told, int) and len(cause.args) > 1:  # the number of one of MySQL
        told = cause.args[1]
    text = " ".join(str(told).split()).rstrip(".")
    if password and str(password) in text:
        text = text.replace(str(password), "…")
    return DataError(f"cannot be read: {text}. A password is taken from ${PASSWORD}.", path=name)
