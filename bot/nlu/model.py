"""What is learned from the examples: several views that rank all labels, and two detectors.

Plain objects without Rasa, so that they can be measured and tested by themselves; `bot.nlu.topic_ranker` puts them into Rasa.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.core.answering import TOPIC_PREFIX
from bot.nlu.features import Features
from bot.nlu.network import Shape, log_softmax
from bot.nlu.views import Views

SHAPE = Shape(hidden=256)


@dataclass
class Detector:
    """Yes or no for one label against all others: finds what the ranking, with its 140 labels, passes over."""

    model: LogisticRegression

    @classmethod
    def fit(cls, rows: csr_matrix, positive: NDArray[np.bool_]) -> Detector:
        """Learns to tell the ``positive`` rows; balanced, because they are few."""
        return cls(LogisticRegression(C=3, class_weight="balanced", solver="liblinear").fit(rows, positive))

    def score(self, rows: csr_matrix) -> NDArray[np.float64]:
        """Above zero: rather yes than no."""
        scores: NDArray[np.float64] = self.model.decision_function(rows)
        return scores


@dataclass
class Model:
    """Everything that was learned."""

    labels: list[str]
    features: Features
    views: Views
    crisis: Detector
    out_of_scope: Detector

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        knowledge: Mapping[str, str] | None = None,
        shape: Shape = SHAPE,
        jobs: int = 2,
    ) -> Model:
        """Learns from examples with their labels, and from the texts of the answers (``knowledge``, by topic id).

        The same input gives the same model.
        """
        names = sorted(set(labels))
        number = {name: index for index, name in enumerate(names)}
        wanted = np.array([number[label] for label in labels])
        features = Features().fit(texts)
        rows = features.rows(texts)
        answers = knowledge or {}
        of_label = [
            answers.get(n.removeprefix(TOPIC_PREFIX), "") if n.startswith(TOPIC_PREFIX) else "" for n in names
        ]
        return cls(
            names,
            features,
            Views.fit(rows, wanted, features.rows(of_label), shape, jobs=jobs),
            Detector.fit(rows, wanted == number.get("crisis", -1)),
            Detector.fit(rows, wanted == number.get("out_of_scope", -1)),
        )

    def log_probabilities(self, rows: csr_matrix, temperature: float = 1.0) -> NDArray[np.float64]:
        """Logarithms of the probabilities of all labels, a row a message. Above 1, ``temperature`` makes it surer."""
        result: NDArray[np.float64] = log_softmax(self.views.mixed(rows) * temperature)
        return result
