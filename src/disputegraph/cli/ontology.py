"""`disputegraph ontology`: a part of the ontology as it stands in its file."""

from __future__ import annotations

import click

from disputegraph.cli.output import output_option
from disputegraph.rdf import open_output
from disputegraph.resources import ontology_file, ontology_parts


@click.command()
@click.argument("part", default="core", type=click.Choice(ontology_parts()))
@output_option
def ontology(part: str, output: str | None) -> None:
    """Print a part of the ontology.

    core: classes and properties; health: hospitals and trusts; actions: the scheme of action types; alignment: how the
    terms relate to ORG, FOAF, PROV and others; german: labels and definitions in German; shapes: SHACL; context:
    JSON-LD; aif, nanopublications, open-claims-model, webannotation: CONSTRUCT queries that 'query' runs over your
    data; claimreview: the one that 'import claimreview' runs.
    """
    with open_output(output) as stream:
        stream.write(ontology_file(part).read_bytes())
