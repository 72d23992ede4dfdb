"""Content negotiation: which of the media types on offer a client would rather have (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

__all__ = ["accepted_encoding", "choose"]


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the offered media type that suits best, or None when none does.

    The most specific range that matches a type gives its quality; of equal qualities the one offered first wins.

    Args:
        accept: the value of the Accept header; None and an empty one take anything.
        offered: media types in the server's order of preference.

    Examples:
        >>> choose("text/csv;q=0.5, application/json", ["application/json", "text/csv"])
        'application/json'
        >>> choose("text/*", ["application/json", "text/csv"])
        'text/csv'
        >>> choose("image/png", ["text/csv"])
    """
    return _choose(accept or "*/*", tuple(offered))


@lru_cache(maxsize=512)
def _choose(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = _ranges(accept)
    best, best_quality = None, 0.0
    for media_type in offered:
        quality = _quality(media_type, ranges)
        if quality > best_quality:
            best, best_quality = media_type, quality
    return best


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    main = media_type.partition("/")[0]
    found, specificity = 0.0, -1
    for pattern, quality in ranges:
        fits = {media_type: 2, f"{main}/*": 1, "*/*": 0}.get(pattern, -1)
        if fits > specificity:
            found, specificity = quality, fits
    return found


def _ranges(accept: str) -> list[tuple[str, float]]:
    ranges = []
    for part in accept.split(",")[:64]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if name:
            ranges.append((name.lower(), quality))
    return ranges or [("*/*", 1.0)]


def accepted_encoding(header: str | None) -> bool:
    """Tell whether the client takes gzip (RFC 9110, section 12.5.3).

    >>> accepted_encoding("gzip, br"), accepted_encoding("gzip;q=0"), accepted_encoding(None)
    (True, False, False)
    """
    for name, quality in _ranges(header) if header else ():
        if name in ("gzip", "x-gzip"):
            return quality > 0
    return False
