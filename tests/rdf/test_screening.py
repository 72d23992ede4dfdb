"""Hostile data is refused with a word, and honest data that looks a little like it is not."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.errors import DisputeGraphError, LimitError
from disputegraph.rdf import canonical, read_quads, source_of_bytes, source_of_path
from disputegraph.rdf.formats import format_named
from disputegraph.rdf.screening import MAX_EXPANSION, MAX_JSON_DEPTH, MAX_TERM_DEPTH, Screen, refuse_deep_json, screen
from disputegraph.store import open_store
from tests.growth import grows_in_proportion

RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a/#">%s</rdf:RDF>'


def xml(body: bytes, doctype: bytes = b"") -> bytes:
    return b'<?xml version="1.0"?>' + doctype + RDF % body


def laughs() -> bytes:
    entities = b'<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    return xml(b"<a:A><a:p>&a9;</a:p></a:A>", b"<!DOCTYPE r [%s]>" % entities)


HOSTILE = {
    "laughs.rdf": laughs(),
    "laughs-behind-a-comment.rdf": laughs().replace(b"<!DOCTYPE", b"<!--" + b"x" * 300_000 + b"--><!DOCTYPE"),
    "laughs-single-quotes.rdf": laughs().replace(b'"ha"', b"'ha'"),
    "square.rdf": xml(
        b"<a:A><a:p>" + b"&a;" * 100_000 + b"</a:p></a:A>", b'<!DOCTYPE r [<!ENTITY a "%s">]>' % (b"h" * 100_000)
    ),
    "deep.rdf": xml(b"<a:A><a:p>" * 100_000 + b"</a:p></a:A>" * 100_000),
    "deep.jsonld": b'{"@id":"a:s","http://a/p":' * 100_000 + b"1" + b"}" * 100_000,
    "arrays.jsonld": b'{"@id":"a:s","http://a/p":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "lists.jsonld": b'{"@id":"a:s","http://a/p":' + b'{"@list":[' * 10_000 + b"]}" * 10_000 + b"}",
    "terms.nt": b"<a:s> <a:p> " + b"<<( <a:s> <a:p> " * 100_000 + b"<a:o>" + b" )>>" * 100_000 + b" .",
    "terms.ttl": b"<a:s> <a:p> " + b"<<( <a:s> <a:p> " * 100_000 + b"1" + b" )>>" * 100_000 + b" .",
    "iris.ttl": b"<a:s> <a:p> " + b"<<( <a:,'> <a:(''> " * 100_000 + b"1" + b" )>>" * 100_000 + b" .",
    "names.ttl": b"@prefix a: <a:> . a:s a:p " + b"<<( a:b\\' a:p " * 100_000 + b"1" + b" )>>" * 100_000 + b" .",
    "comments.ttl": b"<a:s> <a:p> " + b"<<( <a:#s> <a:p> # ' \"\n" * 100_000 + b"1" + b" )>>" * 100_000 + b" .",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("command", ["convert", "query", "load"])
def test_hostile_files_are_refused(tmp_path: Path, name: str, command: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    arguments = {
        "convert": ["convert", str(path), "--to", "nquads"],
        "query": ["query", "ASK {}", "-d", str(path)],
        "load": ["load", str(path), "--into", str(tmp_path / "store")],
    }
    result = CliRunner().invoke(main, arguments[command])
    assert result.exit_code in (3, 4), result.output
    assert name in result.stderr
    assert not (tmp_path / "store").exists()


def feed(watch: Screen, stream: io.BytesIO, size: int) -> None:
    while piece := stream.read(size):
        watch.feed(piece)


@pytest.mark.parametrize("name", [name for name in HOSTILE if not name.endswith("jsonld")])
def test_they_are_refused_wherever_the_pieces_end(name: str) -> None:
    form = format_named(name.rpartition(".")[2])
    for size in (7, 100, 4096):
        data = HOSTILE[name].replace(b"x" * 299_000, b"")  # the comment need not be long here
        if size < 4096 and len(data) > 350_000:
            continue
        watch, stream = screen(form, name), io.BytesIO(data)
        with pytest.raises(LimitError):
            feed(watch, stream, size)


HONEST = {
    "entities.rdf": xml(
        b'<a:A rdf:about="&a;x"><a:p>&lt;&#38;&a;</a:p></a:A>', b'<!DOCTYPE r [<!ENTITY a "http://a/#">]>'
    ),
    "many.rdf": xml(b'<a:A rdf:about="http://a/x"><a:p>1 &lt; 2</a:p><a:q/></a:A><!-- <a> <b> -->' * 20_000),
    "deep.jsonld": b'{"@id":"a:s","http://a/p":' * 60 + b"1" + b"}" * 60,
    "wide.jsonld": json.dumps([{"@id": f"a:{n}", "a:p": ['[[[{{{\\"', "]"]} for n in range(20_000)]).encode(),
    "smileys.ttl": b'<a:s> <a:p> "<< << <<", """<<\n<<""" .\n' * 20_000,
    "brackets.ttl": b"<a:s> <a:p> " + b"[ <a:p> " * 20_000 + b"1" + b"]" * 20_000 + b" .",
    "apostrophes.ttl": b"<a:o'b> <a:p> '1 << 2', '<<' .\n" * 20_000,
    "cdata.rdf": xml(b'<a:A rdf:about="http://a/x"><a:p><![CDATA[<br><p><b>]]></a:p></a:A><!--' + b"<x>" * 99 + b"-->"),
    "hashes.ttl": b'<a:#s> <a:p> \'# << <a\' , """\n# << <b\n\'<<\'\n""" . # << it\'s\n' * 20_000,
    "long.jsonld": b'{"@id":"a:s","a:p":"' + rb"[{\\\"" * 200_000 + b'"}',
    "shifts.nt": b'<a:s> <a:p> "1 << 2" .\n' * 20_000,
    "terms.ttl": b"<a:s> <a:p> " + b"<<( <a:s> <a:p> " * 50 + b"1" + b" )>>" * 50 + b" .",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_files_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HONEST[name])
    count = sum(1 for _ in read_quads(source_of_path(path)))
    assert count > 0
    assert len(open_store([path])) <= count


