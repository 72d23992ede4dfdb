"""Analysis: coalitions and balance, polarisation, contested claims, brokers, change and centrality."""

from disputegraph.analysis.balance import Balance, balance, balanced_triangles, walk_balance
from disputegraph.analysis.brokers import Broker, brokers
from disputegraph.analysis.centrality import Centrality, centrality
from disputegraph.analysis.change import Change, changes
from disputegraph.analysis.coalitions import Coalitions, coalitions
from disputegraph.analysis.contested import ContestedClaim, contested
from disputegraph.analysis.partition import ANY, Partition, partition
from disputegraph.analysis.polarisation import Polarisation, polarisation
from disputegraph.analysis.readings import (
    read_balance,
    read_brokers,
    read_centrality,
    read_changes,
    read_coalitions,
    read_contested,
    read_polarisation,
)
from disputegraph.analysis.signed_networks import SignedNetwork, read_signed_edges, signed_network
from disputegraph.analysis.stability import DROPPED, PairStability, Stability
from disputegraph.analysis.ties import TIES, Ties, find_ties

__all__ = [
    "ANY",
    "DROPPED",
    "TIES",
    "Balance",
    "Broker",
    "Centrality",
    "Change",
    "Coalitions",
    "ContestedClaim",
    "PairStability",
    "Partition",
    "Polarisation",
    "SignedNetwork",
    "Stability",
    "Ties",
    "balance",
    "balanced_triangles",
    "brokers",
    "centrality",
    "changes",
    "coalitions",
    "contested",
    "find_ties",
    "partition",
    "polarisation",
    "read_balance",
    "read_brokers",
    "read_centrality",
    "read_changes",
    "read_coalitions",
    "read_contested",
    "read_polarisation",
    "read_signed_edges",
    "signed_network",
    "walk_balance",
]
