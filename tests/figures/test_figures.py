"""Figures for print: what they show, how sure they say it is, and that journals take the files."""

from __future__ import annotations

import re
import sys
import zlib
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import disputegraph
from disputegraph import Dispute, UsageError
from disputegraph.analysis import VersionRows
from disputegraph.cli import main
from disputegraph.figures import FIGURES, WIDTHS
from disputegraph.figures import figure as draw
from disputegraph.model import StatementTable

pytestmark = pytest.mark.once  # matplotlib takes its time


@pytest.fixture(scope="module")
def dispute() -> Dispute:
    return disputegraph.open_data()


def table_of(*rows: tuple[str, str, str, str, str, str]) -> StatementTable:
    """Return statements from rows of voice, claim, polarity, date, document, via."""
    fields = zip(*rows, strict=True)
    names = ("speaker", "claim", "polarity", "date", "document", "via")
    return StatementTable.of(
        {"utterance": [f"u{place}" for place in range(len(rows))]} | dict(zip(names, map(list, fields), strict=True))
    )


SMALL = table_of(
    ("A", "c", "affirms", "2020-01-01", "d1", ""),
    ("A", "c", "affirms", "2020-01-02", "d1", "X"),
    ("B", "c", "denies", "2020-02-01", "d2", ""),
    ("C", "c", "neutral", "2020-02-02", "d2", ""),
    ("C", "c", "affirms", "", "d2", ""),
    ("C", "d$_{x}$", "affirms", "2020-03-01", "d3", ""),
    ("D", "d$_{x}$", "affirms", "2020-03-01", "d3", ""),
)


# Two coalitions of three, opposed on three claims in January; in February nearly nothing is said.
OPPOSED = table_of(
    *(
        (actor, claim, "affirms" if actor in "ABC" else "denies", f"2020-01-{1 + n:02}", f"d{n}", "")
        for n in range(4)
        for actor in "ABCDEF"
        for claim in "xyz"
    ),
    ("A", "x", "affirms", "2020-02-01", "e", ""),
    ("D", "x", "denies", "2020-02-02", "e", ""),
)


