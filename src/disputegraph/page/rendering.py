"""From data to HTML: an autoescaping template, one data island, and a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from disputegraph.json_island import json_island

if TYPE_CHECKING:
    import jinja2

_FOLDER = Path(__file__).parent

_TEMPLATE = _FOLDER / "template"
_IMPORT = re.compile(r'^import [^;]*? from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|let|function|class) )", re.MULTILINE)

_STYLES = ("colours", "frame", "graph", "reading", "phone", "print")

_ROWS_WITHOUT_SCRIPT = 2000


@dataclass(frozen=True, slots=True)
class PageLink:
    """What a page tells those who link to it.

    Attributes:
        url: where the page will stand.
        picture: the file beside it there with the picture that goes with a link, if there is one.
        alt: what that picture shows, in words.
    """

    url: str
    picture: str | None = None
    alt: str | None = None

    @property
    def picture_url(self) -> str:
        """Where the picture will stand; empty without one."""
        return urljoin(self.url, quote(self.picture)) if self.picture else ""


def render_page(data: Mapping[str, Any], *, language: str = "en", link: PageLink | None = None, home: str = "") -> str:
    """Return the page as one HTML document that loads nothing, to be written as UTF-8.

    Args:
        data: what `page_data` returned.
        language: of the page's own words; ``texts/<language>.json`` holds them.
        link: what the page tells those who link to it; by default nothing but its title.
        home: the address of the site that the page is part of, to which its heading leads.

    Raises:
        ValueError: there are no texts in that language.
    """
    from markupsafe import Markup

    environment = template_environment()
    script, style = joined_script(), _joined_style()
    words = texts(language)
    worded = [document for document in data["documents"] if document.get("words")]
    total = sum(document["words"] for document in worded)
    return environment.get_template("page.html.j2").render(
        data=data,
        link=link,
        home=home,
        rows=_rows(data),
        worded=worded,
        words_of_sources=words[f"words_of_sources.{'one' if len(worded) == 1 else 'many'}"].format(
            words=total, documents=len(worded)
        ),
        text=words,
        language=language,
        policy=_policy(script, style),
        # Our own files and escaped JSON: the only places where markup is taken as it is.
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        island=Markup(json_island(data)),  # noqa: S704
        words=Markup(json_island(words)),  # noqa: S704
    )


@cache
def texts(language: str = "en") -> dict[str, str]:
    """Return all texts of the page, by name, from the one file that a translator needs.

    Raises:
        ValueError: there is no such file.
    """
    if language not in languages():
        raise ValueError(f"There are no texts in {language!r}: there are {', '.join(languages())}.")
    # What a translation does not have yet stays English.
    found: dict[str, str] = {}
    for name in ("en", language):
        found |= json.loads((_FOLDER / "texts" / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def languages() -> tuple[str, ...]:
    """Return the languages in which the page has its own words, sorted."""
    return tuple(sorted(path.stem for path in (_FOLDER / "texts").glob("*.json")))


def template_environment(folder: Path = _TEMPLATE) -> jinja2.Environment:
    """Return what renders the templates of a folder, by default the page's own.

    It escapes whatever is put into them, and refuses what is not there.
    """
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def content_policy(style: str) -> str:
    """Return the content security policy of a page that loads nothing and runs nothing."""
    return f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def script_policy(*scripts: str) -> str:
    """Return the content security policy of a page that loads nothing, and runs these scripts alone.

    Styles are free, for libraries that set them on the elements they make.
    """
    hashes = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _policy(script: str, style: str) -> str:
    """Return the content security policy (CSP level 3): nothing is loaded, and only our own text runs."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",  # the picture that is saved as PNG passes through a blob
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def joined_script(entry: str = "main") -> str:
    """Return an ES module and all that it imports as one script, each module once and after those it imports.

    Imports and the word ``export`` are taken out, so that the modules share one scope: no two may give the same name to
    something at their top level. The browser refuses a script in which two do.
    """
    found: dict[str, str] = {}

    def add(name: str) -> None:
        if name not in found:
            found[name] = ""  # its place is kept once what it imports is there
            text = (_TEMPLATE / f"{name}.js").read_text(encoding="utf-8")
            for needed in _IMPORT.findall(text):
                add(needed)
            del found[name]
            found[name] = _EXPORT.sub("", _IMPORT.sub("", text))

    add(entry)
    return "\n".join(found.values())


@cache
def _joined_style() -> str:
    return "\n".join((_TEMPLATE / f"{name}.css").read_text(encoding="utf-8") for name in _STYLES)


def _rows(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the table that a reader without scripts gets."""
    names = {record["id"]: record["label"] for group in ("things", "claims", "documents") for record in data[group]}
    return [
        {
            "date": utterance.get("date", ""),
            "voice": names.get(utterance.get("voice", ""), ""),
            "polarity": utterance.get("polarity", ""),
            "claim": "; ".join(names.get(key, key) for key in utterance.get("claims", ())),
            "document": "; ".join(names.get(key, key) for key in utterance.get("documents", ())),
        }
        for utterance in [one for one in data["utterances"] if not one.get("relay")][:_ROWS_WITHOUT_SCRIPT]
    ]
