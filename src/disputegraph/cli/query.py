"""`disputegraph query`: answer a SPARQL query."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, cast

import click
from pyoxigraph import Quad, QueryBoolean, QueryResultsFormat

from disputegraph.cli.data import data_options, may_use_network, named_data, open_data
from disputegraph.cli.limits import isolate_query, limit_options, limit_rows
from disputegraph.cli.output import chosen_format, output_option, refuse_suffix, write_jsonl, write_table
from disputegraph.errors import UsageError
from disputegraph.model import parameter_term, query_notes
from disputegraph.process import in_worker
from disputegraph.rdf import FORMATS, format_named, open_output
from disputegraph.sparql import QueryFile, find_query, is_named
from disputegraph.store import Rows, Store, Term, Triples

_ROWS = ("table", "csv", "tsv", "json", "jsonl", "xml")
_ENGINE_ROWS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_IN_MEMORY = 16 << 20  # bytes of XML
_GRAPHS = tuple(name for form in FORMATS for name in (form.name, form.suffixes[0]) if name not in _ROWS)
_SUFFIXES = {
    **{suffix: form.name for form in FORMATS for suffix in form.suffixes},
    "csv": "csv",
    "tsv": "tsv",
    "json": "json",
    "srj": "json",
    "jsonl": "jsonl",
    "srx": "xml",
    "txt": "table",
}


@click.command()
@click.argument("query")
@data_options
@click.option("-f", "--format", "given", type=click.Choice([*_ROWS, *dict.fromkeys(_GRAPHS)], case_sensitive=False),
              metavar="FORMAT", help="Rows: table, csv, tsv, json (W3C SPARQL results), jsonl, xml. Graphs: turtle, "
              "ntriples, nquads, trig, jsonld, rdfxml. Default: by the suffix of FILE, else table for rows and turtle "
              "for graphs.")  # fmt: skip
@output_option
@click.option("-p", "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="Bind a variable of the "
              "query: to a node by name, alias, prefixed name or IRI, to a number or an ISO date, or to a text in "
              "quotes; repeatable.")  # fmt: skip
@click.option("--base", metavar="IRI", help="What relative IRIs resolve against; default: each file's own IRI.")
@click.option("--page", "page", metavar="FILE.html", help="Draw the result as an interactive page: a graph, or rows "
              "with the columns ?source and ?target.")  # fmt: skip
@click.option("--infer/--no-infer", default=None, help="Match also what follows by the ontology: super-classes ('a "
              "dg:Actor' matches persons), inverses, super-properties and dg:voice. Default: for named queries, if the "
              "data are files or a small store on disk. A server cannot be asked to.")  # fmt: skip
@limit_options
def query(
    query: str,
    given: str | None,
    output: str | None,
    parameters: tuple[str, ...],
    base: str | None,
    page: str | None,
    infer: bool | None,
) -> None:
    """Answer a SPARQL query.

    QUERY is the name of a named query ('disputegraph queries' lists them), a .rq file, '-' for standard input, or
    SPARQL text. The usual prefixes (dg:, act:, skos:, org:, …) and those of the data need not be declared.
    """
    refuse_suffix(page, ("html", "htm"), "pages")
    if not may_use_network() and (query == "-" or _is_foreign(query) or in_worker()):
        isolate_query()
    wanted = QueryFile("query", Path("standard input"), _stdin(), {}, {}, {}) if query == "-" else find_query(query)
    path = None if wanted.name == "query" else str(wanted.path)
    own_base = wanted.path.resolve().as_uri() if path else None
    with open_data(base=base) as store:
        bindings = _bindings(parameters, store)
        if infer is None:
            infer = is_named(wanted) and store.infers_cheaply
        notes = [] if is_named(wanted) else query_notes(wanted.text, store, infers=infer)
        limit_rows(store)
        store.unknown_functions = set()
        answer = store.query(wanted.text, bindings=bindings, base=base or own_base, path=path, infer=infer)
        if page is not None:
            _write_page(answer, store, page, wanted.fields.get("title"))
        elif isinstance(answer, Triples):
            _write_graph(answer, chosen_format(given, output, _SUFFIXES, "turtle"), store, output)
        else:
            _write_rows(answer, chosen_format(given, output, _SUFFIXES, "table"), store, output)
    for note in notes:
        click.echo(f"Note: {note}", err=True)
    for function in sorted(store.unknown_functions):
        click.echo(f"Note: there is no function <{function}>; calls of it had no value.", err=True)


def _is_foreign(query: str) -> bool:
    """Return whether a query may be somebody else's: it stands in a file, and did not come with us."""
    wanted = find_query(query)
    return wanted.text != query and not is_named(wanted)


