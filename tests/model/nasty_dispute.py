"""A nasty little dispute, and the one right reading of it."""

from __future__ import annotations

from pathlib import Path

EX = "https://example.org/nasty/"
NASTY = Path(__file__).parent / "cases" / "nasty.ttl"

LABELS = {
    "zed": "Zed", "zoe": "Zoe", "ann": "Ann", "bea": "Béa", "union": "Dockers' Union", "port": "Port Authority",
    "alias": "the night shift", "nameless": "nameless", "untyped": "Somebody untyped", "trust": "Harbour Trust",
    "paper": "Harbour Gazette", "c-hid": "Port hid the report", "c-open": "Report was open",
    "c-safe": "Cranes are safe", "c-untyped": "Nobody typed this claim",
}  # fmt: skip
KINDS = {
    "zed": "Person", "zoe": "Person", "ann": "Person", "bea": "Person", "union": "Organization",
    "port": "Organization", "alias": "Collective", "nameless": "Person", "untyped": "Actor", "trust": "HospitalTrust",
    "paper": "NewsOrganization",
}  # fmt: skip
# The day of each utterance that has one, and whose day it is.
DATES = {
    "u1": ("2024-05-02", "document"), "u2": ("2024-05-01", "utterance"), "u3": ("2024-05-03", "document"),
    "u5": ("2024-05-04", "utterance"), "u7": ("2024-05-06", "utterance"),
    "w1": ("2024-05-01", "utterance"), "w2": ("2024-05-02", "utterance"),
    "w3": ("2024-05-03", "utterance"), "self": ("2024-05-05", "utterance"), "r1": ("2024-05-09", "document"),
}  # fmt: skip
DOCUMENTS = {"u1": "early", "u2": "issued", "u3": "issued", "u4": "undated", "u7": "late", "r1": "late"}
WITHDRAWN = {"w1", "w2", "o1", "o2"}
HEARSAY = {"h1": ["paper"], "h2": ["union"], "h3": [], "h4": ["trust"], "h5": ["trust"]}
# Of the hearsay, only what the newspaper passes on counts.
UNCOUNTED = {"h2", "h3", "h4", "h5"}
# Affirms, denies, neutral, of the utterances that count.
COUNTS = {"c-hid": (2, 2, 0), "c-open": (1, 0, 1), "c-safe": (3, 0, 0), "c-untyped": (0, 1, 1)}
# The same, with all hearsay.
ALL_COUNTS = {"c-hid": (2, 2, 1), "c-open": (1, 1, 2), "c-safe": (3, 1, 0), "c-untyped": (0, 1, 1)}
# Pairs that conflict, on one claim or by contradiction, and that agree.
CONFLICTS = {
    frozenset(pair)
    for pair in (
        ("zed", "stranger"), ("union", "stranger"), ("zed", "port"), ("union", "port"), ("zed", "ann"),
        ("union", "ann"),
    )
}  # fmt: skip


def short(iri: str | None) -> str:
    """Return the end of an IRI; the blank node is known by what it is called."""
    return "stranger" if iri is None or iri.startswith("_:") else iri.removeprefix(EX)
