"""A whole dispute goes through a workbook or a folder of sheets and back, and nothing is lost but what is counted."""

from __future__ import annotations

import io
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from disputegraph.importers import SHEETS, Imported, Workbook, export_workbook, import_sheet
from disputegraph.importers.sheets.sheet_division import columns_of, field_in, kind_meant, kind_word, sheet_of
from disputegraph.model import EntryField, concepts_of, entry_fields, entry_forms
from disputegraph.rdf import source_of_bytes
from disputegraph.store import Store
from disputegraph.store.embedded_store import EmbeddedStore
from disputegraph.store.store_opening import open_store
from disputegraph.tables.table_files import write_sheet, write_workbook
from disputegraph.vocabulary import DG, OA, ORG, PREFIXES, RDF, RDFS, SCHEMA, XSD

from .conftest import BASE

Triples = set[Quad]


def written(book: Workbook, folder: Path, *, as_workbook: bool) -> Path:
    if as_workbook:
        write_workbook(folder / "all.xlsx", book.sheets)
        return folder / "all.xlsx"
    for name, rows in book.sheets.items():
        write_sheet(folder / f"{name}.csv", rows)
    return folder


def store_of(done: Imported | str) -> EmbeddedStore:
    if isinstance(done, str):
        text = done.encode()
    else:
        output = io.BytesIO()
        done.triples.write(output)
        text = output.getvalue()
    store = EmbeddedStore()
    store.load_source(source_of_bytes(text, name="graph.ttl"))
    return store


def there_and_back(store: Store, folder: Path, *, as_workbook: bool = False) -> tuple[Workbook, Triples]:
    book = export_workbook(store)
    path = written(book, folder, as_workbook=as_workbook)
    return book, set(store_of(import_sheet(path, base=book.base, language=book.language)).quads())


@pytest.mark.parametrize("as_workbook", [False, True])
def test_the_bundled_dispute_is_the_same_afterwards(root: Path, tmp_path: Path, as_workbook: bool) -> None:
    with open_store([root / "data" / "junior-doctors-2016" / "dispute.ttl"]) as store:
        book, back = there_and_back(store, tmp_path, as_workbook=as_workbook)
        assert back == set(store.quads())
    assert book.left_out == ()
    assert book.sheets.keys() == set(SHEETS)


@pytest.mark.parametrize(
    "case", ["ontology/cases/good", "model/cases/nasty", "page/cases/small", "evidence/harbour/dispute"]
)
def test_what_is_lost_is_counted(root: Path, tmp_path: Path, case: str) -> None:
    """Blank nodes get names; all else that is not the same afterwards is a value of a property that is counted."""
    with open_store([root / "tests" / f"{case}.ttl"]) as store:
        book, back = there_and_back(store, tmp_path)
        assert uncounted(store, book, back) == Counter()


def uncounted(store: Store, book: Workbook, back: Triples) -> Counter[str]:
    """Return how many triples were lost, by property, beyond those that are counted."""
    before = {str(quad) for quad in store.quads() if "_:" not in str(quad)}
    lost = before - {str(quad) for quad in back}
    counted: Counter[str] = Counter()
    for each in book.left_out:
        what, _, count = each.rpartition(" ")
        counted[what.removeprefix("language of ")] += int(count.strip("()").replace(",", ""))
    return Counter(re.split(r"[#/]", line.split("> <")[1].partition(">")[0])[-1] for line in lost) - counted


# ---- small disputes made of the forms

