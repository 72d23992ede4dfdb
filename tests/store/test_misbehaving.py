"""What is wrong with a server is said in one line, and nothing is taken for an answer that is none."""

from __future__ import annotations

import gzip
import http.server
import json
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from disputegraph.errors import DataError, LimitError, UsageError
from disputegraph.rdf import source_of_bytes
from disputegraph.resources import bundled_dispute
from disputegraph.store import open_store
from disputegraph.store.uploading import upload
from tests.pretending import Reply, hang_up, pretending, reply, streamed

SELECT = "SELECT ?s { ?s ?p ?o }"

HALF = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"a:a"}},'
WHOLE = HALF[:-1] + b"]}}"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (reply(200, b"<html>hello</html>", "text/html"), "answers with a web page and not with SPARQL results"),
        (reply(200, b"whatever", "application/zip"), "answers with 'application/zip'"),
        (reply(401, b""), r"wants to know who asks \(401\). Name the user with --user"),
        (reply(403, b""), "does not allow this"),
        (reply(404, b""), "no SPARQL endpoint at this address"),
        (reply(500, b"<p>out of <b>luck</b></p>", "text/html"), r"the server failed \(500\): out of luck"),
        (reply(200, HALF), "the answer is broken, or breaks off"),
        (reply(200, HALF, length="5000"), "the connection broke off"),
        (reply(200, b"not json at all"), "the answer is broken"),
        (reply(200, b""), "the answer is broken"),
        (reply(200, WHOLE, "text/plain"), "answers with 'text/plain'"),
        (reply(200, b"\x1f\x8b not gzip", Content_Encoding="gzip"), "the connection broke off"),
        (reply(200, gzip.compress(WHOLE)[:40], Content_Encoding="gzip"), "breaks off|broke off"),
        (reply(413, b"too long"), r"refuses \(413\): too long"),
        (reply(302, b"", Location="/elsewhere"), "broke off: Exceeded 30 redirects"),
        (reply(302, b"", Location="file:///etc/passwd"), "broke off: No connection adapters"),
        (hang_up, "the connection broke off"),
    ],
)
def test_what_is_said_of_a_server_that_fails(given: Reply, said: str) -> None:
    with pretending(given) as (address, _), pytest.raises(DataError, match=said), open_store([address]) as store:
        list(store.select(SELECT))


def test_an_unreachable_server() -> None:
    with pytest.raises(DataError, match="cannot be reached: Connection refused"):
        open_store(["http://127.0.0.1:9/sparql"]).query("ASK {}")


def test_https_at_a_port_for_http_is_said_at_once() -> None:
    start = time.monotonic()
    with pretending(reply(200, WHOLE)) as (address, _), pytest.raises(DataError, match="write http:// instead"):
        open_store([address.replace("http", "https")]).query("ASK {}")
    assert time.monotonic() - start < 15  # and does not wait for an answer that never comes


TSV = "text/tab-separated-values"


def test_rows_in_tsv_are_taken_where_their_end_is_told() -> None:
    with (
        pretending(reply(200, b'?s\n<a:a>\n_:b\n"a\\tb"@en\n', TSV)) as (address, asked),
        open_store([address]) as store,
    ):
        assert [str(row[0]) for row in store.select(SELECT)] == ["<a:a>", "_:b", '"a\\tb"@en']
    assert len(asked) == 1


def cut_off(handler: http.server.BaseHTTPRequestHandler) -> None:
    """Send two of three rows in TSV, and close the connection where nothing tells that there is more."""
    handler.send_response(200)
    handler.send_header("Content-Type", TSV)
    handler.end_headers()
    handler.wfile.write(b"?s\n<a:a>\n<a:b>\n")


# Virtuoso writes neither IRIs nor languages nor datatypes into its TSV.
@pytest.mark.parametrize("unsound", [cut_off, reply(200, b'"s"\n"a:a"\n', TSV)])
def test_rows_in_unsound_tsv_are_asked_for_again_and_then_in_json_for_good(unsound: Reply) -> None:
    with pretending(unsound, reply(200, WHOLE)) as (address, asked), open_store([address]) as store:
        for _ in range(2):
            assert [str(row[0]) for row in store.select(SELECT)] == ["<a:a>"]
    assert len(asked) == 3


def test_tsv_that_breaks_off_is_no_answer() -> None:
    with (
        pretending(reply(200, b"?s\n<a:a>\n", TSV, length="5000")) as (address, _),
        open_store([address]) as store,
        pytest.raises(DataError, match="broke off"),
    ):
        list(store.select(SELECT))


@pytest.mark.parametrize("address", ["http://", "http://[::1", "http://[a]:80/", "http://h:x/", "https://h:99999/"])
def test_a_malformed_address_is_a_usage_error_that_does_not_repeat_the_password(address: str) -> None:
    with pytest.raises(UsageError, match="not the address of a server: its? ") as caught:
        open_store([address.replace("//", "//me:secret@")])
    assert "secret" not in str(caught.value)


