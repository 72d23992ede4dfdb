"""Random queries that try to pass a SERVICE by the guard, and a server that notices when one does.

Run as a script to try more of them than the tests do: ``python tests/sparql/network_fuzzing.py SEED NUMBER``.
"""

from __future__ import annotations

import http.server
import random
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pyoxigraph

from disputegraph.errors import DisputeGraphError
from disputegraph.sparql import examine

_EMPTY = pyoxigraph.Store()
_ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"leak"}}]}}'

IRIS = [
    "<http://a/>", "<http://a/#>", "<http://a/'>", "<http://a/\\u0062>", "<http://a/\\u0062#>", "<http://a/\\u0062'>",
    "<http://a/\\U00000062#>", "<#>", "<'>", "<a#'>", "<a:#>", "<a:'>", "<a:)#>", "<a:(\\u0062)'>", "<http://a/é#>",
    "<http://a/%22#>", "<>", "<\\u0041'#>", "<http://a/(#>", "<http://a/\\u007B>", "<http://a/\\u0022>", "<x:service>",
    "<http://a/service>", "<http://[::1]>", "<http://a:8>",
]  # fmt: skip
STRINGS = [
    "'a'", "'#'", "'a\\'#'", '"a"', '"\'"', "'\"'", "'''a'''", "'''a'#''b'''", '"""a""b#"""', "'\\u0027'", "'\\u0027#'",
    "'a\\\\'", "''", '""', "'''\\''''", "'a'@en", "'a'^^<http://t#>", "'a'^^xsd:string", "'a\\u005c'", "'\t'",
    "'''\n'''", "'a'@en--ltr", "'''a\\'''''", "'''a\\q'''", "'''a' \\q'''", "'''x'", '"""x"', "'''\\uD800'''",
    "'service'", '"#service"', "'\\\\'", "'\\\\\\''", "''''a'''", "'''a''''", "'''''", "''''''",
]  # fmt: skip
NAMES = [
    "ex:a", "ex:a\\#b", "ex:a\\'b", "ex:a%23", "ex:a.b", "ex:", "ex:a-", "ex:a:b", "ex:a\\~", "_:b1", "_:b-1", "ex:é",
    "ex:a·", "ex:_", "ex:1", "ex:à", "ex:a\u200d", ":a\\#", "h:", "h:a", "h:1", "h:'", "h:service", "v:", "v:a", "n:a",
    "ex:service", "?service", "a.b.c:d", "h:true", "h:a.b.", "ex:-1", "h:-1",
]  # fmt: skip
NUMBERS = ["1", "1.0", "1.e5", ".5", "-1", "+1", "1e5", "1.", "1.#c\n", "true", "false", "1.5e-3", "0x1"]
VARIABLES = ["?s", "$s", "?é", "?a1", "?_", "?1"]
PATHS = ["a", "!a", "^ex:p", "(ex:p|<http://a/#>)*", "!(<http://a/\\u0062#>)", "ex:p?", "h:p?", "ex:p/<#>", "(<'>|a)+"]
OPERATORS = ["<", "<=", ">", "=", "!=", "< ", "&&", "||", "<<", " IN (", "+", "-", "*", "/", " <#\n", "<'a'<", ">#\n<"]
COMMENTS = ["#\n", "# '\n", "#<\r", "#service\n", "#\x0b\n", "#\x85\n", "#\u2028\n", " ", "\n", "\t", ""]
TARGETS = ["<http://127.0.0.1:{port}/x>", "c:x", "c:", "?g", " <http://127.0.0.1:{port}/x#'>", "$g", "c:a\\#b", "c:a.b"]
SILENT = ["", "", " SILENT ", "silent", "\nSilent#'\n", "SILENT"]
FRONTS = [
    "", "", "", "1", "'a'", "true", "ex:a.", "ex:a.b.", "h:", "h:1", "h:true", ".", "}", ")", ">", "FILTER(1<2)",
    "_:a.b.", "?s ?p 1", "?s ?p h:", "?s h:1", "?s h:'a'", "?s ?p 'a'", "?s ?p ex:a.b.", "?s ?p n:", "?s n:true",
    "?s ?p v:", "@en", "FILTER(EXISTS{FILTER(1<2)", "OPTIONAL{", "?s ?p ?o~h:", "?s ?p '''x'", "FILTER(1<2)",
    "MINUS{", "GRAPH ?u{", "LATERAL{", "FILTER(?g<?h&&?h>1)", "FILTER(?g<?h)#>\n", "BIND(1<2 AS ?t)", "{SELECT*{",
    "VALUES ?x{'''x'}", "VALUES ?x {h:",
]  # fmt: skip
HEAD = (
    "PREFIX ex: <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX c:<http://127.0.0.1:{port}/> "
    "PREFIX h:<http://h:8> PREFIX v:<http://[::1]> PREFIX n: <http://h:> PREFIX :<http://127.0.0.1:{port}/> "
)
DELIMITERS = "<>'\"#\\{}().;:?$@^|&!/ \n\r1a-_%~,="


