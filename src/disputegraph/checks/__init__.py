"""Checks of a dispute: integrity rules in SPARQL, shapes in SHACL."""

from disputegraph.checks.integrity import Finding, check_integrity, integrity_rules
from disputegraph.checks.shapes import check_shapes

__all__ = ["Finding", "check_integrity", "check_shapes", "integrity_rules"]
