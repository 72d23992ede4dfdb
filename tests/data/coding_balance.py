"""How the statements of the whole dispute spread over months, sides and kinds of source, as its README shows them.

``python -m tests.data.coding_balance`` writes the section *Balance* of the README anew.
"""

from __future__ import annotations

from collections import Counter

from disputegraph import Dispute, open_data
from tests.data.coded_dispute import ROOT

PROJECT = ROOT / "data" / "junior-doctors"
README = PROJECT / "README.md"
BEGIN, END = "<!-- balance: python -m tests.data.coding_balance -->\n", "<!-- end of balance -->"

SIDES = {
    "Government and its advisers": """Jeremy Hunt, Department of Health, UK Government, David Cameron, Theresa May,
        David Dalton, Maria Caulfield, Alistair Burt, Bruce Keogh, officials of the Health Secretary""",
    "union and doctors": """British Medical Association, junior doctors, Aislin Macklin-Doherty, Krishna Sivakumaran,
        Aaminah Verity, Dagan Lonsdale, Justice for Health, unnamed sources near the BMA, Nadia Masood,
        BMA junior doctors committee, members who voted no in July 2016, members who voted yes in July 2016,
        members who voted to strike in 2015""",
    "Opposition and other parties": "Labour Party, Caroline Lucas, Clive Efford, Diane Abbott, Scottish Government",
    "employers and the service": """NHS Employers, NHS Providers, NHS Confederation, NHS England, NHS Improvement,
        Epsom and St Helier NHS Trust, North Tees and Hartlepool NHS Foundation Trust, Whittington Health,
        a hospital chief executive, David Sloman, Stephen Dunn, Sonia Swart, Claire Murdoch, Anne Rainsberry,
        Kathy McLean""",
    "royal colleges and regulators": """Academy of Medical Royal Colleges, Royal College of Physicians, Jane Dacre,
        General Medical Council, Royal College of Ophthalmologists, presidents of eleven royal colleges, Neena Modi,
        Royal College of Paediatrics and Child Health""",
    "patients and campaigners": "Patients Association, National Voices, Keep Our St Helier Hospital",
}
"""Whose voices a side is made of. Who spoke for whom in the dispute is the coders' reading; all others are *others*."""


def side_of(voice: str) -> str:
    for side, names in SIDES.items():
        if voice in {" ".join(name.split()) for name in names.split(",")}:
            return side
    return "others"


def balance(dispute: Dispute) -> str:
    """Return the tables in Markdown: what the listing counts, thus no links of hearsay."""
    said = [u for u in dispute.utterances() if u.document]
    claiming = [u for u in said if u.claims and u.voice]
    voices = Counter(u.voice.label for u in claiming if u.voice)
    months: dict[str, list[str]] = {}
    for one in said:
        months.setdefault(str(one.date)[:7], []).append(one.document.iri if one.document else "")
    news = {
        str(row["document"])
        for row in dispute.select(
            "SELECT DISTINCT ?document { ?document dcterms:publisher ?p . ?p a/rdfs:subClassOf* dg:NewsOrganization }"
        )
    }
    kinds = {
        kind: [u for u in said if u.document and (u.document.iri in news) == (kind == "news organisations")]
        for kind in ("news organisations", "all other publishers")
    }
    sides = Counter(side_of(u.voice.label) for u in claiming if u.voice)
    others = sorted(name for name in voices if side_of(name) == "others")
    most = ", ".join(f"{name} {count}" for name, count in voices.most_common(8))
    documents = len({u.document.iri for u in said if u.document})
    counts = f"{len(said)} statements in {documents} documents, {len(dispute.claims())} claims, {len(voices)} voices"
    lines = [
        f"{counts}; {sum(u.hearsay for u in said)} statements are hearsay. A statement stands in the month in which it",
        "was made, which is that of its document unless the text dates it.",
        "",
        *_table("month", [(month, len(those), len(set(those))) for month, those in sorted(months.items())]),
        "",
        *_table(
            "publisher",
            [(kind, len(those), len({u.document.iri for u in those if u.document})) for kind, those in kinds.items()],
        ),
        "",
        "By side, of statements that make a claim, hearsay included; a spokesperson counts for the organisation, and",
        "the script has who belongs where:",
        "",
        *_table("side", [(side, sides[side]) for side in (*SIDES, "others")]),
        "",
        f"Others are {', '.join(others)}. Most often speak: {most}.",
        "",
    ]
    return "\n".join(lines)


def _table(first: str, rows: list[tuple[object, ...]]) -> list[str]:
    heads = (first, "statements", "documents")[: len(rows[0])]
    return [
        f"| {' | '.join(heads)} |",
        "|---|" + "---:|" * (len(heads) - 1),
        *(f"| {' | '.join(map(str, row))} |" for row in rows),
    ]


def parts() -> tuple[str, str, str]:
    """Return what stands before the section, the section, and what comes after it."""
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    section, after = rest.split(END)
    return before + BEGIN, section, END + after


if __name__ == "__main__":
    start, _, end = parts()
    with open_data(PROJECT) as whole:
        README.write_text(start + balance(whole) + end, encoding="utf-8")
