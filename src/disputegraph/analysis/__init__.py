"""Analysis: camps and balance, polarisation, contested claims, brokers, change and centrality."""

from disputegraph.analysis.arguments import (
    AttackGraph,
    Extensions,
    Standing,
    extensions,
    grounded,
    preferred,
    stable,
    standing,
)
from disputegraph.analysis.attack_files import read_attacks
from disputegraph.analysis.balance import Balance, balance, balanced_triangles, walk_balance
from disputegraph.analysis.brokers import Broker, brokers
from disputegraph.analysis.centrality import Centrality, centrality
from disputegraph.analysis.change import Change, changes
from disputegraph.analysis.coalitions import Coalitions, PairStability, Stability, coalitions
from disputegraph.analysis.contested import ContestedClaim, attack_graph, contested
from disputegraph.analysis.partition import ANY, Partition, partition
from disputegraph.analysis.polarisation import Polarisation, polarisation
from disputegraph.analysis.signed import SignedNetwork, read_signed_edges, signed_network

__all__ = [
    "ANY",
    "AttackGraph",
    "Balance",
    "Broker",
    "Centrality",
    "Change",
    "Coalitions",
    "ContestedClaim",
    "Extensions",
    "PairStability",
    "Partition",
    "Polarisation",
    "SignedNetwork",
    "Stability",
    "Standing",
    "attack_graph",
    "balance",
    "balanced_triangles",
    "brokers",
    "centrality",
    "changes",
    "coalitions",
    "contested",
    "extensions",
    "grounded",
    "partition",
    "polarisation",
    "preferred",
    "read_attacks",
    "read_signed_edges",
    "signed_network",
    "stable",
    "standing",
    "walk_balance",
]