class _Canary(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.do_GET()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(_ROWS)))
        self.end_headers()
        self.wfile.write(_ROWS)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def canary() -> Iterator[tuple[int, list[str]]]:
    """Yield the port of a server on this machine, and the list of what it has been asked."""
    asked: list[str] = []
    handler = type("Canary", (_Canary,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1], asked
        server.shutdown()


def _is_sound(query: str, port: int) -> bool:
    try:
        _EMPTY.query(query.replace("{port}", str(port)))
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return False
    return True


def random_query(random: random.Random, port: int) -> str:
    """Return a query with a SERVICE in some place where the guard might not see it."""
    any_of = random.choice

    def subject() -> str:
        return any_of(any_of([IRIS, NAMES, VARIABLES]))

    def predicate() -> str:
        return any_of(any_of([IRIS, NAMES, VARIABLES, PATHS]))

    def term() -> str:
        return any_of(any_of([IRIS, STRINGS, NAMES, NUMBERS, VARIABLES]))

    def operand() -> str:
        return any_of(["?a", "?g", "1", "'x'", "STR(<http://x/\\u0062#>)", term(), term()])

    def piece() -> str:
        # Most pieces are sound ones, or hardly any query would be; the others may show how errors are got over.
        for _ in range(8):
            text = any_piece()
            if random.random() < 0.05 or _is_sound(HEAD + "SELECT * {" + text + "}", port):
                break
        return text

    def any_piece() -> str:
        kind = random.random()
        if kind < 0.45:
            return f"OPTIONAL{{{subject()} {predicate()} {term()}}}"
        if kind < 0.7:
            operator = any_of(OPERATORS)
            return f"FILTER(1=1||{operand()}{operator}{operand()}{')' if 'IN' in operator else ''})"
        if kind < 0.8:
            return f"BIND({any_of(STRINGS + NUMBERS + IRIS)} AS ?v{random.randint(0, 99)})"
        if kind < 0.9:
            return f"VALUES ?w{random.randint(0, 99)} {{{any_of(STRINGS + IRIS + NUMBERS)}}}"
        return f"OPTIONAL{{<<{subject()} {any_of(IRIS + NAMES)} {term()}>> {predicate()} ?o}}"

    between = any_of([" ", "", "  ", "\n", *COMMENTS])
    word = any_of(["SERVICE", "service", "SeRvIcE", "SERVICE", "SERVICE", "\\u0053ERVICE"])
    front = any_of(FRONTS)
    clause = front + word + any_of(COMMENTS) + any_of(SILENT) + any_of(TARGETS) + any_of(COMMENTS) + "{?s ?p ?x}"
    clause += "}" * front.count("{") + ")" * ("FILTER(EXISTS" in front)
    body = between.join([*(piece() for _ in range(random.randint(0, 3))), clause, any_of(["", "", "#'", piece()])])
    bound = any_of(["", "BIND(<http://127.0.0.1:{port}/g> AS ?g)"])
    query = "SELECT * {" + bound + body + "}"
    if random.random() < 0.3:
        for _ in range(random.randint(1, 3)):
            at = random.randint(9, len(query))
            query = query[:at] + any_of(DELIMITERS) + query[at + random.randint(0, 1) :]
    return (HEAD + query).replace("{port}", str(port))


@dataclass
class Tally:
    """What became of the queries: how many were tried, refused, and passed; and those that should not have passed."""

    tried: int = 0
    refused: int = 0
    needed: int = 0
    slipped: list[str] = field(default_factory=list)


def try_queries(seed: int, number: int, *, needed_every: int = 0) -> Tally:
    """Try random queries, and give the engine those that the guard lets through.

    Args:
        seed: of the random numbers.
        number: how many.
        needed_every: of those refused, give the engine every so many, to see how often refusing was needed.
    """
    chance, tally = random.Random(seed), Tally(number)
    store = pyoxigraph.Store()
    with canary() as (port, asked):
        for _ in range(number):
            query = random_query(chance, port)
            try:
                refused = bool(examine(query).network)
            except DisputeGraphError:
                refused = True
            tally.refused += refused
            if refused and not (needed_every and tally.refused % needed_every == 0):
                continue
            before = len(asked)
            with suppress(SyntaxError, OSError, RuntimeError, ValueError):
                list(store.query(query))  # type: ignore[arg-type]
            if len(asked) > before:
                if refused:
                    tally.needed += 1
                else:
                    tally.slipped.append(query)
    return tally


if __name__ == "__main__":
    found = try_queries(int(sys.argv[1]), int(sys.argv[2]), needed_every=20)
    sys.stdout.write(f"tried {found.tried}, refused {found.refused}, needed {found.needed} of a 20th\n")
    for slip in found.slipped[:20]:
        sys.stdout.write(f"SLIPPED {slip!r}\n")
