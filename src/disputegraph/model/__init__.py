"""The model of a dispute: what it says, read once and by one set of rules."""

from disputegraph.model.anchor_table import AnchorTable
from disputegraph.model.columns import Codes, Column, Scale
from disputegraph.model.day import day_of, day_text, first_day, moment_of, sooner
from disputegraph.model.dispute_model import Model
from disputegraph.model.facts import Facts
from disputegraph.model.form_table import (
    EntryField,
    EntryForm,
    concepts_of,
    entry_fields,
    entry_forms,
    ontology_words,
)
from disputegraph.model.kinds import ACTOR, KINDS, THING, Kind, iri_of, kind_named
from disputegraph.model.missed_terms import query_notes
from disputegraph.model.name_search import find_node
from disputegraph.model.node_labels import language_rank, local_name
from disputegraph.model.node_portrait import Portraits, portrait
from disputegraph.model.pairs import Pairs
from disputegraph.model.properties import NAMING, PUBLISHED, REPORTED, SIDES
from disputegraph.model.query_parameters import parameter_term
from disputegraph.model.quotation import Quotation, SourceTexts
from disputegraph.model.records import Actor, Anchor, Claim, Ref, Stance, Utterance
from disputegraph.model.stance_history import StanceTaken, stances_taken
from disputegraph.model.statement_fields import statements
from disputegraph.model.statement_table import FIELDS, RELATIONS, Instants, Names, Statement, StatementTable
from disputegraph.model.utterance_table import HearsayRule, side_in_words, side_taken

__all__ = [
    "ACTOR",
    "FIELDS",
    "KINDS",
    "NAMING",
    "PUBLISHED",
    "RELATIONS",
    "REPORTED",
    "SIDES",
    "THING",
    "Actor",
    "Anchor",
    "AnchorTable",
    "Claim",
    "Codes",
    "Column",
    "EntryField",
    "EntryForm",
    "Facts",
    "HearsayRule",
    "Instants",
    "Kind",
    "Model",
    "Names",
    "Pairs",
    "Portraits",
    "Quotation",
    "Ref",
    "Scale",
    "SourceTexts",
    "Stance",
    "StanceTaken",
    "Statement",
    "StatementTable",
    "Utterance",
    "concepts_of",
    "day_of",
    "day_text",
    "entry_fields",
    "entry_forms",
    "find_node",
    "first_day",
    "iri_of",
    "kind_named",
    "language_rank",
    "local_name",
    "moment_of",
    "ontology_words",
    "parameter_term",
    "portrait",
    "query_notes",
    "side_in_words",
    "side_taken",
    "sooner",
    "stances_taken",
    "statements",
]
