"""DNA's projects on servers: the same graph as from a file, read-only, and no password in any message."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli.import_ import import_
from disputegraph.errors import DataError, UsageError
from disputegraph.importers.dna import import_dna
from disputegraph.importers.dna.dna_database import SCHEMA
from disputegraph.importers.dna.dna_server import PASSWORD as VARIABLE
from disputegraph.importers.dna.dna_server import is_server_address, open_server, server_name
from tests.conftest import require
from tests.importers.database_servers import PASSWORD, USER, programs, server
from tests.importers.test_dna import BASE, build

sqlalchemy = pytest.importorskip("sqlalchemy")

_TYPES = {
    "Text": {"mysql": "MEDIUMTEXT", "postgresql": "TEXT"},
    "Notes": {"mysql": "TEXT", "postgresql": "TEXT"},
    "Date": {"mysql": "BIGINT", "postgresql": "BIGINT"},
}
_TEXTS = {
    "Property", "Name", "Title", "Author", "Source", "Section", "Type", "Label", "Variable", "DataType",
    "AttributeVariable", "AttributeValue",
}  # fmt: skip


def column(kind: str, table: str, name: str) -> str:
    """Return a column as DNA's own statements declare it."""
    if name in _TYPES:
        return f"{name} {_TYPES[name][kind]}"
    is_text = name in _TEXTS or (name == "Value" and table in ("SETTINGS", "ENTITIES", "DATALONGTEXT"))
    return f"{name} {'VARCHAR(190)' if is_text else 'INT'}"


def copy(database: Path, address: str, kind: str) -> None:
    """Copy a file of DNA into a server, its tables unquoted as DNA creates them."""
    driver = {"mysql": "mysql+pymysql", "postgresql": "postgresql+pg8000"}[kind]
    engine = sqlalchemy.create_engine(driver + address[address.index(":") :], poolclass=sqlalchemy.NullPool)
    base = sqlite3.connect(database)
    with engine.begin() as connection:
        for table, columns in SCHEMA.items():
            connection.exec_driver_sql(f"CREATE TABLE {table} ({', '.join(column(kind, table, c) for c in columns)})")
            marks = ", ".join(["%s"] * len(columns))
            for row in base.execute(f"SELECT {', '.join(columns)} FROM {table}"):
                connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({marks})", row)
    base.close()
    engine.dispose()


@pytest.fixture(scope="module", params=["postgresql", "mysql"])
def served(request: pytest.FixtureRequest) -> Iterator[tuple[str, Path]]:
    """The address of a project on a server, without password, and the file it is a copy of."""
    require(programs(request.param), request.param)
    folder = Path(tempfile.mkdtemp(prefix="dg-"))  # short, since a socket's path is
    try:
        file = build(folder / "project.dna")
        (folder / "server").mkdir()
        with server(request.param, folder / "server") as admin:
            copy(file, admin, request.param)
            yield admin.replace(f"admin:{PASSWORD}", USER), file
    finally:
        shutil.rmtree(folder)


@pytest.mark.once
@pytest.mark.xdist_group("dna-server")
def test_a_server_gives_the_graph_of_the_file(
    served: tuple[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address, file = served
    monkeypatch.setenv(VARIABLE, PASSWORD)
    from_file, from_server = import_dna(file, base=BASE), import_dna(address, base=BASE)
    assert list(from_server.triples.quads()) == list(from_file.triples.quads())
    assert from_server.texts == from_file.texts
    assert [problem.message for problem in from_server.warnings] == [problem.message for problem in from_file.warnings]
    done = CliRunner().invoke(import_, ["dna", address, "--sources", str(tmp_path / "texts")])
    assert done.exit_code == 0, done.output
    assert "Names stand under https://w3id.org/disputegraph/data/dna/" in done.output
    assert USER not in done.stderr
    assert PASSWORD not in done.output
    with open_server(address) as database, pytest.raises(sqlalchemy.exc.DBAPIError, match=r"(?i)read.only"):
        list(database.execute("INSERT INTO CODERS (ID, Name) VALUES (99, 'x')"))


@pytest.mark.once
@pytest.mark.xdist_group("dna-server")
def test_who_is_not_let_in_reads_why_and_no_password(served: tuple[str, Path]) -> None:
    address = served[0].replace(USER, f"{USER}:another-secret")
    done = CliRunner().invoke(import_, ["dna", address])
    message = str(done.exception)
    assert isinstance(done.exception, DataError)
    assert "denied" in message or "authentication failed" in message
    assert "another-secret" not in message
    assert VARIABLE in message
    with pytest.raises(DataError, match="cannot be read"):
        import_dna(served[0].replace("/dna", "/other").replace(USER, f"{USER}:{PASSWORD}"))


def test_an_address_is_shown_without_user_and_password() -> None:
    assert server_name("mysql://ann:pw@db.example:3307/dna") == ("mysql://db.example:3307/dna", "dna")
    assert is_server_address("postgres://x/y")
    assert not is_server_address("project.dna")
    assert not is_server_address("https://x/y")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://ann:pw@host", "names no database"),
        ("mysql://ann:pw@host:port/dna", "is not the address of a database"),
        ("mysql://ann:pw@host/dna?local_infile=1", "no option 'local_infile'"),
        ("mysql://ann:pw@host/dna?sslmode=maybe", "sslmode is one of"),
    ],
)
def test_an_address_that_is_none_is_refused(address: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        import_dna(address)
    assert "pw" not in str(raised.value)


@pytest.mark.parametrize("scheme", ["mysql", "postgresql"])
def test_a_server_that_is_not_there_is_told(scheme: str) -> None:
    with pytest.raises(DataError, match="cannot be re"):
        import_dna(f"{scheme}://ann:pw@127.0.0.1:1/dna")
