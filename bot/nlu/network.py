"""A small neural network in numpy: features -> hidden layer -> labels.

Beside the linear model it learns that different words mean the same for a label. It runs on numpy and scipy alone, and
the same seed gives the same network.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]


def log_softmax(scores: NDArray[np.floating]) -> NDArray[np.floating]:
    """Scores of labels (rows: messages) as logarithms of probabilities."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    result: NDArray[np.floating] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


@dataclass(frozen=True)
class Shape:
    """How the network is built and trained; chosen by measuring (see ``docs/decisions/``)."""

    hidden: int = 512
    rounds: int = 8
    batch: int = 64
    step: float = 0.05
    """Size of the first steps (Adagrad); goes down to nearly zero."""
    drop_features: float = 0.3
    drop_hidden: float = 0.4
    smooth: float = 0.0
    """Share of the target that is spread over all labels: keeps the network from being too sure."""


@dataclass
class Network:
    """A trained network."""

    first: NDArray[np.float16]
    first_bias: Floats
    second: Floats
    second_bias: Floats

    def scores(self, rows: csr_matrix) -> Floats:
        """Logarithms of the probabilities of all labels, a row a message."""
        # Only the rows of features that occur: the matrix is large, and may be kept in half precision.
        columns, inverse = np.unique(rows.indices, return_inverse=True)
        narrow = csr_matrix((rows.data, inverse, rows.indptr), shape=(rows.shape[0], len(columns)))
        hidden = np.maximum(narrow @ self.first[columns].astype(np.float32) + self.first_bias, 0)
        result: Floats = log_softmax(hidden @ self.second + self.second_bias)
        return result


def _dropped(rows: csr_matrix, share: float, chance: np.random.Generator) -> csr_matrix:
    kept = (chance.random(rows.nnz) >= share) / (1 - share)
    return csr_matrix(((rows.data * kept).astype(np.float32), rows.indices, rows.indptr), shape=rows.shape)


def train(rows: csr_matrix, labels: NDArray[np.int64], count: int, shape: Shape, seed: int = 0) -> Network:
    """Learns ``labels`` (0 to ``count`` - 1) of ``rows``."""
    chance = np.random.default_rng(seed)
    messages, features = rows.shape
    first = (chance.standard_normal((features, shape.hidden), dtype=np.float32)) * np.float32(0.1)
    second = chance.standard_normal((shape.hidden, count), dtype=np.float32) / np.float32(shape.hidden**0.5)
    first_bias, second_bias = np.zeros(shape.hidden, np.float32), np.zeros(count, np.float32)
    dense = (second, first_bias, second_bias)
    squares = tuple(np.full_like(each, 1e-6) for each in dense)
    # One step size for all weights of a feature: a tenth of the memory, and no worse.
    first_squares = np.full((features, 1), 1e-6, np.float32)
    total = shape.rounds * -(-messages // shape.batch)
    done = 0
    for _ in range(shape.rounds):
        order = chance.permutation(messages)
        for start in range(0, messages, shape.batch):
            step = np.float32(shape.step * max(0.02, 1 - done / total))
            done += 1
            chosen = order[start : start + shape.batch]
            batch = _dropped(rows[chosen], shape.drop_features, chance)
            # Only the features of this batch are touched.
            columns, inverse = np.unique(batch.indices, return_inverse=True)
            narrow = csr_matrix(
                (batch.data, inverse.astype(np.int32), batch.indptr), shape=(len(chosen), len(columns))
            )
            weights = first[columns]
            before = narrow @ weights + first_bias
            kept = (chance.random(before.shape, dtype=np.float32) >= shape.drop_hidden) / np.float32(
                1 - shape.drop_hidden
            )
            hidden = np.maximum(before, 0) * kept
            error = np.exp(log_softmax(hidden @ second + second_bias)) - shape.smooth / count
            error[np.arange(len(chosen)), labels[chosen]] -= 1 - shape.smooth
            error = (error / len(chosen)).astype(np.float32)
            back = (error @ second.T) * kept * (before > 0)
            for each, square, slope in zip(  # noqa: B905
                dense, squares, (hidden.T @ error, back.sum(axis=0), error.sum(axis=0))
            ):
                square += slope * slope
                each -= step * slope / np.sqrt(square)
            slope = narrow.T @ back
            square = first_squares[columns] + (slope * slope).mean(axis=1, keepdims=True)
            first_squares[columns] = square
            first[columns] = weights - step * slope / np.sqrt(square)
    # Half precision: half the size of the model, and no answer changes.
    return Network(first.astype(np.float16), first_bias, second, second_bias)
