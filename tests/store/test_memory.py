"""The store in memory: closed is closed."""

from __future__ import annotations

import pytest

from disputegraph.errors import UsageError
from disputegraph.model import Model
from disputegraph.resources import bundled_dispute
from disputegraph.store import open_store


def test_a_closed_store_says_so() -> None:
    with open_store([bundled_dispute()]) as store:
        claims = Model(store).claims
    with pytest.raises(UsageError, match="is closed"):
        store.select("SELECT * { ?s ?p ?o }")
    with pytest.raises(UsageError, match="is closed"):
        _ = claims[0].utterances  # not an empty list, as if nobody had said anything
