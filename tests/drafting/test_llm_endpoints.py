"""A model's server that is down, slow, hostile or no such server is told of in one line, and no key goes astray."""

from __future__ import annotations

import gzip
import http.server
import json
import socket
import threading
import time
import traceback
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from disputegraph.drafting import llm_requests
from disputegraph.drafting.llm_drafting import LlmDrafter
from disputegraph.drafting.llm_endpoints import LlmEndpoint
from disputegraph.errors import DataError, DisputeGraphError, LimitError, UsageError
from tests.drafting.llm_stub import finds, raw, says, statement, stub
from tests.pretending import Reply

TEXT = "They knew about the cranes, said Ada Osei."
KEY = "sk-secret-4711"
NAMES = ("DISPUTEGRAPH_LLM_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "DISPUTEGRAPH_LLM_TIMEOUT")
FOUND = finds(statement("They knew about the cranes"))


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """No keys of the machine, no waiting: how long it would have waited is listed."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    waited: list[float] = []
    monkeypatch.setattr(llm_requests, "sleep", waited.append)
    return waited


def drafter(address: str, **more: Any) -> LlmDrafter:
    return LlmDrafter(address, "stub-1", **({"notify": lambda _: None} | more))


def hang_up(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def error(status: int, message: str, **headers: str) -> Reply:
    return raw(status, json.dumps({"error": {"message": message}}).encode(), **headers)


HUGE = json.dumps({"choices": [{"message": {"content": "x" * (5 << 20)}}]}).encode()


@pytest.mark.parametrize(
    ("given", "kind", "said"),
    [
        (
            raw(200, b"<!DOCTYPE html><html><p>Welcome</p></html>", "text/html"),
            DataError,
            "answers with a web page: 'Welc",
        ),
        (
            raw(200, b"hello"),
            DataError,
            r"answers with something other than a model's answer: 'hello'\. .* ends in /v1",
        ),
        (raw(200, b""), DataError, "other than a model's answer: nothing"),
        (raw(200, b"[]"), DataError, "other than a model's answer"),
        (raw(200, b"[" * 100_000), DataError, "other than a model's answer"),
        (raw(200, b'{"choices": []}'), DataError, "other than a model's answer"),
        (raw(200, b'{"choices": {"message": 1}}'), DataError, "other than a model's answer"),
        (
            raw(200, b'{"choices": [{"message": {"content": 7}}]}'),
            DataError,
            "not answer in the form asked for, but: 'noth",
        ),
        (raw(200, HUGE), DataError, r"sends more than 4 MB for an answer .* nothing of it is used"),
        (raw(200, gzip.compress(b" " * (64 << 20)), Content_Encoding="gzip"), DataError, "sends more than 4 MB"),
        (raw(200, b"\x1f\x8b no gzip", Content_Encoding="gzip"), DataError, "the connection broke off"),
        (raw(200, b"{}", length="5000"), DataError, "the connection broke off"),
        (hang_up, DataError, "the connection broke off: Remote end closed"),
        (error(401, f"bad key {KEY}"), DataError, r"refuses the key \(as given\) \(401\)"),
        (error(403, "no"), DataError, r"refuses the key \(as given\) \(403\)"),
        (
            error(404, "model not found, pull it first"),
            DataError,
            r"no model 'stub-1', or no API.*\(404\): 'model not found",
        ),
        (error(400, "the context is too long"), DataError, r"does not take what it is asked \(400\): 'the context is"),
        (error(413, "too large"), DataError, r"does not take what it is asked \(413\)"),
        (error(429, "quota"), LimitError, r"too busy, or a quota is spent \(429\), after 5 tries: 'quota'"),
        (error(500, "boom"), DataError, r"failed \(500\) after 5 tries: 'boom'"),
        (error(529, "overloaded"), DataError, r"failed \(529\) after 5 tries"),
        (raw(500, b"<h1>out of\x1b[31m <b>luck</b></h1>", "text/html"), DataError, r"tries: 'out of \[31m luck'"),
        (raw(502, b"x" * 3_000_000), DataError, r"failed \(502\)"),
        (error(500, f"your key {KEY} is odd"), DataError, r"your key \[key\] is odd"),
        (raw(500, b'{"error": "your key sk\\u002dsecret-4711 is odd"}'), DataError, r"your key \[key\] is odd"),
    ],
)
def test_what_is_said_of_a_server_that_fails(given: Reply, kind: type[Exception], said: str) -> None:
    with stub(given) as (address, _), pytest.raises(kind, match=said) as caught:
        drafter(address, key=KEY).draft(TEXT)
    told = "".join(traceback.format_exception(caught.value))
    assert KEY not in told
    assert len(str(caught.value)) < 900
    assert str(caught.value).isprintable()


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(DataError, match=r"cannot be reached: Connection refused. Is the address right"):
        drafter(f"http://127.0.0.1:{port}/v1").draft(TEXT)
    with stub(FOUND) as (address, asked):
        with pytest.raises(DataError, match="does not speak HTTPS at this port"):
            drafter(address.replace("http:", "https:")).draft(TEXT)
        assert not asked


def slowly(handler: http.server.BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def trickling(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    for _ in range(100):
        time.sleep(0.05)
        handler.wfile.write(b" ")


def trickling_headers(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        time.sleep(0.05)
        handler.wfile.write(b"x")


@pytest.mark.parametrize("given", [slowly, trickling, trickling_headers])
def test_a_slow_server_is_left_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch, given: Reply) -> None:
    monkeypatch.setenv("DISPUTEGRAPH_LLM_TIMEOUT", "0.4")
    with stub(given) as (address, asked):
        start = time.monotonic()
        with pytest.raises(LimitError, match=r"has not answered in whole within 0\.4 s.*DISPUTEGRAPH_LLM_TIMEOUT"):
            drafter(address).draft(TEXT)
        assert time.monotonic() - start < 4  # without the limit it takes five
        assert len(asked) == 1  # a second time it would be no faster
        for thread in [one for one in threading.enumerate() if one.name == "disputegraph-llm"]:
            thread.join(10)


@pytest.mark.parametrize("given", ["soon", "0", "-1", "nan", "inf"])
def test_a_time_to_wait_that_is_none(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("DISPUTEGRAPH_LLM_TIMEOUT", given)
    with pytest.raises(UsageError, match=f"is '{given}', and should be a number of seconds"):
        drafter("http://localhost:1/v1")


def test_a_busy_server_is_asked_again_when_it_says(waits: list[float]) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    replies = [error(429, "", Retry_After="7"), error(503, ""), error(429, "", Retry_After=date), hang_up, FOUND]
    with stub(*replies) as (address, asked):
        assert len(drafter(address).draft(TEXT)) == 1
    assert len(asked) == 5
    assert [waits[0], waits[1], waits[3]] == [7, 2, 8]
    assert 15 < waits[2] <= 20


@pytest.mark.parametrize("odd", ["soon", "-5", "1e9", "٧", "Mon, 99 Foo 2020"])
def test_odd_times_to_wait_are_not_kept(waits: list[float], odd: str) -> None:
    def busy(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(429)
        handler.wfile.write(b"")
        handler._headers_buffer.append(b"Retry-After: " + odd.encode() + b"\r\nContent-Length: 0\r\n")  # type: ignore[attr-defined]
        handler.end_headers()

    with stub(busy, FOUND) as (address, _):
        drafter(address).draft(TEXT)
    assert waits == [1]


def test_a_server_that_asks_to_wait_for_long_is_left(waits: list[float]) -> None:
    with stub(error(429, "", Retry_After="86400")) as (address, asked):
        with pytest.raises(LimitError, match=r"is busy \(429\) and asks to wait 86,400 s; try again then"):
            drafter(address).draft(TEXT)
        assert (len(asked), waits) == (1, [])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    with (
        stub(FOUND) as (other, seen),
        stub(raw(status, b"", Location=f"{other.replace('//', f'//me:{KEY}@')}/{KEY}?key={KEY}")) as (address, _),
        pytest.raises(
            DataError, match=rf"sends us on to {other}/\[key\] \({status}\), where nothing was sent"
        ) as caught,
    ):
        drafter(address, key=KEY).draft(TEXT)
    assert not seen
    assert KEY not in str(caught.value)


def test_a_key_goes_to_the_server_it_is_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password other\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-anthropic")
    with stub(FOUND) as (address, asked):
        drafter(address).draft(TEXT)
        monkeypatch.setenv("DISPUTEGRAPH_LLM_KEY", f" {KEY}\n")
        drafter(address).draft(TEXT)
    assert [one.headers.get("authorization") for one in asked] == [None, f"Bearer {KEY}"]
    assert "sk-" not in asked[0].headers.__repr__()
    monkeypatch.delenv("DISPUTEGRAPH_LLM_KEY")
    assert LlmEndpoint("https://api.openai.com/v1", "m").key_name == "$OPENAI_API_KEY"
    assert LlmEndpoint("https://api.anthropic.com", "m").key_name == "$ANTHROPIC_API_KEY"
    assert LlmEndpoint("https://api.openai.com.example.org/v1", "m").key_name == ""


def test_what_the_server_says_of_the_key_is_neither_kept_nor_shown(tmp_path: Path) -> None:
    said: list[str] = []
    echo = statement("They knew about the cranes", source=KEY, name=KEY, actor=KEY, kind=KEY, polarity=KEY)
    with stub(finds(echo, statement(KEY))) as (address, _):
        drafts = drafter(address, key=KEY, cache=tmp_path, notify=said.append).draft(TEXT)
    assert KEY not in repr(drafts) + " ".join(said)
    assert KEY.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    with stub(says(f"Your key is {KEY}.")) as (address, _), pytest.raises(DataError, match=r"key is \[key\]"):
        drafter(address, key=KEY).draft(TEXT)


def test_a_key_is_not_sent_unencrypted_beyond_this_machine() -> None:
    for near in ("http://localhost:1/v1", "http://127.0.0.9:1", "http://[::1]:1/v1", "https://example.org/v1"):
        LlmEndpoint(near, "m", key=KEY)
    for far in ("http://192.168.1.7:8000/v1", "http://example.org/v1", "http://localhost.example.org"):
        LlmEndpoint(far, "m")
        with pytest.raises(UsageError, match=r"would go to http://.* unencrypted.*ssh -L") as caught:
            LlmEndpoint(far, "m", key=KEY)
        assert KEY not in str(caught.value)


@pytest.mark.parametrize("key", ["two words", "sk-ü", "line\nbreak", "nul\0"])
def test_a_key_that_is_none(key: str) -> None:
    with pytest.raises(UsageError, match="copy it again") as caught:
        LlmEndpoint("https://example.org", "m", key=key)
    assert key not in str(caught.value)


def test_a_server_that_wants_a_key_says_which() -> None:
    with (
        stub(error(401, "who are you")) as (address, _),
        pytest.raises(DataError, match=r"wants a key.*DISPUTEGRAPH_LLM_K"),
    ):
        drafter(address).draft(TEXT)


@pytest.mark.parametrize(
    ("address", "kind", "whole"),
    [
        ("http://localhost:11434", "openai", "http://localhost:11434/v1/chat/completions"),
        ("http://localhost:11434/v1/", "openai", "http://localhost:11434/v1/chat/completions"),
        ("HTTP://LOCALHOST:8080/v1/chat/completions", "openai", "http://localhost:8080/v1/chat/completions"),
        ("https://api.anthropic.com", "anthropic", "https://api.anthropic.com/v1/messages"),
        ("https://example.org/claude/v1/messages", "anthropic", "https://example.org/claude/v1/messages"),
        ("https://example.org/v1?api-version=2", "openai", "https://example.org/v1/chat/completions?api-version=2"),
    ],
)
def test_addresses_are_completed(address: str, kind: str, whole: str) -> None:
    endpoint = LlmEndpoint(address, "m")
    assert (endpoint.kind, endpoint.address) == (kind, whole)


@pytest.mark.parametrize(
    "address",
    ["localhost:11434", "", "file:///etc/passwd", "ftp://example.org", "http://", "http://[::1", "http://x:99999"],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageError, match="address"):
        LlmEndpoint(address, "m")


def test_an_address_with_a_password_is_refused() -> None:
    with pytest.raises(UsageError, match="holds a user or a password") as caught:
        LlmEndpoint(f"https://me:{KEY}@example.org/v1", "m")
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("model", ["", "  ", "a\nb"])
def test_a_model_without_a_name(model: str) -> None:
    with pytest.raises(UsageError, match="has no name"):
        LlmEndpoint("http://localhost", model)


def test_a_key_in_the_query_of_an_address_is_not_shown() -> None:
    said: list[str] = []
    with stub(error(500, "boom")) as (address, asked), pytest.raises(DataError) as caught:
        drafter(f"{address}?key={KEY}", notify=said.append).draft(TEXT)
    assert asked[0].path.endswith(f"?key={KEY}")
    assert KEY not in "".join(traceback.format_exception(caught.value)) + " ".join(said)


def test_what_a_server_does_not_understand_is_left_out() -> None:
    refusals = [
        error(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        error(400, "Unsupported value: 'temperature' does not support 0."),
        error(422, "response_format is unknown"),
    ]
    with stub(*refusals, FOUND) as (address, asked):
        made = drafter(address)
        assert len(made.draft(TEXT)) == 1
        made.draft(TEXT + " More.")
    assert len(asked) == 5
    assert set(asked[0].json) == {"model", "messages", "temperature", "max_tokens", "response_format"}
    assert set(asked[4].json) == {"model", "messages", "max_completion_tokens"}


def test_a_server_that_refuses_whatever_is_asked_is_not_asked_for_ever() -> None:
    said = "temperature response_format tool_choice max_completion_tokens json schema"
    with stub(error(400, said)) as (address, asked), pytest.raises(DataError, match="does not take what it is asked"):
        drafter(address).draft(TEXT)
    assert len(asked) <= 4


def test_loopback_is_reached_through_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with stub(FOUND) as (address, _):
        assert len(drafter(address).draft(TEXT)) == 1


def test_every_failure_is_one_of_ours() -> None:
    for given in (
        raw(200, b"\xff\xfe"),
        raw(204, b""),
        raw(100, b""),
        raw(599, b"\0"),
        raw(200, b'{"choices":[null]}'),
    ):
        with stub(given) as (address, _), pytest.raises(DisputeGraphError):
            drafter(address).draft(TEXT)
