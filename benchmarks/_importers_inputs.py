"""Made-up sheets, DNA databases and Polis exports of any size."""

from __future__ import annotations

import csv
import hashlib
import random
import sqlite3
from pathlib import Path

from disputegraph.importers.dna.dna_database import SCHEMA


def write_sheet(path: Path, rows: int, *, seed: int = 1) -> None:
    """Write a sheet of statements: 5,000 documents, 3,000 speakers and 5,000 claims for 100,000 rows."""
    pick = random.Random(seed)
    header = (
        "document,date,document_date,speaker,on_behalf_of,via,claim,paraphrase,polarity,certainty,speech_act,agent,"
        "action,target,issue,start,end,sha256,frame"
    )
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header.split(","))
        for row in range(rows):
            claim, start = pick.randrange(max(1, rows // 20)), pick.randrange(5000)
            writer.writerow(
                [
                    f"article {row // 20}",
                    f"2024-05-{1 + row % 28:02d}",
                    "2024-06-01",
                    f"speaker {pick.randrange(max(1, rows // 33))}",
                    f"organisation {pick.randrange(300)}" if row % 2 else "",
                    f"paper {row % 50}" if row % 10 == 0 else "",
                    f"claim number {claim}",
                    f"This says that matter {claim} is so, and no other way.",
                    pick.choice(["affirms", "denies", "neutral"]),
                    pick.choice(["certain", "probable", ""]),
                    "accusing",
                    f"organisation {claim % 300}",
                    "veto",
                    f"thing {claim % 100}",
                    f"issue {claim % 20}",
                    start,
                    start + 100,
                    hashlib.sha256(str(row).encode()).hexdigest(),
                    f"frame {row % 12}",
                ]
            )


def write_dna(path: Path, *, documents: int = 7, statements: int = 41, length: int = 32_000) -> None:
    """Write a DNA database of the size of the sample that comes with DNA."""
    pick = random.Random(1)
    base = sqlite3.connect(path)
    for table, columns in SCHEMA.items():
        base.execute(f"CREATE TABLE {table} ({', '.join(columns)})")

    def add(table: str, rows: list[tuple[object, ...]]) -> None:
        base.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    text = "".join(pick.choice("Wörter und Sätze, eins nach dem andern. 😀\r\n") for _ in range(length))
    add("SETTINGS", [("version", "3.0.7")])
    add("CODERS", [(1, "Admin"), (2, "Coder")])
    add("DOCUMENTS", [(n, f"Document {n}", text, 1, "A", "S", "", "", "", 10**9 + n) for n in range(1, documents + 1)])
    add("STATEMENTTYPES", [(1, "DNA Statement")])
    kinds = ["short text"] * 3 + ["boolean"]
    names = ["person", "organization", "concept", "agreement"]
    add("VARIABLES", [(n, name, kind, 1) for n, (name, kind) in enumerate(zip(names, kinds, strict=True), start=1)])
    add(
        "ENTITIES",
        [(20 * v + n, v, f"{names[v - 1]} {n}" if n else "", 0, 0, 0, None) for v in (1, 2, 3) for n in range(8)],
    )
    add("ATTRIBUTEVARIABLES", [(n, n, "Type") for n in (1, 2, 3)])
    add("ATTRIBUTEVALUES", [(20 * v + n, v, "NGO") for v in (1, 2, 3) for n in range(1, 8)])
    rows = [
        (n, 1, n % documents + 1, 600 * (n // documents), 600 * (n // documents) + 500, 1)
        for n in range(1, statements + 1)
    ]
    add("STATEMENTS", rows)
    add("DATASHORTTEXT", [(row[0], v, 20 * v + pick.randrange(8)) for row in rows for v in (1, 2, 3)])
    add("DATABOOLEAN", [(row[0], 4, pick.randrange(2)) for row in rows])
    base.commit()
    base.close()


def write_polis(folder: Path, votes: int) -> None:
    """Write a Polis export with a comment for every 200 votes."""
    pick = random.Random(1)
    comments, voters = max(2, votes // 200), max(2, votes // 40)
    cast = [(pick.randrange(comments), pick.randrange(voters), pick.choice((1, 1, -1, 0))) for _ in range(votes)]
    last = {(comment, voter): vote for comment, voter, vote in cast}
    agrees, disagrees = [0] * comments, [0] * comments
    for (comment, _), vote in last.items():
        agrees[comment] += vote == 1
        disagrees[comment] += vote == -1
    with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"]
        )
        for n in range(comments):
            writer.writerow(
                [1_600_000_000_000 + n, "", n, n % voters, agrees[n], disagrees[n], 1, f"What about matter {n}?"]
            )
    with (folder / "votes.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["timestamp", "datetime", "comment-id", "voter-id", "vote"])
        for n, (comment, voter, vote) in enumerate(cast):
            writer.writerow([1_600_000_100_000 + n, "", comment, voter, vote])


def write_roll_calls(path: Path, voters: int, motions: int) -> None:
    """Write a table with a row for each vote; two parties, of which nine in ten vote with their side."""
    pick = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["voter", "party", "motion", "vote"])
        for motion in range(motions):
            for voter in range(voters):
                vote = pick.choices(("yes", "no", "abstain", "absent"), (85, 5, 5, 5))[0]
                mine = {"yes": "no", "no": "yes"}.get(vote, vote) if voter % 2 else vote
                writer.writerow([f"Voter {voter}", "LR"[voter % 2], f"Motion {motion}", mine])
