"""Terms as small numbers: every IRI, blank node and literal that is read is kept once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from disputegraph.store import decoded

Codes: TypeAlias = NDArray[np.int32]


class TermCodes(dict[str, int]):
    """The number of each term, by its spelling in SPARQL TSV; a term that is new gets the next number.

    Attributes:
        spelt: the spelling of each number.
        texts: the text of each number: an IRI, a blank node as ``_:name``, the lexical form of a literal.
    """

    def __init__(self) -> None:
        super().__init__()
        self.spelt: list[str] = []
        self.texts: list[str] = []
        self._alone = threading.Lock()

    def __missing__(self, spelling: str) -> int:
        number = self[spelling] = len(self.spelt)
        self.spelt.append(spelling)
        self.texts.append(spelling[1:-1] if spelling[:1] == "<" else decoded(spelling) or "")
        return number

    def coded(self, column: Sequence[str]) -> Codes:
        """Return the numbers of a column of spellings; several threads may ask."""
        with self._alone:
            return np.fromiter(map(self.__getitem__, column), dtype=np.int32, count=len(column))

    def of_node(self, node: str) -> int:
        """Return the number of an IRI or a blank node (``_:name``), or -1 if it was not read."""
        return self.get(node if node.startswith("_:") else f"<{node}>", -1)

    def rename(self, node: str, name: str) -> None:
        """Call a blank node by another name; it is found by both."""
        code = self[node]
        self[name], self.spelt[code], self.texts[code] = code, name, name

    def text(self, code: int) -> str:
        """Return the text of a number; an empty text for -1."""
        return self.texts[code] if code >= 0 else ""

    def is_node(self, code: int) -> bool:
        """Return whether a number stands for an IRI or a blank node."""
        return self.spelt[code][0] in "<_"

    def language(self, code: int) -> str:
        """Return the language tag of a literal in small letters, or an empty text."""
        spelling = self.spelt[code]
        quote = max(spelling.rfind('"'), spelling.rfind("'"))
        # A base direction (RDF 1.2) follows the language behind two hyphens.
        return spelling[quote + 2 :].lower().partition("--")[0] if spelling[quote + 1 : quote + 2] == "@" else ""

    def nodes_among(self, codes: Codes) -> NDArray[np.bool_]:
        """Return which of the numbers stand for IRIs or blank nodes."""
        spelt = self.spelt
        return np.fromiter((spelt[code][0] in "<_" for code in codes.tolist()), dtype=np.bool_, count=len(codes))