def test_honest_files_are_honest_wherever_the_pieces_end() -> None:
    for name in (
        "many.rdf", "cdata.rdf", "smileys.ttl", "hashes.ttl", "apostrophes.ttl", "entities.rdf",
    ):  # fmt: skip
        for size in (5, 97):
            feed(screen(format_named(name.rpartition(".")[2]), name), io.BytesIO(HONEST[name][:100_000]), size)


@pytest.mark.parametrize("end", [b'"}', b"", b"\\"])
def test_a_long_text_of_json_is_passed_over_without_a_trail(end: bytes) -> None:
    import tracemalloc

    def text(length: int) -> bytes:
        return b'{"a": "' + b"x" * (3 * length) + b'[{\\"' * length + end

    long = text(1_000_000)
    tracemalloc.start()
    refuse_deep_json("x", long)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()
    assert grows_in_proportion(lambda length: refuse_deep_json("x", text(length)), 125_000)


def test_the_bounds_themselves() -> None:
    refuse_deep_json("x", b"[" * MAX_JSON_DEPTH + b"]" * MAX_JSON_DEPTH)
    for text in (b"[" * (MAX_JSON_DEPTH + 1) + b"]" * (MAX_JSON_DEPTH + 1), b"[" * (MAX_JSON_DEPTH + 1)):
        with pytest.raises(LimitError, match="deeper"):
            refuse_deep_json("x", text)
    screen(format_named("nt"), "x").feed(b"<< " * MAX_TERM_DEPTH)
    with pytest.raises(LimitError):
        screen(format_named("nt"), "x").feed(b"<< " * (MAX_TERM_DEPTH + 1))
    assert MAX_EXPANSION >= 10_000_000


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf"])
def test_a_value_longer_than_the_engine_s_buffer(tmp_path: Path, form: str) -> None:
    long = b"x" * 40_000_000
    path = tmp_path / f"a.{form}"
    path.write_bytes(
        xml(b'<rdf:Description rdf:about="a:a"><a:p>' + long + b"</a:p></rdf:Description>")
        if form == "rdf"
        else b'<a:a> <a:b> "' + long + b'" .'
    )
    result = CliRunner().invoke(main, ["convert", str(path), "--to", "nt", "-o", str(tmp_path / "o.nt")])
    if result.exit_code == 0:
        assert (tmp_path / "o.nt").stat().st_size > len(long)
    else:
        assert result.exit_code == 4
        assert "more than 16 MiB" in result.stderr
        assert not (tmp_path / "o.nt").exists()


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"_:b{n} <a:p> _:b{m} ." for n in range(10) for m in range(10) if n != m),
        "<a:s> <a:p> (" + "1 " * 2_000 + ") .",
        "".join(f"_:c{n} <a:p> " + ",".join(f"_:t{n}x{m}" for m in range(10)) + " ." for n in range(2)),
        "".join(f"_:b{n} <a:p> _:b{(n + 1) % 1_000} ." for n in range(1_000)),
        # What each node costs is little, and multiplies.
        "".join(f"_:b{n} <a:p> _:b{(n + step) % 60} ." for n in range(60) for step in (1, 7, -1, -7)),
        "".join(f"_:t{n} <a:p> _:t{4 * n + child} ." for n in range(85) for child in (1, 2, 3, 4)),
    ],
    ids=["clique", "list", "stars", "circle", "circulant", "tree"],
)
def test_graphs_that_would_be_labelled_for_ever(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert canonical.PATIENCE <= 10
    monkeypatch.setattr(canonical, "PATIENCE", 1.0)
    path = tmp_path / "poison.ttl"
    path.write_text(text)
    result = CliRunner().invoke(main, ["convert", str(path), "--stable"])
    assert result.exit_code == 4
    assert "look alike" in result.stderr
    assert not result.stdout
    assert CliRunner().invoke(main, ["convert", str(path)]).exit_code == 0
    result = CliRunner().invoke(main, ["query", "CONSTRUCT WHERE { ?s ?p ?o }", "-d", str(path)])
    assert result.exit_code == 4


def _state(process: str) -> tuple[str, float]:
    """Return the state of a process ("Z" when it is gone) and the seconds of processor time it has used."""
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "Z", 0.0
    return words[0], (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc")
def test_labelling_ends_though_its_parent_was_killed(tmp_path: Path) -> None:
    ring = "".join(f"_:b{n} <a:p> _:b{(n + step) % 60} ." for n in range(60) for step in (1, 7, -1, -7))
    (tmp_path / "ring.ttl").write_text(ring)
    patient = (
        "from disputegraph import cli; from disputegraph.rdf import canonical; canonical.PATIENCE = 3.0; cli.main()"
    )
    words = [sys.executable, "-c", patient, "convert", str(tmp_path / "ring.ttl"), "--stable"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as parent:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        while not (found := children.read_text().split()):
            assert parent.poll() is None
            time.sleep(0.02)
        while _state(found[0])[1] < 0.5:  # by then it has its input and is at work
            assert parent.poll() is None
            time.sleep(0.02)
        parent.kill()
    while _state(found[0])[0] != "Z":
        if _state(found[0])[1] > 6:
            os.kill(int(found[0]), signal.SIGKILL)
            pytest.fail("it went on without its parent")
        time.sleep(0.05)


def test_graphs_with_many_like_nodes_are_labelled() -> None:
    from disputegraph.rdf.canonical import canonical_quads

    text = "<a:s> <a:p> " + ",".join("[ <a:q> 1 ]" for _ in range(500)) + " ; <a:l> (1 1 1 2 2) ."
    text += "".join(f"_:b{n} <a:r> _:b{(n + 1) % 40} ." for n in range(40))
    text += "".join(
        f"_:m{n} <a:r> _:m{(n + step) % 40} ." for n in range(40) for step in (1, -1)
    )  # tried, and found good
    quads = list(read_quads(source_of_bytes(text.encode(), name="x")))
    assert len(list(canonical_quads(quads))) == len(quads)


def test_errors_are_ours_for_any_bytes() -> None:
    for name in ("ttl", "nt", "rdf", "jsonld", "trig", "n3"):
        for text in (b"\x00", b"<", b"<<", b"{", b"\xff\xfe\x00", b"<!DOCTYPE", b'{"@context": [[[', b"&a;"):
            with contextlib.suppress(DisputeGraphError):
                list(read_quads(source_of_bytes(text, name="x", format=name, base="http://x/")))


def chain(length: int) -> str:
    return ",".join(f'"t{n}":"t{n + 1}:x"' for n in range(length))


CHAIN = chain(20_000)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f'{{"@context":{{{CHAIN}}},"t0":1}}', 0),
        (f'{{"@context":{{{chain(49_000)}}},"t0":1}}', 0),
        (f'{{"@context":{{{chain(51_000)}}},"t0":1}}', 4),
        (f'{{"@context":{{{CHAIN}}},"t0":', 3),
        (f'{{"@context":{{{CHAIN},"t20000":"t0:x"}},"t0":1}}', 3),
        (f'{{"@\\u0063ontext":{{{CHAIN}}},"t0":1}}', 0),
        (f'{{"\\u0040context":{{{chain(51_000)}}},"t0":1}}', 4),
        (f'{{"@context":{{{CHAIN}}},"@context":{{}},"t0":1}}', 3),
        (
            '{"a:p":{"@context":[{'
            + ",".join(f'"t{n}":{{"@id":"a:b","@type":"t{n + 1}"}}' for n in range(20_000))
            + "}]}}",
            0,
        ),
        ('{"@context":{' + ",".join(f'"t{n}:a":{{"@reverse":"t{n + 1}:a"}}' for n in range(20_000)) + '},"t0:a":1}', 3),
    ],
    ids=[
        "prefixes", "long", "too long", "cut off", "circle", "escaped", "escaped, too long", "twice", "types",
        "reverse",
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["convert", "query"])
def test_chains_of_json_ld_terms_end_in_an_answer_or_an_error(
    tmp_path: Path, text: str, status: int, command: str
) -> None:
    (tmp_path / "chain.jsonld").write_text(text)
    words = ["convert", str(tmp_path / "chain.jsonld"), "--to", "nt"]
    if command == "query":
        words = ["query", "ASK {}", "-d", str(tmp_path / "chain.jsonld")]
        done = CliRunner().invoke(main, words)
        assert (done.exit_code, bool(done.stderr)) == (status, bool(status)), done.stderr
        return
    # In a process of its own, since a stack that overflows ends it.
    process = subprocess.run([sys.executable, "-m", "disputegraph", *words], capture_output=True, check=False)
    assert process.returncode == status, process.stderr
    assert bool(process.stderr) == bool(status)
    assert b"Traceback" not in process.stderr


def test_a_context_at_hand_is_no_larger(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text(f'{{"@context":{{{chain(51_000)}}}}}')
    (tmp_path / "d.jsonld").write_text('{"@context":"https://e.org/c","t0":1}')
    context = ["--context-file", f"https://e.org/c={tmp_path / 'c.json'}"]
    result = CliRunner().invoke(main, ["convert", str(tmp_path / "d.jsonld"), "--to", "nt", *context])
    assert result.exit_code == 4
    assert "more than 50,000 terms" in result.stderr


BOMB = """
import sys, time
from disputegraph.cli import main
start = time.process_time()
try:
    main(["query", "ASK {}", "-d", sys.argv[1]])
finally:
    peak = next((line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), "0")
    print(time.process_time() - start, peak)
"""


@pytest.mark.parametrize("suffix", ["gz", "xz"])
def test_a_document_that_unpacks_to_thousands_of_times_its_size(tmp_path: Path, suffix: str) -> None:
    import gzip
    import lzma

    path = tmp_path / f"bomb.jsonld.{suffix}"
    with gzip.open(path, "wb", 6) if suffix == "gz" else lzma.open(path, "wb", preset=0) as stream:
        stream.write(b'{"a:b":"')
        for _ in range(300):
            stream.write(b"x" * (1 << 20))
        stream.write(b'"}')
    done = subprocess.run([sys.executable, "-c", BOMB, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 4, done.stderr
    assert "unpacks to more than" in done.stderr
    seconds, kilobytes = done.stdout.split()
    assert float(seconds) < 3  # 0.5 on an idle machine
    assert int(kilobytes) < 200_000


def test_large_contexts_are_no_chains(tmp_path: Path) -> None:
    terms = ",".join(f'"t{n}":{{"@id":"p:{n}","@type":"@id"}}' for n in range(5_000))
    text = f'{{"@context":{{"p":"http://p/",{terms}}},"@id":"a:s","t7":"a:o"}}'
    (tmp_path / "large.jsonld").write_text(text)
    result = CliRunner().invoke(main, ["convert", str(tmp_path / "large.jsonld"), "--to", "nt"])
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "<a:s> <http://p/7> <a:o> .\n"
