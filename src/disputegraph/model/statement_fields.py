"""The statements of a dispute as a table: one row for each utterance and each claim that it addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from disputegraph.model.columns import Column, Scale
from disputegraph.model.dispute_model import Model
from disputegraph.model.kinds import KINDS
from disputegraph.model.node_labels import local_name
from disputegraph.model.pairs import Pairs, joined, pairs_of
from disputegraph.model.properties import CODED, NAMING, TABLED
from disputegraph.model.statement_table import Names, Related, StatementTable
from disputegraph.model.term_codes import Codes
from disputegraph.model.utterance_table import HearsayRule, side_taken
from disputegraph.store import Store

# What the fields of a document are called in Discourse Network Analyzer, and where they stand in RDF.
_DOCUMENT_FIELDS = {
    "author": ("dc:creator", "dcterms:creator"),
    "source": ("dc:source", "dcterms:source", "dcterms:publisher"),
    "section": ("schema:articleSection",),
    "title": ("dcterms:title", "skos:prefLabel"),
    "id": ("dcterms:identifier",),
    "type": ("dc:type", "dcterms:type"),
}
_UTTERANCE_FIELDS = {"statementType": ("dc:type",)}
_MANNER = ("certainty", "intensity", "quotationMode", "speechAct", "cue", "addressee", "codedBy")
_SCALES: dict[str, Scale] = {
    "booleanVariable": "boolean",
    "integerVariable": "integer",
    "categoryVariable": "text",
    "textVariable": "text",
}
_OURS = "https://w3id.org/disputegraph/"
_FEW = 5_000


def statements(dispute: Store | Model, *, withdrawn: bool = False, hearsay: HearsayRule = "news") -> StatementTable:
    """Return the statements of a dispute: one row for each utterance and each claim that it addresses.

    Utterance, speaker, voice, claim and polarity are read at once; everything else a network may want (document, date,
    organisation, hearsay, coded variables) when it is first asked for. Of several values the first in code point order
    counts; of several documents that of the first anchor.

    Args:
        dispute: a model, or the store of one; the ontology need not be loaded into it.
        withdrawn: also give the utterances that another one supersedes.
        hearsay: which hearsay counts as said by those who are reported to have said it: ``news`` (what news
            organisations pass on), ``all`` or ``none``.

    Returns:
        The table. The store must stay open as long as the table is asked for columns that were not yet read.
    """
    model = dispute if isinstance(dispute, Model) else Model(dispute)
    fields = _Fields(model, withdrawn=withdrawn, hearsay=hearsay)
    return StatementTable(
        fields.columns(),
        fetch=fields.column,
        relate=fields.relation,
        name=fields.names,
        describe=fields.attributes,
        uncounted=fields.uncounted,
        broken=len(model.said.broken),
    )


class _Fields:
    """Gives the columns of the table of all statements by name."""

    def __init__(self, model: Model, *, withdrawn: bool, hearsay: HearsayRule) -> None:
        self._model, self._facts = model, model.facts
        self._facts.need(*TABLED)
        pairs = self._facts.pairs("dg:addressesClaim")
        if not withdrawn:
            pairs = pairs.kept(model.said.standing(pairs.subjects))
        counted = model.said.counted(pairs.subjects, hearsay)
        self.uncounted = int((~counted).sum())
        pairs = pairs.kept(counted)
        self._utterances, self._claims = pairs.subjects, pairs.values

    def columns(self) -> dict[str, Column]:
        """Return the columns that every use of the table needs."""
        facts, said = self._facts, self._model.said
        texts = facts.terms.texts
        names = [texts[code] for code in self._utterances.tolist()]
        return {
            "utterance": Column(np.arange(len(names), dtype=np.int32), names),
            "claim": facts.column(self._claims),
            "speaker": facts.column(facts.first("dg:speaker", self._utterances)),
            "voice": facts.column(said.voices(self._utterances)),
            "polarity": _sides(facts.column(facts.first("dg:polarity", self._utterances))),
        }

    def names(self, keys: Sequence[str]) -> Names:
        """Return labels and kinds of nodes. Of a few nodes only the names of these are read."""
        few = len(keys) <= _FEW and not self._facts.has_read(*NAMING) and not any(key.startswith("_:") for key in keys)
        labels = self._model.labels
        if few:
            labels = Model.naming(self._facts.store, keys, language=labels.language).labels
        kinds, code = self._model.kinds, self._facts.code
        return Names({key: labels[key] for key in keys}, {key: kinds.of(code(key)) for key in keys})

    def attributes(self, keys: Sequence[str]) -> dict[str, dict[str, str]]:
        """Return the coded values, colour and aliases of nodes, by node and name of the variable."""
        facts = self._facts
        facts.need(*CODED)
        codes = np.array([facts.code(key) for key in keys], dtype=np.int32)
        text, label = facts.terms.text, self._model.labels.of
        found: dict[str, dict[str, str]] = {}
        for place, colour in enumerate(facts.first("schema:color", codes).tolist()):
            if colour >= 0:
                found.setdefault(keys[place], {})["colour"] = text(colour)
        places, aliases = facts.pairs("skos:altLabel").expand(codes)
        pairs = zip(places.tolist(), map(text, aliases.tolist()), strict=True)
        for place, alias in sorted(set(pairs)):
            told = found.setdefault(keys[place], {})
            told["alias"] = f"{told['alias']}; {alias}" if "alias" in told else alias
        places, values = facts.pairs("dg:hasCodedValue").expand(codes)
        variables = facts.first("dg:codedVariable", values)
        entities, literals = (facts.first(name, values) for name in ("dg:codedEntity", "dg:codedValue"))
        for place, variable, entity, literal in zip(
            *(column.tolist() for column in (places, variables, entities, literals)), strict=True
        ):
            if variable >= 0 and max(entity, literal) >= 0:
                value = text(literal) if literal >= 0 else label(entity)
                found.setdefault(keys[place], {}).setdefault(label(variable), value)
        return found

    def column(self, _: StatementTable, field: str) -> Column | None:
        """Return the column called `field`, or None where the data have none."""
        said, facts = self._model.said, self._facts
        if field == "document":
            return facts.column(said.documents(self._utterances))
        if field in ("start", "end"):
            starts = (said.starts if field == "start" else said.ends)(self._utterances)
            values, places = np.unique(starts, return_inverse=True)
            texts = [str(value) for value in values.tolist() if value >= 0]
            return Column((places - (len(values) - len(texts))).astype(np.int32), texts)
        if field == "date":
            return facts.column(said.dates(self._utterances))
        if field == "hearsay":
            return Column(said.hearsay(self._utterances).astype(np.int32), ["false", "true"])
        if field == "via":
            return facts.column(self._reporters().first(self._utterances))
        if field == "organisation":
            return facts.column(self._organisations())
        if field == "issue":
            return facts.column(facts.first("dg:aboutIssue", self._claims))
        if field in _DOCUMENT_FIELDS or field in _MANNER:
            return self._property(field) or self._coded(field)
        return self._coded(field) or self._property(field)

    def relation(self, _: StatementTable, relation: str) -> Related:
        """Return every (row, value) of a field with several values, sorted by row and then value, each once."""
        facts = self._facts
        if relation == "issue":
            rows, values = facts.pairs("dg:aboutIssue").expand(self._claims)
        elif relation == "agent":
            rows, values = facts.pairs("dg:claimedAgent").expand(self._claims)
        elif relation == "contradicts":
            rows, values = self._model.contradictions.expand(self._claims)
        elif relation == "via":
            rows, values = self._reporters().expand(self._utterances)
        else:
            rows, values = self._printed().expand(self._utterances)
        return rows, facts.column(values)

    def _reporters(self) -> Pairs:
        """Return who passes each utterance on, by voice."""
        pairs = self._model.said.reporters
        voices = self._model.said.voices(pairs.values)
        there = voices >= 0
        return pairs_of(pairs.subjects[there], voices[there], self._facts.terms)

    def _printed(self) -> Pairs:
        """Return the publishers of the documents that each utterance stands in; where unknown, the documents.

        DNA keeps the newspaper of a document as its source, which is the publisher where no other is named.
        """
        anchors = self._model.said.anchors
        values = documents = anchors.documents
        for name in ("dc:source", "dcterms:publisher"):
            publishers = self._facts.first(name, documents)
            values = np.where(publishers >= 0, publishers, values).astype(np.int32)
        there = values >= 0
        return pairs_of(anchors.nodes[there], values[there], self._facts.terms)

    def _organisations(self) -> Codes:
        """Return the voice where it is an organisation, else the organisation that the speaker is a member of."""
        facts, held = self._facts, self._model.memberships
        voices = self._model.said.voices(self._utterances)
        organised = self._model.kinds.members(*(kind.name for kind in KINDS if kind.organised))
        own = np.where(np.isin(voices, organised), voices, -1)
        of_posts = self._of_posts()
        belongs = joined((held["organization"], held["memberOf"], of_posts), facts.terms)
        speakers = facts.first("dg:speaker", self._utterances)
        return np.where(own >= 0, own, belongs.first(speakers)).astype(np.int32)

    def _of_posts(self) -> Pairs:
        """Return the organisations in which members hold posts, by memberships that name no organisation."""
        facts = self._facts
        member = facts.pairs("org:member")
        without = member.kept(~np.isin(member.subjects, facts.pairs("org:organization").subjects))
        places, posts = facts.pairs("opengov:post").expand(without.subjects)
        further, organisations = facts.pairs("org:postIn").expand(posts)
        return pairs_of(without.values[places[further]], organisations, facts.terms)

    def _coded(self, field: str) -> Column | None:
        """Return the values of a coded variable, of the utterance or else of its document, voice, speaker or claim."""
        facts, wanted = self._facts, field.casefold()
        used = np.unique(facts.pairs("dg:codedVariable").values).tolist()
        if used:
            facts.need(*CODED)
        variables = [
            code
            for code in used
            if wanted in {facts.terms.text(code).casefold(), local_name(facts.terms.text(code)).casefold()}
            or wanted in {name.casefold() for name in facts.texts(code, *NAMING)}
        ]
        if not variables:
            return None
        coded = facts.pairs("dg:codedVariable")
        coded = coded.kept(np.isin(coded.values, variables))
        has = facts.pairs("dg:hasCodedValue")
        has = has.kept(np.isin(has.values, coded.subjects))
        places, values = facts.pairs("dg:codedValue", "dg:codedEntity").expand(has.values)
        pairs = pairs_of(has.subjects[places], values, facts.terms)
        said = self._model.said
        found = pairs.first(self._utterances)
        for nodes in (
            said.documents(self._utterances),
            said.voices(self._utterances),
            facts.first("dg:speaker", self._utterances),
            self._claims,
        ):
            found = np.where(found >= 0, found, pairs.first(nodes)).astype(np.int32)
        types = {self._model.word(code) or "" for code in facts.first("dg:variableType", np.array(variables)).tolist()}
        return replace(facts.column(found), scale=_SCALES.get(types.pop()) if len(types) == 1 else None)

    def _property(self, field: str) -> Column | None:
        """Return a property of the utterance, else of its document, named by IRI or by local name."""
        if "://" in field:
            names: Sequence[str] = (field,)
        elif field in _DOCUMENT_FIELDS:
            names = ()
        elif not field.isidentifier():
            return None
        else:
            names = [*_UTTERANCE_FIELDS.get(field, ()), f"dg:{field}", f"dcterms:{field}"]
        for name in names:
            found = self._facts.first(name, self._utterances)
            if (found >= 0).any():
                return _plain(self._facts.column(found))
        used = [name for name in (*_DOCUMENT_FIELDS.get(field, ()), *names) if len(self._facts.pairs(name))]
        for name in used:  # the documents are read only if there is something to read of them
            found = self._facts.first(name, self._model.said.documents(self._utterances))
            if (found >= 0).any():
                return replace(_plain(self._facts.column(found)), scale="text")
        return None


def _sides(column: Column) -> Column:
    return column.mapped([side_taken(local_name(value)) or "" for value in column.values])


def _plain(column: Column) -> Column:
    """Return the column with terms of our own schemes by their local names."""
    return column.mapped([local_name(value) if value.startswith(_OURS) else value for value in column.values])
