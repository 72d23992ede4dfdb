"""Read files of fact-checks into JSON-LD that the mapping understands: schema.org's, and the answers of Google's API.

JSON-LD is read with schema.org's names taken at their word: its context is known here and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from disputegraph.errors import DataError, LimitError, file_errors
from disputegraph.tables import shown, stands_for_nothing

MOST_BYTES = 512 * 2**20
_SCHEMA = "https://schema.org/"
# What the importer needs of schema.org's context: its names, and that times and numbers are plain text.
_CONTEXT = {"@vocab": _SCHEMA, "schema": _SCHEMA, "type": "@type", "id": "@id"}
_PEOPLE = ("author", "creator", "publisher")


def read_reviews(path: Path, odd: Counter[str]) -> list[dict[str, Any]]:
    """Return the nodes of a file as JSON-LD: contexts written out, names as they are shown, identifiers that are IRIs.

    `odd` counts what was changed or left out, by what it is.

    Raises:
        DataError: the file cannot be read, is not JSON, or asks for a context that is not schema.org's.
        LimitError: it is larger than 512 MiB, or nested too deeply.
    """
    with file_errors(path):
        if path.stat().st_size > MOST_BYTES:
            raise LimitError(f"{path}: above {MOST_BYTES // 2**20} MiB; split it.")
        content = path.read_bytes().decode("utf-8-sig")
    try:
        document = _json(content, path)
        values = [
            one for value in (document if isinstance(document, list) else [document]) for one in _google(value, odd)
        ]
        return [item for value in _identified(values, path, odd) for item in _items(_spelt(value, path, odd))]
    except RecursionError:
        raise LimitError(f"{path}: nested too deeply.") from None


def _google(value: Any, odd: Counter[str]) -> Iterator[Any]:
    """Yield the reviews in an answer of Google's Fact Check Tools API as ClaimReviews, and any other value as it is."""
    if not isinstance(value, dict) or "@type" in value or "@graph" in value or "type" in value:
        yield value
    elif isinstance(pages := value.get("claimReviewMarkupPages"), list):
        yield from (one for page in pages for one in _google(page, odd))
    elif isinstance(markups := value.get("claimReviewMarkups"), list):
        by, day = value.get("claimReviewAuthor"), value.get("publishDate")
        for markup in filter(lambda one: isinstance(one, dict), markups):
            rating = _object(markup.get("rating"))
            review = {"text": markup.get("claimReviewed"), "claimDate": markup.get("claimDate")}
            made = {"url": markup.get("url") or value.get("pageUrl"), "reviewDate": day, "publisher": by, **rating}
            yield _claim_review({**review, "claimant": markup.get("claimAuthor")}, made)
    elif isinstance(claims := value.get("claims"), list):
        odd["answers of Google's API go on in a further page (nextPageToken), which is not here"] += (
            "nextPageToken" in value
        )
        yield from (one for claim in claims for one in _google(claim, odd))
    elif isinstance(reviews := value.get("claimReview"), list):
        odd["claims of Google's API have no review, and are left out"] += not reviews
        yield from (_claim_review(value, review) for review in reviews if isinstance(review, dict))
    else:
        yield value


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _claim_review(claim: dict[str, Any], review: dict[str, Any]) -> dict[str, Any]:
    by = _object(review.get("publisher"))
    site = by.get("site")
    scale = {name: review[name] for name in ("ratingValue", "worstRating", "bestRating") if name in review}
    return {
        "@type": "ClaimReview",
        "claimReviewed": claim.get("text"),
        "url": review.get("url"),
        "name": review.get("title"),
        "datePublished": review.get("reviewDate"),
        "inLanguage": review.get("languageCode"),
        "author": {"@type": "Organization", "name": by.get("name") or site, "url": site and f"https://{site}"},
        "reviewRating": {"@type": "Rating", "alternateName": review.get("textualRating"), **scale},
        "itemReviewed": {"@type": "Claim", "author": claim.get("claimant"), "datePublished": claim.get("claimDate")},
    }


