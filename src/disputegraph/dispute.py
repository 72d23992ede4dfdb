"""The library's face: one object over a dispute, from which all else is one call away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self, overload

from pyoxigraph import QueryBoolean, RdfFormat, serialize

from disputegraph.errors import DataError, QueryError
from disputegraph.model import (
    Actor,
    Claim,
    HearsayRule,
    Model,
    SourceTexts,
    Stance,
    Utterance,
    find_node,
    parameter_term,
    portrait,
    statements,
)
from disputegraph.rdf import format_named, format_of_path, open_output, plain_value, source_of_bytes, write_text
from disputegraph.resources import bundled_dispute
from disputegraph.results import DisputeAnalyses, Statements, rows_as
from disputegraph.sparql import find_query, is_named
from disputegraph.store import Answer, Rows, Store, Term, open_store, read_sources

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from disputegraph.checks import Finding
    from disputegraph.evidence import AnchorReport, ContextShown
    from disputegraph.figures import Figure
    from disputegraph.identity import Comparison
    from disputegraph.importers import Imported
    from disputegraph.results import Frame


def open_data(
    *locations: str | Path,
    format: str | None = None,
    base: str | None = None,
    allow_network: bool = False,
) -> Dispute:
    """Open a dispute.

    Args:
        locations: RDF files of any format (plain, .gz, .bz2, .xz), folders of them, ``"-"`` for standard input;
            several are read into one graph. None opens the bundled dispute, one report of 2016; its name
            ``"junior-doctors-2016"`` does so too, and ``"junior-doctors"`` opens the whole dispute.
        format: format of the files whose suffix tells none, and of standard input.
        base: base IRI for relative IRIs; by default each file's own.
        allow_network: let queries use SERVICE and JSON-LD files fetch their contexts.

    Raises:
        DataError: something cannot be read; the text names file and line.

    Examples:
        >>> import disputegraph
        >>> dispute = disputegraph.open_data()
        >>> [claim.label for claim in dispute.claims() if claim.action == "veto"]
        ['Hunt vetoed compromise']
    """
    store = open_store(locations or [bundled_dispute()], format=format, base=base, allow_network=allow_network)
    return Dispute(store)


def from_rdflib(graph: rdflib.Graph) -> Dispute:
    """Return the dispute in an `rdflib.Graph`, whose prefixes it takes.

    Raises:
        DataError: the graph holds what RDF does not allow, such as an IRI with a blank.
    """
    name = "an rdflib graph"
    try:
        text = graph.serialize(format="nt", encoding="utf-8")
    except Exception as error:  # noqa: BLE001  # rdflib raises no class of its own for an IRI that it cannot write
        raise DataError(f"cannot be written as RDF: {error}", path=name) from None
    store = read_sources([source_of_bytes(text, name=name, format="ntriples")], location=name)
    store.declare({prefix: str(iri) for prefix, iri in graph.namespaces() if prefix})
    return Dispute(store)


def from_import(imported: Imported) -> Dispute:
    """Return the dispute that an importer read, such as `disputegraph.importers.import_sheet`.

    What the importer warns of stands in its `notes`.
    """
    text = BytesIO()
    imported.triples.write(text, format_named("ntriples"))
    store = read_sources(
        [source_of_bytes(text.getvalue(), name=imported.base, format="ntriples")], location=imported.base
    )
    store.declare({"d": imported.base})
    store.notes += tuple(map(str, imported.warnings))
    return Dispute(store)


class Dispute(DisputeAnalyses):
    """A dispute: a store with the questions one asks of it.

    Attributes:
        store: where the quads are and SPARQL is answered.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._model: Model | None = None

    def query(self, query: str, /, *, infer: bool | None = None, **parameters: str | Term) -> Answer:
        """Return the engine's answer to a query: rows, a truth value, or triples.

        Args:
            query: a named query, the path of a ``.rq`` file, or SPARQL text.
            infer: let the query see also what follows by the ontology: super-classes, super-properties, inverses and
                ``dg:voice``. By default named queries do, where that is cheap: in memory, and in small stores on disk.
                Nothing else of a dispute ever sees what was inferred.
            parameters: values for variables of the query: terms, or texts read as the command line reads them (a
                node's name, a prefixed name, an IRI, a number, an ISO date, a quoted literal).

        Raises:
            QueryError: the query cannot be understood, or is refused.
            UsageError: the query, a parameter or a name is not known; or a server is to infer.

        Examples:
            >>> import disputegraph
            >>> dispute = disputegraph.open_data()
            >>> [len(dispute.select("SELECT ?a { ?a a dg:Actor }", infer=infer)) for infer in (False, True)]
            [0, 24]
        """
        wanted = find_query(query)
        bindings = {
            name: parameter_term(value, self.store) if isinstance(value, str) else value
            for name, value in parameters.items()
        }
        path = None if wanted.name == "query" else str(wanted.path)
        if infer is None:
            infer = is_named(wanted) and self.store.infers_cheaply
        return self.store.query(wanted.text, bindings=bindings, path=path, infer=infer)

    @overload
    def select(
        self, query: str, /, *, infer: bool | None = None, as_: None = None, **parameters: str | Term
    ) -> list[dict[str, Any]]: ...

    @overload
    def select(self, query: str, /, *, infer: bool | None = None, as_: Frame, **parameters: str | Term) -> Any: ...

    def select(
        self, query: str, /, *, infer: bool | None = None, as_: Frame | None = None, **parameters: str | Term
    ) -> Any:
        """Return the rows of a SELECT query as dicts of plain values (IRIs and texts as str, numbers as such).

        Arguments are those of `query`, and `as_`: a data frame of ``pandas``, ``arrow`` or ``polars`` instead. Raises
        as it does; QueryError too for a query of another form.

        Examples:
            >>> import disputegraph
            >>> dispute = disputegraph.open_data()
            >>> dispute.select("SELECT (COUNT(*) AS ?hospitals) WHERE { ?h a dg:Hospital }")
            [{'hospitals': 5}]
        """
        answer = self.query(query, infer=infer, **parameters)
        if not isinstance(answer, Rows):
            raise QueryError("this is not a SELECT query, and rows are wanted.")
        columns = [variable.value for variable in answer.variables]
        rows = [{name: plain_value(row[name]) for name in columns} for row in answer]
        if as_ is None:
            return rows
        return rows_as(rows, columns, as_)

    def ask(self, query: str, /, *, infer: bool | None = None, **parameters: str | Term) -> bool:
        """Return the truth of an ASK query; arguments and errors are those of `select`."""
        answer = self.query(query, infer=infer, **parameters)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("this is not an ASK query, and yes or no is wanted.")
        return bool(answer)

    def find(self, name: str) -> str:
        """Return the IRI of the actor, claim or other node called `name`; raises UsageError with the nearest names."""
        return find_node(name, self.store)

    @property
    def model(self) -> Model:
        """The reading of the dispute: read when first asked for, and kept."""
        if self._model is None:
            self._model = Model(self.store)
        return self._model

    def actors(self) -> tuple[Actor, ...]:
        """Return every actor, by name."""
        return self.model.actors

    def claims(self) -> tuple[Claim, ...]:
        """Return every claim with its utterances, by label."""
        return self.model.claims

    def utterances(self) -> tuple[Utterance, ...]:
        """Return every utterance, by date. Who only passes words on is in their `via`."""
        return self.model.utterances

    def stances(self) -> tuple[Stance, ...]:
        """Return every stance, by holder."""
        return self.model.stances

    def statements(self, *, hearsay: HearsayRule = "news", withdrawn: bool = False) -> Statements:
        """Return the statements, one row for each utterance and claim, for data frames.

        Args:
            hearsay: which hearsay counts: ``news`` (what news organisations pass on), ``all`` or ``none``.
            withdrawn: give those that do not stand as well.
        """
        return Statements(statements(self.model, withdrawn=withdrawn, hearsay=hearsay))

    def show(self, name: str, *, sources: str | Path | None = None) -> dict[str, Any]:
        """Return all that is known of one actor or claim as plain JSON, with quotes where `sources` has the texts."""
        return portrait(self.find(name), self.store, sources=_texts(sources))

    def check(self, *, shacl: bool = False) -> list[Finding]:
        """Return what the integrity rules, and with `shacl` the SHACL shapes, find wrong; empty if nothing is."""
        from disputegraph.checks import check_integrity, check_shapes

        findings = list(check_integrity(self.store))
        return sorted(findings + list(check_shapes(self.store)) if shacl else findings)

    def verify(self, sources: str | Path) -> list[AnchorReport]:
        """Return what became of each anchor in a folder of source texts: verified, re-found, ambiguous or lost."""
        from disputegraph.evidence import Sources, verify_anchors

        return verify_anchors(self.store, Sources(sources))

    def diff(self, other: Dispute) -> Comparison:
        """Return what `other`, a later version of this dispute, has added, removed and changed."""
        from disputegraph.identity import compare

        return compare(Model.whole(self.store), Model.whole(other.store))

    def merge(self, *others: Dispute, pairs: Iterable[tuple[str, str]] = ()) -> Dispute:
        """Return this dispute and others as one; what was unified, and what is odd, stands in its `notes`.

        Args:
            others: disputes; actors with one IRI, or that name the same page (schema:sameAs), become one.
            pairs: IRIs of actors that are one as well.

        Raises:
            DataError: a pair names what is not an actor.
        """
        from disputegraph.identity import merge_files

        with TemporaryDirectory(prefix="disputegraph-") as folder:
            paths = [Path(folder) / f"{number}.trig" for number in range(len(others) + 1)]
            for path, dispute in zip(paths, (self, *others), strict=True):
                dispute.write(path)
            merged = merge_files(paths, pairs=list(pairs))
        text = serialize(merged.quads, format=RdfFormat.N_QUADS) or b""
        name = " and ".join(dispute.store.location for dispute in (self, *others))
        store = read_sources([source_of_bytes(text, name=name, format="nquads")], location=name)
        store.declare(merged.prefixes)
        store.notes += (*merged.warnings, *(f"{one} is now {now}: {why}" for one, now, why in merged.unified))
        return Dispute(store)

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to know of how the data were read."""
        return self.store.notes

    def network(self, kind: str = "congruence", **options: Any) -> nx.Graph[Any]:
        """Return a network of the dispute, which shows itself in a notebook.

        Kinds and options are those of `disputegraph.networks.network`.
        """
        from disputegraph.networks import network
        from disputegraph.page import shown

        return shown(network(statements(self.model), kind, **options))

    def figure(
        self,
        kind: str,
        output: str | Path | None = None,
        *,
        hearsay: HearsayRule = "news",
        **options: Any,
    ) -> Figure:
        """Return a figure for print, which shows itself in a notebook, and write it to `output` if given.

        Args:
            kind: ``network``, ``matrix``, ``claims``, ``timeline``, ``polarisation``, ``dendrogram`` or
                ``positions``.
            output: the file to write, .pdf, .svg or .png, whole or not at all.
            hearsay: which hearsay counts; see `statements`.
            options: those of `disputegraph.figures.figure`.

        Raises:
            UsageError: matplotlib is missing, an unknown kind or option, or nothing to draw.
        """
        from disputegraph.figures import figure

        note = "" if hearsay == "news" else f"Statements chosen by: hearsay {hearsay}."
        made = figure(statements(self.model, hearsay=hearsay), kind, **{"note": note, **options})
        if output is not None:
            made.write(output)
        return made

    def page(
        self,
        output: str | Path | None = None,
        *,
        sources: str | Path | None = None,
        title: str | None = None,
        context: ContextShown = "sentence",
    ) -> str:
        """Return the dispute as one offline HTML page, and write it to `output` if given.

        Args:
            output: the file to write, whole or not at all.
            sources: folder of source texts, whose quotes then stand in the page.
            title: the page's title; by default the dispute's.
            context: how much of a source stands around its quotations: ``none``, ``sentence`` or ``paragraph``.
        """
        from disputegraph.page import page_data, render_page

        html = render_page(page_data(self.store, sources=_texts(sources), title=title, context=context))
        if output is not None:
            write_text(output, html)
        return html

    def write(self, output: str | Path, *, format: str | None = None) -> None:
        """Write the whole graph to a file, sorted: the same bytes for the same graph.

        Args:
            output: the file, whole or not at all.
            format: RDF format; by default what the file's suffix tells, else Turtle.

        Raises:
            OutputError: the file cannot be written.
            UsageError: the format is unknown, or cannot hold the data's named graphs.
        """
        from disputegraph.rdf import write_stable

        form = format_named(format) if format else format_of_path(output) or format_named("turtle")
        with open_output(output) as stream:
            write_stable(self.store.quads(), stream, form, prefixes=self.store.prefixes)

    def to_rdflib(self) -> rdflib.Graph:
        """Return the graph as an `rdflib.Graph` of its own, prefixes bound."""
        from disputegraph.rdf import to_rdflib

        return to_rdflib(self.store.quads(), prefixes=self.store.prefixes, name=self.store.location)

    def quads(self) -> Iterator[Any]:
        """Yield every quad as pyoxigraph knows it."""
        return self.store.quads()

    def _repr_html_(self) -> str:
        from disputegraph.page import notebook_html

        return notebook_html(self.page())

    def __len__(self) -> int:
        return len(self.store)

    def __repr__(self) -> str:
        return f"<Dispute {self.store.location}: {len(self):,} triples>"

    def close(self) -> None:
        """Give back what the store holds."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _texts(folder: str | Path | None) -> SourceTexts | None:
    if folder is None:
        return None
    from disputegraph.evidence import Sources

    return Sources(Path(folder))