_TEXT = st.text(st.sampled_from("aB é;\\=-'\"+@,1[]&ñ😀#\n"), min_size=1, max_size=9).map(str.strip).filter(
    lambda text: bool(re.search(r"\w", text)) and not text.startswith("#") and "&" not in text
)  # fmt: skip
_PLAIN = {
    "plain": _TEXT,
    "edtf": st.sampled_from(["2024", "2024-05/..", "1984~"]),
    "day": st.sampled_from(["2024-05-03", "2024", "2024-05", "2024-05-03T08:00:00Z", "2024-05-03T08:00:00"]),
    "time": st.sampled_from(["19:00:00", "07:30:00Z"]),
    "integer": st.sampled_from(["0", "-2", "54000"]),
    "decimal": st.sampled_from(["12.5", "3", "-0.25"]),
    "boolean": st.sampled_from(["true", "false"]),
}
_DAYS = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date, 20: XSD.dateTime, 19: XSD.dateTime}


def literal(value: str, text: str) -> Literal:
    if value == "day":
        return Literal(text, datatype=_DAYS[len(text)])
    if value == "decimal":
        return Literal(text, datatype=XSD.decimal if "." in text else XSD.integer)
    if value in ("time", "integer", "boolean"):
        return Literal(text, datatype=getattr(XSD, value))
    return Literal(text)


@cache
def fields_of(kind: str) -> list[EntryField]:
    return list(entry_forms()[kind].fields.values())


@st.composite
def disputes(draw: st.DrawFn) -> Triples:
    """Return a graph of some nodes of any kinds, that have any of the fields of their forms, with values that fit."""
    kinds = draw(st.lists(st.sampled_from([*entry_forms(), "Claim", "Document", "Utterance"]), min_size=1, max_size=7))
    nodes = [
        (kind, NamedNode(f"{BASE}{draw(st.sampled_from(['n', 'actor-', 'x.']))}{place}"))
        for place, kind in enumerate(kinds)
    ]
    labels = draw(st.lists(_TEXT, min_size=1, max_size=3))
    graph: Triples = set()
    for kind, node in nodes:
        for name in entry_forms()[kind].classes:
            prefix, _, local = name.partition(":")
            graph.add(Quad(node, RDF.type, NamedNode(PREFIXES[prefix] + local)))
        for field in draw(st.lists(st.sampled_from(fields_of(kind)), max_size=6, unique_by=lambda field: field.name)):
            for value in draw(values(field, nodes, labels)):
                if isinstance(value, tuple):
                    graph |= set(anchored(node, *value))
                else:
                    graph.add(Quad(node, NamedNode(field.iri), value))
    return graph


def values(
    field: EntryField, nodes: list[tuple[str, NamedNode]], labels: list[str]
) -> st.SearchStrategy[list[NamedNode | Literal | tuple[NamedNode, NamedNode, int, int]]]:
    most = 1 if field.name == "label" else 3  # several of what should be one are kept too
    if field.is_node:
        fit = [node for kind, node in nodes if not field.kinds or kind in field.kinds]
        return st.lists(st.sampled_from(fit), max_size=most, unique=True) if fit else st.just([])
    if field.value == "evidence":
        documents = [node for kind, node in nodes if kind == "Document"]
        if not documents:
            return st.just([])
        spans = st.tuples(st.sampled_from(documents), st.integers(0, 5), st.integers(1, 4), st.booleans())
        return st.lists(spans.map(anchor), max_size=3)
    if choices := concepts_of(field.value):
        return st.lists(st.sampled_from(choices).map(NamedNode), max_size=most, unique=True)
    if field.value == "iri":
        return st.just([NamedNode("https://example.com/a;b")])
    if field.value == "label":
        texts = st.sampled_from(labels) if field.name in ("label", "aliases") else _TEXT
        return st.lists(texts.map(lambda text: Literal(text, language="en")), max_size=most, unique=True)
    return st.lists(_PLAIN[field.value].map(lambda text: literal(field.value, text)), max_size=most, unique=True)


def anchor(drawn: tuple[NamedNode, int, int, bool]) -> tuple[NamedNode, NamedNode, int, int]:
    document, start, length, minted = drawn
    name = (
        f"{document.value}-{start}-{start + length}"
        if minted
        else f"{BASE}anchor-{start}-{length}-{document.value[-1]}"
    )
    return NamedNode(name), document, start, start + length


