"""Adjudication: from what coders coded apart from each other to what counts."""

from disputegraph.adjudication.adjudicating import adjudicate, adjudicate_agreed, reject_unit, restore_unit
from disputegraph.adjudication.unit_reading import CodedUnit, CoderVersion, UnitState, coded_units

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
