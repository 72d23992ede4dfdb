"""Decide what counts of the ferry: python decide.py."""  # noqa: INP001

from disputegraph import open_project

project = open_project("ferry", coder="Eva")
project.adjudicate_agreed()
for unit in project.coded_units():
    if unit.state == "open" and unit.absent:
        project.reject_unit(unit.key, "only one of them read it as said")
    elif unit.state == "open":
        first, second = unit.versions
        project.adjudicate(unit.key, first.coder, claim=second.coder)
print(len(project.dispute.utterances()), "utterances count")
