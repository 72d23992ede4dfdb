"""The methods paragraph of a report: what was done, with how much data, by which options, after whom."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

import numpy as np

from disputegraph.cli.statement_options import counted

if TYPE_CHECKING:
    from disputegraph.model import StatementTable

_INFERENCE = (
    "Coalitions, balance, polarisation, brokerage and centrality stand beside their mean over {null} shuffles of who "
    "holds which position within claims, with z and p (Phipson & Smyth 2010), and 95 % intervals come from {bootstrap} "
    "draws of documents with replacement (Field & Welsh 2007); seed {seed}."
)

_SENTENCES = {
    "coalitions": "Coalitions are the division into two that contradicts the fewest ties, the frustration index "
    "(Abelson & Rosenberg 1958; Harary 1959), found exactly by MaxSAT where the report says so.",
    "balance": "Structural balance is measured by line balance (Aref & Wilson 2018), the share of balanced triangles "
    "(Cartwright & Harary 1956) and walk balance (Estrada & Benzi 2014).",
    "polarisation": "Polarisation is dispersion times alignment over claims, 0 for chance and 1 for two opposed "
    "coalitions of one size.",
    "brokers": "Brokerage follows Gould & Fernandez (1989).",
    "centrality": "Centralities are those of networkx in the congruence network.",
    "clusters": "Clusters of agreement are judged by modularity (Newman & Girvan 2004).",
    "backbone": "The backbone of claims is nested, after Discourse Network Analyzer.",
    "phases": "States of the debate are clusters of the networks of moving windows (Masuda & Holme 2019; Vandenhole, "
    "Garic & Leifeld 2025).",
    "correspondence": "Correspondence analysis (Greenacre 2017) has two columns a claim, one for each side.",
    "ideal-points": "Ideal points come from a two-parameter item-response model by Gibbs sampling (Clinton, Jackman & "
    "Rivers 2004), with 95 % credible intervals.",
}


def data_sentence(table: StatementTable, between: str) -> str:
    """Return how many statements of how many actors on how many claims in how many documents count, and from when."""
    from disputegraph.networks import node_field

    def many(field: str, what: str) -> str:
        codes = table.column(field).codes
        return counted(len(np.unique(codes[codes >= 0])), what)

    dates = table.dates[~np.isnat(table.dates)]
    days = f", from {str(dates.min())[:10]} to {str(dates.max())[:10]}" if len(dates) else ""
    undated = len(table) - len(dates)
    actors = many(node_field(between), between.removesuffix("s"))
    text = f"{counted(len(table), 'statement')} of {actors} on {many('claim', 'claim')} in "
    text += f"{many('document', 'document')} count{'s' * (len(table) == 1)}{days}."
    if undated:
        text += f" {undated:,} of them {'has' if undated == 1 else 'have'} no date."
    return text


def fingerprint(table: StatementTable) -> str:
    """Return the SHA-256 of the statements that count: the same for the same data, wherever they are kept."""
    rows = sorted("\t".join(str(value) for value in astuple(row)) for row in table)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def methods_text(data: str, done: Sequence[str], chosen: Mapping[str, Any], version: str) -> str:
    """Return the methods paragraph."""
    over = chosen["over"] or "claims"
    repeated = "all" if chosen["duplicates"] == "include" else f"once within {chosen['duplicates']}"
    compared = (
        f"Two {chosen['between']} agree or disagree where their statements on the same {over} take the same side or "
        f"opposite ones; repeated statements count: {repeated}; hearsay that counts: {chosen['hearsay']}."
    )
    sentences = [
        data,
        compared,
        "Claims that contradict each other count as disagreement." if chosen["contradictions"] else "",
        *(text for name, text in _SENTENCES.items() if name in done),
    ]
    if {"coalitions", "balance", "polarisation", "brokers", "centrality"} & set(done):
        sentences.append(_INFERENCE.format_map(chosen))
    sentences.append(f"All was computed by disputegraph {version}.")
    return " ".join(filter(None, sentences))
