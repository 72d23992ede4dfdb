"""SPARQL updates: made on a copy in memory, then written to the one file that holds the data, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from disputegraph.errors import QueryError, UsageError
from disputegraph.process import deep_stack
from disputegraph.rdf import format_of_path, open_output, suffix_without_compression, write_stable
from disputegraph.server.using import with_dataset
from disputegraph.sparql import examine_update, tokenise
from disputegraph.store import EmbeddedStore, Store
from disputegraph.vocabulary import PREFIXES

__all__ = ["update", "writable_file"]


def writable_file(locations: Sequence[str]) -> Path:
    """Return the file that updates are written to.

    Raises:
        UsageError: the data is not one plain RDF file that can be written.
    """
    if len(locations) != 1 or locations[0] == "-" or not Path(locations[0]).is_file():
        raise UsageError("--writable takes exactly one RDF file as -d, since an update has to be written somewhere.")
    path = Path(locations[0])
    if format_of_path(path) is None or suffix_without_compression(path)[1]:
        raise UsageError(f"{path}: updates are written to a plain .ttl, .nt, .trig, .nq, .jsonld or .rdf file.")
    return path


def update(store: Store, text: str, locations: Sequence[str], head: Mapping[str, Any]) -> None:
    """Make an update and write the file anew, sorted.

    Args:
        store: the data; it is changed.
        text: SPARQL update.
        locations: the one file.
        head: ``base``, ``default_graphs`` and ``named_graphs`` of the request.

    Raises:
        QueryError: the update cannot be understood, or would use the network.
        LimitError: it is nested too deeply.
        UsageError: the data is on no single file.
    """
    path = writable_file(locations)
    form = format_of_path(path)
    assert form is not None  # noqa: S101  # writable_file saw to it
    examine_update(text)
    text = with_dataset(text, head.get("default_graphs") or (), head.get("named_graphs") or ())
    stack = examine_update(text)  # what the engine is given is what has to be looked at
    assert isinstance(store, EmbeddedStore)  # noqa: S101  # a file is always embedded
    prefixes = {**PREFIXES, **store.prefixes}
    declared = {token.text.removesuffix(":") for token in tokenise(text) if token.kind == "name"}
    wanted = {name: iri for name, iri in prefixes.items() if name not in declared}
    try:
        change = partial(store.engine.update, text, base_iri=head.get("base"), prefixes=wanted)
        deep_stack(change, stack)
    except SyntaxError as error:
        raise QueryError(f"this is no SPARQL update: {error}.") from None
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"the update cannot be made: {error}.") from None
    with open_output(path) as stream:
        write_stable(store.quads(), stream, form, prefixes=store.prefixes)
