"""Lenient reading gives what is right, in full, and counts the rest."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.errors import DataError
from disputegraph.rdf import convert_files, format_named, open_output, read_quads, source_of_bytes, source_of_path

GOOD = ['<http://e.example/s> <http://e.example/p> "a" .', "_:x <http://e.example/p> _:y .", "# a comment", ""]
BAD = [
    '<http://e.example/s> <http://e.example/p> "a"@muchtoolong .', "words", '<rel> <http://e.example/p> "a" .',
    '<http://e.example/s> <http://e.example/p> "not closed .', '<http://e.example/s> <http://e.example/a b> "a" .',
    '<http://e.example/s> <http://e.example/p> "a"@en1 .', '<http://e.example/s> <http://e.example/p> "\\uD800" .',
]  # fmt: skip
ENCODINGS = ["iso-8859-1", "windows-1251", "utf-16", "utf-32", "gb18030", "utf-8"]


@given(st.lists(st.sampled_from(GOOD) | st.sampled_from(BAD), max_size=30), st.booleans())
def test_lines_are_kept_or_counted(lines: list[str], rename: bool) -> None:
    text = "\n".join(lines).encode()
    source = source_of_bytes(text, name="a.nt", format="nt", lenient=True)
    found = list(read_quads(source, rename_blank_nodes=rename))
    assert len(found) == sum(line in GOOD[:2] for line in lines)
    assert len({quad.subject for quad in found}) == len({line for line in lines if line in GOOD[:2]})
    bad = sum(line in BAD for line in lines)
    assert source.notes == [] if not bad else source.notes[0].startswith(f"a.nt: {bad} line")


@pytest.mark.parametrize("form", ["turtle", "trig", "rdfxml"])
def test_statements_beside_a_bad_one_are_kept(form: str) -> None:
    text = '@prefix e: <http://e.example/> .\ne:s e:p <http://e.example/{x}>, "a" .\ne:t e:p "b"@abc1, "c" .\n'
    text += 'e:u e:p "d" .\n'
    if form == "rdfxml":
        text = (
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.example/"><r:Description '
            'r:about="http://e.example/s"><e:p xml:lang="muchtoolong">b</e:p><e:p>a</e:p><e:p>d</e:p>'
            "</r:Description></r:RDF>"
        )
    source = source_of_bytes(text.encode(), name="a", format=form, lenient=True)
    assert [quad.object.value for quad in read_quads(source)] == ["a", "d"]
    assert len(source.notes) == 1


@given(
    st.text(alphabet="aé ŠйΩ中", max_size=20),
    st.sampled_from(ENCODINGS),
)
def test_rdfxml_is_read_in_the_encoding_that_it_declares(text: str, encoding: str) -> None:
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:e="http://e.example/"><r:Description r:about="http://e.example/s"><e:p>.{text}.</e:p></r:Description></r:RDF>'
    )
    try:
        content = document.encode(encoding)
    except UnicodeEncodeError:
        return
    (quad,) = read_quads(source_of_bytes(content, name="a.rdf", format="rdfxml"))
    assert quad.object.value == f".{text}."


@pytest.mark.parametrize("encoding", ["rot13", "hex", "idna", "none", "utf-16"])
def test_what_an_encoding_does_not_fit_is_refused(encoding: str) -> None:
    content = (
        f'<?xml version="1.0" encoding="{encoding}"?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    )
    with pytest.raises(DataError, match="is said to be|is not valid"):
        list(read_quads(source_of_bytes(content.encode() + codecs.BOM_UTF8, name="a.rdf", format="rdfxml")))


@pytest.mark.parametrize("lines", [3, 40_000])
def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "a.nt"
    path.write_text(f"{GOOD[0]}\n" * lines)
    quads = read_quads(source_of_path(path))
    next(quads)
    with path.open("a") as stream:
        stream.write(f"{GOOD[0]}\n")
    with pytest.raises(DataError, match="was written to while it was read"):
        list(quads)


def test_converting_gives_the_notes_and_packs_by_the_name_of_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.jsonld").write_text('{"@id":"http://e.example/s","http://e.example/p":["a",{"@id":"x y"}]}')
    for suffix in ("gz", "bz2", "xz"):
        with open_output(tmp_path / f"b.nt.{suffix}") as stream:
            (note,) = convert_files([str(tmp_path / "a.jsonld")], stream, format_named("nt"))
        assert "1 triple left out" in note
        assert len(list(read_quads(source_of_path(tmp_path / f"b.nt.{suffix}")))) == 1