def test_a_busy_server_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disputegraph.store.server_session._LONGEST_WAIT", 0.1)
    busy = reply(503, b"", Retry_After="3600")
    with pretending(busy, busy, reply(200, WHOLE)) as (address, asked), open_store([address]) as store:
        assert len(list(store.select(SELECT))) == 1
        assert len(asked) == 3
    with (
        pretending(reply(429, b"", Retry_After="1")) as (address, asked),
        open_store([address]) as store,
        pytest.raises(DataError, match=r"too busy \(429\)"),
    ):
        store.query("ASK {}")
    assert len(asked) == 5


def test_a_server_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPUTEGRAPH_SERVER_TIMEOUT", "0.3")

    def hang(handler: http.server.BaseHTTPRequestHandler) -> None:
        time.sleep(1.5)

    def hang_half_way(handler: http.server.BaseHTTPRequestHandler) -> None:
        reply(200, HALF, length="5000")(handler)
        time.sleep(1.5)

    for given in (hang, hang_half_way):
        with pretending(given) as (address, asked), open_store([address]) as store:
            with pytest.raises(DataError, match=r"did not go on within 0.3 s"):
                list(store.select(SELECT))
            assert len(asked) == 1


def test_virtuoso_s_names_of_blank_nodes_are_mended_wherever_the_pieces_end() -> None:
    binding = b'{ "s": { "type": "bnode", "value": "nodeID://b%d" }, "t": { "type": "literal", "value": "nodeID://x" }}'
    body = (
        b'{"head":{"vars":["s","t"]},"results":{"bindings":[' + b",".join(binding % n for n in range(10_000)) + b"]}}"
    )
    with pretending(reply(200, body, Server="Virtuoso/07")) as (address, _), open_store([address]) as store:
        found = list(store.select("SELECT ?s ?t { ?s ?p ?o }"))
    assert [row["s"].value for row in found] == [f"b{n}" for n in range(10_000)]
    assert {row["t"].value for row in found} == {"nodeID://x"}


