"""Analysis: coalitions, balance, polarisation, contested claims, brokers, change, centrality; agreement of coders."""

from disputegraph.analysis.actor_clustering import CLUSTERINGS, Clustering, Clusters, actor_clusters
from disputegraph.analysis.actor_positions import ClaimParameters, IdealPoint, IdealPoints, ideal_points
from disputegraph.analysis.agreement_measures import NOT_CODED, Confusion, Measure, Place
from disputegraph.analysis.agreement_sentences import methods_paragraph, read_agreement, read_measure
from disputegraph.analysis.baseline_sentence import read_baseline
from disputegraph.analysis.brokerage import Broker, brokers
from disputegraph.analysis.brokerage_by_chance import expected_brokerage
from disputegraph.analysis.chance_agreement import cohen_kappa, fleiss_kappa, gwet_ac1, percent_agreement
from disputegraph.analysis.change import Change, changes
from disputegraph.analysis.claim_responses import FEW_ANSWERS, Responses, claim_responses
from disputegraph.analysis.cluster_sentences import (
    read_backbone,
    read_clusters,
    read_nested_backbone,
    read_phases,
)
from disputegraph.analysis.coalition_search import Coalitions, coalitions
from disputegraph.analysis.coder_agreement import Agreement, ConfusedClaims, agreement, word_labels
from disputegraph.analysis.coder_draws import (
    CoalitionFigures,
    Spread,
    VersionRows,
    edge_figures,
    polarisation_figures,
    spreads,
    version_rows,
)
from disputegraph.analysis.concept_backbone import Backbone, Dropped, find_backbone, nested_backbone
from disputegraph.analysis.contested_claims import ContestedClaim, contested
from disputegraph.analysis.correspondence_analysis import (
    Correspondence,
    PlacedActor,
    PlacedSide,
    correspondence,
    correspondence_axes,
)
from disputegraph.analysis.document_bootstrap import Interval, alpha_interval, document_interval, interval_of
from disputegraph.analysis.figures_beside_chance import balance_figures, broker_figures, centrality_figures
from disputegraph.analysis.figures_of_modularity import cluster_figures, phase_figures
from disputegraph.analysis.krippendorff_alpha import krippendorff_alpha
from disputegraph.analysis.newman_modularity import modularity
from disputegraph.analysis.node_centrality import Centrality, centrality
from disputegraph.analysis.optimal_divisions import MOST_OPTIMA, Optima, count_optima
from disputegraph.analysis.phase_states import DISTANCES, PHASE_METHODS, Phases, States, phase_transitions
from disputegraph.analysis.plain_sentences import (
    read_balance,
    read_brokers,
    read_centrality,
    read_changes,
    read_coalitions,
    read_contested,
    read_polarisation,
    read_shares,
)
from disputegraph.analysis.polarisation_index import Polarisation, polarisation
from disputegraph.analysis.position_sentences import read_correspondence, read_ideal_points
from disputegraph.analysis.resampling import Inference, Size, Tested
from disputegraph.analysis.response_model import ItemResponse, item_response
from disputegraph.analysis.signed_networks import SignedNetwork, read_signed_edges, signed_network
from disputegraph.analysis.signed_partition import ANY, Partition, partition
from disputegraph.analysis.stability import DROPPED, HangsOn, Stability
from disputegraph.analysis.structural_balance import Balance, balance, balanced_triangles, walk_balance
from disputegraph.analysis.support_counts import SIDES, Support, read_support, support
from disputegraph.analysis.ties import TIES, Ties, find_ties
from disputegraph.analysis.unitizing_alpha import merged_units, unitizing_alpha
from disputegraph.analysis.utterance_matching import Matched, match_utterances, spans_in

__all__ = [
    "ANY",
    "CLUSTERINGS",
    "DISTANCES",
    "DROPPED",
    "FEW_ANSWERS",
    "MOST_OPTIMA",
    "NOT_CODED",
    "PHASE_METHODS",
    "SIDES",
    "TIES",
    "Agreement",
    "Backbone",
    "Balance",
    "Broker",
    "Centrality",
    "Change",
    "ClaimParameters",
    "Clustering",
    "Clusters",
    "CoalitionFigures",
    "Coalitions",
    "ConfusedClaims",
    "Confusion",
    "ContestedClaim",
    "Correspondence",
    "Dropped",
    "HangsOn",
    "IdealPoint",
    "IdealPoints",
    "Inference",
    "Interval",
    "ItemResponse",
    "Matched",
    "Measure",
    "Optima",
    "Partition",
    "Phases",
    "Place",
    "PlacedActor",
    "PlacedSide",
    "Polarisation",
    "Responses",
    "SignedNetwork",
    "Size",
    "Spread",
    "Stability",
    "States",
    "Support",
    "Tested",
    "Ties",
    "VersionRows",
    "actor_clusters",
    "agreement",
    "alpha_interval",
    "balance",
    "balance_figures",
    "balanced_triangles",
    "broker_figures",
    "brokers",
    "centrality",
    "centrality_figures",
    "changes",
    "claim_responses",
    "cluster_figures",
    "coalitions",
    "cohen_kappa",
    "contested",
    "correspondence",
    "correspondence_axes",
    "count_optima",
    "document_interval",
    "edge_figures",
    "expected_brokerage",
    "find_backbone",
    "find_ties",
    "fleiss_kappa",
    "gwet_ac1",
    "ideal_points",
    "interval_of",
    "item_response",
    "krippendorff_alpha",
    "match_utterances",
    "merged_units",
    "methods_paragraph",
    "modularity",
    "nested_backbone",
    "partition",
    "percent_agreement",
    "phase_figures",
    "phase_transitions",
    "polarisation",
    "polarisation_figures",
    "read_agreement",
    "read_backbone",
    "read_balance",
    "read_baseline",
    "read_brokers",
    "read_centrality",
    "read_changes",
    "read_clusters",
    "read_coalitions",
    "read_contested",
    "read_correspondence",
    "read_ideal_points",
    "read_measure",
    "read_nested_backbone",
    "read_phases",
    "read_polarisation",
    "read_shares",
    "read_signed_edges",
    "read_support",
    "signed_network",
    "spans_in",
    "spreads",
    "support",
    "unitizing_alpha",
    "version_rows",
    "walk_balance",
    "word_labels",
]
