"""What the server refuses, bounds and survives."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.server.conftest import Running, children, start, until

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED_CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a"
CHEAP = "SELECT ?s { ?s a dg:Hospital }"


def raw(port: int, sent: bytes, *, seconds: float = 10) -> bytes:
    """Send bytes as they are; return all that comes back until the server closes or is silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(sent)
        parts = []
        try:
            while part := connection.recv(65536):
                parts.append(part)
        except (TimeoutError, ConnectionResetError):
            pass
        return b"".join(parts)


# Who may call.


@pytest.mark.parametrize("name", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.example", "",
                                  "a@localhost", "localhost#x",
                                  "localhost/x", "localhost\\"])  # fmt: skip
def test_another_name_is_refused(bundled, name: str) -> None:
    answer = bundled.get("/status", headers={"Host": f"{name}:{bundled.port}" if name else ""})
    assert answer.status_code == 400
    assert "triples" not in answer.text


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_own_names_are_not(bundled, name: str) -> None:
    assert bundled.get("/status", headers={"Host": f"{name}:{bundled.port}"}).status_code == 200


def test_two_host_headers_are_refused(bundled) -> None:
    sent = b"GET /status HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    assert raw(bundled.port, sent).split()[1] == b"400"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "https://evil.example"])
def test_pages_of_other_origins_may_not_ask(bundled, origin: str) -> None:
    answer = bundled.ask(CHEAP)
    assert answer.status_code == 200
    answer = bundled.post(data={"query": CHEAP}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    preflight = bundled.client.options(
        bundled.address + "/sparql", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
    )
    assert "access-control-allow-origin" not in preflight.headers
    assert "access-control-allow-methods" not in preflight.headers


def test_images_and_scripts_of_other_sites_may_not_ask(bundled) -> None:
    far = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert bundled.get("/sparql", params={"query": CHEAP}, headers=far).status_code == 403
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert bundled.get("/query", headers=link).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/sparql?query=ASK%20%7B%7D", "/queries/timeline", "/data.nt",
                                  "/evidence?utterance=urn:x", "/status"])  # fmt: skip
def test_no_foreign_page_navigates_to_what_runs_a_query(bundled, site: str, path: str) -> None:
    foreign = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert bundled.get(path, headers=foreign).status_code == 403
    own = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert bundled.get(path, headers=own).status_code == 200


@pytest.mark.parametrize("embedding", ["iframe", "frame", "embed", "object"])
@pytest.mark.parametrize("path", ["/", "/query", "/sparql?query=ASK%20%7B%7D", "/queries/timeline"])
def test_nothing_is_embedded(bundled, embedding: str, path: str) -> None:
    for site in ("cross-site", "same-site", "same-origin"):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": embedding}
        assert bundled.get(path, headers=headers).status_code == 403


def test_own_pages_may(bundled) -> None:
    answer = bundled.post(data={"query": CHEAP}, headers={"Origin": bundled.address})
    assert answer.status_code == 200


def test_cors_names_the_origins(serve) -> None:
    server = serve("--cors", "https://lab.example")
    good, bad = {"Origin": "https://lab.example"}, {"Origin": "https://other.example"}
    answer = server.post(data={"query": CHEAP}, headers=good)
    assert answer.headers["access-control-allow-origin"] == "https://lab.example"
    assert "access-control-allow-credentials" not in answer.headers
    preflight = server.client.options(
        server.address + "/sparql", headers={**good, "Access-Control-Request-Method": "POST"}
    )
    assert preflight.headers["access-control-allow-origin"] == "https://lab.example"
    assert server.post(data={"query": CHEAP}, headers=bad).status_code == 403
    # The preview of the reconciliation service may be framed, by that origin alone, and nothing else may.
    framed = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    hunt = "https%3A%2F%2Fw3id.org%2Fdisputegraph%2Fdata%2Fjunior-doctors-2016%2Fhunt"
    preview = server.get(f"/reconcile/preview?id={hunt}", headers=framed)
    assert preview.status_code == 200
    assert "frame-ancestors 'self' https://lab.example" in preview.headers["content-security-policy"]
    assert "x-frame-options" not in preview.headers
    assert "<script" not in preview.text
    page = server.get(f"/resource?iri={hunt}", headers=framed)
    assert page.status_code == 403
    assert page.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/", "/query", "/resource?iri=https%3A%2F%2Fw3id.org%2Fdisputegraph%2Fns%23Claim",
                                  "/sparql?query=ASK%20%7B%7D", "/nowhere", "/data.nt", "/status", "/reconcile",
                                  "/reconcile/preview?id=x"])  # fmt: skip
def test_every_answer_is_fenced(bundled, path: str) -> None:
    browser = {"Accept": "text/html, */*;q=0.1"}
    answer = bundled.get(path, headers=browser)
    if answer.status_code == 202:  # the page is still being drawn, and what says so is fenced as all else
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        until(lambda: bundled.get(path, headers=browser).status_code == 200)
        answer = bundled.get(path, headers=browser)
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    if path == "/":
        inside = re.search(r'Content-Security-Policy" content="([^"]*)"', answer.text)[1]
        policy = f"{policy}; {inside.replace('&#39;', chr(39))}"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "access-control-allow-origin" not in answer.headers


