"""Adjudication: from what coders coded apart from each other to what counts."""

from disputegraph.adjudication.adjudicating import adjudicate, adjudicate_agreed, reject_unit, restore_unit
from disputegraph.adjudication.unit_pairing import CoderVersion
from disputegraph.adjudication.unit_reading import CodedUnit, UnitState, coded_units

__all__ = [
    "CodedUnit",
    "CoderVersion",
    "UnitState",
    "adjudicate",
    "adjudicate_agreed",
    "coded_units",
    "reject_unit",
    "restore_unit",
]
