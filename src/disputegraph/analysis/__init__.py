"""Analysis: coalitions and balance, polarisation, contested claims, brokers, change and centrality."""

from disputegraph.analysis.balance import Balance, balance, balanced_triangles, walk_balance
from disputegraph.analysis.brokers import Broker, brokers
from disputegraph.analysis.centrality import Centrality, centrality
from disputegraph.analysis.change import Change, changes
from disputegraph.analysis.coalitions import Coalitions, PairStability, Stability, coalitions
from disputegraph.analysis.contested import ContestedClaim, contested
from disputegraph.analysis.partition import ANY, Partition, partition
from disputegraph.analysis.polarisation import Polarisation, polarisation
from disputegraph.analysis.signed_networks import SignedNetwork, read_signed_edges, signed_network

__all__ = [
    "ANY",
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
    "balance",
    "balanced_triangles",
    "brokers",
    "centrality",
    "changes",
    "coalitions",
    "contested",
    "partition",
    "polarisation",
    "read_signed_edges",
    "signed_network",
    "walk_balance",
]