def test_labels_are_text_not_markup(serve, tmp_path: Path) -> None:
    data = tmp_path / "hostile.ttl"
    data.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix ex: <http://example.org/> .\n"
        'ex:a skos:prefLabel "<script>alert(1)</script>" ; ex:p <javascript:alert(1)> , ex:a .\n'
    )
    server = serve("-d", str(data))
    page = server.get("/resource", params={"iri": "http://example.org/a"}, headers={"Accept": "text/html"}).text
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert all(kind == ' type="application/ld+json"' for kind, _ in scripts)  # data for machines, which nobody runs
    assert not any("<" in text for _, text in scripts)
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript:' not in page


# How much.


def test_time_limit(bundled) -> None:
    began = time.monotonic()
    answer = bundled.ask(CROSS + " # time")
    assert answer.status_code == 504
    assert "3 s" in answer.json()["detail"]
    assert time.monotonic() - began < 15
    assert bundled.ask(CHEAP).status_code == 200


def test_memory_limit(serve) -> None:
    server = serve("--timeout", "60", "--max-memory", "64")
    answer = server.ask(SORTED_CROSS + " # memory")
    assert answer.status_code == 500
    assert answer.json()["kind"] == "memory"
    assert server.ask(CHEAP).status_code == 200


def test_row_limit(bundled) -> None:
    for accept in ("application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                   "text/tab-separated-values"):  # fmt: skip
        answer = bundled.ask("SELECT * { ?a ?b ?c . ?d a ?e } LIMIT 5001", accept)
        assert answer.status_code == 500
        assert "5,000 rows" in answer.json()["detail"]
        exactly = bundled.ask("SELECT * { ?a ?b ?c . ?d a ?e } LIMIT 5000", accept)
        assert exactly.status_code == 200
    graph = "CONSTRUCT { ?a ?b ?d } WHERE { ?a ?b ?c . ?d a ?e }"
    assert bundled.ask(graph, "text/turtle").status_code == 500


def test_row_limit_counts_rows_and_not_what_looks_like_them(serve, tmp_path: Path) -> None:
    data = tmp_path / "d.nt"
    texts = ["}},{", "<result>", "\\r\\n", "\\n\\n\\n", "},{},{"]
    data.write_text("".join(f'<urn:s{n}> <urn:p> "{text * 20}" .\n' for n, text in enumerate(texts)))
    server = serve("-d", str(data), "--max-rows", "5")
    for accept in ("application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                   "text/tab-separated-values"):  # fmt: skip
        assert server.ask("SELECT * { ?s ?p ?o }", accept).status_code == 200


def test_deep_and_long_queries(bundled) -> None:
    deep = "SELECT * { " + "{ " * 20_000 + "?s a dg:Hospital" + " }" * 20_000 + " }"
    assert len(bundled.rows(deep)) == 5
    assert bundled.ask("SELECT * { ?s ?p '" + "x" * 1_100_000 + "' }").status_code == 413
    assert raw(bundled.port, b"GET /?" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n").split()[1] == b"400"
    assert bundled.ask(CHEAP).status_code == 200


def test_body_longer_than_announced_sizes(bundled) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    announced = raw(bundled.port, head + b"Content-Length: 99999999999\r\n\r\n", seconds=5)
    assert announced.split()[1] == b"413"
    chunk = b"20000\r\n" + b"#" * 0x20000 + b"\r\n"
    try:
        streamed = raw(bundled.port, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 40, seconds=5)
    except (BrokenPipeError, ConnectionResetError):
        streamed = b""  # cut while it was still sending
    assert streamed == b"" or streamed.split()[1] == b"413"


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x00\xff\xfe\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
    ],
)
def test_nonsense(bundled, nonsense: bytes) -> None:
    answer = raw(bundled.port, nonsense, seconds=3)
    assert answer == b"" or answer.split()[1] in (b"400", b"421", b"505")
    assert bundled.ask(CHEAP).status_code == 200


IMPATIENT = """
import functools
from disputegraph import cli, server
assert server.Limits().body_seconds == 10
server.Limits = functools.partial(server.Limits, body_seconds=3)
cli.main(prog_name="disputegraph")
"""


@pytest.fixture(scope="module")
def impatient() -> Iterator[Running]:
    """A server that waits three seconds for a body, and not ten."""
    running = start("--timeout", "3", program=("-c", IMPATIENT))
    yield running
    running.stop()


def test_a_body_that_trickles_in_is_cut(impatient: Running) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    began = time.monotonic()
    assert raw(impatient.port, head + b"Content-Length: 100\r\n\r\nASK", seconds=15).split()[1] == b"408"
    assert 2.7 < time.monotonic() - began < 9


def test_all_bodies_together_are_bounded(impatient: Running) -> None:
    """Bodies of nearly a megabyte each that are never finished: those beyond 16 MB are told to come back."""
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    sent = head + b"Content-Length: 999999\r\n\r\n" + b"#" * 900_000

    with ThreadPoolExecutor(24) as threads:
        answers = [task.result() for task in [threads.submit(raw, impatient.port, sent, seconds=6) for _ in range(24)]]
    statuses = [answer.split()[1] for answer in answers if answer]
    assert b"503" in statuses
    assert set(statuses) <= {b"408", b"503"}
    assert statuses.count(b"408") <= 17
    assert impatient.ask(CHEAP).status_code == 200


def test_a_client_that_leaves_ends_its_query(serve) -> None:
    server = serve("--timeout", "60")
    server.client.get(server.address + "/", timeout=120)  # the page is drawn, so that nothing else is at work
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(server.address + "/sparql", data={"query": CROSS}, timeout=1.5)

    def idle() -> bool:
        states = []
        for process in children(server.process.pid):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ends just now
                states.append(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0])
        return "R" not in states

    until(idle)


