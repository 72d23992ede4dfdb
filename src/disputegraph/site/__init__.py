"""The dispute as a site: a page for each thing, one renderer for the server and for a folder of files.

What writes a whole site is imported when it is asked for: a server that shows one thing has no use for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from disputegraph.site.dataset_description import VOID, described_by, void_quads
from disputegraph.site.frame import STATIC, Frame
from disputegraph.site.thing_page import ThingAddresses, ThingTriples, is_known, ontology, thing_html, thing_quads

if TYPE_CHECKING:
    from disputegraph.site.site_writing import WrittenSite, write_site

__all__ = [
    "STATIC",
    "VOID",
    "Frame",
    "ThingAddresses",
    "ThingTriples",
    "WrittenSite",
    "described_by",
    "is_known",
    "ontology",
    "thing_html",
    "thing_quads",
    "void_quads",
    "write_site",
]


def __getattr__(name: str) -> Any:
    """Import what writes a site when it is asked for."""
    if name not in ("WrittenSite", "write_site"):
        raise AttributeError(f"module 'disputegraph.site' has no attribute '{name}'")
    from disputegraph.site import site_writing

    return getattr(site_writing, name)
