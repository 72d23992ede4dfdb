"""`disputegraph ontology`: a part of the ontology as it stands in its file, or the kinds of acts as a table."""

from __future__ import annotations

from collections import defaultdict

import click
from pyoxigraph import Literal, NamedNode

from disputegraph.cli.output import output_option, write_table
from disputegraph.errors import UsageError
from disputegraph.rdf import open_output, read_quads, source_of_path
from disputegraph.resources import ontology_file, ontology_parts


@click.command()
@click.argument("part", default="core", type=click.Choice(ontology_parts()))
@click.option("-f", "--format", type=click.Choice(["file", "table"]), default="file", show_default=True, help="The "
              "part as it stands in its file; or, of actions, a table of words and meanings.")  # fmt: skip
@output_option
def ontology(part: str, format: str, output: str | None) -> None:
    """Print a part of the ontology.

    core: classes and properties; health: hospitals and trusts; actions: the scheme of action types; alignment: how the
    terms relate to ORG, FOAF, PROV and others; german: labels and definitions in German; shapes: SHACL; context:
    JSON-LD; aif, nanopublications, open-claims-model, webannotation: CONSTRUCT queries that 'query' runs over your
    data; claimreview: the one that 'import claimreview' runs.
    """
    if format == "table":
        if part != "actions":
            raise UsageError(
                f"only the kinds of acts make a table: disputegraph ontology actions -f table, not {part}."
            )
        write_table(("word", "other words", "meaning"), _acts(), output=output)
        return
    with open_output(output) as stream:
        stream.write(ontology_file(part).read_bytes())


def _acts() -> list[tuple[str, str, str]]:
    """Return the word, the other words and the meaning of each kind of act, by word."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in read_quads(source_of_path(ontology_file("actions"))):
        if isinstance(quad.object, NamedNode | Literal):
            told[str(quad.subject)][quad.predicate.value.rpartition("#")[2]].append(quad.object.value)
    acts = [one for one in told.values() if any(kind.endswith("#ActionType") for kind in one["type"])]
    return sorted(
        (one["prefLabel"][0], ", ".join(sorted(one["altLabel"])), " ".join(one["definition"][:1])) for one in acts
    )