# Many at once.


def test_two_hundred_clients_with_cheap_and_runaway_queries(serve) -> None:
    """Cheap queries keep being answered, memory stays bounded, and no worker is lost."""
    server = serve("--timeout", "3", "--max-memory", "128")
    cheap_done, cheap_times, other = [], [], []
    end = time.monotonic() + 6

    def client(number: int) -> None:
        runaway = number % 4 == 0
        with httpx.Client(timeout=60, verify=False) as own:  # to read the certificates 200 times takes seconds
            turn = 0
            while time.monotonic() < end:
                turn += 1
                query = (
                    f"{(CROSS, SORTED_CROSS)[number % 8 == 0]} # {number % 16}"
                    if runaway
                    else CHEAP + f"# {number} {turn}"
                )
                began = time.monotonic()
                answer = own.post(server.address + "/sparql", data={"query": query})
                if runaway:
                    other.append(answer.status_code)
                    if answer.status_code == 503:
                        assert int(answer.headers["retry-after"]) >= 1
                        time.sleep(0.3)
                else:
                    cheap_done.append(answer.status_code)
                    cheap_times.append(time.monotonic() - began)
                    time.sleep(0.05)

    most = 0
    with ThreadPoolExecutor(200) as threads:
        tasks = [threads.submit(client, number) for number in range(200)]
        while time.monotonic() < end:
            most = max(most, sum(map(memory, [server.process.pid, *children(server.process.pid)])))
            time.sleep(0.2)
        for task in tasks:
            task.result()
    assert len(cheap_done) > 200
    assert cheap_done.count(200) / len(cheap_done) > 0.98, {code: cheap_done.count(code) for code in set(cheap_done)}
    assert set(other) <= {500, 503, 504}, set(other)
    assert 503 in other
    # Two ready workers and two for long queries, each with its limit, and the server itself.
    assert most < (4 * (128 + 60) + 200) * 2**20, most
    assert server.ask(CHEAP).status_code == 200
    assert server.process.poll() is None
    until(lambda: len(children(server.process.pid)) >= 3)  # two ready workers, and who clears up


def test_cheap_queries_do_not_share_the_fate_of_what_is_before_them(serve) -> None:
    """In the line of a worker that is killed, or held up, every other query is answered all the same."""
    server = serve("--timeout", "3", "--max-memory", "64")
    with ThreadPoolExecutor(24) as threads:
        others = [
            threads.submit(server.get, "/sparql", params={"query": f"{(CROSS, SORTED_CROSS)[n % 2]} # fate {n}"})
            for n in range(6)
        ]
        cheap = [threads.submit(server.get, "/sparql", params={"query": f"{CHEAP} # fate {n}"}) for n in range(200)]
        assert [task.result().status_code for task in cheap] == [200] * 200
        assert {task.result().status_code for task in others} <= {500, 503, 504}


def test_requests_that_come_together_are_answered_in_order(bundled) -> None:
    """Several requests in one piece, or the next before the first is answered, go neither lost nor astray."""
    one = b"GET /sparql?query=ASK%%20%%7B%%7D%%23%d HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
    last = b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = raw(bundled.port, b"".join(one % n for n in range(5)) + last)
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"200"] * 5 + [b"404"]
    with socket.create_connection(("127.0.0.1", bundled.port), timeout=10) as connection:
        for n in range(20):
            connection.sendall(one % (100 + n))
        connection.sendall(last)
        got = b""
        while part := connection.recv(65536):
            got += part
    assert re.findall(rb"HTTP/1.1 (\d+)", got) == [b"200"] * 20 + [b"404"]


def memory(process: int) -> int:
    """Return the memory that is a process's own, in bytes."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(number) for number in re.findall(r"^Private_\w+:\s+(\d+) kB", text, re.MULTILINE)) * 1024
