"""The small network learns, and the same seed gives the same network."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.network import Shape, log_softmax, train

ROWS = csr_matrix(np.repeat(np.eye(3, dtype=np.float32), 8, axis=0))
LABELS = np.repeat(np.arange(3), 8)
SMALL = Shape(hidden=16, rounds=30, batch=4, drop_features=0.0)


def test_it_learns_what_belongs_together() -> None:
    scores = train(ROWS, LABELS, 3, SMALL).scores(ROWS)
    assert (scores.argmax(axis=1) == LABELS).all()


def test_scores_are_logarithms_of_probabilities() -> None:
    scores = train(ROWS, LABELS, 3, SMALL).scores(ROWS)
    np.testing.assert_allclose(np.exp(scores).sum(axis=1), 1, rtol=1e-4)


def test_the_same_seed_gives_the_same_network() -> None:
    first, second = (train(ROWS, LABELS, 3, SMALL, seed=7) for _ in range(2))
    np.testing.assert_array_equal(first.first, second.first)
    np.testing.assert_array_equal(first.second, second.second)


def test_log_softmax_survives_large_scores() -> None:
    np.testing.assert_allclose(log_softmax(np.array([[1000.0, 0.0]])), [[0.0, -1000.0]])
