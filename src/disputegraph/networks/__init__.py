"""Networks: statements in columns, weights as sparse matrices, finished graphs for networkx."""

from disputegraph.networks.coded_twice import coded_once
from disputegraph.networks.consensual_claims import without_consensual
from disputegraph.networks.edge_explanations import Contribution, contributions, explain
from disputegraph.networks.event_lists import EVENT_COLUMNS, event_rows
from disputegraph.networks.formulas import Matrix
from disputegraph.networks.kernel_smoothing import KERNELS, kernel_slices, kernel_windows
from disputegraph.networks.network_files import FORMATS, SUFFIXES, edge_rows, node_link, write_network
from disputegraph.networks.network_graphs import graph_of, network
from disputegraph.networks.network_options import (
    BASELINES,
    BETWEEN,
    KINDS,
    NORMALISATIONS,
    VALUES,
    NetworkOptions,
    Options,
    node_field,
)
from disputegraph.networks.network_weights import Weights
from disputegraph.networks.node_colours import SIGN_COLOURS, colour_of_kind
from disputegraph.networks.projection_null import (
    CORRECTIONS,
    NULL_MODELS,
    TieTest,
    cell_probabilities,
    curveball_tables,
    ties_beyond_chance,
)
from disputegraph.networks.repeated_statements import DUPLICATES, order_of, without_duplicates
from disputegraph.networks.statement_columns import CHUNK, COLUMNS, statement_chunks
from disputegraph.networks.statement_selection import select
from disputegraph.networks.time_slices import UNITS, Slice, slices
from disputegraph.networks.weighing import weigh

__all__ = [
    "BASELINES",
    "BETWEEN",
    "CHUNK",
    "COLUMNS",
    "CORRECTIONS",
    "DUPLICATES",
    "EVENT_COLUMNS",
    "FORMATS",
    "KERNELS",
    "KINDS",
    "NORMALISATIONS",
    "NULL_MODELS",
    "SIGN_COLOURS",
    "SUFFIXES",
    "UNITS",
    "VALUES",
    "Contribution",
    "Matrix",
    "NetworkOptions",
    "Options",
    "Slice",
    "TieTest",
    "Weights",
    "cell_probabilities",
    "coded_once",
    "colour_of_kind",
    "contributions",
    "curveball_tables",
    "edge_rows",
    "event_rows",
    "explain",
    "graph_of",
    "kernel_slices",
    "kernel_windows",
    "network",
    "node_field",
    "node_link",
    "order_of",
    "select",
    "slices",
    "statement_chunks",
    "ties_beyond_chance",
    "weigh",
    "without_consensual",
    "without_duplicates",
    "write_network",
]
