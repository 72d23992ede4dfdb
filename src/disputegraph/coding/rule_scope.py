"""Which integrity rules a change concerns, and which of their findings may wait until the coding is done."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode, Triple

from disputegraph.checks import Finding, integrity_rules
from disputegraph.model import local_name


def is_later(finding: Finding) -> bool:
    """Whether a finding is no mistake as long as coding goes on, but something still to do."""
    rule = integrity_rules().get(finding.check)
    return finding.severity != "violation" or (rule is not None and rule.fields.get("coding") == "later")


def rules_about(triples: Iterable[Triple]) -> set[str]:
    """Return the rules that speak of a property or class of some triples."""
    terms = {term for triple in triples for term in (triple.predicate, triple.object) if isinstance(term, NamedNode)}
    ends = {local_name(term.value) for term in terms}
    return {name for name, rule in integrity_rules().items() if not (said := _property_words(rule.text)) or said & ends}


@cache
def _property_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b(?:dg|oa|skos|org|schema|dcterms|opengov):([A-Za-z]+)", text))
