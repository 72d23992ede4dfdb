"""Texts compared by their character n-grams."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

_Floats: TypeAlias = npt.NDArray[np.floating]
_BITS = 18  # of the n-grams' hashes
_PRIME, _GOLDEN = np.uint64(0x100000001B3), np.uint64(0x9E3779B97F4A7C15)  # of FNV, and for Fibonacci hashing


class NgramVectors:
    """Texts as tf-idf vectors of character n-grams, n = 3, 4, 5, within words, with the spaces at their ends.

    w(g, d) = tf(g, d) · ln((N + 1) / (df(g) + ½)), compared by cosine: "tfc" of Salton & Buckley 1988 (Term-weighting
    approaches in automatic text retrieval), with a smoothed idf. N-grams are hashed to 18 bits.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = _ngram_counts(texts)
        frequency = np.bincount(self._counts.indices, minlength=1 << _BITS)
        self._idf2: _Floats = (np.log((self._counts.shape[0] + 1) / (frequency + 0.5)) ** 2).astype(np.float32)
        self._lengths = self._length(self._counts)

    def alike(self, text: str) -> _Floats:
        """Return the cosine of a text with each text."""
        asked = _ngram_counts([text])
        weights = np.zeros(1 << _BITS, np.float32)
        weights[asked.indices] = asked.data * self._idf2[asked.indices]
        return np.asarray(self._counts @ weights / np.maximum(self._lengths * self._length(asked), 1e-9))

    def _length(self, counts: sparse.csr_array) -> _Floats:
        return np.asarray(np.sqrt(counts.power(2) @ self._idf2))


def _ngram_counts(texts: Sequence[str]) -> sparse.csr_array:
    """Return how often each text has each n-gram; computed for all texts at once, as one row of code points."""
    plain = ["  " + " ".join(re.findall(r"[^\W_]+", text.casefold())) + " " for text in texts]
    codes = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    rows = np.repeat(np.arange(len(plain), dtype=np.uint64), [len(text) for text in plain]) << np.uint64(_BITS)
    hashed = codes[:-1] * _PRIME + codes[1:]
    split = np.zeros(len(hashed), bool)  # by a space inside
    keys = [np.zeros(0, np.uint64)]
    for n in (3, 4, 5):
        size = max(len(codes) - n + 1, 0)
        hashed = hashed[:size] * _PRIME + codes[n - 1 :]
        split = split[:size] | (codes[n - 2 : n - 2 + size] == ord(" "))
        keys.append((rows[:size] | hashed * _GOLDEN >> np.uint64(64 - _BITS))[~split])
    key, counts = np.unique(np.concatenate(keys), return_counts=True)
    grams = (key & np.uint64((1 << _BITS) - 1)).astype(np.int32)
    ends = np.searchsorted(key >> np.uint64(_BITS), np.arange(len(plain) + 1, dtype=np.uint64)).astype(np.int32)
    return sparse.csr_array((counts.astype(np.float32), grams, ends), shape=(len(plain), 1 << _BITS))
