"""Limits kill for real, say which they were, and leave nothing half-written behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.errors import LimitError
from disputegraph.store import EmbeddedStore, Rows, Triples

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GROWING = "SELECT (GROUP_CONCAT(STR(?x)) AS ?y) { ?x ?b ?c . ?d ?e ?f }"
MANY = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def children() -> set[str]:
    listed = subprocess.run(
        ["/bin/ps", "--no-headers", "-o", "pid,comm", "--ppid", str(os.getpid())],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return {line for line in listed.stdout.splitlines() if not line.split()[1].startswith("ps")}


@pytest.mark.parametrize("query", [ENDLESS, MANY])
def test_time(query: str) -> None:
    start, before = time.monotonic(), children()
    result = CliRunner().invoke(main, ["query", query, "--timeout", "0.7", "-f", "csv"])
    assert result.exit_code == 4
    assert "the time limit of 0.7 s (--timeout) was hit; nothing was written" in result.stderr
    assert not result.stdout
    assert time.monotonic() - start < 20
    assert children() <= before  # the same process may have started servers for other tests


def test_memory() -> None:
    result = CliRunner().invoke(main, ["query", GROWING, "--max-memory", "80", "-f", "csv"])
    assert result.exit_code == 4, result.stderr
    assert "the memory limit of 80 MB (--max-memory) was hit" in result.stderr
    assert "backtrace" not in result.stderr
    assert not result.stdout


def test_memory_that_is_asked_for_at_one_stroke() -> None:
    # Twenty doublings, and then a text of a million times as many: no look at the child comes in time.
    doubled = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(34))
    query = f'SELECT (STRLEN(?v34) AS ?n) {{ BIND("{"x" * 1000}" AS ?v0) {doubled} }}'
    result = CliRunner().invoke(main, ["query", query, "--max-memory", "300"])
    assert result.exit_code == 4, result.stderr
    assert "the memory limit of 300 MB (--max-memory) was hit" in result.stderr
    assert "backtrace" not in result.stderr


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "jsonl", "xml"])
def test_rows(form: str) -> None:
    query = 'SELECT ?s (",{[" AS ?x) (IF(?n > 1, "a", ?none) AS ?y) { ?s a dg:Claim BIND(RAND() AS ?n) } LIMIT 12'
    for most, code in (("12", 0), ("11", 4), ("0", 4)):
        result = CliRunner().invoke(main, ["query", query, "--max-rows", most, "-f", form])
        assert result.exit_code == code
        assert bool(result.stdout) is (code == 0)
    assert "more than 0 rows (--max-rows)" in result.stderr
    free = CliRunner().invoke(main, ["query", "SELECT ?s { ?s a dg:Claim } ORDER BY ?s LIMIT 12", "-f", form])
    held = CliRunner().invoke(
        main, ["query", "SELECT ?s { ?s a dg:Claim } ORDER BY ?s LIMIT 12", "-f", form, "--max-rows", "12"]
    )
    assert held.stdout == free.stdout


def test_triples(tmp_path: Path) -> None:
    target = tmp_path / "x.ttl"
    target.write_text("before")
    query = "CONSTRUCT { ?s a dg:Claim } WHERE { ?s a dg:Claim } LIMIT 5"
    result = CliRunner().invoke(main, ["query", query, "--max-rows", "4", "-o", str(target)])
    assert result.exit_code == 4
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["x.ttl"]
    assert CliRunner().invoke(main, ["query", query, "--max-rows", "5", "-o", str(target)]).exit_code == 0
    assert "dg:Claim" in target.read_text()


def test_rows_of_the_store() -> None:
    store = EmbeddedStore()
    store.engine.update("INSERT DATA { <a:a> <a:b> 1, 2, 3 }")
    store.max_rows = 3
    answer = store.query("SELECT ?s ?p ?o { ?s ?p ?o }")
    assert isinstance(answer, Rows)
    assert [variable.value for variable in answer.variables] == ["s", "p", "o"]
    assert len(list(answer)) == 3
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, Triples)
    assert len(list(triples)) == 3
    store.max_rows = 2
    with pytest.raises(LimitError):
        store.query("SELECT * { ?s ?p ?o }")
    assert store.ask("ASK { ?s ?p ?o }")


def test_values_that_look_like_rows_are_counted_for_none() -> None:
    query = r"""SELECT ?x ?y { VALUES ?x { "a\n\tb" "{},[{\"" UNDEF 01 1e0 "x"@en <<( <a:a> <a:b> "\n" )>> } }"""
    store = EmbeddedStore()
    free = [list(row) for row in store.select(query)]
    store.max_rows = 7
    assert [list(row) for row in store.select(query)] == free
    store.max_rows = 6
    with pytest.raises(LimitError, match="more than 6 rows"):
        store.select(query)


def test_a_file_half_written_is_removed(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["query", MANY, "--timeout", "2.5", "-f", "csv", "-o", str(tmp_path / "out.csv")])
    assert result.exit_code == 4
    assert not list(tmp_path.iterdir())


def test_within_the_limits_all_is_as_without(tmp_path: Path) -> None:
    arguments = ["query", "SELECT ?s { ?s a dg:Claim } ORDER BY ?s", "-f", "json"]
    free = CliRunner().invoke(main, arguments)
    held = CliRunner().invoke(main, [*arguments, "--timeout", "60", "--max-memory", "2000", "--max-rows", "1000"])
    assert (held.exit_code, held.stdout, held.stderr) == (free.exit_code, free.stdout, free.stderr)
    assert free.stdout
    broken = CliRunner().invoke(main, ["query", "SELECT {", "--timeout", "60"])
    assert broken.exit_code == 3
    assert "this is not a SPARQL query" in broken.stderr


def test_the_child_ends_with_its_parent() -> None:
    code = "from disputegraph.cli import main; main()"
    parent = subprocess.Popen(
        [sys.executable, "-c", code, "query", ENDLESS, "--timeout", "100"], stderr=subprocess.DEVNULL
    )

    def child() -> str:
        listed = subprocess.run(
            ["/bin/ps", "--no-headers", "-o", "pid", "--ppid", str(parent.pid)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return listed.stdout.strip()

    deadline = time.monotonic() + 20
    while not child() and time.monotonic() < deadline:
        time.sleep(0.05)
    pid = int(child())
    time.sleep(1)
    parent.kill()
    parent.wait()
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ VALUES ?x {{ {} }} }}".format(" ".join(map(str, range(20_000)))),
        "SELECT * {{ VALUES ?x {{ {} }} }}".format(" ".join(f'"2016-01-01"^^<a:{n}>' for n in range(2_000))),
        "SELECT * {{ VALUES ?x {{ {} }} }}".format(" ".join(f"-{n}.5" for n in range(2_000))),
        "SELECT * {{ VALUES (?x ?y) {{ {} }} }}".format("(1 -1) " * 2_000),
        "SELECT * {{}} VALUES (?x ?y) {{ {} }}".format("(1 -1) " * 2_000),
        "SELECT * {{ BIND(5 AS ?x) FILTER(?x IN ({})) }}".format(",".join(map(str, range(20_000)))),
        "SELECT * {{ BIND(5 AS ?x) FILTER(?x NOT IN ({})) }}".format(",".join(f"-{n}" for n in range(2_000))),
        "SELECT * {{ BIND(5 AS ?x) FILTER(?x IN ({})) }}".format(",".join(f"?x * {n}" for n in range(2_000))),
        "SELECT * {{ BIND('a'@en AS ?x) FILTER(?x IN ({})) }}".format(",".join(f"'{n}'@en" for n in range(2_000))),
        "".join(f"PREFIX p{n}: <a:{n}> " for n in range(2_000)) + "SELECT * {}",
        "SELECT (CONCAT({}) AS ?x) {{}}".format(",".join(["STR('a'^^<a:b>)"] * 2_000)),
    ],
)
def test_long_lists_are_no_depth(query: str) -> None:
    assert len(list(EmbeddedStore().select(query))) >= (0 if "FILTER" in query else 1)


def test_a_long_text_takes_no_memory_beyond_itself() -> None:
    import tracemalloc

    from disputegraph.sparql import examine

    tracemalloc.start()
    examine(f"SELECT ('{'x' * 3_000_000}' AS ?x) {{}}")
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="looks into /proc")
def test_memory_that_runs_out_is_told_before_the_system_kills(tmp_path: Path) -> None:
    """The engine gathers the errors of a damaged block without end, and cannot be interrupted."""
    lines = "".join(f'<http://x/{n}> <http://x/p> "value number {n} of many" .\n' for n in range(12_000))
    (tmp_path / "a.nt").write_text(lines)
    # A store that is counted when it is opened is found damaged before the engine begins to answer.
    code = "from disputegraph.cli import main; from disputegraph.store import disk_store; "
    code += "disk_store.COUNTED_AT_OPEN = 1_000; main(prog_name='disputegraph')"
    command = [sys.executable, "-c", code]
    folder, output = tmp_path / "store", tmp_path / "o.csv"
    subprocess.run([*command, "load", str(tmp_path / "a.nt"), "--into", str(folder)], check=True, capture_output=True)
    tables = sorted(folder.rglob("*.sst"), key=lambda path: path.stat().st_size)[-4:]
    codes = []
    for path in tables:  # one index of three, and the texts
        whole = path.read_bytes()
        data = bytearray(whole)
        data[len(data) // 5] ^= 1
        path.write_bytes(data)
        query = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s"
        done = subprocess.run(
            [*command, "query", query, "-d", str(folder), "-f", "csv", "-o", str(output)],
            capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "DISPUTEGRAPH_MEMORY": "400"},
        )  # fmt: skip
        codes.append(done.returncode)
        if done.returncode:
            assert done.returncode in (3, 4), done.stderr
            assert "is damaged" in done.stderr or "may be damaged" in done.stderr
            assert sorted(path.name for path in tmp_path.iterdir()) == ["a.nt", "store"]
        else:
            assert output.read_text().count("\n") == 12_001
            output.unlink()
        path.write_bytes(whole)
    assert {0, 4} <= set(codes), codes
