"""A sentence that two coders coded alike is one statement; what DNA's options left out comes back as an isolate."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from disputegraph.cli.network import network
from disputegraph.model import StatementTable, statements
from disputegraph.networks import coded_once, weigh
from disputegraph.store import open_store

PREFIXES = """
@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""


def coded(**fields: list[str | None]) -> StatementTable:
    size = len(fields["speaker"])
    return StatementTable.of({"utterance": [f"u{n}" for n in range(size)], "document": ["d"] * size, **fields})


def test_the_same_words_coded_alike_by_another_coder_count_once() -> None:
    table = coded(
        speaker=["a", "a", "a", "a", "b", "b"],
        claim=["c"] * 6,
        polarity=["affirms", "affirms", "affirms", "denies", "affirms", "affirms"],
        start=["10", "12", "50", "11", "10", "15"],
        end=["20", "25", "60", "20", "20", "30"],
        codedBy=["one", "two", "two", "two", "one", "one"],
    )
    # The second is the first again; a further place, another polarity and one coder twice are statements of their own.
    assert coded_once(table).tolist() == [0, 2, 3, 4, 5]
    assert weigh(table, "cooccurrence").matrix.sum() == 2 * 3 * 2
    assert weigh(table, "cooccurrence", dna_compat=True).matrix.sum() == 2 * 4 * 2


def test_one_coder_or_none_leaves_all() -> None:
    columns = {"speaker": ["a", "a"], "claim": ["c", "c"], "start": ["1", "1"], "end": ["5", "5"]}
    assert len(coded_once(coded(**columns))) == 2
    assert len(coded_once(coded(**columns, codedBy=["one", "one"]))) == 2
    assert len(coded_once(coded(**columns, codedBy=["one", None]))) == 2


def dispute(path: Path) -> Path:
    """Two actors in 2019 and one in 2020, whose documents have the newspaper where DNA keeps it."""
    text = PREFIXES
    for number, (who, year) in enumerate((("ann", 2019), ("bob", 2019), ("cy", 2020))):
        text += f"""
        ex:u{number} a dg:Utterance ; dg:speaker ex:{who} ; dg:addressesClaim ex:c ; dg:polarity dg:affirms ;
          dg:documentedIn ex:d{number} .
        ex:d{number} dcterms:issued "{year}-01-01"^^xsd:date ; dc:source "{"Times" if number < 2 else "Post"}" .
        """
    path.write_text(text, encoding="utf-8")
    return path


def test_isolates_are_those_that_dates_left_out_too(tmp_path: Path) -> None:
    data = str(dispute(tmp_path / "d.ttl"))
    arguments = ["congruence", "-d", data, "--since", "2020", "--isolates", "-f", "matrix"]
    made = CliRunner().invoke(network, arguments)
    assert made.stdout.splitlines()[0] == ",ann,bob,cy"
    as_dna = CliRunner().invoke(network, [*arguments, "--dna-compat"])
    assert as_dna.stdout.splitlines()[0] == ",cy"


def test_a_newspaper_kept_as_source_counts_once(tmp_path: Path) -> None:
    with open_store([dispute(tmp_path / "d.ttl")]) as store:
        table = statements(store)
        assert sorted(set(table.related("printed")[1].list())) == ["Post", "Times"]