@pytest.mark.parametrize("kind", FIGURES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_has_the_width_of_its_columns_and_nothing_is_cut(dispute: Dispute, kind: str, width: str) -> None:
    made = (
        draw(OPPOSED, kind, width=width) if kind in ("polarisation", "positions") else dispute.figure(kind, width=width)
    )
    wide, high = made.sheet.get_size_inches()
    assert wide == WIDTHS[width]
    made.sheet.draw_without_rendering()
    for axes in made.sheet.axes:
        for text in (*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels(), axes.xaxis.label, axes.yaxis.label):
            if text.get_text() and text.get_visible() and axes.axison:
                box = text.get_window_extent()
                dots = made.sheet.dpi
                assert box.x0 >= -2, text
                assert box.x1 <= wide * dots + 2, text
                assert box.y0 >= -2, text
                assert box.y1 <= high * dots + 2, text


@pytest.mark.parametrize("width", WIDTHS)
def test_no_label_of_the_network_covers_another(dispute: Dispute, width: str) -> None:
    sheet = dispute.figure("network", width=width).sheet
    sheet.draw_without_rendering()
    labels = [text.get_window_extent() for text in sheet.axes[0].texts]
    assert len(labels) > 4
    assert not [pair for pair in combinations(labels, 2) if pair[0].overlaps(pair[1])]


@pytest.mark.parametrize("form", ["pdf", "svg", "png"])
def test_the_same_data_give_the_same_bytes(dispute: Dispute, form: str) -> None:
    first, second = (dispute.figure("claims").file(form) for _ in range(2))
    assert first == second
    assert not re.search(rb"CreationDate|<dc:date>|20\d\d-\d\d-\d\dT", first)


def test_fonts_are_embedded_as_truetype(dispute: Dispute) -> None:
    pdf = dispute.figure("matrix").file("pdf")
    plain = pdf + b"".join(_unpacked(pdf))
    assert b"/FontFile2" in plain
    assert b"/Type3" not in plain


def _unpacked(pdf: bytes) -> list[bytes]:
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return found


def test_bars_tell_sides_and_hearsay_apart() -> None:
    made = draw(SMALL, "claims")
    bars = Counter()
    for bar in made.sheet.axes[0].patches:
        row = round(bar.get_y() + bar.get_height() / 2)
        if bar.get_width():
            bars[row, bar.get_width() / abs(bar.get_width()), bool(bar.get_hatch())] += abs(bar.get_width())
    # The first claim: two affirm at first hand (and one is neutral), one by hearsay, one denies; the second: two.
    assert bars == {(0, 1.0, False): 3, (0, 1.0, True): 1, (0, -1.0, False): 1, (1, 1.0, False): 2}
    assert "2 of 2 claims, 7 of 7 statements. 1 of them are hearsay" in made.caption


def test_the_matrix_shows_what_each_voice_does() -> None:
    made = draw(SMALL, "matrix")
    signs = Counter(text.get_text() for text in made.sheet.axes[0].texts)
    assert signs == {"+": 4, "−": 1}  # A and C on c, C and D on d; B denies c
    assert "4 of 4 voices and 2 of 2 claims" in made.caption
    assert "5 cells from 7 of 7 statements" in made.caption


def test_the_timeline_says_what_has_no_date() -> None:
    assert "6 of 7 statements, 2020-01-01 to 2020-03-01" in (caption := draw(SMALL, "timeline").caption)
    assert "1 without a date or a polarity are not drawn" in caption


def test_the_network_is_drawn_with_its_signs() -> None:
    made = draw(SMALL, "network")
    lines = [line for line in made.sheet.axes[0].lines if len(line.get_xdata()) == 2]
    dashed = sum(line.get_linestyle() == "--" for line in lines)
    assert (len(lines), dashed) == (4, 2)  # A and C agree on c, C and D on d; B is opposed to A and C
    assert "4 of 4 actors and 4 of 4 ties" in made.caption
    assert "0 ties do not fit" in made.caption


def test_the_tree_joins_by_one_minus_jaccard(dispute: Dispute) -> None:
    from disputegraph.networks import weigh

    alike = weigh(SMALL, "congruence", normalise="jaccard").matrix.toarray()
    made = draw(SMALL, "dendrogram")
    depths = sorted({round(float(x), 6) for line in made.sheet.axes[0].lines for x in line.get_xdata()})
    assert depths[1] == pytest.approx(round(1 - alike.max(), 6))  # the first join is the most alike pair


def test_polarisation_has_an_interval_and_says_where_there_is_too_little() -> None:
    made = draw(OPPOSED, "polarisation")
    axes = made.sheet.axes[0]
    assert [line.get_markerfacecolor() == "white" for line in axes.lines if line.get_marker() == "o"] == [False]
    assert len(axes.collections) == 1
    assert "Polarisation in 2 time slices" in made.caption
    assert "1 with too little data has no index" in made.caption
    with pytest.raises(UsageError, match="it takes 5 actors and 10 ties"):
        draw(SMALL, "polarisation")


def test_coders_are_drawn_for_polarisation_alone() -> None:
    rows = np.arange(len(OPPOSED))
    coders = VersionRows(rows[:0], {"d": {"ada": rows, "ben": rows}}, {"d": rows})
    made = draw(OPPOSED, "polarisation", coders=coders)
    assert "over the versions of coders" in made.caption
    assert len(made.sheet.axes[0].collections) == 1
    with pytest.raises(UsageError, match="and not for claims"):
        draw(OPPOSED, "claims", coders=coders)


def test_captions_name_options_and_version(dispute: Dispute) -> None:
    caption = dispute.figure("claims", between="speakers", duplicates="document", hearsay="all").caption
    assert "hearsay all" in caption
    assert "between speakers, duplicates document" in caption
    assert disputegraph.__version__ in caption


def test_wrong_wishes_are_explained(dispute: Dispute) -> None:
    with pytest.raises(UsageError, match="Did you mean 'network'"):
        dispute.figure("netwrok")
    with pytest.raises(UsageError, match="There are one, two"):
        dispute.figure("network", width="three")
    with pytest.raises(UsageError, match="pdf, svg, png"):
        dispute.figure("claims").file("tiff")
    with pytest.raises(UsageError, match="no statement is left"):
        draw(SMALL.take(SMALL.column("speaker").codes == 99), "claims")
    alone = table_of(("A", "c", "affirms", "", "d", ""))
    for kind, reason in (
        ("network", "nobody agrees"),
        ("timeline", "no statement has a date"),
        ("dendrogram", "three"),
    ):
        with pytest.raises(UsageError, match=reason):
            draw(alone, kind)


def test_what_is_missing_is_named(dispute: Dispute, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=re.escape("pip install 'disputegraph[figures]'")):
        dispute.figure("claims")


def test_the_command_writes_figure_and_caption(tmp_path: Path) -> None:
    path, beside = tmp_path / "claims.svg", tmp_path / "claims.txt"
    made = CliRunner().invoke(main, ["figure", "claims", "--since", "2016-02", "-o", str(path)])
    assert made.exit_code == 0, made.output
    assert path.read_bytes().startswith(b"<?xml")
    assert "Statements chosen by: since 2016-02." in made.stdout
    again = CliRunner().invoke(
        main, ["figure", "claims", "--since", "2016-02", "-o", str(path), "--caption", str(beside)]
    )
    assert (again.stdout, beside.read_text(encoding="utf-8")) == ("", made.stdout)


@pytest.mark.parametrize(
    ("output", "told"), [("-", "standard output is for the caption"), ("x.xlsx", ".pdf .svg .png"), ("x", "suffix")]
)
def test_the_command_knows_its_formats(output: str, told: str) -> None:
    made = CliRunner().invoke(main, ["figure", "claims", "-o", output])
    assert made.exit_code == 2
    assert told in made.stderr


def test_letters_that_the_font_does_not_have_are_named() -> None:
    made = draw(table_of(("A", "漢 $x$", "affirms", "", "d", "")), "claims")
    assert "drawn as boxes: 漢." in made.caption
    assert "boxes" not in draw(SMALL, "claims").caption


def test_a_dendrogram_needs_similarities() -> None:
    with pytest.raises(UsageError, match="jaccard or cosine"):
        draw(SMALL, "dendrogram", normalise="average")
    assert "cosine" in draw(SMALL, "dendrogram", normalise="cosine").sheet.axes[0].get_xlabel()


def test_hearsay_alone_is_hatched_or_hollow() -> None:
    table = table_of(
        ("A", "c", "affirms", "2020-01-01", "d", "X"),
        ("B", "c", "denies", "2020-01-01", "d", "X"),
        ("B", "c", "denies", "2020-01-01", "d", ""),
    )
    matrix = draw(table, "matrix")
    assert sorted(bool(cell.get_hatch()) for cell in matrix.sheet.axes[0].patches) == [False, True]
    assert "1 by hearsay alone" in matrix.caption
    assert "1 marks are hearsay alone (hollow)" in draw(table, "timeline").caption
    assert "2 of the statements behind them are hearsay" in draw(table, "network").caption