def _stdin() -> str:
    if "-" in named_data():
        raise UsageError("standard input cannot be both the query and the data; put one of them into a file.")
    return sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")


def _bindings(parameters: tuple[str, ...], store: Store) -> dict[str, Term]:
    bindings: dict[str, Term] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals or not name:
            raise UsageError(f"'-p {parameter}' is not of the form NAME=VALUE.")
        bindings[name.lstrip("?$")] = parameter_term(value, store)
    return bindings


def _write_graph(answer: Triples, form: str, store: Store, output: str | None) -> None:
    from disputegraph.rdf import write_stable

    if form in _ROWS and form not in ("json", "xml"):
        raise UsageError(f"a graph cannot be written as {form}; write turtle, ntriples, jsonld or rdfxml.")
    quads = (Quad(triple.subject, triple.predicate, triple.object) for triple in answer)
    with open_output(output) as stream:
        write_stable(quads, stream, format_named(form), prefixes=store.prefixes)


def _write_page(answer: Rows | Triples | QueryBoolean, store: Store, page: str, title: str | None) -> None:
    from disputegraph.page import page_of_rows, page_of_triples, render_page
    from disputegraph.rdf import write_text

    if isinstance(answer, QueryBoolean):
        raise UsageError("the query gives yes or no, of which there is nothing to draw.")
    if isinstance(answer, Triples):
        data = page_of_triples(answer, store=store, title=title)
    else:
        columns = [variable.value for variable in answer.variables]
        rows = ([row[name] for name in columns] for row in answer)
        data = page_of_rows(columns, rows, store=store, title=title)
    write_text(page, render_page(data))
    if page != "-":
        click.echo(f"Wrote {page}", err=True)


def _write_rows(answer: Rows | QueryBoolean, form: str, store: Store, output: str | None) -> None:
    if form in _ENGINE_ROWS:
        with open_output(output) as stream, SpooledTemporaryFile(_IN_MEMORY) as kept:
            # What XML cannot hold may come last, and half of it on standard output would be worse than none.
            answer.serialize(cast("IO[bytes]", kept) if form == "xml" else stream, _ENGINE_ROWS[form])
            kept.seek(0)
            copyfileobj(kept, stream)
            if form in ("json", "xml"):
                stream.write(b"\n")
    elif form not in _ROWS:
        raise UsageError(f"rows cannot be written as {form}; write table, csv, tsv, json, jsonl or xml.")
    elif isinstance(answer, QueryBoolean):
        with open_output(output) as stream:
            stream.write(b"true\n" if answer else b"false\n")
    else:
        columns = [variable.value for variable in answer.variables]
        if form == "jsonl":
            from disputegraph.rdf import plain_value

            write_jsonl(({name: plain_value(row[name]) for name in columns} for row in answer), output=output)
        else:
            write_table(columns, _shown(answer, columns, store), output=output)


def _shown(answer: Rows, columns: list[str], store: Store) -> Iterator[list[str]]:
    from disputegraph.rdf import short_iri
    from disputegraph.vocabulary import PREFIXES

    prefixes = {**PREFIXES, **store.prefixes}
    for row in answer:
        yield [short_iri(row[name], prefixes) for name in columns]
