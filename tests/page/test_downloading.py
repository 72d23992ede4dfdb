"""The data a page carries are the data of the store, packed the same way each time."""

from __future__ import annotations

import base64
import gzip

import pytest
from pyoxigraph import Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from disputegraph.model import Facts
from disputegraph.page import downloading
from disputegraph.page.downloading import packed_data
from disputegraph.store import EmbeddedStore

A, B, G = (NamedNode(f"https://e.example/{name}") for name in "abg")
FORMATS = {"ttl": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}


@pytest.mark.parametrize("tidy", [0, 50_000])
@pytest.mark.parametrize("named", [False, True])
def test_packing_and_back(monkeypatch: pytest.MonkeyPatch, *, tidy: int, named: bool) -> None:
    monkeypatch.setattr(downloading, "_TIDY", tidy)
    quads = [Quad(A, B, A), Quad(B, A, B), *([Quad(A, A, A, G)] if named else [])]
    stores = []
    for order in (quads, quads[::-1]):
        store = EmbeddedStore()
        store.engine.extend(order)
        stores.append(store)
    first, second = (packed_data(store, Facts.everything(store)) for store in stores)
    assert first == second
    assert first["suffix"] == ("ttl" if not named else "trig" if tidy else "nq")
    found = parse(gzip.decompress(base64.b64decode(first["packed"])), format=FORMATS[first["suffix"]])
    assert set(Dataset(found)) == set(quads)


def test_many_triples_are_sorted_lines_in_the_engine_s_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "_TIDY", 0)
    odd = ["", "a", "ab", 'a"\\', "\t\n\r\b\f", "\x00\x1f\x7f\x80\ufffe", "é\u2028😀", "1", "true"]
    values = [*map(Literal, odd), *(Literal(text, language="en") for text in odd)]
    values += [Literal(n) for n in (5, 0.5, True)] + [Literal("x", datatype=B), Triple(A, B, Literal(5)), A, B]
    store = EmbeddedStore()
    store.engine.extend(Quad(A, B, value) for value in values)
    lines = (serialize(store.quads(), format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    packed = packed_data(store, Facts.everything(store))
    assert packed["suffix"] == "ttl"
    assert gzip.decompress(base64.b64decode(packed["packed"])) == b"".join(sorted(lines))
