"""Who asks a server is told to that server alone, and a password is shown nowhere."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.errors import DataError, UsageError
from disputegraph.store import open_store
from tests.pretending import pretending, reply

SELECT = "SELECT ?s { ?s ?p ?o }"

ANSWER = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"a:a"}}]}}'


def test_who_asks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wants = reply(401, b"", WWW_Authenticate='Basic realm="x"')
    with pretending(wants, reply(200, ANSWER)) as (address, asked):
        monkeypatch.setenv("DISPUTEGRAPH_PASSWORD", "secret")
        list(open_store([address], user="ann").select(SELECT))
        assert [one.authorization for one in asked] == ["", "Basic YW5uOnNlY3JldA=="]
    monkeypatch.delenv("DISPUTEGRAPH_PASSWORD")
    with pretending(reply(200, ANSWER)) as (address, asked):
        monkeypatch.setenv("DISPUTEGRAPH_TOKEN", "own")  # the write token of one's own server is nobody else's
        monkeypatch.setenv("DISPUTEGRAPH_SERVER_TOKENS", f"http://127.0.0.1:1/ no {address} t0ken")
        list(open_store([address]).select(SELECT))
        monkeypatch.setenv("DISPUTEGRAPH_SERVER_TOKENS", f"{address.replace('http:', 'https:')} no http://localhost no")
        list(open_store([address]).select(SELECT))
        assert [one.authorization for one in asked] == ["Bearer t0ken", ""]
        monkeypatch.setenv("DISPUTEGRAPH_SERVER_TOKENS", "t0ken")
        with pytest.raises(UsageError, match='has the form "ADDRESS TOKEN"') as raised:
            open_store([address])
        assert "t0ken" not in str(raised.value)
        monkeypatch.delenv("DISPUTEGRAPH_SERVER_TOKENS")
        with pytest.raises(UsageError, match="no password for 'ann'"):
            open_store([address], user="ann")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ann password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with pretending(wants, reply(200, ANSWER)) as (address, asked):
        list(open_store([address]).select(SELECT))
        assert asked[-1].authorization == "Basic YW5uOnNlY3JldA=="
    with pretending(reply(404, b"")) as (address, _), pytest.raises(DataError) as caught:
        open_store([address.replace("//", "//ann:hush@")]).query("ASK {}")
    assert "hush" not in str(caught.value)


def test_credentials_go_to_nobody_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ann password secret\nmachine localhost login bob password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    wants = reply(401, b"", WWW_Authenticate='Basic realm="x"')
    digest = reply(401, b"", WWW_Authenticate='Digest realm="x", nonce="n", qop="auth"')
    for asks in (wants, digest):
        with pretending(asks) as (other, seen):
            for host in ("127.0.0.1", "localhost"):  # another port; another name too
                away = reply(302, b"", Location=other.replace("127.0.0.1", host))
                with pretending(asks, away) as (address, asked), open_store([address]) as store:
                    with pytest.raises(DataError, match="wants to know who asks"):
                        store.query(SELECT)
                    assert asked[-1].authorization.startswith(("Basic", "Digest"))
            with pretending(reply(307, b"", Location=other)) as (address, asked):
                monkeypatch.setenv("DISPUTEGRAPH_SERVER_TOKENS", f"{address} t0ken")
                store = open_store([address])
                with pytest.raises(DataError, match="wants to know who asks"):
                    store.query(SELECT)
                assert asked[0].authorization == "Bearer t0ken"
            monkeypatch.delenv("DISPUTEGRAPH_SERVER_TOKENS")
            assert len(seen) >= 3
            assert [one.authorization for one in seen] == [""] * len(seen)


def test_a_password_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named = CliRunner().invoke(main, ["claims", "-d", "http://127.0.0.1:9/sparql", "--user", "ann:hush"])
    assert named.exit_code == 2
    assert "Put the password into $DISPUTEGRAPH_PASSWORD" in " ".join(named.stderr.replace("│", " ").split())
    assert "hush" not in named.stderr
    (tmp_path / "a.nt").write_text("<a:a> <a:b> <a:c> .\n")
    with pretending(reply(200, b'{"head":{},"boolean":true}')) as (address, _):
        secret = address.replace("//", "//ann:hush@").replace("/sparql", "/data")
        done = CliRunner().invoke(main, ["load", str(tmp_path / "a.nt"), "--into", secret])
        assert done.exit_code == 0, done.stderr
        assert "Sent 1 triples to http://127.0.0.1" in done.stderr
        two = CliRunner().invoke(main, ["claims", "-d", secret, "-d", "x.ttl"])
        assert two.exit_code == 2
        wrong = CliRunner().invoke(main, ["claims", "-d", "http://ann:hush@127.0.0.1:x/"])
        assert wrong.exit_code == 2
    assert "hush" not in done.stderr + two.stderr + wrong.stderr


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks into /proc")
def test_a_password_is_in_no_list_of_processes() -> None:
    def slow(handler: http.server.BaseHTTPRequestHandler) -> None:
        time.sleep(3)

    command = ["-c", "from disputegraph.cli import main; main()", "query", SELECT, "--user", "ann", "--timeout", "30"]
    with pretending(slow) as (address, asked):
        running = subprocess.Popen(
            [sys.executable, *command, "-d", address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "DISPUTEGRAPH_PASSWORD": "hush-hush"},
        )  # fmt: skip
        try:
            deadline = time.monotonic() + 20
            while not asked and time.monotonic() < deadline:
                time.sleep(0.05)
            assert asked  # the child is asking
            lists = []
            for entry in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    lists.append(entry.read_bytes())
                except OSError:
                    continue
            ours = [one for one in lists if address.encode() in one]
            assert len(ours) >= 2  # the command, and the child that the limit may kill
            assert not [one for one in ours if b"hush-hush" in one]
        finally:
            running.kill()
            running.wait()