def _identified(values: list[Any], path: Path, odd: Counter[str]) -> list[Any]:
    """Return the values with each ``@id`` that is not an absolute IRI made a label of the file's own.

    Such an identifier means one node within the file; where several values of the file (pages that were gathered)
    describe a node of that name, one within each.
    """
    described = [Counter(_described(value)) for value in values]
    known = {name for one in described for name in one}
    shared = {name for name, count in Counter(name for one in described for name in one).items() if count > 1}

    def named(value: Any, place: int) -> Any:
        if isinstance(value, list):
            return [named(item, place) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            key: label(item, place, value) if key in ("@id", "id") and isinstance(item, str) else named(item, place)
            for key, item in value.items()
            if key != "@context"
        } | {key: item for key, item in value.items() if key == "@context"}

    def label(name: str, place: int, node: dict[str, Any]) -> str:
        if _is_iri(name):
            return name
        if len(node) > 1 and not name.startswith("_:"):
            odd["nodes have an @id that is not an absolute IRI, and keep all but it"] += 1
        elif len(node) == 1 and name not in known:
            odd["values are an @id that is not an absolute IRI and describes nothing, and are left out"] += 1
        text = f"{path}|{place if name in shared else ''}|{name}"
        return f"_:n{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"

    return [named(value, place) for place, value in enumerate(values)]


def _described(value: Any) -> Iterator[str]:
    """Yield the identifiers under which a value describes nodes, those that are absolute IRIs left out."""
    if isinstance(value, list):
        for item in value:
            yield from _described(item)
    elif isinstance(value, dict):
        name = value.get("@id", value.get("id"))
        if isinstance(name, str) and len(value) > 1 and not _is_iri(name):
            yield name
        for key, item in value.items():
            if key != "@context":
                yield from _described(item)


def _is_iri(text: str) -> bool:
    try:
        return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text)) and bool(NamedNode(text))
    except ValueError:
        return False


def _json(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip().startswith(("{", "[")) for line in lines):
            return [_line(line, number, path) for number, line in enumerate(lines, start=1)]
        raise DataError(f"is not JSON: {error.msg}.", path=str(path), line=error.lineno, column=error.colno) from None


def _line(text: str, number: int, path: Path) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(
            f"has one JSON value a line, and this line is not: {error.msg}.",
            path=str(path),
            line=number,
            column=error.colno,
        ) from None


def _spelt(value: Any, path: Path, odd: Counter[str], key: str = "") -> Any:
    if isinstance(value, list):
        return [_spelt(item, path, odd, key) for item in value]
    if isinstance(value, dict):
        return {
            _https(name): _context(item, path) if name == "@context" else _spelt(item, path, odd, _person(key, name))
            for name, item in value.items()
        }
    if not isinstance(value, str):
        return value
    if re.match(r"[A-Za-z_][A-Za-z0-9+.-]*:\S*$", value):  # an address or a name of RDF
        return _https(value)
    if key in _PEOPLE and stands_for_nothing(value):
        odd["names of authors are marks for none (such as NA), and are taken as empty"] += 1
        return ""
    return shown(value)


def _person(key: str, name: str) -> str:
    """Return what a value is to be taken for: the name of somebody is theirs."""
    local = name.rpartition("/")[2].rpartition(":")[2]
    return key if local in ("name", "@value") else local


def _context(value: Any, path: Path) -> Any:
    if isinstance(value, list):
        return [_context(item, path) for item in value]
    if isinstance(value, str):
        if re.fullmatch(r"(https?:)?(//)?(www\.)?schema\.org(/.*)?", value.strip(), re.IGNORECASE):
            return _CONTEXT
        raise DataError(
            f"its @context '{value}' is not schema.org's, and nothing is fetched from the network. "
            "Write the context into the file.",
            path=str(path),
        )
    if isinstance(value, dict) and "@import" in value:
        raise DataError("its @context imports another, and nothing is fetched from the network.", path=str(path))
    return {key: _https(item) if isinstance(item, str) else item for key, item in value.items()} if value else value


def _items(value: Any) -> list[Any]:
    """Return a top-level value with a context; the parts of an ``@graph`` singly, since a list names its graphs."""
    if not isinstance(value, dict):
        return []
    context = value.get("@context", _CONTEXT)
    parts = value.get("@graph", value)
    return [
        {"@context": context, **part}
        for part in (parts if isinstance(parts, list) else [parts])
        if isinstance(part, dict)
    ]


def _https(text: str) -> str:
    return re.sub(r"^http://(www\.)?schema\.org/", _SCHEMA, text)
