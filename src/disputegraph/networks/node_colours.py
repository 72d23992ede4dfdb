"""The colours of nodes and signs, as the page has them on white (page/template/colours.css)."""

from __future__ import annotations

_PERSON, _ORGANISATION, _OTHER = "#1f2937", "#4a6a8f", "#8a6d3b"
_KINDS = {
    "Person": _PERSON,
    "UnnamedSource": _PERSON,
    "Organization": _ORGANISATION,
    "FormalOrganization": _ORGANISATION,
    "Actor": _ORGANISATION,
    "NewsOrganization": "#7a5195",
    "HospitalTrust": "#2f6f73",
    "Hospital": "#0f766e",
    "Collective": "#6b5b2e",
    "Claim": "#8f99a8",  # on the page a white box; this is its edge
}
SIGN_COLOURS = {1: "#0a5fa8", 0: "#5c6673", -1: "#b23a00"}
"""Agreement or support, neither, conflict or criticism."""


def colour_of_kind(kind: str | None) -> str:
    """Return the colour of a node of a kind; there is one for all others."""
    return _KINDS.get(kind or "", _OTHER)
