"""Words, word pairs and pieces of words as weighted features (TF-IDF), in one sparse matrix."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.text import words

PIECES = (3, 4, 5)
"""Lengths of the pieces of words. Longer and shorter ones were measured and add nothing."""


def word_features(tokens: Sequence[str]) -> Iterator[str]:
    """Each word, and each pair of neighbours."""
    yield from tokens
    for first, second in itertools.pairwise(tokens):
        yield f"{first} {second}"


def piece_features(tokens: Sequence[str]) -> Iterator[str]:
    """The pieces of each word, with its edges marked, so that typos and compounds still share most of them."""
    for token in tokens:
        edged = f"_{token}_"
        if len(edged) <= PIECES[0]:
            yield edged
            continue
        for length in PIECES:
            for start in range(len(edged) - length + 1):
                yield edged[start : start + length]


BLOCKS = (word_features, piece_features)


@dataclass
class Block:
    """One kind of features: the index and weight of each that training has seen often enough."""

    index: dict[str, int]
    weight: np.ndarray
    rare: float
    """The weight of a feature that is not in the index."""


@dataclass
class Features:
    """Learns which features there are; turns texts into rows of equal length.

    Features seen once are left out of the matrix but count for the length of the row, as do unseen ones: a message of
    mostly unknown words gets low scores everywhere instead of high ones on the few words that are known.
    """

    least: tuple[int, int] = (2, 2)
    blocks: list[Block] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Number of columns."""
        return sum(len(block.index) for block in self.blocks)

    def fit(self, texts: Iterable[str]) -> Features:
        """Learns from the training texts."""
        tokens = [words(text) for text in texts]
        self.blocks = []
        for make, least in zip(BLOCKS, self.least):  # noqa: B905
            seen: Counter[str] = Counter()
            for each in tokens:
                seen.update(set(make(each)))
            kept = sorted(feature for feature, count in seen.items() if count >= least)
            weight = np.array([math.log((1 + len(tokens)) / (1 + seen[feature])) + 1 for feature in kept])
            rare = math.log((1 + len(tokens)) / 2) + 1
            self.blocks.append(Block({feature: i for i, feature in enumerate(kept)}, weight, rare))
        return self

    def rows(self, texts: Iterable[str]) -> csr_matrix:
        """One row a text; each block of a row has length 1 at most."""
        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for text in texts:
            tokens = words(text)
            start = 0
            for make, block in zip(BLOCKS, self.blocks):  # noqa: B905
                inside: list[tuple[int, float]] = []
                length = 0.0
                for feature, count in Counter(make(tokens)).items():
                    column = block.index.get(feature)
                    weight = block.rare if column is None else block.weight[column]
                    value = (1 + math.log(count)) * weight
                    length += value * value
                    if column is not None:
                        inside.append((column + start, value))
                scale = 1 / math.sqrt(length) if length else 0.0
                inside.sort()
                columns.extend(column for column, _ in inside)
                values.extend(value * scale for _, value in inside)
                start += len(block.index)
            ends.append(len(columns))
        return csr_matrix(
            (
                np.array(values, dtype=np.float32),
                np.array(columns, dtype=np.int32),
                np.array(ends, dtype=np.int32),
            ),
            shape=(len(ends) - 1, self.size),
        )
