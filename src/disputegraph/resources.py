"""Where the ontology, its queries and checks, and the bundled dispute are: in a checkout or in the wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from disputegraph.errors import UsageError, nearest

BUNDLED_DISPUTE = "junior-doctors-2016"
WHOLE_DISPUTE = "junior-doctors"

_PARTS = {
    "core": "disputegraph.ttl",
    "health": "health.ttl",
    "actions": "actions.ttl",
    "alignment": "alignment.ttl",
    "german": "german.ttl",
    "shapes": "shapes.ttl",
    "context": "context.jsonld",
    **{
        name: f"mappings/{name}.rq"
        for name in ("aif", "claimreview", "nanopublications", "open-claims-model", "webannotation")
    },
}
_TERMS = ("core", "health", "actions")


@cache
def _root() -> Path:
    # A checkout's own copy wins, so that an edited ontology is the one in use, not a stale bundled one.
    package = Path(__file__).resolve().parent
    checkout = package.parents[1]
    if (checkout / "ontology" / "disputegraph.ttl").is_file() and (checkout / "pyproject.toml").is_file():
        return checkout
    return package / "bundled"


def ontology_folder() -> Path:
    """Return the folder that holds the ontology, its queries and its checks."""
    return _root() / "ontology"


def data_folder() -> Path:
    """Return the folder that holds the bundled disputes."""
    return _root() / "data"


def ontology_parts() -> tuple[str, ...]:
    """Return the names of the ontology's parts: core, health, actions, alignment, german, shapes, context, mappings."""
    return tuple(_PARTS)


def ontology_file(part: str = "core") -> Path:
    """Return the file of one part of the ontology.

    Raises:
        UsageError: no part has that name.
    """
    if part not in _PARTS:
        raise UsageError(f"the ontology has no part '{part}'.{nearest(part, _PARTS)} Parts: {', '.join(_PARTS)}.")
    return ontology_folder() / _PARTS[part]


def axiom_files() -> list[Path]:
    """Return the files that define the ontology's own terms."""
    return [ontology_file(part) for part in _TERMS]


def bundled_dispute() -> Path:
    """Return the Turtle file of the bundled dispute, the English junior doctors' strike of 2016."""
    return data_folder() / BUNDLED_DISPUTE / "dispute.ttl"


def bundled_named(location: str | Path) -> str | Path:
    """Return the path of the bundled dispute that a location names, else the location; what is there wins.

    ``junior-doctors-2016`` is one news report, read line by line, ``junior-doctors`` the whole dispute.
    """
    if str(location) in (BUNDLED_DISPUTE, WHOLE_DISPUTE) and not Path(location).exists():
        return bundled_dispute() if str(location) == BUNDLED_DISPUTE else data_folder() / WHOLE_DISPUTE
    return location
