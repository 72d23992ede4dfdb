"""The data a page carries are the data of the store, packed the same way each time."""

from __future__ import annotations

import base64
import gzip

import pytest
from pyoxigraph import Dataset, NamedNode, Quad, RdfFormat, parse

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
    first, second = (packed_data(store) for store in stores)
    assert first == second
    assert first["suffix"] == ("ttl" if not named else "trig" if tidy else "nq")
    found = parse(gzip.decompress(base64.b64decode(first["packed"])), format=FORMATS[first["suffix"]])
    assert set(Dataset(found)) == set(quads)
