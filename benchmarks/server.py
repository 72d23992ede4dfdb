"""Requests per second of `disputegraph serve` against PyPI `rdflib-endpoint` and `oxigraph serve`.

The same data, the same queries, the same load, on the loopback only. The servers stand side by side and are loaded in
turn, round after round, so that a machine whose speed drifts drifts for all of them; what is told is the median of the
ratios of the rounds. Every query of a round differs from all before by a comment, so that no server can answer from
memory.

    python benchmarks/server.py [--seconds 2] [--rounds 3] [--clients 8] [--rdflib-endpoint PYTHON]

The load comes from `wrk` where that is installed; else from this script, which takes much of the machine for itself
where there are few cores, so that the fastest server looks slower than it is. `--rdflib-endpoint` names a Python that
has rdflib-endpoint installed (it brings FastAPI; by default this Python).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Self
from urllib.parse import quote

from measure import machine

from disputegraph.resources import bundled_dispute

PREFIXES = (
    "PREFIX dg: <https://w3id.org/disputegraph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX ex: <https://w3id.org/disputegraph/data/junior-doctors-2016/> "
)
QUERIES = {
    "ask": "ASK { ex:hunt a dg:Person }",
    "look-up": "SELECT ?p ?o { ex:hunt ?p ?o }",
    "list": "SELECT ?s ?l { ?s a dg:Claim ; skos:prefLabel ?l }",
    "join": "SELECT ?speaker ?claim ?polarity { ?u dg:speaker ?speaker ; dg:addressesClaim ?claim ; "
    "dg:polarity ?polarity }",
    "count": "SELECT ?speaker (COUNT(?u) AS ?n) { ?u dg:speaker ?speaker } GROUP BY ?speaker ORDER BY DESC(?n)",
}
RUNNING = count()
GOALS = {"rdflib-endpoint": ">= 5", "oxigraph serve": ""}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server process on the loopback, ended with the block."""

    def __init__(self, name: str, command: list[str], port: int, path: str) -> None:
        self.name, self.command, self.port, self.path = name, command, port, path

    def __enter__(self) -> Self:
        self.began = time.perf_counter()
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.first = self._first_answer()
        return self

    def _first_answer(self) -> float:
        address = f"http://127.0.0.1:{self.port}{self.path}?query={quote('ASK {}')}"
        request = urllib.request.Request(address, headers={"Accept": "application/sparql-results+json"})
        for _ in range(600):
            try:
                with urllib.request.urlopen(request, timeout=5) as answer:
                    answer.read()
                return time.perf_counter() - self.began
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.02)
        sys.exit(f"{self.name} did not start: {' '.join(self.command)}")

    def cpu(self) -> float:
        """Return the CPU seconds of the server and the processes below it."""
        parents, spent = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            process = int(stat.parent.name)
            parents[process] = int(fields[1])
            # With those of its children that have ended.
            spent[process] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        family = {self.process.pid}
        while more := {process for process, parent in parents.items() if parent in family} - family:
            family |= more
        return sum(spent.get(process, 0) for process in family)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def load(server: Server, query: str, *, clients: int, seconds: float) -> tuple[float, int]:
    """Return requests per second, and their number, from `clients` connections that are kept open."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return asyncio.run(own_load(server, query, clients=clients, seconds=seconds))
    path = f"{server.path}?query={quote(PREFIXES + query)}"
    address = f"http://127.0.0.1:{server.port}"
    script = [str(Path(__file__).with_name("load.lua")), address, "--", path, str(next(RUNNING))]
    command = [wrk, "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "-s", *script]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if trouble := re.search("(Non-2xx|Socket errors).*", said):
        sys.exit(f"{server.name}: {trouble[0]}")
    rate, number = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"(\d+) requests in", said)
    return float(rate[1]), max(1, int(number[1]))


async def own_load(server: Server, query: str, *, clients: int, seconds: float) -> tuple[float, int]:
    """As `load`, without wrk."""
    end = time.perf_counter() + seconds
    answered = 0
    began = time.perf_counter()

    async def client(number: int) -> None:
        nonlocal answered
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        turn = 0
        while time.perf_counter() < end:
            turn += 1
            text = PREFIXES + query + f" # {number} {turn} {next(RUNNING)}"
            writer.write(
                f"GET {server.path}?query={quote(text)} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
                "Accept: application/sparql-results+json\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                sys.exit(f"{server.name}: {head[:200]!r}")
            lowered = head.lower()
            if b"content-length:" in lowered:
                await reader.readexactly(int(lowered.split(b"content-length:")[1].split(b"\r\n")[0]))
            else:
                while size := int(await reader.readline(), 16):
                    await reader.readexactly(size + 2)
                await reader.readline()
            answered += 1
        writer.close()

    await asyncio.gather(*(client(number) for number in range(clients)))
    return answered / (time.perf_counter() - began), answered


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=2)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--clients", type=int, default=8)
    options.add_argument("--rdflib-endpoint", default=sys.executable)
    options.add_argument("--data", type=Path, default=bundled_dispute())
    chosen = options.parse_args()
    starts = [start_of_ours(chosen) for _ in range(5)]
    busy = os.getloadavg()[0]
    with ExitStack() as stack:
        store = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = {server.name: stack.enter_context(server) for server in candidates(chosen, store)}
        # Its page is drawn in the background when it starts, and is not what is measured here.
        urllib.request.urlopen(f"http://127.0.0.1:{servers['disputegraph'].port}/", timeout=60).close()
        results, lines = measure(servers, chosen), []
        for name, baseline, rows, costs in results:
            goal = GOALS[baseline]
            ratio = statistics.median(ours / theirs for ours, theirs in rows)
            ours, theirs = (statistics.median(column) for column in zip(*rows, strict=True))
            cpu = statistics.median(theirs / ours for ours, theirs in costs)
            own = statistics.median(ours for ours, _ in costs)
            lines.append({"query": name, "baseline": baseline, "ratio": round(ratio, 2), "goal": goal,
                          "ours per second": round(ours), "theirs per second": round(theirs),
                          "CPU ratio": round(cpu, 2), "our CPU ms a request": round(own * 1000, 2)})  # fmt: skip
        first = {name: round(server.first, 2) for name, server in servers.items()}
        wall, cpu = (round(statistics.median(column), 2) for column in zip(*starts, strict=True))
    kept = {"machine": machine(), "load average before": round(busy, 1), "loader": "wrk" if shutil.which("wrk") else
            "this script", "clients": chosen.clients, "first answer, s": first, "start": {"first answer, s": wall,
            "CPU, s": cpu, "goal": "<= 1"}, "results": lines}  # fmt: skip
    (Path(__file__).parent / "results" / "server.json").write_text(json.dumps(kept, indent=1) + "\n")
    print(table(kept))


def table(kept: dict) -> str:
    """Return what was measured as Markdown."""
    first = ", ".join(f"{name} {seconds}" for name, seconds in kept["first answer, s"].items())
    start = kept["start"]
    how = (
        f"Load average before: {kept['load average before']}. Load from {kept['loader']}, {kept['clients']} clients. "
        f"First answer, s: {first}; disputegraph, median of five starts: {start['first answer, s']} s, of CPU "
        f"{start['CPU, s']} s (goal {start['goal']})."
    )
    head = "| query | against | ratio of requests per second | goal | ours per second | theirs | CPU ratio "
    head += "| our CPU, ms a request |\n|---|---|---:|---|---:|---:|---:|---:|"
    rows = ["| " + " | ".join(str(value) for value in row.values()) + " |" for row in kept["results"]]
    return "\n".join([f"## Server ({kept['machine']})", "", how, "", head, *rows])


Rows = list[tuple[float, float]]


def measure(servers: dict[str, Server], chosen: argparse.Namespace) -> list[tuple[str, str, Rows, Rows]]:
    """Return, for each query and baseline, the pairs of rates and of CPU seconds a request."""
    found = []
    for name, query in QUERIES.items():
        rates: dict[str, list[float]] = {server: [] for server in servers}
        costs: dict[str, list[float]] = {server: [] for server in servers}
        for _ in range(chosen.rounds):
            for server in servers.values():
                before = server.cpu()
                rate, number = load(server, query, clients=chosen.clients, seconds=chosen.seconds)
                rates[server.name].append(rate)
                costs[server.name].append((server.cpu() - before) / number)
        ours, cost = rates.pop("disputegraph"), costs.pop("disputegraph")
        for other, theirs in rates.items():
            pairs = list(zip(ours, theirs, strict=True)), list(zip(cost, costs[other], strict=True))
            found.append((name, other, *pairs))
    return found


def start_of_ours(chosen: argparse.Namespace) -> tuple[float, float]:
    """Return the seconds from the start of the command to the first answer, and the CPU seconds spent till then."""
    port = free_port()
    ours = [sys.executable, "-m", "disputegraph", "serve", "-d", str(chosen.data), "--port", str(port)]
    with Server("disputegraph", ours, port, "/sparql") as server:
        return server.first, server.cpu()


def candidates(chosen: argparse.Namespace, store: Path) -> list[Server]:
    ports = [free_port() for _ in range(3)]
    data = str(chosen.data)
    ours = [sys.executable, "-m", "disputegraph", "serve", "-d", data, "--port", str(ports[0])]
    servers = [Server("disputegraph", ours, ports[0], "/sparql")]
    endpoint = Path(chosen.rdflib_endpoint).with_name("rdflib-endpoint")
    if endpoint.exists():
        command = [str(endpoint), "serve", "--host", "127.0.0.1", "--port", str(ports[1]), data]
        servers.append(Server("rdflib-endpoint", command, ports[1], "/"))
    else:
        print("rdflib-endpoint is not installed; left out", file=sys.stderr)
    oxigraph = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if oxigraph:
        subprocess.run([oxigraph, "load", "--location", store, "--file", data], check=True, capture_output=True)
        command = [oxigraph, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{ports[2]}"]
        servers.append(Server("oxigraph serve", command, ports[2], "/query"))
    else:
        print("oxigraph is not installed; left out", file=sys.stderr)
    return servers


if __name__ == "__main__":
    main()
