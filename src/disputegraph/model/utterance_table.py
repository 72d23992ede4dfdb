"""What is said: the utterances of a dispute in columns, by the rules of reading."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import UsageError, nearest
from disputegraph.model.anchor_table import AnchorTable, Documents, read_anchors
from disputegraph.model.facts import Facts
from disputegraph.model.kinds import iri_of
from disputegraph.model.node_labels import local_name
from disputegraph.model.pairs import Pairs, joined
from disputegraph.model.properties import HEARSAY, LEFT_OPEN, NEWS, ONE_VALUED, RELAYS, REPORTED, SIDES, STATEMENTS
from disputegraph.model.term_codes import Codes

HearsayRule = Literal["news", "all", "none"]
"""Which hearsay counts as the words of those who are said to have said it: what news organisations pass on, all, none.
"""


def side_taken(polarity: str | None) -> str | None:
    """Return the side that a polarity means: ``neutral`` for the narrower values of it, any other as it is."""
    return "neutral" if polarity in LEFT_OPEN else polarity


def side_in_words(polarity: str | None) -> str:
    """Return a polarity, or a narrower value of ``neutral``, as the verb of a sentence: 'denies', 'denies in part'."""
    if polarity in (None, "neutral"):
        return "takes no side on"
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in polarity or "")


class Utterances:
    """The utterances of some facts.

    Every method takes and gives numbers of terms, -1 for none.
    """

    def __init__(self, facts: Facts, documents: Documents) -> None:
        self._facts, self._documents = facts, documents

    @cached_property
    def anchors(self) -> AnchorTable:
        """Where everything that is attested stands, what is not said included."""
        return read_anchors(self._facts, self._documents)

    @cached_property
    def nodes(self) -> Codes:
        """Every utterance: what is typed as one, and what speaks, addresses a claim or passes something on."""
        facts = self._facts
        parts = [
            facts.members("dg:Utterance", "dg:ReportedUtterance", "dg:Statement"),
            facts.pairs("dg:reportedBy").subjects,
        ]
        names = ("dg:addressesClaim", "dg:speaker", "dg:onBehalfOf", "dg:reports", "dg:polarity")
        return np.unique(np.concatenate([*parts, *(facts.pairs(name).subjects for name in names)]))

    def voices(self, utterances: Codes) -> Codes:
        """Return whose voice each utterance is: on whose behalf it was said, else who said it."""
        behalf = self._facts.first("dg:onBehalfOf", utterances)
        return np.where(behalf >= 0, behalf, self._facts.first("dg:speaker", utterances)).astype(np.int32)

    @cached_property
    def withdrawn(self) -> Pairs:
        """The utterances that do not stand, with what supersedes them: other utterances, or withdrawals."""
        pairs = self._facts.inverse("dg:supersedes")
        return pairs.kept(pairs.subjects != pairs.values)

    @cached_property
    def withdrawals(self) -> Codes:
        """The withdrawals: they say when and why an utterance does not stand, and are none themselves."""
        return self._facts.members("dg:Withdrawal")

    def standing(self, utterances: Codes) -> NDArray[np.bool_]:
        """Return which utterances stand: those that nothing supersedes."""
        return ~np.isin(utterances, self.withdrawn.subjects)

    @cached_property
    def broken(self) -> Codes:
        """The utterances that can be counted in part only, since they break a rule.

        They have two claims, speakers, polarities, days or times, where the first counts or, of claims, each; a text or
        an unknown polarity in the place of one of these, which counts nowhere; or they supersede themselves.
        """
        facts, found = self._facts, []
        facts.need(*ONE_VALUED, "dg:supersedes")
        for name in ONE_VALUED:
            pairs = facts.pairs(name)
            found.append(pairs.subjects[1:][pairs.subjects[1:] == pairs.subjects[:-1]])
            found += [facts.dropped[iri] for each in (name, REPORTED.get(name, name))
                      if (iri := iri_of(each)) in facts.dropped]  # fmt: skip
        polarity, text = facts.pairs("dg:polarity"), facts.terms.text
        strange = [code for code in np.unique(polarity.values).tolist()
                   if side_taken(local_name(text(code))) not in SIDES]  # fmt: skip
        found.append(polarity.subjects[np.isin(polarity.values, strange)])
        found.append(self._in_circles(facts.pairs("dg:supersedes")))
        return np.unique(np.concatenate(found))

    @staticmethod
    def _in_circles(pairs: Pairs) -> Codes:
        """Return the nodes that lead back to themselves."""
        if not len(pairs):
            return pairs.subjects
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        nodes, ends = np.unique(np.concatenate([pairs.subjects, pairs.values]), return_inverse=True)
        one, other = np.split(ends, 2)
        edges = coo_array((np.ones(len(one)), (one, other)), shape=(len(nodes), len(nodes)))
        group = connected_components(edges, directed=True, connection="strong")[1]
        found: Codes = pairs.subjects[group[one] == group[other]]
        return found

    @cached_property
    def reporters(self) -> Pairs:
        """The utterances that are passed on, with those that pass them on."""
        facts = self._facts
        facts.need(*HEARSAY)
        pairs = joined((facts.pairs("dg:reportedBy"), facts.inverse("dg:reports")), facts.terms)
        return pairs.kept(pairs.subjects != pairs.values)

    @cached_property
    def relays(self) -> Codes:
        """The acts of passing on: they pass an utterance on, address no claim and show no stance.

        They are links of a chain, not statements, and are counted nowhere.
        """
        facts = self._facts
        facts.need(*RELAYS)
        own = np.concatenate([facts.pairs("dg:addressesClaim").subjects, facts.pairs("dg:expressedIn").values])
        passing = np.unique(np.concatenate([facts.pairs("dg:reports").subjects, self.reporters.values]))
        return np.setdiff1d(passing, own)

    @cached_property
    def statements(self) -> Codes:
        """Every utterance that says something itself: all but the acts of passing on."""
        return np.setdiff1d(self.nodes, self.relays)

    def hearsay(self, utterances: Codes) -> NDArray[np.bool_]:
        """Return which utterances the documents have only through somebody else."""
        return np.isin(utterances, self._heard)

    @cached_property
    def _heard(self) -> Codes:
        facts = self._facts
        facts.need(*HEARSAY, *STATEMENTS)
        described = (facts.stated(REPORTED[name]).subjects for name in STATEMENTS if name in REPORTED)
        return np.concatenate([self.reporters.subjects, facts.members("dg:ReportedUtterance"), *described])

    def counted(self, utterances: Codes, rule: HearsayRule = "news") -> NDArray[np.bool_]:
        """Return which utterances count as words of their voice, by a rule for hearsay.

        By the rule ``news``, what a news organisation passes on counts, if what it says itself counts. Whether an
        utterance stands is another question: see `standing`.

        Raises:
            UsageError: there is no such rule.
        """
        rules = get_args(HearsayRule)
        if rule not in rules:
            raise UsageError(
                f"there is no rule '{rule}' for hearsay.{nearest(str(rule), rules)} Rules: {', '.join(rules)}."
            )
        if rule == "all":
            return np.ones(len(utterances), dtype=bool)
        heard = self.hearsay(utterances)
        return ~heard if rule == "none" else ~heard | np.isin(utterances, self._through_news)

    @cached_property
    def _through_news(self) -> Codes:
        """The utterances that a chain of news organisations alone passes on, from the document to who heard it."""
        news = self._facts.members(*NEWS)
        passed = self.reporters.kept(np.isin(self.voices(self.reporters.values), news))
        found = np.empty(0, dtype=np.int32)
        while True:
            at_hand = ~self.hearsay(passed.values) | np.isin(passed.values, found)
            more = np.unique(passed.subjects[at_hand])
            if len(more) == len(found):
                return more
            found = more

    def chain(self, utterance: int) -> list[int]:
        """Return the utterances that pass one on, from the one that heard it first; of several chains the first."""
        found: list[int] = []
        seen = {utterance}
        while following := [other for other in self.reporters.of(utterance) if other not in seen]:
            utterance = following[0]
            seen.add(utterance)
            found.append(utterance)
        return found

    def via(self, utterance: int) -> list[int]:
        """Return who passed an utterance on, from the one who heard it first to the one the document had it from."""
        chain = self.chain(utterance)
        return [voice for voice in self.voices(np.array(chain, dtype=np.int32)).tolist() if voice >= 0] if chain else []

    def documents(self, utterances: Codes) -> Codes:
        """Return the document of the first anchor of each utterance."""
        return self._of_first_anchor(utterances, self.anchors.documents)

    def starts(self, utterances: Codes) -> Codes:
        """Return where the first anchor of each utterance begins in its document."""
        return self._of_first_anchor(utterances, self.anchors.starts)

    def ends(self, utterances: Codes) -> Codes:
        """Return the code point behind the first anchor of each utterance in its document."""
        return self._of_first_anchor(utterances, self.anchors.ends)

    def said_on(self, utterances: Codes) -> Codes:
        """Return the literal with the day, else the time, at which each utterance was said, where that is coded."""
        self._facts.need("dg:saidOn", "dg:saidAt")
        days = self._facts.first("dg:saidOn", utterances)
        return np.where(days >= 0, days, self._facts.first("dg:saidAt", utterances)).astype(np.int32)

    def said_roughly(self, utterances: Codes) -> Codes:
        """Return the literal with the time at which each utterance was said as far as it is known (EDTF)."""
        self._facts.need("dg:saidRoughly")
        return self._facts.first("dg:saidRoughly", utterances)

    def dates(self, utterances: Codes) -> Codes:
        """Return the literal that dates each utterance: when it was said, else roughly, else that of its document."""
        said = self.said_on(utterances)
        said = np.where(said >= 0, said, self.said_roughly(utterances)).astype(np.int32)
        undated = np.flatnonzero(said < 0)
        dates = said.copy()
        if len(undated):
            dates[undated] = self._documents.dates(self.documents(utterances[undated]))
        return dates

    def _of_first_anchor(self, utterances: Codes, column: NDArray[np.int64] | Codes) -> Codes:
        rows = self.anchors.first(utterances)
        return np.where(rows >= 0, np.append(column, -1)[rows], -1).astype(np.int32)
