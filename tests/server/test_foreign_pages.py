"""A page of another site, opened in a real browser, gets nothing run on this server."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.server.conftest import Running, start, until

pytestmark = pytest.mark.browser

QUERY = "SELECT ?s { ?s a dg:Hospital }"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    running = start()
    yield running
    running.stop()


@pytest.fixture
def foreign() -> Iterator[tuple[int, dict[str, bytes]]]:
    """A site on another port and under another name, with the pages of a dict."""
    pages: dict[str, bytes] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(pages.get(self.path, b""))

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield site.server_port, pages
        site.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "html",
    [
        '<iframe hidden src="{}"></iframe>',
        '<embed src="{}">',
        '<object data="{}"></object>',
        '<img src="{}">',
        '<script src="{}"></script>',
        '<link rel="stylesheet" href="{}">',
        "<script>fetch('{}', {{mode: 'no-cors'}})</script>",
        "<script>location = '{}'</script>",
        '<meta http-equiv="refresh" content="0; url={}">',
        '<form method="post" action="{}"></form><script>document.forms[0].submit()</script>',
    ],
)
@pytest.mark.parametrize("host", ["attacker.localhost", "localhost"])
def test_nothing_is_run_for_a_foreign_page(browser: Any, server: Running, foreign, html: str, host: str) -> None:
    def statuses() -> list[int]:
        return [json.loads(line)["status"] for line in server.lines[before:] if '"/sparql"' in line]

    before = len(server.lines)
    port, pages = foreign
    pages["/"] = b"<!doctype html><h1>cats</h1>" + html.format(f"{server.address}/sparql?query={quote(QUERY)}").encode()
    context = browser.new_context()
    context.new_page().goto(f"http://{host}:{port}/")
    until(lambda: bool(statuses()))
    context.close()
    assert set(statuses()) == {403}
    # The same address typed by the user is answered.
    context = browser.new_context()
    assert context.new_page().goto(f"{server.address}/sparql?query={quote(QUERY)}&format=json").status == 200
    context.close()
    until(lambda: statuses()[-1] == 200)  # so that the next test does not find this line