def anchored(node: NamedNode, name: NamedNode, document: NamedNode, start: int, end: int) -> Iterable[Quad]:
    span = NamedNode(name.value + "-span")
    yield from (
        Quad(node, DG.evidence, name),
        Quad(name, RDF.type, DG.Anchor),
        Quad(name, RDF.type, OA.SpecificResource),
        Quad(name, OA.hasSource, document),
        Quad(name, OA.hasSelector, span),
        Quad(name, DG.exactDigest, Literal(f"{start:032x}{end:032x}")),
        Quad(span, RDF.type, OA.TextPositionSelector),
        Quad(span, OA.start, Literal(str(start), datatype=XSD.integer)),
        Quad(span, OA.end, Literal(str(end), datatype=XSD.integer)),
    )


@settings(max_examples=60, deadline=None)
@given(disputes(), st.booleans())
def test_any_dispute_of_the_forms_is_the_same_afterwards(graph: Triples, as_workbook: bool) -> None:
    store = store_of("\n".join(f"{quad} ." for quad in graph))
    with tempfile.TemporaryDirectory() as name:
        book = export_workbook(store, base=BASE)
        path = written(book, Path(name), as_workbook=as_workbook)
        back = set(store_of(import_sheet(path, base=BASE, language=book.language)).quads())
    assert back == set(store.quads())
    assert book.left_out == ()


@settings(max_examples=60, deadline=None)
@given(disputes(), st.data())
def test_what_others_say_as_well_is_counted_or_kept(graph: Triples, data: st.DataObject) -> None:
    """Whatever stands beside what the forms know: nothing fails, and nothing is lost that is not counted."""
    nodes = [*dict.fromkeys(quad.subject for quad in graph), NamedNode("https://elsewhere.example/x")]
    fields = [NamedNode(field.iri) for field in entry_fields().values()]
    predicates = st.sampled_from([*fields, SCHEMA.keywords, OA.hasSource, ORG.memberOf, RDFS.label, RDF.type])
    objects = st.sampled_from(
        [*nodes, DG.Person, Literal("x", language="fr"), Literal("y"), Literal("2"), NamedNode("urn:z")]
    )
    triples = st.builds(Quad, st.sampled_from(nodes), predicates, objects)
    store = store_of("\n".join(f"{quad} ." for quad in graph | set(data.draw(st.lists(triples, max_size=6)))))
    with tempfile.TemporaryDirectory() as name:
        book, back = there_and_back(store, Path(name))
    assert uncounted(store, book, back) == Counter()


def test_a_dispute_in_another_language_with_kept_words(tmp_path: Path) -> None:
    store = store_of(
        f"""@prefix dg: <{DG.base}> . @prefix skos: <{PREFIXES["skos"]}> . @prefix schema: <{PREFIXES["schema"]}> .
        <{BASE}u> a dg:Utterance ; dg:speaker <{BASE}a> ; schema:text "=1 sagte sie" .
        <{BASE}a> a dg:Person ; skos:prefLabel "Jürg"@de ; skos:altLabel "Jürg; der"@de, "NA"@de ; skos:note "-"@de ."""
    )
    book = export_workbook(store)
    path = written(book, tmp_path, as_workbook=False)
    back = store_of(import_sheet(path, base=BASE, language=book.language, keep_quotes=True))
    assert (book.language, book.left_out, set(back.quads())) == ("de", (), set(store.quads()))


# ---- the table of forms, and the sheets made from it


def test_every_field_of_every_form_has_a_column_that_means_it() -> None:
    for kind, form in entry_forms().items():
        sheet = sheet_of(kind)
        columns = {column.name for column in columns_of(sheet)}
        told = {field_in(sheet, kind, column.removesuffix("_list")) for column in columns}
        assert set(form.fields) <= told, kind
        assert kind_meant(kind_word(kind)) == kind_meant(kind) == kind
    assert {kind for kinds in SHEETS.values() for kind in kinds} == set(entry_forms())
