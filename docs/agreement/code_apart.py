"""Code what coders have in their sheets, each apart from the others: python code_apart.py Ada Ben."""  # noqa: INP001

import csv
import sys
from pathlib import Path

from disputegraph import open_project

for coder in sys.argv[1:]:
    project = open_project("ferry", coder=coder, independent=True)
    with Path(f"{coder.lower()}.csv").open(encoding="utf-8", newline="") as sheet:
        for row in csv.DictReader(sheet):
            project.add(document="ferry-2025-03-12", **{field: value for field, value in row.items() if value})
