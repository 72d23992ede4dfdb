"""Tokens add up to the text, and nothing is found inside strings, comments or IRIs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from disputegraph.sparql import tokenise


@given(st.text(alphabet="abc?$<>\"'\\#{}()[]:.@ \n\t-_1|^"))
def test_the_pieces_add_up(text: str) -> None:
    assert "".join(token.text for token in tokenise(text, significant=False)) == text


def test_kinds() -> None:
    query = 'SELECT ?a $b WHERE { ?a ex:p\\#q <http://x/#y> ; "it\'s # no \\" comment"@en , 1.5e3 . } # SERVICE'
    found = [(token.kind, token.text) for token in tokenise(query)]
    assert ("name", "ex:p\\#q") in found
    assert ("iri", "<http://x/#y>") in found
    assert ("string", '"it\'s # no \\" comment"') in found
    assert ("number", "1.5e3") in found
    assert [text for kind, text in found if kind == "variable"] == ["?a", "$b", "?a"]
    assert not any("SERVICE" in text for _, text in found)


def test_long_strings_may_hold_quotes_and_lines() -> None:
    tokens = list(tokenise('"""a "quoted"\n""word"" SERVICE""" ?x'))
    assert [token.kind for token in tokens] == ["string", "variable"]


def test_a_comparison_is_no_iri() -> None:
    assert [token.kind for token in tokenise("?a < ?b && ?c > ?d")].count("iri") == 0
