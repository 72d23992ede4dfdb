"""One plain sentence or two for each analysis: what the figures say, and what they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from disputegraph.analysis.brokerage import Broker
from disputegraph.analysis.change import Change
from disputegraph.analysis.contested_claims import ContestedClaim
from disputegraph.analysis.node_centrality import Centrality
from disputegraph.analysis.polarisation_index import Polarisation
from disputegraph.analysis.signed_partition import Partition
from disputegraph.analysis.stability import Stability
from disputegraph.analysis.structural_balance import Balance

__all__ = [
    "read_balance",
    "read_brokers",
    "read_centrality",
    "read_changes",
    "read_coalitions",
    "read_contested",
    "read_polarisation",
]

_SURE = 0.05


def read_coalitions(
    found: Partition,
    stability: Stability | None,
    *,
    single: Sequence[str] = (),
    called: Mapping[str, str] | None = None,
) -> str:
    """Say which coalitions there are, how well the network fits them, and what hangs on single pieces of evidence.

    Args:
        found: the division.
        stability: what leaving out evidence does, if that was asked.
        single: labels of members by a single statement.
        called: labels of the claims, to name the one on which most hangs.
    """
    edges = len(found.network.ends)
    if not edges:
        return "Nobody agrees or disagrees with anybody here, so there are no coalitions to find."
    linked = np.unique(found.network.ends)
    sizes = np.bincount(np.unique(found.membership[linked], return_inverse=True)[1]).tolist()
    text = f"{_count(len(sizes), 'coalition')} ({', '.join(map(str, sorted(sizes, reverse=True)))} members)"
    if len(found.misfits):
        text += (
            f"; {len(found.misfits)} of {_count(edges, 'tie')} {'does' if len(found.misfits) == 1 else 'do'} not fit"
        )
    else:
        text += f"; {'both ties fit' if edges == 2 else 'the one tie fits' if edges == 1 else f'all {edges} ties fit'}"  # noqa: PLR2004
    text += f" (index {found.index:g}, {_proof_of_division(found, stability)})."
    parts = len(np.unique(found.components[linked]))
    if parts > 1:
        text += f" The network is in {parts} parts; how coalitions of different parts go together is not known."
    if stability is not None:
        tried = sum(stability.tried.values())
        if stability.pairs:
            text += f" With one document, speaker or claim left out ({_count(tried, 'case')}), {_verdict(stability)}."
        claim = next((each for each in stability.hangs_on if each.what == "claim"), None)
        if claim is not None and called and claim.name in called:
            text += f" Most hangs on the claim '{called[claim.name]}': {_count(claim.pairs, 'pair')}."
        if not stability.complete:
            text += f" Stability is incomplete: {tried} of {sum(stability.possible.values())} cases in the time given."
    if single:
        verb = "rests" if len(single) == 1 else "rest"
        text += f" {', '.join(single)} {verb} on a single statement{' each' * (len(single) > 1)}."
    return text


def _verdict(stability: Stability) -> str:
    """Say how many pairs change sides, and how many others lose the ties that join them."""
    changed = [pair.share is not None and pair.share != float(pair.together) for pair in stability.pairs]
    sides = sum(changed)
    apart = sum(pair.parted > 0 and not moved for pair, moved in zip(stability.pairs, changed, strict=True))
    if not sides and not apart:
        return "no pair changes sides or comes apart"
    pairs = _count(len(stability.pairs), "pair")
    if not apart:
        return f"{sides} of {pairs} {'changes' if sides == 1 else 'change'} sides"
    told = f"{apart} of {pairs} {'comes' if apart == 1 else 'come'} apart"
    return (
        f"{sides} of {pairs} {'changes' if sides == 1 else 'change'} sides and {apart} more come apart"
        if sides
        else told
    )


def _proof_of_division(found: Partition, stability: Stability | None) -> str:
    """Say of what there is a proof: that no division of these ties fits better, and nothing of any member.

    Where a member may belong elsewhere without one piece of evidence, the word would promise too much.
    """
    if not found.proven:
        return _proof(found)
    if stability is not None and stability.firm:
        return "proven: no division of these ties fits better"
    if stability is None:
        return "no division of these ties fits better"
    return "no division of these ties fits better, but some members are not sure"


def read_balance(found: Balance) -> str:
    """Say how far the network is from two clean coalitions."""
    edges = found.positive + found.negative
    if not edges:
        return "There are no ties with a sign, so there is nothing to balance."
    index = found.frustration.index
    text = f"Frustration index {index:g} of {_count(edges, 'tie')} ({_proof(found.frustration)}): " + (
        f"{index:g} would have to change for two clean coalitions."
        if index
        else "the network splits into two clean coalitions."
    )
    if found.balanced_triangles is None:
        return text + " There are no triangles."
    return text + f" {found.balanced_triangles:.1%} of {_count(found.triangles, 'triangle')} are balanced."


def read_polarisation(found: Sequence[Polarisation]) -> str:
    """Say how polarised the dispute is beside what chance gives, or how that changed over the slices."""
    known = [each for each in found if each.index is not None]
    if not known:
        reasons = Counter(each.reason for each in found)
        return f"No polarisation index: {next(iter(reasons), None) or 'there are no statements'}."
    if len(found) > 1:
        first, last = known[0], known[-1]
        return (
            f"Polarisation went from {_index(first)} (from {first.first}) to {_index(last)} (to {last.last}); "
            f"{len(known)} of {_count(len(found), 'slice')} have an index, the others too little data."
        )
    (only,) = known
    text = (
        f"Polarisation {_index(only)}: dispersion {only.dispersion:.2f}, alignment {only.alignment:.2f}, of "
        f"{_count(only.n.actors, 'actor')} with {_count(only.n.ties, 'tie')}."
    )
    if only.p is not None:
        chance = f"0 is chance, 1 two camps opposed on everything; shuffled positions give {only.expected:.2f} (p {_p(only.p)})"
        text += f" {chance}" + (", so that it may be chance." if only.p >= _SURE else ", so that it is no chance.")
    elif only.null:
        text += " Shuffling who holds which position changes nothing here, so that there is no test."
    if not only.complete:
        text += f" Time ran out after {only.null} shuffles and {only.bootstrap} draws."
    return text


def _index(one: Polarisation) -> str:
    """Return an index with its interval."""
    index = one.index or 0.0
    return f"{index:.2f}" + (f" (95% interval {one.interval[0]:.2f} to {one.interval[1]:.2f})" if one.interval else "")


def _p(p: float) -> str:
    return f"{p:.3f}" if p >= 0.001 else "< 0.001"  # noqa: PLR2004


def read_contested(found: Sequence[ContestedClaim]) -> str:
    """Say how many claims are contested, and which one most."""
    fought = [each for each in found if each.contested]
    if not fought:
        return f"None of {_count(len(found), 'claim')} is contested."
    return (
        f"{len(fought)} of {_count(len(found), 'claim')} {'is' if len(fought) == 1 else 'are'} contested, most of all "
        f"'{fought[0].label}'. An uncontested claim is one that nobody here speaks against, which is not to say that "
        "it is true."
    )


def read_brokers(found: Sequence[Broker]) -> str:
    """Say who brokers most between coalitions."""
    between = [(each.total - each.coordinator, each) for each in found]
    most = max(between, key=lambda pair: pair[0], default=None)
    if most is None or not most[0]:
        return "Nobody links two unlinked actors of different coalitions, or two of another coalition."
    return f"{most[1].label} brokers most between coalitions: {_count(most[0], 'open path')} through that actor."


def read_changes(found: Sequence[Change]) -> str:
    """Say how many changed sides."""
    at_once = sum(each.at_once for each in found)
    changed = len(found) - at_once
    text = f"{_count(changed, 'change')} of side" if changed else "Nobody changed sides in what is dated"
    return text + (f"; {_count(at_once, 'time')} both sides on one day." if at_once else ".")


def read_centrality(found: Sequence[Centrality]) -> str:
    """Say who is most central."""
    if not found or not any(each.degree for each in found):
        return "The network has no edges, so nobody is more central than anybody else."
    degree = max(found, key=lambda each: each.strength)
    rank = found[0]
    if rank.node == degree.node:
        return f"{rank.label} is the most central by strength and by PageRank."
    return f"{degree.label} has the greatest strength, {rank.label} the highest PageRank."


def _proof(found: Partition) -> str:
    return "proven optimal" if found.proven else f"not proven optimal; at least {found.bound:g}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
