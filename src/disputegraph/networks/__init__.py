"""Networks: statements in columns, weights as sparse matrices, finished graphs for networkx."""

from disputegraph.model import FIELDS, StanceTaken, Statement, StatementTable, stances_taken, statements
from disputegraph.networks.building import graph_of, network
from disputegraph.networks.explaining import Contribution, contributions, explain
from disputegraph.networks.options import BETWEEN, KINDS, NORMALISATIONS, VALUES, NetworkOptions
from disputegraph.networks.selecting import select
from disputegraph.networks.slices import UNITS, Slice, slices
from disputegraph.networks.weighing import weigh
from disputegraph.networks.weights import Weights
from disputegraph.networks.writing import FORMATS, SUFFIXES, write_network

__all__ = [
    "BETWEEN",
    "FIELDS",
    "FORMATS",
    "KINDS",
    "NORMALISATIONS",
    "SUFFIXES",
    "UNITS",
    "VALUES",
    "Contribution",
    "NetworkOptions",
    "Slice",
    "StanceTaken",
    "Statement",
    "StatementTable",
    "Weights",
    "contributions",
    "explain",
    "graph_of",
    "network",
    "select",
    "slices",
    "stances_taken",
    "statements",
    "weigh",
    "write_network",
]
