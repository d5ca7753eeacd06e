"""Different looks at the same message. Where they agree, the ranker may be sure.

``linear``: a linear SVM. ``network``: small neural networks, averaged. ``knowledge``: likeness to the text of a topic's
answer. Likeness to the middle of a label's examples, and to its nearest example, were measured and add next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from bot.nlu.network import Network, Shape, train

Matrix = NDArray[np.float32]

WEIGHTS = {"linear": 1.71, "network": 0.86, "knowledge": 1.2}
"""How much each view counts: the most likely weights for examples by other writers than those learnt from."""
LIKENESS = 10
"""Cosines are stretched so far, to be of the same size as the other scores."""
LEAST = -14.0
"""Lowest score of a network that counts; one network that excludes a label does not decide alone."""


OTHERS = -1


def _linear(rows: csr_matrix, wanted: NDArray[np.int64], low: int, high: int) -> tuple[Matrix, Matrix]:
    """Weights and biases of the labels from ``low`` to before ``high``, each against all others.

    A part of the labels, so that two processes can share the work; the other labels are taken together.
    """
    part = np.where((wanted >= low) & (wanted < high), wanted, OTHERS)
    model = LinearSVC(C=0.5, tol=0.02, random_state=0).fit(rows, part)
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one margin for two labels
        weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
    kept = model.classes_ != OTHERS
    return np.ascontiguousarray(weights[kept].T, dtype=np.float32), bias[kept].astype(np.float32)


@dataclass
class Views:
    """The trained views; columns of every score are the labels, in the order of training."""

    linear: tuple[Matrix, Matrix]
    networks: list[Network]
    knowledge: csr_matrix

    @classmethod
    def fit(
        cls,
        rows: csr_matrix,
        wanted: NDArray[np.int64],
        answers: csr_matrix,
        shape: Shape,
        networks: int = 2,
        jobs: int = 2,
    ) -> Views:
        """Learns the labels ``wanted`` of ``rows``; ``answers`` has a row a label. The same input gives the same views."""
        count = answers.shape[0]
        half = count // 2
        trained = Parallel(n_jobs=jobs)(
            [delayed(train)(rows, wanted, count, shape, seed) for seed in range(networks)]
            + [delayed(_linear)(rows, wanted, 0, half), delayed(_linear)(rows, wanted, half, count)]
        )
        (weights, bias), (more_weights, more_bias) = trained[networks:]
        return cls(
            linear=(np.hstack([weights, more_weights]), np.hstack([bias, more_bias])),
            networks=list(trained[:networks]),
            knowledge=normalize(answers).T.tocsr(),
        )

    def scores(self, rows: csr_matrix) -> dict[str, Matrix]:
        """What each view makes of ``rows``."""
        together = np.logaddexp.reduce([each.scores(rows) for each in self.networks])
        return {
            "linear": rows @ self.linear[0] + self.linear[1],
            "network": np.maximum(together - np.log(len(self.networks)), LEAST).astype(np.float32),
            "knowledge": (normalize(rows) @ self.knowledge).toarray() * LIKENESS,
        }

    def mixed(self, rows: csr_matrix, weights: Mapping[str, float] = WEIGHTS) -> NDArray[np.float64]:
        """All views as one score a label."""
        scores = self.scores(rows)
        parts: Sequence[Matrix] = [np.float32(weight) * scores[name] for name, weight in weights.items()]
        return np.sum(parts, axis=0, dtype=np.float64)
