"""SPARQL updates: made on a copy in memory, then written to the one file that holds the data, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from disputegraph.errors import FormatError, QueryError, UsageError
from disputegraph.process import Reply, Work, deep_stack
from disputegraph.rdf import format_of_path, open_output, suffix_without_compression, write_stable
from disputegraph.server.job_errors import Conflict, told
from disputegraph.server.loading_data import digest_of
from disputegraph.server.update_dataset import with_dataset, without_silent_loads
from disputegraph.sparql import examine_update, tokenise
from disputegraph.store import EmbeddedStore, open_store, query_error
from disputegraph.vocabulary import PREFIXES


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


def start_updating(settings: Mapping[str, Any]) -> Work:
    """Return what makes an update, whose text is the body of the job.

    Args:
        settings: ``locations`` (the one file) and its ``digest`` when it was loaded; ``base``, ``default_graphs`` and
            ``named_graphs`` of the request.
    """

    def work(_: Mapping[str, Any], body: bytes) -> Reply:
        try:
            _update(body.decode(), settings)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  # the client is told
            return told(error), b""
        return {}, b""

    return work


def _update(text: str, settings: Mapping[str, Any]) -> None:
    path = writable_file(settings["locations"])
    form = format_of_path(path)
    assert form is not None  # noqa: S101  # writable_file saw to it
    text = without_silent_loads(text)
    examine_update(text)
    text = with_dataset(text, settings.get("default_graphs") or (), settings.get("named_graphs") or ())
    stack = examine_update(text)  # what the engine is given is what has to be looked at
    _check_unchanged(path, settings["digest"])
    store = open_store([path])
    assert isinstance(store, EmbeddedStore)  # noqa: S101  # a file is always embedded
    prefixes = {**PREFIXES, **store.prefixes}
    declared = {token.text.removesuffix(":") for token in tokenise(text) if token.kind == "name"}
    wanted = {name: iri for name, iri in prefixes.items() if name not in declared}
    try:
        change = partial(store.engine.update, text, base_iri=settings.get("base"), prefixes=wanted)
        deep_stack(change, stack)
    except SyntaxError as error:
        raise query_error(text, str(error), prefixes, None, kind="update") from None
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"the update cannot be made: {error}.") from None
    with open_output(path) as stream:
        try:
            write_stable(store.quads(), stream, form, prefixes=store.prefixes)
        except FormatError as error:  # it is the update that asks too much, not a wish for a format
            raise QueryError(f"the update cannot be kept: {error}") from None
        _check_unchanged(path, settings["digest"])  # just before the new file takes its place


def _check_unchanged(path: Path, digest: str) -> None:
    if not path.is_file() or digest_of(path) != digest:
        raise Conflict(
            f"{path.name} was changed by another program since it was loaded, and is not overwritten; with --watch it "
            "is loaded again within seconds, otherwise restart the server."
        )
