"""Analysis: coalitions and balance, polarisation, contested claims, brokers, change and centrality."""

from disputegraph.analysis.brokerage import Broker, brokers
from disputegraph.analysis.change import Change, changes
from disputegraph.analysis.coalition_search import Coalitions, coalitions
from disputegraph.analysis.contested_claims import ContestedClaim, contested
from disputegraph.analysis.node_centrality import Centrality, centrality
from disputegraph.analysis.plain_sentences import (
    read_balance,
    read_brokers,
    read_centrality,
    read_changes,
    read_coalitions,
    read_contested,
    read_polarisation,
)
from disputegraph.analysis.polarisation_index import Polarisation, polarisation
from disputegraph.analysis.signed_networks import SignedNetwork, read_signed_edges, signed_network
from disputegraph.analysis.signed_partition import ANY, Partition, partition
from disputegraph.analysis.stability import DROPPED, PairStability, Stability
from disputegraph.analysis.structural_balance import Balance, balance, balanced_triangles, walk_balance
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
