"""What usual web hosts need, so that the IRI of a thing leads people to its page and programs to its triples.

Cool URIs for the Semantic Web (W3C Interest Group Note, 3 December 2008), section 4.2: 303 See Other.
"""

from __future__ import annotations

from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from disputegraph.site.frame import Frame, render

_FILES = {".htaccess": "htaccess.txt", "nginx.conf": "nginx.txt"}
_FOLDER = Path(__file__).parent / "templates"


def hosting_files(base: str, data_base: str, frame: Frame) -> dict[str, str]:
    """Return the files of usual hosts by name."""
    values = {"path": urlsplit(base).path, "base": base, "data_base": data_base}
    found = {
        name: Template((_FOLDER / file).read_text(encoding="utf-8")).substitute(values) for name, file in _FILES.items()
    }
    found[".nojekyll"] = ""  # GitHub Pages leaves files out whose name begins with an underscore, unless told so
    found["404.html"] = render(
        "404", frame, title="There is no such page", index=dict(frame.navigation)["Index and search"]
    )
    return found
