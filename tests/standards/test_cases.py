"""The command line loses nothing of what the engine beneath it knows of the standards.

Cases of the kinds that the W3C suites have, written for this project: relative IRIs, bases, escapes, empty documents,
named graphs, datatypes, every form of query, and what must be refused.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli import main

DIR = "http://example.org/base/dir/"
BASE = "http://example.org/base/dir/file"

POSITIVE = {
    "empty.ttl": ("", ""),
    "comment-only.ttl": ("# nothing", ""),
    "empty.trig": ("{ } <http://x/g> { }", ""),
    "empty.nq": ("", ""),
    "empty.jsonld": ("[]", ""),
    "relative.ttl": ("<> <a> <../b#c> .", f"<{BASE}> <{DIR}a> <http://example.org/base/b#c> .\n"),
    "base.ttl": ("@base <http://o/x/> . <a> <b> <//p/q> .", "<http://o/x/a> <http://o/x/b> <http://p/q> .\n"),
    "sparql-base.ttl": ("BASE <http://o/> PREFIX : <n#> <a> :b :c .", "<http://o/a> <http://o/n#b> <http://o/n#c> .\n"),
    "prefix-again.ttl": (
        "@prefix : <http://a/> . :s :p :o . @prefix : <http://b/> . :s :p :o .",
        "<http://a/s> <http://a/p> <http://a/o> .\n<http://b/s> <http://b/p> <http://b/o> .\n",
    ),
    "escapes.ttl": (
        '<http://a/\\u00E9> <http://a/p> "\\u00e9\\U0001F600\\t\\"", \'\'\'a\n"b\'\'\' .',
        '<http://a/é> <http://a/p> "é😀\\t\\"" .\n<http://a/é> <http://a/p> "a\\n\\"b" .\n',
    ),
    "local-escapes.ttl": (
        "@prefix : <http://a/> . :a\\~b :c%20d :e.f .", "<http://a/a~b> <http://a/c%20d> <http://a/e.f> .\n"
    ),
    "numbers.ttl": (
        "<a:s> <a:p> 01, -1.50, 1E0, true .",
        "".join(
            f'<a:s> <a:p> "{value}"^^<http://www.w3.org/2001/XMLSchema#{kind}> .\n'
            for value, kind in (("01", "integer"), ("-1.50", "decimal"), ("1E0", "double"), ("true", "boolean"))
        ),
    ),
    # The engine writes language tags in lower case, which RDF 1.1 Concepts, section 3.3, allows.
    "languages.nt": ('<a:s> <a:p> "x"@en-GB .\n', '<a:s> <a:p> "x"@en-gb .\n'),
    "named.trig": (
        "@prefix : <http://a/> . :s :p 'd' . :g { :s :p 'n' } GRAPH :h { :s :p 'm' }",
        ('<http://a/s> <http://a/p> "d" .\n<http://a/s> <http://a/p> "n" <http://a/g> .\n'
        '<http://a/s> <http://a/p> "m" <http://a/h> .\n'),
    ),
    "types.rdf": (
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a/#">'
        '<rdf:Description rdf:about="x"><a:p rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">010</a:p>'
        '<a:q xml:lang="fr">é</a:q><a:r rdf:parseType="Literal">t</a:r></rdf:Description></rdf:RDF>'),
        ('<http://example.org/base/dir/x> <http://a/#p> "010"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        '<http://example.org/base/dir/x> <http://a/#q> "é"@fr .\n'
        "<http://example.org/base/dir/x> <http://a/#r> "
        '"t"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral> .\n'),
    ),
    "named.jsonld": (
        json.dumps({"@id": "g", "@graph": [{"@id": "s", "a:p": [1, 1.5, True, {"@value": "x", "@language": "en"}]}]}),
        "".join(
            f"<http://example.org/base/dir/s> <a:p> {term} <http://example.org/base/dir/g> .\n"
            for term in (
                '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
                '"1.5E0"^^<http://www.w3.org/2001/XMLSchema#double>',
                '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
                '"x"@en',
            )
        ),
    ),
    "triple-terms.nt": (
        '<a:s> <a:p> <<( <a:x> <a:y> "z" )>> .\n', '<a:s> <a:p> <<( <a:x> <a:y> "z" )>> .\n'
    ),
}  # fmt: skip

NEGATIVE = {
    "no-prefix.ttl": "x:a x:b x:c .",
    "no-dot.ttl": "<a:a> <a:b> <a:c>",
    "literal-subject.ttl": '"x" <a:b> <a:c> .',
    "blank-predicate.nt": "<a:a> _:b <a:c> .\n",
    "relative.nt": "<a> <b> <c> .\n",
    "bad-escape.ttl": '<a:a> <a:b> "\\x" .',
    "bad-iri.nt": "<http://a/ b> <a:b> <a:c> .\n",
    "bad-language.nt": '<a:a> <a:b> "x"@1 .\n',
    "graph-in-turtle.ttl": "<a:g> { <a:a> <a:b> <a:c> }",
    "bnode-graph-nested.trig": "<a:g> { <a:h> { <a:a> <a:b> <a:c> } }",
    "bad-id.rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:ID="1"/></r:RDF>',
    "keyword.jsonld": '{"@id": 5}',
}


@pytest.mark.parametrize("name", POSITIVE)
def test_documents_are_read_as_the_standards_say(tmp_path: Path, name: str) -> None:
    text, expected = POSITIVE[name]
    path = tmp_path / name
    path.write_bytes(text.encode())
    result = CliRunner().invoke(main, ["convert", str(path), "--to", "nquads", "--base", BASE])
    assert result.exit_code == 0, result.stderr
    assert sorted(result.stdout.splitlines()) == sorted(expected.splitlines())


@pytest.mark.parametrize("name", NEGATIVE)
def test_what_is_no_rdf_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(NEGATIVE[name].encode())
    result = CliRunner().invoke(main, ["convert", str(path), "--to", "nquads", "-o", str(tmp_path / "o.nq")])
    assert result.exit_code == 3, result.output
    assert name in result.stderr
    assert not (tmp_path / "o.nq").exists()


def test_relative_iris_resolve_against_the_file_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<> <a:b> <c> .")
    result = CliRunner().invoke(main, ["convert", str(path), "--to", "nquads"])
    assert result.stdout == f"<{path.as_uri()}> <a:b> <{(tmp_path / 'c').as_uri()}> .\n"


@pytest.mark.parametrize("command", ["convert", "query"])
def test_contexts_at_hand(tmp_path: Path, command: str) -> None:
    (tmp_path / "c.json").write_text('{"@context": {"name": "http://schema.org/name", "inner": {"@id": "a:i"}}}')
    (tmp_path / "wrap.json").write_text('{"@context": ["c.json", {"@import": "c.json", "more": "a:more"}]}')
    document = tmp_path / "d.jsonld"
    document.write_text('{"@context": "https://e.org/wrap.json", "@id": "a:s", "name": "n", "more": "m"}')
    contexts = ["--context-file", f"https://e.org/wrap.json={tmp_path / 'wrap.json'}"]
    contexts += ["--context-file", f"https://e.org/c.json={tmp_path / 'c.json'}"]
    arguments = (
        ["convert", str(document), "--to", "nt"]
        if command == "convert"
        else ["query", "CONSTRUCT WHERE { ?s ?p ?o }", "-d", str(document), "-f", "ntriples"]
    )
    result = CliRunner().invoke(main, [*arguments, *contexts])
    assert result.exit_code == 0, result.stderr
    assert sorted(result.stdout.splitlines()) == ['<a:s> <a:more> "m" .', '<a:s> <http://schema.org/name> "n" .']
    missing = CliRunner().invoke(main, arguments)
    assert missing.exit_code == 3
    assert "--context-file https://e.org/wrap.json=FILE" in missing.stderr
    assert CliRunner().invoke(main, [*arguments, "--context-file", "x"]).exit_code == 2
    assert CliRunner().invoke(main, [*arguments, "--context-file", "x=nowhere"]).exit_code == 2


DATA = "@prefix : <http://x/> . :a :p 1, 2 ; :q _:b . _:b :p 'x'@en ."


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT * { ?s :p ?o OPTIONAL { ?s :none ?n } }", 3),
        ("SELECT ?n { OPTIONAL { ?s :none ?n } }", 1),
        ("SELECT * {}", 1),
        ("SELECT (SUM(?o) AS ?n) { :a :p ?o }", 1),
        ("SELECT * { :a (:q/:p)|:p ?o }", 3),
        ("SELECT * { VALUES (?x ?y) { (UNDEF 1) (2 UNDEF) } }", 2),
        ("SELECT ?s { ?s :p ?o } GROUP BY ?s HAVING (COUNT(*) > 1)", 1),
    ],
)
def test_select_as_json(tmp_path: Path, query: str, rows: int) -> None:
    (tmp_path / "d.ttl").write_text(DATA)
    result = CliRunner().invoke(
        main, ["query", f"PREFIX : <http://x/> {query}", "-d", str(tmp_path / "d.ttl"), "-f", "json"]
    )
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert len(answer["results"]["bindings"]) == rows
    assert isinstance(answer["head"]["vars"], list)


def test_ask_and_graphs(tmp_path: Path) -> None:
    data = tmp_path / "d.ttl"
    data.write_text(DATA)

    def asked(query: str, form: str) -> str:
        result = CliRunner().invoke(main, ["query", query, "-d", str(data), "-f", form])
        assert result.exit_code == 0, result.stderr
        return result.stdout

    assert json.loads(asked("ASK { ?s ?p 1 }", "json")) == {"head": {}, "boolean": True}
    assert json.loads(asked("ASK { ?s ?p 3 }", "json"))["boolean"] is False
    assert "<boolean>true</boolean>" in asked("ASK {}", "xml")
    assert (
        asked("CONSTRUCT { ?s <a:n> ?o } WHERE { ?s <http://x/p> ?o FILTER(isIRI(?s)) }", "ntriples").count("\n") == 2
    )
    assert asked("DESCRIBE <http://x/a>", "nt").count("\n") == 4
    assert asked("CONSTRUCT WHERE { ?s <a:none> ?o }", "ntriples") == ""


@pytest.mark.parametrize(
    "query",
    [
        "SELECT", "SELECT * {", "SELECT ?x { ?x :p 1 }", "SELECT * { ?s ?p }", "SELECT (1 AS ?x) (2 AS ?x) {}",
        "SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s",
        "CONSTRUCT { ?s ?p ?o", "ASK WHERE", "SELECT * { { ?s ?p _:a } GRAPH ?g { ?s ?p _:a } }",
        "INSERT DATA { <a:a> <a:b> 1 }",
        "PREFIX x <http://x/> SELECT * {}", "SELECT * { ?s ?p 'a }", "SELECT * { FILTER }", "",
    ],
)  # fmt: skip
def test_what_is_no_query_is_refused(tmp_path: Path, query: str) -> None:
    (tmp_path / "d.ttl").write_text("<a:a> <a:b> 1 .")
    (tmp_path / "q.rq").write_text(query)
    result = CliRunner().invoke(main, ["query", str(tmp_path / "q.rq"), "-d", str(tmp_path / "d.ttl"), "-f", "json"])
    assert result.exit_code == 3, result.output
    assert not result.stdout
