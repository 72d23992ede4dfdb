"""The model of a dispute: read once, by one set of rules, and asked by everything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

import numpy as np

from disputegraph.model.anchor_table import Documents
from disputegraph.model.day import sooner
from disputegraph.model.facts import Facts
from disputegraph.model.kinds import iri_of
from disputegraph.model.neighbourhood import facts_around, facts_naming
from disputegraph.model.node_kinds import NodeKinds
from disputegraph.model.node_labels import NodeLabels
from disputegraph.model.pairs import Pairs, joined, pairs_of
from disputegraph.model.properties import (
    ACTING,
    ANCHORS,
    ARGUMENTS,
    CLAIMS,
    KIND_CLASSES,
    LEFT_OPEN,
    MEMBERSHIPS,
    SIDES,
    STANCES,
    STATEMENTS,
    UTTERANCES,
)
from disputegraph.model.records import Actor, Anchor, Claim, Ref, Stance, Utterance
from disputegraph.model.term_codes import Codes
from disputegraph.model.term_reading import TermReading
from disputegraph.model.utterance_table import Utterances, side_in_words, side_taken
from disputegraph.model.utterance_tone import Tone, tone_of
from disputegraph.store import Store

_SUBJECTS = ("dg:claimedAgent", "dg:claimedSubject")


class Model(TermReading):
    """What a dispute says, by the rules of reading.

    Attributes:
        facts: the facts it is read from.
        labels: what nodes are called.
        kinds: of what kind nodes are, and who takes part.
        documents: the documents, with their dates.
        said: the utterances in columns.

    Args:
        store: where the dispute is; it must stay open as long as the model is asked for more.
        facts: facts that are at hand; by default they are read from the store group by group, as they are needed.
        language: the reader's language.
    """

    def __init__(self, store: Store, *, facts: Facts | None = None, language: str = "en") -> None:
        facts = facts or Facts(store)
        super().__init__(facts, NodeLabels(facts, language))
        self.kinds = NodeKinds(self.facts)
        self.documents = Documents(self.facts, self.labels)
        self.said = Utterances(self.facts, self.documents)

    @classmethod
    def whole(cls, store: Store, *, language: str = "en") -> Model:
        """Return the model of a store that is read whole at once."""
        return cls(store, facts=Facts.everything(store), language=language)

    @classmethod
    def around(cls, store: Store, node: str, *, language: str = "en") -> Model:
        """Return a model that knows one node and what hangs together with it; it costs what that node costs."""
        return cls(store, facts=facts_around(store, node), language=language)

    @classmethod
    def naming(cls, store: Store, nodes: Iterable[str], *, language: str = "en") -> Model:
        """Return a model that knows what some nodes are called; see `called`."""
        return cls(store, facts=facts_naming(store, nodes), language=language)

    def called(self, node: str) -> str | None:
        """Return the label of a node that has a name; of an utterance, which has none, who takes which side on what."""
        if self.labels.named(node):
            return self.labels[node]
        code = self.facts.code(node)
        claims = self.facts.pairs("dg:addressesClaim").of(code)
        if not claims:
            return None
        one = np.array([code], dtype=np.int32)
        heard = " (as others tell it)" if self.said.hearsay(one)[0] else ""
        side = side_in_words(self.word(int(self.facts.first("dg:polarity", one)[0])))
        voice = self.ref(int(self.said.voices(one)[0]))
        return f"{voice.label if voice else 'somebody'}{heard} {side}: {self.labels.of(claims[0])}"

    def document_of(self, node: str) -> str | None:
        """Return the IRI of the document that something attested stands in: that of its first anchor, or None."""
        self.facts.need(*ANCHORS)  # first, since a node has no number before it is read
        (document,) = self.said.documents(np.array([self.facts.code(node)], dtype=np.int32)).tolist()
        return self.facts.terms.text(document) or None

    # ---- records

    @cached_property
    def utterances(self) -> tuple[Utterance, ...]:
        """Every utterance that says something itself, by date (undated ones last), then IRI.

        The acts of passing on are links in the `via` of what they pass on.
        """
        self.facts.need(*UTTERANCES)
        return tuple(sorted(self._records(self.said.statements), key=_by_date))

    def utterances_on(self, claim: str) -> tuple[Utterance, ...]:
        """Return the utterances that address a claim, by date; the withdrawn ones too."""
        return self._on_claims.get(claim, ())

    @cached_property
    def claim_nodes(self) -> Codes:
        """Every claim by number: what is typed as one, what utterances address, and what claims something."""
        facts = self.facts
        facts.need(*CLAIMS)
        properties = ("dg:paraphrase", *_SUBJECTS, "dg:claimedAction", "dg:claimedTarget", "dg:aboutIssue")
        parts = [facts.members("dg:Claim"), facts.pairs("dg:addressesClaim").values]
        return np.unique(np.concatenate([*parts, *(facts.pairs(name).subjects for name in properties)]))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, by label."""
        facts, label = self.facts, self.labels.of
        claims, addressed = self.claim_nodes, facts.pairs("dg:addressesClaim")
        agents, targets, issues = (
            self._ref_lists(facts.pairs(name), claims)
            for name in ("dg:claimedAgent", "dg:claimedTarget", "dg:aboutIssue")
        )
        subjects = self._ref_lists(facts.pairs(*_SUBJECTS), claims)
        modality, evaluation = (self.words(name, claims) for name in ("dg:modality", "dg:evaluation"))
        negated = facts.first("dg:negated", claims).tolist()
        against = self._ref_lists(self.contradictions, claims)
        actions = facts.first("dg:claimedAction", claims).tolist()
        paraphrases = self.best("dg:paraphrase", claims)
        counts, voices = self._counts(addressed)
        text, none = facts.terms.text, (0, 0, 0, 0, 0)
        made = []
        for place, code in enumerate(claims.tolist()):
            affirms, denies, neutral, hearsay, withdrawn = counts.get(code, none)
            made.append(
                Claim(
                    iri=text(code),
                    label=label(code),
                    paraphrase=paraphrases[place] or None,
                    subjects=subjects.get(place, ()),
                    agents=agents.get(place, ()),
                    action=self.word(actions[place]),
                    targets=targets.get(place, ()),
                    modality=modality[place],
                    evaluation=evaluation[place],
                    negated=negated[place] >= 0 and text(negated[place]) in ("true", "1"),
                    issues=issues.get(place, ()),
                    contradicts=against.get(place, ()),
                    affirms=affirms,
                    denies=denies,
                    neutral=neutral,
                    hearsay=hearsay,
                    withdrawn=withdrawn,
                    voices=voices.get(code, ()),
                    _said=self.utterances_on,
                )
            )
        return tuple(sorted(made, key=lambda claim: (claim.label.casefold(), claim.iri)))

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """Everybody who takes part, by name."""
        self.facts.need(*ACTING)
        facts, codes = self.facts, self.kinds.actors
        nodes = np.array(codes, dtype=np.int32)
        speaking = _tally(self._speaking())
        spoken_of = _tally(facts.pairs("dg:claimedAgent", "dg:claimedTarget").values)
        held = self.memberships
        organisations = self._ref_lists(joined((held["organization"], held["memberOf"]), facts.terms), nodes)
        workplaces = self._ref_lists(facts.pairs("dg:worksAt"), nodes)
        made = [
            Actor(
                iri=facts.terms.text(code),
                label=self.labels.of(code),
                kind=self.kinds.of(code),
                aliases=tuple(self.labels.others(code)),
                posts=tuple(sorted({self.labels.of(post) for post in held["post"].of(code)})),
                organisations=organisations.get(place, ()),
                workplaces=workplaces.get(place, ()),
                description=self.labels.best(code, "dg:sourceDescription") or None,
                identities=tuple(facts.texts(code, "schema:sameAs")),
                utterances=speaking.get(code, 0),
                claims_about=spoken_of.get(code, 0),
            )
            for place, code in enumerate(codes)
        ]
        return tuple(sorted(made, key=lambda actor: (actor.label.casefold(), actor.iri)))

    @cached_property
    def stances(self) -> tuple[Stance, ...]:
        """Every stance, by holder and what it is on."""
        self.facts.need(*STANCES)
        facts = self.facts
        nodes = np.unique(np.concatenate([facts.members("dg:Stance"), facts.pairs("dg:stanceHolder").subjects]))
        on = self._ref_lists(facts.pairs("dg:stanceOn"), nodes)
        holders, values = (facts.first(name, nodes).tolist() for name in ("dg:stanceHolder", "dg:stanceValue"))
        made = [
            Stance(
                iri=facts.terms.text(code),
                holder=self.ref(holders[place]),
                on=on.get(place, ()),
                value=self.word(values[place]),
                shown_in=tuple(facts.texts(code, "dg:expressedIn")),
            )
            for place, code in enumerate(nodes.tolist())
        ]
        return tuple(sorted(made, key=lambda stance: (stance.holder or Ref("", ""), stance.on, stance.iri)))

    # ---- what several records need

    @cached_property
    def contradictions(self) -> Pairs:
        """Which claims contradict which, both ways; a claim that contradicts itself is left out."""
        pairs = joined((self.facts.pairs("dg:contradicts"), self.facts.inverse("dg:contradicts")), self.facts.terms)
        return pairs.kept(pairs.subjects != pairs.values)

    @cached_property
    def supports(self) -> Pairs:
        """Which claims are offered as reasons for which, by anybody's argument."""
        self.facts.need(*ARGUMENTS)
        facts = self.facts
        conclusions = facts.pairs("dg:conclusion")
        against = facts.terms.of_node(iri_of("dg:attacking"))
        attacking = facts.pairs("dg:argumentDirection")
        attacks = attacking.subjects[attacking.values == against]
        conclusions = conclusions.kept(~np.isin(conclusions.subjects, attacks))
        places, premises = facts.pairs("dg:premise").expand(conclusions.subjects)
        made = pairs_of(premises, conclusions.values[places], facts.terms)
        return joined((made, facts.pairs("dg:supportsClaim")), facts.terms)

    @cached_property
    def memberships(self) -> dict[str, Pairs]:
        """Who holds which ``post``, by membership, belongs to which ``organization`` so, and is ``memberOf`` which."""
        self.facts.need(*MEMBERSHIPS)
        facts = self.facts
        member = facts.pairs("org:member")
        found = {"memberOf": facts.pairs("org:memberOf")}
        for name, properties in (("post", ("opengov:post", "org:role")), ("organization", ("org:organization",))):
            places, values = facts.pairs(*properties).expand(member.subjects)
            found[name] = pairs_of(member.values[places], values, facts.terms)
        return found

    def kind(self, node: str) -> str:
        """Return the kind of a node, by the table of kinds; `THING` for what has none."""
        self.facts.need(*KIND_CLASSES, *STATEMENTS)  # first, since a node has no number before it is read
        return self.kinds.of(self.facts.code(node))

    def tones(self, nodes: Codes) -> list[Tone]:
        """Return the tone of each utterance; see `tone_of`. Of several claims the first counts."""
        judged = self.words("dg:evaluation", self.facts.first("dg:addressesClaim", nodes))
        acts, sides = self.words("dg:speechAct", nodes), self.words("dg:polarity", nodes)
        return [tone_of(*told) for told in zip(acts, sides, judged, strict=True)]

    # ---- how records are made

    @cached_property
    def _on_claims(self) -> dict[str, tuple[Utterance, ...]]:
        found: dict[str, list[Utterance]] = defaultdict(list)
        for utterance in self.utterances:
            for claim in utterance.claims:
                found[claim.iri].append(utterance)
        return {claim: tuple(said) for claim, said in found.items()}

    def _records(self, nodes: Codes) -> list[Utterance]:
        facts, said, text = self.facts, self.said, self.facts.terms.text
        claims = self._ref_lists(facts.pairs("dg:addressesClaim"), nodes)
        addressees = self._ref_lists(facts.pairs("dg:addressee"), nodes)
        reports, superseding = facts.pairs("dg:reports").lists(nodes), said.withdrawn
        acts = superseding.kept(np.isin(superseding.values, said.withdrawals))
        against = superseding.kept(~np.isin(superseding.values, said.withdrawals)).lists(nodes)
        standing, told = said.standing(nodes), [self._withdrawal(act) for act in acts.first(nodes).tolist()]
        speakers, voices = facts.first("dg:speaker", nodes).tolist(), said.voices(nodes).tolist()
        polarity, certainty, speech_act, mode = (
            self.words(name, nodes) for name in ("dg:polarity", "dg:certainty", "dg:speechAct", "dg:quotationMode")
        )
        tones = self.tones(nodes)
        cues = facts.first("dg:cue", nodes).tolist()
        days, dates = said.said_on(nodes).tolist(), said.dates(nodes).tolist()
        rough = said.said_roughly(nodes).tolist()
        documents, hearsay = said.documents(nodes).tolist(), said.hearsay(nodes).tolist()
        counted = (standing & said.counted(nodes)).tolist()
        return [
            Utterance(
                iri=text(code),
                claims=claims.get(place, ()),
                speaker=self.ref(speakers[place]),
                voice=self.ref(voices[place]),
                polarity=side_taken(polarity[place]),
                neutral_kind=polarity[place] if polarity[place] in LEFT_OPEN else None,
                certainty=certainty[place],
                speech_act=speech_act[place],
                tone=tones[place],
                quotation_mode=mode[place],
                cue=text(cues[place]) or None,
                date=text(dates[place]) or None,
                dated_by=_dated_by(days[place], rough[place], dates[place]),
                document=self.ref(documents[place]),
                addressees=addressees.get(place, ()),
                via=tuple(map(self._node, said.via(code))),
                hearsay=hearsay[place],
                counted=counted[place],
                reports=tuple(map(text, reports.get(place, ()))),
                superseded_by=tuple(map(text, against.get(place, ()))),
                withdrawn=not standing[place],
                withdrawn_on=told[place][0],
                withdrawn_because=told[place][1],
                anchors=self._anchors(code),
            )
            for place, code in enumerate(nodes.tolist())
        ]

    def _withdrawal(self, act: int) -> tuple[str | None, str | None]:
        """Return day and reason of a withdrawal; nothing for -1."""
        if act < 0:
            return None, None
        day = self.facts.first("dg:withdrawnOn", np.array([act], dtype=np.int32))[0]
        return self.facts.terms.text(int(day)) or None, self.labels.best(act, "skos:note") or None

    def _anchors(self, node: int) -> tuple[Anchor, ...]:
        text = self.facts.terms.text
        documents, starts, ends, digests = self.said.anchors.lists
        found = []
        for row in self.said.anchors.rows.get(node, ()):
            spanned = starts[row] >= 0 and ends[row] >= 0
            span = (starts[row], ends[row]) if spanned else (None, None)
            found.append(Anchor(text(documents[row]) or None, span[0], span[1], text(digests[row]) or None))
        return tuple(found)

    def _counts(self, addressed: Pairs) -> tuple[dict[int, tuple[int, ...]], dict[int, tuple[Ref, ...]]]:
        """Return for each claim how many utterances affirm, deny, leave open, are uncounted hearsay and withdrawn."""
        utterances, claims = addressed.subjects, addressed.values
        standing, counted = self.said.standing(utterances), self.said.counted(utterances)
        side_of = {side: place for place, side in enumerate(SIDES)}
        sides = np.array(
            [side_of.get(side_taken(word) or "", -1) for word in self.words("dg:polarity", utterances)], dtype=np.int64
        )
        counts: dict[int, list[int]] = defaultdict(lambda: [0] * 5)
        for claim, side, counts_for, stands in zip(
            *(column.tolist() for column in (claims, sides, counted, standing)), strict=True
        ):
            count = counts[claim]
            if not stands:
                count[4] += 1
                continue
            if not counts_for:
                count[3] += 1
            elif side >= 0:
                count[side] += 1
        voices: dict[int, set[int]] = defaultdict(set)
        heard = standing & counted
        spoken = self.said.voices(utterances[heard])
        for claim, voice in zip(claims[heard].tolist(), spoken.tolist(), strict=True):
            voices[claim].add(voice)
        return (
            {claim: tuple(count) for claim, count in counts.items()},
            {claim: tuple(sorted(self._node(code) for code in found if code >= 0)) for claim, found in voices.items()},
        )

    def _speaking(self) -> Codes:
        """Return who speaks in each utterance that counts: its voice, and its speaker if that is somebody else."""
        speakers, said = self.facts.pairs("dg:speaker"), self.said
        nodes = np.unique(np.concatenate([speakers.subjects, self.facts.pairs("dg:onBehalfOf").subjects]))
        nodes = nodes[said.standing(nodes) & said.counted(nodes) & ~np.isin(nodes, said.relays)]
        voices, own = said.voices(nodes), speakers.first(nodes)
        return np.concatenate([voices, own[(own != voices) & (own >= 0)]])


def _tally(nodes: Codes) -> dict[int, int]:
    """Return how often each node occurs."""
    found, counts = np.unique(nodes, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _dated_by(day: int, rough: int, date: int) -> str | None:
    return "utterance" if day >= 0 else "roughly" if rough >= 0 else "document" if date >= 0 else None


def _by_date(utterance: Utterance) -> tuple[tuple[int, str], str]:
    return sooner(utterance.date), utterance.iri