def test_a_server_answers_alone(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a server, and answers alone"):
        open_store(["http://127.0.0.1:9/sparql", bundled_dispute()])


def test_a_part_of_an_answer_that_the_server_owns_up_to() -> None:
    given = reply(200, WHOLE, X_SQL_State="S1TAT", X_SQL_Message="RC...: query interrupted by result timeout")
    with (
        pretending(given) as (address, _),
        open_store([address]) as store,
        pytest.raises(LimitError, match="sends a part of the answer .*result timeout"),
    ):
        store.query(SELECT)


def test_an_answer_that_unpacks_for_ever() -> None:
    def bomb() -> Iterator[bytes]:
        packer = zlib.compressobj(wbits=31)
        yield packer.compress(HALF[:-1])
        blank = b" " * (1 << 20)
        for _ in range(2_000):
            yield packer.compress(blank)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with (
        pretending(streamed(bomb, Content_Encoding="gzip")) as (address, _),
        open_store([address]) as store,
        pytest.raises(DataError, match="sends little that unpacks to much"),
    ):
        list(store.select(SELECT))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def test_a_packed_answer_is_unpacked() -> None:
    many = HALF[:-1] + b',{"s":{"type":"uri","value":"a:a"}}' * 200_000 + b"]}}"
    with pretending(reply(200, gzip.compress(many), Content_Encoding="gzip")) as (address, _):
        assert sum(1 for _ in open_store([address]).select(SELECT)) == 200_001


def rows_of(number: int) -> Reply:
    row = b'{"s":{"type":"uri","value":"http://example.org/a/long/name/%d"}}'

    def pieces() -> Iterator[bytes]:
        yield b'{"head":{"vars":["s"]},"results":{"bindings":['
        for start in range(0, number, 1_000):
            yield b"," * bool(start) + b",".join(row % n for n in range(start, start + 1_000))
        yield b"]}}"

    return streamed(pieces)


MEASURED = """
import resource, sys
from disputegraph.cli import main
try:
    main(sys.argv[1:])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def test_rows_are_streamed(tmp_path: Path) -> None:
    peaks = []
    for number in (50_000, 1_000_000):
        with pretending(rows_of(number)) as (address, _):
            command = ["query", SELECT, "-d", address, "-f", "csv", "-o", str(tmp_path / "o.csv")]
            done = subprocess.run(
                [sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, check=True, timeout=120
            )
        assert (tmp_path / "o.csv").read_bytes().count(b"\n") == number + 1
        peaks.append(int(done.stderr.split()[-1]))
    assert peaks[1] - peaks[0] < 10_000  # kilobytes; the rows alone are 50 MB


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_long_query_is_still_posted_after_a_redirect(status: int) -> None:
    query = SELECT + " #" + "x" * 3_000
    with (
        pretending(reply(200, WHOLE)) as (other, seen),
        pretending(reply(status, b"", Location=other)) as (address, _),
        open_store([address]) as store,
    ):
        assert len(list(store.select(query))) == 1
    assert [one.method for one in seen] == ["POST"]
    assert b"xxx" in seen[0].body


def test_a_server_that_trickles_is_stopped_by_the_limit() -> None:
    def drops() -> Iterator[bytes]:
        yield HALF[:-1]
        for _ in range(200):
            time.sleep(0.1)
            yield b" "

    with pretending(streamed(drops)) as (address, _):
        start = time.monotonic()
        result = subprocess.run(
            [sys.executable, "-c", MEASURED, "query", SELECT, "-d", address, "--timeout", "2"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert result.returncode == 4, result.stderr
    assert time.monotonic() - start < 15
    assert not result.stdout


@pytest.mark.parametrize("given", ["soon", "0", "-1", "nan"])
def test_a_time_to_wait_that_is_none(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("DISPUTEGRAPH_SERVER_TIMEOUT", given)
    with pytest.raises(UsageError, match=f"is '{given}', and should be a number of seconds"):
        open_store(["http://127.0.0.1:9/sparql"])


YES = reply(200, b'{"head":{},"boolean":true}')
TAKEN = reply(204, b"", "text/plain")


def triples(number: int) -> bytes:
    return "".join(f"<http://x/{n}> <http://x/p> {n} .\n" for n in range(number)).encode()


@pytest.mark.parametrize(("path", "first"), [("/data", []), ("/update", []), ("/query", [YES])])
@pytest.mark.parametrize(
    ("last", "said"),
    [
        (hang_up, r"has taken 20 triples; of 10 more it has not said whether it has taken them\. Load again"),
        (reply(500, b"oops"), r"failed \(500\): oops The server has taken 20 triples; of 10 more it has not said"),
        (reply(401, b""), r"wants to know who asks.* The server has taken 20 triples\. Load again"),
        (reply(400, b"bad"), r"The server has taken 20 triples\. Load again"),
        (reply(507, b"disk full"), r"failed \(507\): disk full The server has taken 20 triples; of 10 more"),
    ],
)
def test_loading_that_is_cut_half_way(path: str, first: list[Reply], last: Reply, said: str) -> None:
    with pretending(*first, TAKEN, TAKEN, last) as (address, asked), pytest.raises(DataError, match=said):
        upload(address.replace("/sparql", path), [source_of_bytes(triples(35), name="x")], piece=10)
    assert len(asked) == len(first) + 3
    assert all(b"<http://x/" in one.body for one in asked[len(first) :])


def test_loading_that_is_refused_at_once() -> None:
    with pretending(reply(403, b"")) as (address, _), pytest.raises(DataError) as caught:
        upload(address.replace("/sparql", "/data"), [source_of_bytes(triples(5), name="x")])
    assert "has taken" not in str(caught.value)
    broken = source_of_bytes(triples(25) + b"<http://x/", name="x")
    with pretending(TAKEN) as (address, asked), pytest.raises(DataError, match="x:26.*has taken 20 triples"):
        upload(address.replace("/sparql", "/data"), [broken], piece=10)
    assert len(asked) == 2


def test_a_hanging_server_is_left_during_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPUTEGRAPH_SERVER_TIMEOUT", "0.3")

    def hang(handler: http.server.BaseHTTPRequestHandler) -> None:
        time.sleep(1)

    with (
        pretending(TAKEN, hang) as (address, _),
        pytest.raises(DataError, match=r"within 0\.3 s.* taken 10 triples; of"),
    ):
        upload(address.replace("/sparql", "/data"), [source_of_bytes(triples(20), name="x")], piece=10)


def test_short_answers_of_virtuoso_come_whole() -> None:
    for body in (b'{"head":{"vars":["s"]},"results":{"bindings":[]}}', WHOLE, WHOLE[:-3] + b" " * 150 + WHOLE[-3:]):
        with pretending(reply(200, body, Server="Virtuoso/07")) as (address, _), open_store([address]) as store:
            assert len(list(store.select(SELECT))) == body.count(b"a:a")
    truths = b",".join(
        b'{"s":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#boolean","value":"%d"}}' % (n % 2)
        for n in range(5_000)
    )
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[' + truths + b"]}}"
    with pretending(reply(200, body, Server="Virtuoso/07")) as (address, _), open_store([address]) as store:
        assert [row["s"].value for row in store.select(SELECT)] == ["false", "true"] * 2_500
    assert json.loads(body)
