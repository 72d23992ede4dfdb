"""Servers that every remote test shares, loaded with the bundled dispute."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from servers import Endpoint, oxigraph, oxigraph_command, virtuoso, virtuoso_command

from disputegraph.rdf import source_of_path
from disputegraph.resources import bundled_dispute
from disputegraph.store.uploading import upload
from tests.conftest import require


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    require(oxigraph_command(), "oxigraph")
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as endpoint:
        upload(endpoint.into, [source_of_path(bundled_dispute())])
        yield endpoint


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    require(virtuoso_command(), "virtuoso-t (Debian: virtuoso-opensource-7)")
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as endpoint:
        upload(endpoint.into, [source_of_path(bundled_dispute())], graph=endpoint.graph, user="dba:dba")
        yield endpoint


@pytest.fixture(params=["oxigraph", "virtuoso"])
def endpoint(request: pytest.FixtureRequest) -> Endpoint:
    found: Endpoint = request.getfixturevalue(f"{request.param}_server")
    return found
