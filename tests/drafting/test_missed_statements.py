from __future__ import annotations

import json
import random

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.drafting import compare_with_codings, documents_named, draft_documents, estimate_missed
from disputegraph.errors import UsageError
from disputegraph.projects import Project
from tests.drafting.conftest import Fake


@pytest.fixture
def drafted(project: Project) -> Project:
    list(draft_documents(project, Fake(), documents_named(project, ())))
    return project


def test_the_estimate_is_chapmans() -> None:
    # 21 * 31 / 16 - 1 = 39.6875 in all, of which 35 were found.
    missed, low, high = estimate_missed(20, 30, 15)
    assert missed == pytest.approx(4.6875)
    assert 0 < low < missed < high
    assert estimate_missed(10, 10, 10) == (0, 0, 0)
    assert estimate_missed(10, 0, 0)[0] == 0
    assert estimate_missed(0, 0, 0) == (0, 0, 0)


def test_the_interval_holds_what_was_missed() -> None:
    """Of 400 drawn pairs of lists of 200 statements, some 19 in 20 intervals hold what both missed."""
    draw, holds, bias = random.Random(14), 0, 0.0
    for _ in range(400):
        lists = [(draw.random() < 0.7, draw.random() < 0.6) for _ in range(200)]
        first, second = (sum(one[place] for one in lists) for place in (0, 1))
        both = sum(one and other for one, other in lists)
        missed, low, high = estimate_missed(first, second, both)
        truth = 200 - first - second + both
        holds += low <= truth <= high
        bias += (missed - truth) / 400
    assert 0.92 <= holds / 400 <= 0.99
    assert abs(bias) < 1


def test_drafts_beside_codings(drafted: Project) -> None:
    for number, quote in enumerate(["They knew about the cranes", "for the Harbour Workers' Union"]):
        drafted.add(document="gazette", speaker="Ada Osei", claim=f"C{number}", polarity="affirms", quote=quote)
    drafts = drafted.drafts("gazette")
    drafted.accept(drafts[2].iri)
    drafted.reject(drafts[3].iri)
    one, together = compare_with_codings(drafted)
    assert (one.coded, one.drafted, one.both, one.from_drafts, one.rejected) == (2, 3, 1, 1, 1)
    assert one.missed == pytest.approx(3 * 4 / 2 - 1 - 4)
    assert (together.label, together.missed) == ("all", one.missed)


def test_a_document_in_which_the_program_found_nothing_counts(project: Project) -> None:
    list(draft_documents(project, Fake(found=()), documents_named(project, ())))
    project.add(
        document="gazette", speaker="Ada Osei", claim="C", polarity="affirms", quote="They knew about the cranes"
    )
    one, _ = compare_with_codings(project)
    assert (one.coded, one.drafted, one.both) == (1, 0, 0)


def test_what_comes_of_other_coders_versions_comes_of_no_draft(drafted: Project) -> None:
    drafted.add(
        document="gazette", speaker="Ada Osei", claim="C", polarity="affirms", quote="They knew about the cranes",
        derived_from=["https://example.org/version-of-another-coder"],
    )  # fmt: skip
    one, _ = compare_with_codings(drafted)
    assert (one.coded, one.from_drafts) == (1, 0)


def test_nothing_to_compare(drafted: Project) -> None:
    with pytest.raises(UsageError, match="drafted by rules with statements that come from no draft"):
        compare_with_codings(drafted)
    list(draft_documents(drafted, Fake(program="spacy"), documents_named(drafted, ())))
    with pytest.raises(UsageError, match="drafts by rules, spacy; name the one"):
        compare_with_codings(drafted)


def test_the_command_says_what_the_estimate_takes_for_granted(drafted: Project) -> None:
    drafted.add(
        document="gazette", speaker="Ada Osei", claim="C", polarity="affirms", quote="They knew about the cranes"
    )
    done = CliRunner().invoke(main, ["draft", "--evaluate", str(drafted.folder)])
    assert done.exit_code == 0, done.output
    assert "missed by both" in done.stdout
    assert "know nothing of each other" in done.stderr
    done = CliRunner().invoke(main, ["draft", "--evaluate", str(drafted.folder), "-f", "json"])
    assert [row["both"] for row in json.loads(done.stdout)] == [1, 1]
    done = CliRunner().invoke(main, ["draft", "--evaluate", str(drafted.folder), "--with", "llm"])
    assert done.exit_code == 2
    assert "drafted by llm" in done.stderr
