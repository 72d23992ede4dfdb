"""Networks: statements in columns, weights as sparse matrices, finished graphs for networkx."""

from disputegraph.networks.building import graph_of, network
from disputegraph.networks.duplicates import DUPLICATES, order_of
from disputegraph.networks.explaining import Contribution, contributions, explain
from disputegraph.networks.options import BETWEEN, KINDS, NORMALISATIONS, VALUES, NetworkOptions, Options
from disputegraph.networks.selecting import select
from disputegraph.networks.slices import UNITS, Slice, slices
from disputegraph.networks.stances import StanceTaken, stances_taken
from disputegraph.networks.statements import statements
from disputegraph.networks.table import FIELDS, Statement, StatementTable
from disputegraph.networks.weighing import weigh
from disputegraph.networks.weights import Weights
from disputegraph.networks.writing import FORMATS, SUFFIXES, write_network

__all__ = [
    "BETWEEN",
    "DUPLICATES",
    "FIELDS",
    "FORMATS",
    "KINDS",
    "NORMALISATIONS",
    "SUFFIXES",
    "UNITS",
    "VALUES",
    "Contribution",
    "NetworkOptions",
    "Options",
    "Slice",
    "StanceTaken",
    "Statement",
    "StatementTable",
    "Weights",
    "contributions",
    "explain",
    "graph_of",
    "network",
    "order_of",
    "select",
    "slices",
    "stances_taken",
    "statements",
    "weigh",
    "write_network",
]
