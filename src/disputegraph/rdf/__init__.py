"""RDF in and out: formats, reading, writing, conversion, output files, and the bridge to rdflib."""

from disputegraph.rdf.blank_naming import blank_names
from disputegraph.rdf.canonical import blank_nodes, mentions_blank_node
from disputegraph.rdf.conversion import convert_files
from disputegraph.rdf.formats import FORMATS, Format, format_named, format_of_path, suffix_without_compression
from disputegraph.rdf.output_files import PARTS, open_output, remove_unfinished, write_text
from disputegraph.rdf.output_folders import make_folder, open_output_folder
from disputegraph.rdf.plain_terms import plain_value, short_iri
from disputegraph.rdf.rdf_sources import (
    PROJECT_FILE,
    Source,
    is_called_rdf,
    source_of_bytes,
    source_of_path,
    sources_in_folder,
)
from disputegraph.rdf.rdflib_bridge import to_rdflib
from disputegraph.rdf.reading import bulk_load, prefixes_of, read_all, read_quads, screened
from disputegraph.rdf.writing import SortedGraph, write_quads, write_stable
from disputegraph.rdf.xml_output import XmlOutput

__all__ = [
    "FORMATS",
    "PARTS",
    "PROJECT_FILE",
    "Format",
    "SortedGraph",
    "Source",
    "XmlOutput",
    "blank_names",
    "blank_nodes",
    "bulk_load",
    "convert_files",
    "format_named",
    "format_of_path",
    "is_called_rdf",
    "make_folder",
    "mentions_blank_node",
    "open_output",
    "open_output_folder",
    "plain_value",
    "prefixes_of",
    "read_all",
    "read_quads",
    "remove_unfinished",
    "screened",
    "short_iri",
    "source_of_bytes",
    "source_of_path",
    "sources_in_folder",
    "suffix_without_compression",
    "to_rdflib",
    "write_quads",
    "write_stable",
    "write_text",
]
