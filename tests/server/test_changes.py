"""Data that changes under the server: files that are edited or break, and updates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.conftest import Running, start, until

TURTLE = """@prefix ex: <http://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:a skos:prefLabel "%s" .
"""
LABEL = "SELECT ?label { <http://example.org/a> skos:prefLabel ?label }"


def label(server) -> str:
    return server.rows(LABEL)[0]["label"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data.ttl"
    path.write_text(TURTLE % "first")
    return path


def test_watch(serve, file: Path) -> None:
    server = serve("-d", str(file), "--watch")
    assert label(server) == "first"
    etag = server.get("/data.ttl").headers["etag"]
    file.write_text(TURTLE % "second")
    until(lambda: label(server) == "second")
    assert server.get("/data.ttl").headers["etag"] != etag
    assert "second" in server.get("/data.ttl").text
    # Editors write beside and rename.
    beside = file.with_suffix(".new")
    beside.write_text(TURTLE % "third")
    beside.replace(file)
    until(lambda: label(server) == "third")


def test_a_file_that_breaks_leaves_the_last_good_state(serve, file: Path) -> None:
    server = serve("-d", str(file), "--watch")
    assert server.get("/status").json()["problem"] is None
    file.write_text(TURTLE % "second" + "this is no Turtle\n")
    until(lambda: server.get("/status").json()["problem"] is not None)
    problem = server.get("/status").json()["problem"]["message"]
    assert "data.ttl:3" in problem
    assert label(server) == "first"
    file.unlink()
    until(lambda: "data.ttl:3" not in server.get("/status").json()["problem"]["message"])
    assert label(server) == "first"
    file.write_text(TURTLE % "mended")
    until(lambda: label(server) == "mended")
    assert server.get("/status").json()["problem"] is None
    until(lambda: any('"the data was loaded"' in line for line in server.lines))
    events = [json.loads(line) for line in server.lines if '"event"' in line]
    assert "data.ttl:3" in events[0]["message"]
    assert events[-1]["version"] == 2


SHEET = "document,speaker,claim,polarity,quote\n"
ROW = "paper,{},Quay is closed,affirms,the quay is closed\n"


def test_sheets_are_served_and_watched(serve, tmp_path: Path) -> None:
    folder = tmp_path / "harbour"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "paper.txt").write_text("Ann said the quay is closed.", encoding="utf-8")
    (folder / "old.ttl").write_text(TURTLE % "an earlier import", encoding="utf-8")
    sheet, actors = folder / "statements.csv", folder / "actors.csv"
    sheet.write_text(SHEET + ROW.format("Ann"), encoding="utf-8")
    server = serve("-d", str(folder), "--watch")

    def voices() -> list[str]:
        rows = server.rows("SELECT ?name WHERE { ?u dg:speaker/skos:prefLabel ?name } ORDER BY ?name")
        return [row["name"] for row in rows]

    assert voices() == ["Ann"]
    assert "an earlier import" not in server.get("/data.ttl").text
    assert len(server.rows("SELECT ?place WHERE { ?u dg:evidence/oa:hasSelector/oa:start ?place }")) == 1
    until(lambda: any("not read beside them: old.ttl" in line for line in server.lines))
    sheet.write_text(SHEET + ROW.format("Ann") + ROW.format("A. Bee"), encoding="utf-8")
    until(lambda: voices() == ["A. Bee", "Ann"])
    actors.write_text("name,aliases\nBee,A. Bee\n", encoding="utf-8")
    until(lambda: voices() == ["Ann", "Bee"])
    sheet.write_text(SHEET + ROW.replace("affirms", "afirms").format("Ann"), encoding="utf-8")
    until(lambda: server.get("/status").json()["problem"] is not None)
    problem = server.get("/status").json()["problem"]["message"]
    assert "statements.csv, row 2, column 'polarity': 'afirms'" in problem
    assert voices() == ["Ann", "Bee"]
    sheet.unlink()
    until(lambda: "no sheet of statements" in server.get("/status").json()["problem"]["message"])
    assert voices() == ["Ann", "Bee"]


def test_without_watch_nothing_changes(serve, file: Path) -> None:
    server = serve("-d", str(file))
    file.write_text(TURTLE % "second")
    assert label(server) == "first"


@pytest.fixture
def writable(serve, file: Path):
    return serve("-d", str(file), "--writable", "--watch", env={"DISPUTEGRAPH_TOKEN": "open sesame"})


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Path]]:
    """A server that takes updates, and its file, for tests at whose end both are as they were."""
    path = tmp_path_factory.mktemp("unchanged") / "data.ttl"
    path.write_text(TURTLE % "first")
    running = start("-d", str(path), "--writable", "--watch", env={"DISPUTEGRAPH_TOKEN": "open sesame"})
    yield running, path
    running.stop()


RENAME = 'DELETE { ?s skos:prefLabel ?l } INSERT { ?s skos:prefLabel "renamed" } WHERE { ?s skos:prefLabel ?l }'
BEARER = {"Authorization": "Bearer open sesame"}


@pytest.mark.parametrize("direct", [True, False])
def test_update(writable, file: Path, direct: bool) -> None:
    if direct:
        answer = writable.post(content=RENAME, headers={**BEARER, "Content-Type": "application/sparql-update"})
    else:
        answer = writable.post(data={"update": RENAME}, headers=BEARER)
    assert answer.status_code == 204
    assert label(writable) == "renamed"  # at once, for who has the answer
    assert '"renamed"' in file.read_text()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer guess"}, 401),
        ({"Authorization": "Basic open sesame"}, 401),
        ({**BEARER, "Origin": "http://evil.example"}, 403),
    ],
)
def test_update_without_leave(unchanged: tuple[Running, Path], headers: dict[str, str], status: int) -> None:
    server, file = unchanged
    before = file.read_bytes()
    assert server.post(data={"update": RENAME}, headers=headers).status_code == status
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "update",
    [
        "DELETE {",
        "LOAD <http://example.org/x>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://example.org/sparql> { ?s ?p ?o } }",
        "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }",  # Turtle holds no named graphs
    ],
)
def test_updates_that_fail_change_nothing(unchanged: tuple[Running, Path], update: str) -> None:
    server, file = unchanged
    before = file.read_bytes()
    answer = server.post(data={"update": update}, headers=BEARER)
    assert answer.status_code == 400, answer.text
    assert answer.json()["detail"]
    assert file.read_bytes() == before
    assert label(server) == "first"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_the_token_is_not_told(unchanged: tuple[Running, Path]) -> None:
    server, _ = unchanged
    for path in ("/status", "/query", "/sparql"):
        assert "sesame" not in server.get(path).text
    server.post(data={"update": "DELETE {"}, headers=BEARER)
    assert not any("sesame" in line for line in server.lines)


def test_an_update_does_not_overwrite_what_another_program_wrote(serve, file: Path) -> None:
    server = serve("-d", str(file), "--writable", env={"DISPUTEGRAPH_TOKEN": "open sesame"})
    file.write_text(TURTLE % "by hand")
    answer = server.post(data={"update": RENAME}, headers=BEARER)
    assert (answer.status_code, answer.json()["kind"]) == (409, "conflict")
    assert "by hand" in file.read_text()
    assert label(server) == "first"


def test_several_updates_follow_each_other(writable, file: Path) -> None:
    for number in range(3):
        insert = f"INSERT DATA {{ <http://example.org/a> <http://example.org/n> {number} }}"
        assert writable.post(data={"update": insert}, headers=BEARER).status_code == 204
    assert len(writable.rows("SELECT ?n { ?s <http://example.org/n> ?n }")) == 3


def test_a_token_beyond_ascii(serve, file: Path) -> None:
    server = serve("-d", str(file), "--writable", env={"DISPUTEGRAPH_TOKEN": "Öffne dich"})
    for token, status in (("Öffne nicht", 401), ("Öffne dich", 204)):
        headers = {"Authorization": f"Bearer {token}".encode()}
        assert server.post(data={"update": RENAME}, headers=headers).status_code == status


def test_a_full_disk_is_told(file: Path) -> None:
    """A bound on the size of files stands for the disk."""
    from disputegraph.process import Worker
    from disputegraph.server.loading_data import digest_of
    from disputegraph.server.updating import start_updating

    before = file.read_bytes()

    def start():
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
        return start_updating({"locations": [str(file)], "digest": digest_of(file)})

    worker = Worker(start)
    insert = f'INSERT DATA {{ <http://example.org/a> <http://example.org/p> "{"x" * 5000}" }}'
    head, _ = worker.ask({}, insert.encode(), timeout=30)
    worker.kill()
    assert head["error"] == "full"
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_every_kind_of_failure_has_a_status() -> None:
    from disputegraph.server.responses import _STATUS

    assert {kind: status for kind, (status, _) in _STATUS.items() if kind in ("full", "conflict", "time")} == {
        "full": 507, "conflict": 409, "time": 504,
    }  # fmt: skip


def test_etags_tell_other_data_after_a_restart(serve, file: Path) -> None:
    tags = []
    for text in ("first", "second", "first"):
        file.write_text(TURTLE % text)
        server = serve("-d", str(file))
        answer = server.get("/sparql", params={"query": LABEL})
        tags.append(answer.headers["etag"])
        again = server.get("/sparql", params={"query": LABEL}, headers={"If-None-Match": tags[0]})
        assert again.status_code == (304 if text == "first" else 200)
    assert tags[0] == tags[2] != tags[1]


@pytest.mark.parametrize("function", ["RAND()", "STRUUID()", "UUID()", "STR(NOW())"])
def test_what_differs_each_time_is_asked_each_time(unchanged: tuple[Running, Path], function: str) -> None:
    server, _ = unchanged
    query = f"SELECT ({function} AS ?x) {{}}"
    assert server.rows(query) != server.rows(query)
