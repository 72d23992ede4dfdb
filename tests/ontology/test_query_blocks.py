"""What several named queries say alike they say in the same words, and as the model's tables have it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from disputegraph.model.kinds import KINDS
from disputegraph.model.properties import NAMING, NEWS

QUERIES = Path(__file__).resolve().parents[2] / "ontology" / "queries"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(QUERIES.glob("*.rq"))}
SCANNING = {"timeline", "most-contested"}


def _names(text: str, order: str) -> str:
    lines = [f'{{ ?$x {name} ?$x{text} BIND("{n}" AS ?$x{order}) }}' for n, name in enumerate(NAMING, 1)]
    pairs = [" UNION ".join(lines[n : n + 2]) for n in range(0, len(lines), 2)]
    return " UNION ".join(pairs) + f' FILTER(ISLITERAL(?$x{text}) && REGEX(STR(?$x{text}), "\\\\S"))'


def _rank(text: str, order: str) -> str:
    language = f"LANG(?$x{text})"
    return (
        f'CONCAT(?$x{order}, IF(LCASE({language}) = "en", "0", IF(LANGMATCHES({language}, "en"), "1", '
        f'IF({language} = "", "2", "3"))), STR(?$x{text}))'
    )


_SHORTENED = 'REPLACE(REPLACE(STR(?$x), "[/#]+$", ""), "^.*[/#:]", "")'
LOOKED_UP = (
    f"OPTIONAL {{ {_names('Label', 'Order')} FILTER NOT EXISTS {{ {_names('Better', 'Sooner')} "
    f"FILTER({_rank('Better', 'Sooner')} < {_rank('Label', 'Order')}) }} }} "
    f"BIND(COALESCE(STR(?$xLabel), {_SHORTENED}) AS ?"
)
"""The label of a node that is looked up by itself."""
SCANNED = (
    f"OPTIONAL {{ {{ SELECT ?$x (MIN(?$xRank) AS ?$xLabel) WHERE {{ {_names('Name', 'Order')} "
    f"BIND({_rank('Name', 'Order')} AS ?$xRank) }} GROUP BY ?$x }} }} "
    f"BIND(COALESCE(STR(SUBSTR(?$xLabel, 3)), {_SHORTENED}) AS ?"
)
"""The labels of all nodes, read at once: for the two queries that list a whole dispute of any size."""
COUNTED = (
    "# Hearsay counts only where a news organisation at hand passes it on. MINUS { "
    "{ ?$x a dg:ReportedUtterance } UNION { ?$x dg:reportedSpeaker|dg:reportedClaim ?$xTold } "
    "UNION { ?$xRelay dg:reports|^dg:reportedBy ?$x FILTER(?$xRelay != ?$x) } "
    f"MINUS {{ VALUES ?$xNewsKind {{ {' '.join(NEWS)} }} ?$xNews a ?$xNewsKind . "
    "?$xNewsRelay dg:speaker|dg:onBehalfOf ?$xNews ; dg:reports|^dg:reportedBy ?$x "
    "FILTER NOT EXISTS { ?$xNewsRelay dg:onBehalfOf ?$xOther FILTER(?$xOther != ?$xNews) } } }"
)


def told(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", TEXTS)
def test_labels_are_chosen_in_the_same_words(name: str) -> None:
    text, block = told(TEXTS[name]), SCANNED if name in SCANNING else LOOKED_UP
    nodes = set(re.findall(r"\?(\w+) skos:prefLabel", text))
    assert nodes
    for node in nodes:
        assert text.count(block.replace("$x", node)) >= 1, node
        text = text.replace(block.replace("$x", node), "")
    for naming in ("skos:prefLabel", "skos:altLabel", "rdfs:label", "foaf:name", "schema:name", "dcterms:title"):
        assert naming not in text


def test_what_counts_is_told_in_the_same_words() -> None:
    found = set()
    for name, text in TEXTS.items():
        for node in re.findall(r"\?(\w+)Relay dg:reports\|\^dg:reportedBy \?\1 FILTER", text):
            assert COUNTED.replace("$x", node) in told(text), name
            found.add((name, node))
    assert found == {
        ("actors", "utterance"), ("issue-positions", "utterance"), ("most-contested", "utterance"),
        ("portrayal", "utterance"),
    }  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_what_supersedes_itself_stands(name: str) -> None:
    text = TEXTS[name]
    for later, earlier in re.findall(r"\?(\w+) dg:supersedes \?(\w+)", text):
        guarded = f"?{later} dg:supersedes ?{earlier} FILTER(?{later} != ?{earlier})" in told(text)
        assert guarded or name == "changes"


@pytest.mark.parametrize("name", TEXTS)
def test_news_organisations_are_those_of_the_model(name: str) -> None:
    body = TEXTS[name].partition("\nSELECT")[2]
    for classes in re.findall(r"Kind IN \(([^)]*)\)|VALUES \?\w+NewsKind \{([^}]*)\}", body):
        assert tuple("".join(classes).replace(",", " ").split()) == NEWS


def test_kinds_of_actors_are_those_of_the_model() -> None:
    kinds = [kind for kind in KINDS if kind.name != "Claim"]
    text = TEXTS["actors"]
    classes = re.findall(r"\((\w+:\w+) (\d+)\)", text)
    assert classes == [
        *((name, str(n)) for n, kind in enumerate(kinds, 1) for name in kind.classes),
        ("dg:Claim", str(len(kinds) + 2)),
    ]
    names = re.findall(r'\((\d+) "(\w+)"\)', text)
    assert names == [
        *((str(n), kind.name) for n, kind in enumerate(kinds, 1)),
        *((str(len(kinds) + n), "Actor") for n in (1, 3)),
    ]
    acting = sum(kind.acts for kind in kinds)
    assert all(kind.acts for kind in kinds[:acting])
    assert f"?rank <= {acting} ||" in text
