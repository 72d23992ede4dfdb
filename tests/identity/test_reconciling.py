"""Who is who elsewhere: proposals of a service are read with distrust, and count once a person confirms them."""

from __future__ import annotations

import contextlib
import csv
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from disputegraph.cli.reconcile import reconcile
from disputegraph.errors import DataError, LimitError, UsageError
from disputegraph.identity import ReconciliationService

MANIFEST = {"versions": ["0.2"], "name": "Stub \u202e\x1b[31m", "identifierSpace": "https://stub.example/"}
DATA = """
a:ann a dg:Person ; skos:prefLabel "Ann Lee" ; schema:sameAs <https://stub.example/known> .
a:bob a dg:Person ; skos:prefLabel "Bob" .
a:who a dg:UnnamedSource ; skos:prefLabel "a nurse" .
a:c a dg:Claim ; skos:prefLabel "Tax" ; dg:paraphrase "Taxes rise." .
"""


class Stub:
    """A service that answers what it is told to."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.manifest: bytes = json.dumps(MANIFEST).encode()
        self.results: list[Any] = []
        self.status, self.headers = 200, {"Content-Type": "application/json"}
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer(stub.manifest)

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                queries = json.loads(form["queries"][0])
                stub.asked.append(queries)
                self.answer(json.dumps({name: {"result": stub.results} for name in queries}).encode())

            def answer(self, body: bytes) -> None:
                self.send_response(stub.status)
                for name, value in stub.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(OSError):  # it was too much
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/reconcile"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    made = Stub()
    yield made
    made.close()


def run(*arguments: str) -> tuple[list[dict[str, str]], str]:
    done = CliRunner().invoke(reconcile, list(arguments))
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(done.stdout.splitlines())), done.stderr


def test_candidates_are_proposed_and_confirmed(stub: Stub, write: Callable[[str, str], Path], tmp_path: Path) -> None:
    data = write("d.ttl", DATA)
    stub.results = [
        {"id": "Q1", "name": "A. Lee", "score": 91.5, "match": True, "description": "a politician"},
        {"id": "https://other.example/x", "name": "=HYPERLINK(1)", "score": 3},
    ]
    rows, told = run("--endpoint", stub.address, "-d", str(data), "--type", "Q5", "--limit", "2")
    assert [each["query"] for batch in stub.asked for each in batch.values()] == ["Ann Lee", "Bob"]
    assert stub.asked[0]["q0"]["type"] == "Q5"
    assert "2 names are sent to Stub" in told
    assert "\x1b" not in told
    assert [(row["label"], row["other_iri"], row["match"]) for row in rows[:2]] == [
        ("Ann Lee", "https://stub.example/Q1", "yes"), ("Ann Lee", "https://other.example/x", "no")
    ]  # fmt: skip
    assert rows[1]["other_name"] == "'=HYPERLINK(1)"
    table = tmp_path / "table.csv"
    rows[0]["same"] = "yes"
    with table.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    out = tmp_path / "same.ttl"
    run("--confirmed", str(table), "-d", str(data), "-o", str(out))
    lines = [line for line in out.read_text().splitlines() if line and not line.startswith("@prefix")]
    assert lines == ["<https://a.example/ann> schema:sameAs <https://stub.example/Q1> ."]
    (tmp_path / "bad.csv").write_text("iri,other_iri\nhttps://a.example/ann,javascript:alert(1)\n", encoding="utf-8")
    done = CliRunner().invoke(reconcile, ["--confirmed", str(tmp_path / "bad.csv"), "-d", str(data)])
    assert isinstance(done.exception, DataError)


def test_confirmed_pairs_become_one_change_of_a_project(tmp_path: Path) -> None:
    from disputegraph.coding import new_project

    project = new_project(tmp_path / "p", title="P", coder="MK")
    iri = project.put("Person", label="Ann")
    table = tmp_path / "table.csv"
    table.write_text(f"iri,other_iri\n{iri},https://stub.example/Q1\n", encoding="utf-8")
    _, told = run("--confirmed", str(table), "--into", str(tmp_path / "p"))
    assert "1 are new" in told
    assert "<https://stub.example/Q1>" in (tmp_path / "p" / "codebook.ttl").read_text(encoding="utf-8")


def test_candidates_of_ill_will_are_left_out(stub: Stub, write: Callable[[str, str], Path]) -> None:
    good = {"name": "x", "score": 1}
    stub.results = [
        {**good, "id": "javascript:alert(1)"}, {**good, "id": "data:text/html,x"}, {**good, "id": "https://"},
        {**good, "id": "https://e.example/" + "a" * 3_000}, {**good, "id": "https://e.example/<b>"},
        {**good, "id": 7}, {**good, "id": "\ud800"}, {**good, "id": "https://e.example/\ud800"},
        {**good, "id": "known", "name": "x\ud800"}, {"id": "Q1", "name": "", "score": 1},
        {"id": "Q1", "name": "x", "score": float("nan")}, {"id": "Q1", "name": "x", "score": "9"}, "Q1", None,
        {**good, "id": "../up?x#y"},
    ]  # fmt: skip
    rows, told = run("--endpoint", stub.address, "-d", str(write("d.ttl", DATA)), "--limit", "20")
    assert {row["other_iri"] for row in rows} == {"https://stub.example/known", "https://stub.example/..%2Fup%3Fx%23y"}
    assert "16 candidates have an id that makes no http(s) address" in told
    assert "10 candidates have no name or no score" in told
    assert "1 candidates are noted as the same already" in told


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (b"<html>Log in</html>", "not JSON"),
        (b"[]", "not an object"),
        (b'{"name": "x"}', "no name or identifierSpace"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_service_is_told(stub: Stub, manifest: bytes, message: str) -> None:
    stub.manifest = manifest
    with pytest.raises(DataError, match=message):
        ReconciliationService(stub.address)


def test_a_busy_service_is_asked_again(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            stub.status = 200

    # The module's own clock: other threads of this process, whatever test began them, go on sleeping by theirs.
    clock = SimpleNamespace(sleep=sleep, monotonic=time.monotonic)
    monkeypatch.setattr("disputegraph.identity.reconciling.time", clock)
    stub.status, stub.headers = 429, {"Retry-After": "999", "Content-Length": str(len(stub.manifest))}
    assert ReconciliationService(stub.address).name.startswith("Stub")
    assert waited == [30, 30]
    stub.status, stub.headers = 503, {"Content-Length": "0"}
    with pytest.raises(DataError, match=r"is busy \(status 503\)"):
        ReconciliationService(stub.address)
    assert waited[2:] == [2, 4, 8]


def test_too_much_other_places_and_other_schemes(stub: Stub) -> None:
    stub.manifest = b" " * (5 << 20)
    with pytest.raises(LimitError, match="more than 4 MiB"):
        ReconciliationService(stub.address)
    stub.status, stub.headers = 302, {"Location": "http://user:secret@10.0.0.1/x", "Content-Length": "0"}
    stub.manifest = b""
    with pytest.raises(DataError, match=r"sends us on to http://10\.0\.0\.1/x") as raised:
        ReconciliationService(stub.address)
    assert "secret" not in str(raised.value)
    stub.status, stub.headers = 500, {"Content-Length": "0"}
    with pytest.raises(DataError, match="status 500"):
        ReconciliationService(stub.address)
    with pytest.raises(DataError, match="cannot be reached"):
        ReconciliationService("http://127.0.0.1:1/")
    with pytest.raises(UsageError, match="is not an address"):
        ReconciliationService("file:///etc/passwd")
