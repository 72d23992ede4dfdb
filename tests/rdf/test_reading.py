"""What can be read, and what is said of what cannot."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
from pathlib import Path

import pyoxigraph
import pytest

from disputegraph.errors import DataError, UsageError
from disputegraph.rdf import bulk_load, read_quads, source_of_bytes, source_of_path, sources_in_folder
from disputegraph.store import open_store

TURTLE = '@prefix x: <http://x/> .\nx:a x:b "é", 01 .\n<rel> x:b x:a .\n'


def load(path: Path) -> int:
    return len(open_store([path]))


@pytest.mark.parametrize(
    ("suffix", "pack"), [("", bytes), (".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_compressed_files(tmp_path: Path, suffix: str, pack: object) -> None:
    path = tmp_path / f"a.ttl{suffix}"
    path.write_bytes(pack(TURTLE.encode()))  # type: ignore[operator]
    assert load(path) == 3
    told: list[int] = []
    bulk_load(pyoxigraph.Store(), source_of_path(path), progress=told.append)
    assert sum(told) == path.stat().st_size


def test_relative_iris_resolve_against_the_file_or_the_base(tmp_path: Path) -> None:
    path = tmp_path / "a b.ttl"
    path.write_text(TURTLE)
    subjects = {str(quad.subject) for quad in read_quads(source_of_path(path))}
    assert f"<{(tmp_path / 'rel').as_uri()}>" in subjects
    subjects = {str(quad.subject) for quad in read_quads(source_of_path(path, base="http://base/x/"))}
    assert "<http://base/x/rel>" in subjects


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + TURTLE.encode())
    assert load(path) == 3
    assert len(list(read_quads(source_of_path(path)))) == 3


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ttl", TURTLE.encode("utf-16"), "is UTF-16 text, and RDF files other than RDF/XML are UTF-8"),
        ("a.ttl", TURTLE.encode("latin-1"), r"a.ttl:2:\d+: is not valid turtle: this is not UTF-8 text. Save the file"),
        ("a.ttl", b"<a:a> <a:b> ;; .", r"a.ttl:1:\d+: is not valid turtle"),
        ("a.nt", b'<a:a> <a:b> "x" .\n<a:a> <a:b> "x .\n', r"a.nt:2:\d+: is not valid ntriples"),
        ("a.rdf", b"<rdf:RDF><broken></rdf:RDF>", "a.rdf.*is not valid rdfxml"),
        ("a.jsonld", b'{"@id": ', "a.jsonld.*is not valid jsonld"),
        ("a.jsonld", b'{"@context": "https://example.org/c", "@id": "a:a"}', "nothing is fetched from the network"),
        ("a.ttl.gz", b"no gzip", "a.ttl.gz: "),
        ("a.ttl.gz", gzip.compress(TURTLE.encode(), mtime=0)[:-12], "a.ttl.gz: "),
        ("a.ttl.xz", b"no xz at all", "a.ttl.xz: "),
        ("a.txt", b"", "its suffix does not tell an RDF format"),
        ("a.csv", b"", "'disputegraph import sheet a.csv -o a.ttl' makes RDF of it"),
        ("a.ttl", b"x:a x:b x:c .", r"a.ttl:1:\d+: .* Declare it with @prefix"),
    ],
)
def test_what_is_said_of_broken_files(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=said) as caught:
        load(path)
    assert caught.value.path == str(path)


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz"])
def test_an_empty_compressed_file_is_no_empty_graph(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a.ttl.{suffix}").touch()
    with pytest.raises(DataError, match="is empty, and even of nothing"):
        load(tmp_path / f"a.ttl.{suffix}")
    (tmp_path / "a.ttl").touch()
    assert load(tmp_path / "a.ttl") == 0


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.ttl")
    for path in (tmp_path / "a.ttl", Path("/dev/null")):
        with pytest.raises(DataError, match="is a pipe or a device"):
            source_of_path(path, format="ttl")


def test_a_link_to_nothing_is_blamed_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").symlink_to("gone.ttl")
    for path in (tmp_path / "a.ttl", tmp_path):
        with pytest.raises(DataError, match=r"a\.ttl: is a link to 'gone\.ttl', which does not exist"):
            load(path)


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "dispute.ttl").write_text(TURTLE)
    with pytest.raises(DataError, match="no such file. Did you mean 'dispute.ttl'"):
        load(tmp_path / "dispuet.ttl")
    with pytest.raises(DataError, match="There is not a folder"):
        load(tmp_path / "no" / "dispute.ttl")


def test_a_folder_is_read_whole_and_in_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.nt").write_text('<a:a> <a:b> "1" .\n')
    (tmp_path / "a.ttl").write_text(TURTLE)
    (tmp_path / ".hidden.ttl").write_text("broken")
    (tmp_path / "notes.json").write_text("{}")
    assert [Path(source.name).name for source in sources_in_folder(tmp_path)] == ["a.ttl", "b.nt"]
    assert load(tmp_path) == 4


def test_a_folder_without_rdf_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the folder holds no RDF file"):
        load(tmp_path)


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.ttl").write_text('_:x <a:b> "1" .')
    assert load(tmp_path) == 2


def test_relative_iris_of_text_without_a_place_ask_for_a_base() -> None:
    with pytest.raises(DataError, match="Give --base IRI"):
        list(read_quads(source_of_bytes(b"<a> <b> <c> .", name="standard input")))


def test_our_own_context_needs_no_network(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    context = "https://w3id.org/disputegraph/context.jsonld"
    path.write_text(json.dumps({"@context": context, "@id": "http://x/c", "@type": "Claim"}))
    (quad,) = read_quads(source_of_path(path))
    assert quad.object.value == "https://w3id.org/disputegraph/ns#Claim"


def test_an_unknown_format_lists_the_known() -> None:
    with pytest.raises(UsageError, match="unknown RDF format 'turle'. Did you mean 'turtle'"):
        source_of_bytes(b"", name="x", format="turle")
