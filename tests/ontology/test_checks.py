"""Each integrity rule and each shape finds what is seeded, and nothing in the good dispute; both agree."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.namespace import SH

from disputegraph import vocabulary
from disputegraph.sparql import QueryFile, read_query_file

CHECKS = Path(__file__).resolve().parents[2] / "ontology" / "checks"
CASES = Path(__file__).resolve().parent / "cases" / "checks"
NAMES = sorted(path.stem for path in CHECKS.glob("*.rq"))
SHAPES = "https://w3id.org/disputegraph/shapes#"
# The rules that SHACL Core can say as well; the others are checks only.
SHAPED = sorted(
    set(re.findall(r"^s:([a-z][a-z-]+)", (CHECKS.parent / "shapes.ttl").read_text(encoding="utf-8"), re.MULTILINE))
)


def rule(name: str) -> QueryFile:
    return read_query_file(CHECKS / f"{name}.rq")


def store_of(path: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(path=path)
    return store


def nodes(store: pyoxigraph.Store, name: str) -> list[str]:
    answer = store.query(rule(name).text)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [solution["node"].value for solution in answer]


def expected(path: Path, field: str = "expect") -> set[str] | None:
    """Return the offending nodes that a case's header names."""
    found = re.search(rf"^# {field}: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        return None
    bases = {"ex": "https://example.org/case/", "dg": vocabulary.DG.base}
    pairs = [name.split(":") if ":" in name else ["ex", name] for name in found[1].split()]
    return {bases[prefix] + local for prefix, local in pairs}


def test_every_rule_has_a_seeded_case_and_every_case_a_rule() -> None:
    assert NAMES
    assert sorted(path.stem for path in CASES.glob("*.ttl")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_header(name: str) -> None:
    check = rule(name)
    assert set(check.fields) - {"coding"} == {"title", "severity", "message", "rule"}
    assert check.fields.get("coding", "later") == "later"  # a to-do while coding goes on
    assert check.fields["severity"] in ("violation", "warning")
    assert not check.parameters
    answer = pyoxigraph.Store().query(check.text)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    assert columns[0] == "node"
    assert set(re.findall(r"\{(\w+)\}", check.fields["message"])) <= set(columns)
    declared = re.findall(r"PREFIX (\w+):", check.text)
    body = re.sub(r'"[^"]*"|<https?:[^>]*>', "", check.text[check.text.rindex("PREFIX") :].split("\n", 1)[1])
    assert declared == sorted(set(re.findall(r"\b([a-z]+):", body)))


@pytest.mark.parametrize("name", NAMES)
def test_finds_what_is_seeded(name: str) -> None:
    case = CASES / f"{name}.ttl"
    assert set(nodes(store_of(case), name)) == expected(case)


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_finds_the_same(name: str) -> None:
    case = CASES / f"{name}.ttl"
    found = {str(row["node"]) for row in Graph().parse(case).query(rule(name).text)}  # type: ignore[union-attr,call-overload]
    assert found == expected(case)


@pytest.mark.parametrize("name", NAMES)
def test_passes_the_good_dispute(name: str, good: Path) -> None:
    assert nodes(store_of(good), name) == []


@pytest.mark.parametrize("name", NAMES)
def test_passes_the_bundled_dispute_and_the_ontology_beside_it(name: str, root: Path, ontology: Path) -> None:
    store = store_of(root / "data" / "junior-doctors-2016" / "dispute.ttl")
    assert nodes(store, name) == []
    for part in ("disputegraph.ttl", "health.ttl", "actions.ttl"):
        store.load(path=ontology / part)
    assert nodes(store, name) == []


def test_the_lists_in_the_rules_are_the_ontologys() -> None:
    listed = set(re.findall(r"\bdg:([\w-]+)", rule("unknown-term").text.split("NOT IN", 1)[1]))
    assert listed == {*vocabulary.CLASSES, *vocabulary.PROPERTIES, *vocabulary.VALUES}
    for name in ("unknown-action", "leak-action-as-predicate"):
        assert set(re.findall(r"\bact:([\w-]+)", rule(name).text)) == set(vocabulary.ACTIONS), name
    core = Graph().parse(CHECKS.parent / "disputegraph.ttl")
    deprecated = {vocabulary.DG.local(str(term)) for term in core.subjects(OWL.deprecated)}
    assert set(re.findall(r"\(dg:(\w+) ", rule("deprecated-term").text)) == deprecated
    # Every value of a scheme stands in the rule that knows the schemes.
    known = set(re.findall(r"\bdg:([\w-]+)", rule("value-outside-scheme").text))
    assert {value for value in vocabulary.VALUES if not value.endswith("-scheme")} <= known


def test_every_kind_of_node_stands_in_the_rule_of_disjoint_kinds() -> None:
    table = set(re.findall(r"\(dg:(\w+) ", rule("disjoint-kinds").text))
    assert table == set(vocabulary.CLASSES) - {"Actor"}


# ---- shapes


@pytest.fixture(scope="module")
def shapes(ontology: Path) -> Graph:
    return Graph().parse(ontology / "shapes.ttl")


@pytest.fixture(scope="module")
def known(ontology: Path) -> Graph:
    return Graph().parse(ontology / "disputegraph.ttl").parse(ontology / "health.ttl").parse(ontology / "actions.ttl")


def rules_of(shapes: Graph) -> dict[str, set[URIRef]]:
    """Return the shapes by the rule they cover; a shape with a capital only gathers others."""
    found: dict[str, set[URIRef]] = {}
    for shape in {*shapes.subjects(RDF.type, SH.NodeShape), *shapes.subjects(RDF.type, SH.PropertyShape)}:
        name = str(shape).removeprefix(SHAPES)
        if isinstance(shape, URIRef) and name[0].islower():
            found.setdefault(name.split("_")[0], set()).add(shape)
    return found


def validate(path: Path, shapes: Graph, known: Graph) -> list[tuple[URIRef, str, str]]:
    import pyshacl

    _, report, _ = pyshacl.validate(
        Graph().parse(path), shacl_graph=shapes, ont_graph=known, inference="none", inplace=True
    )
    assert isinstance(report, Graph)
    return [
        (report.value(r, SH.sourceShape), str(report.value(r, SH.focusNode)), str(report.value(r, SH.resultSeverity)))
        for r in report.subjects(RDF.type, SH.ValidationResult)
    ]


def test_every_shape_has_a_rule_and_a_message(shapes: Graph) -> None:
    rules = rules_of(shapes)
    assert len(rules) > 30
    assert sorted(rules) == SHAPED
    assert set(rules) <= set(NAMES)
    for members in rules.values():
        for shape in members:
            assert shapes.value(shape, SH.message), shape
    # SHACL Core only: every validator can run them.
    assert not list(shapes.subject_objects(SH.sparql))


@pytest.mark.parametrize("name", SHAPED)
def test_shapes_and_rules_agree_on_the_seeded_cases(name: str, shapes: Graph, known: Graph) -> None:
    members = rules_of(shapes)[name]
    case = CASES / f"{name}.ttl"
    results = [result for result in validate(case, shapes, known) if result[0] in members]
    wanted = expected(case, "shapes")
    if wanted is not None:
        # What a shape cannot see is named in the case, and the check sees all that a shape sees.
        assert wanted < (expected(case) or set())
    assert {node for _, node, _ in results} == (wanted or expected(case))
    assert {shape for shape, _, _ in results} == members, "a shape that catches nothing"
    severity = str(SH.Warning if rule(name).fields["severity"] == "warning" else SH.Violation)
    assert {found for _, _, found in results} == {severity}


def test_shapes_pass_the_good_dispute(good: Path, shapes: Graph, known: Graph) -> None:
    assert validate(good, shapes, known) == []


def test_shapes_pass_the_bundled_dispute(root: Path, shapes: Graph, known: Graph) -> None:
    assert validate(root / "data" / "junior-doctors-2016" / "dispute.ttl", shapes, known) == []
