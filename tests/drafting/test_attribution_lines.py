"""Attributions as JSON lines: both ways, and what no such file is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from disputegraph.drafting import Draft, ProposedSpeaker, attribution_line, drafts_of_line, read_attribution_lines
from disputegraph.errors import DataError

DRAFTS = [
    Draft(
        ((0, 4), (9, 12)), ((5, 6),), ((7, 8),), "direct", ProposedSpeaker("Ada Osei", 0.9, "named beside the words")
    ),
    Draft(((9, 12),), inside=0, polarity="denies", speech_act="accusing"),
]


def test_drafts_come_back_as_they_went() -> None:
    line = attribution_line("gazette", DRAFTS)
    assert line["attributions"][0]["content"] == [[0, 4], [9, 12]]
    assert drafts_of_line(json.loads(json.dumps(line))) == DRAFTS
    assert drafts_of_line(line, program="rules", version="1")[1].program == "rules"


@pytest.mark.parametrize("name", ["gold.jsonl", "gold.jsonl.gz"])
def test_a_file_of_lines(tmp_path: Path, name: str) -> None:
    lines = '{"id": "a", "text": "It is so.", "attributions": [{"content": [[0, 8]]}]}\n\n'
    lines += '{"id": "b", "text": "", "attributions": []}'
    data = lines.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    first, second = read_attribution_lines(tmp_path / name)
    assert first["attributions"] == [{"content": [[0, 8]], "source": [], "cue": []}]
    assert second["id"] == "b"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no JSON", "Expecting value"),
        ("[1]", "no list of attributions"),
        ('{"id": 1, "text": "", "attributions": []}', "'id' and 'text' must be texts"),
        ('{"id": "b", "text": "", "attributions": [{}]}', "an attribution has no content"),
        (
            '{"id": "b", "text": "ab", "attributions": [{"content": [[0, 3]]}]}',
            r"has 2 code points, and no content at \[0, 3\]",
        ),
        ('{"id": "b", "text": "ab", "attributions": [{"content": [[1, 1]]}]}', "no content at"),
        ('{"id": "b", "text": "ab", "attributions": [{"content": [0, 1]}]}', "no content at 0"),
        ('{"id": "b", "text": "ab", "attributions": [{"content": 3}]}', "'content' is not a list"),
        ('{"id": "b", "text": "ab", "attributions": [{"content": [[0, 1]], "kind": "loud"}]}', "no kind 'loud'"),
        ('{"id": "a", "text": "", "attributions": []}', "there already, in line 1"),
        ("[" * 100_000, "recursion"),
        ("\udcff", "is not UTF-8 text"),
    ],
)
def test_what_no_such_line_is(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'{"id": "a", "text": "", "attributions": []}\n' + line.encode("utf-8", "surrogateescape"))
    with pytest.raises(DataError, match=message) as told:
        list(read_attribution_lines(path))
    assert told.value.line == 2
    assert '"attributions": [{' in str(told.value)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such file"):
        list(read_attribution_lines(tmp_path / "gold.jsonl"))
    (tmp_path / "gold.gz").write_bytes(b"plain")
    with pytest.raises(DataError, match="cannot be read"):
        list(read_attribution_lines(tmp_path / "gold.gz"))
