"""What is learned from the examples: a linear model and a small network that rank all labels, and two detectors.

Plain objects without Rasa, so that they can be measured and tested by themselves; `bot.nlu.topic_ranker` puts them into Rasa.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.nlu.features import Features
from bot.nlu.network import Network, Shape, log_softmax, train

SHAPE = Shape(hidden=256, rounds=10, step=0.05)
MARGIN_SCALE = 6.0
"""How far the margins of the linear model are stretched before they become probabilities."""
NETWORK_SHARE = 0.5
"""Weight of the network beside the linear model; 0.3 to 0.7 gave the same within a question or two."""


@dataclass
class Detector:
    """Yes or no for one label against all others: finds what the ranking, with its 140 labels, passes over."""

    model: LogisticRegression

    @classmethod
    def fit(cls, rows: csr_matrix, positive: NDArray[np.bool_]) -> Detector:
        """Learns to tell the ``positive`` rows; balanced, because they are few."""
        return cls(LogisticRegression(C=10, class_weight="balanced", solver="liblinear").fit(rows, positive))

    def score(self, rows: csr_matrix) -> NDArray[np.float64]:
        """Above zero: rather yes than no."""
        scores: NDArray[np.float64] = self.model.decision_function(rows)
        return scores


@dataclass
class Model:
    """Everything that was learned."""

    labels: list[str]
    features: Features
    linear: LinearSVC
    network: Network
    crisis: Detector
    out_of_scope: Detector

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> Model:
        """Learns from examples with their labels. The same examples give the same model."""
        names = sorted(set(labels))
        number = {name: index for index, name in enumerate(names)}
        wanted = np.array([number[label] for label in labels])
        features = Features().fit(texts)
        rows = features.rows(texts)
        return cls(
            names,
            features,
            LinearSVC(C=0.5).fit(rows, wanted),
            train(rows, wanted, len(names), SHAPE),
            Detector.fit(rows, wanted == number.get("crisis", -1)),
            Detector.fit(rows, wanted == number.get("out_of_scope", -1)),
        )

    def log_probabilities(self, rows: csr_matrix, temperature: float = 1.0) -> NDArray[np.float64]:
        """Logarithms of the probabilities of all labels, a row a message. Above 1, ``temperature`` makes it surer."""
        margins = self.linear.decision_function(rows)
        if margins.ndim == 1:
            margins = np.stack([-margins, margins], axis=1)
        mixed = NETWORK_SHARE * self.network.scores(rows) + (1 - NETWORK_SHARE) * log_softmax(
            margins * MARGIN_SCALE
        )
        result: NDArray[np.float64] = log_softmax(np.asarray(mixed, dtype=np.float64) * temperature)
        return result
