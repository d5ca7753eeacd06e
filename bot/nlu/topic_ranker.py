"""The classifier of topics and dialogue intents: a linear model on word and character n-grams."""

from __future__ import annotations

from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

from bot.core.answering import Guess, Kind, decide
from bot.core.crisis import is_crisis

TOP = 8
GUESSES, DECISION = "guesses", "decision"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicRanker(GraphComponent):
    """Ranks all labels and decides what the bot does with the message.

    Sets ``intent`` (``vraag`` for every question), ``guesses`` (the best labels with confidence) and ``decision``.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``temperature``: how far margins of the linear model are sharpened into confidences."""
        return {"temperature": 6.0, "C": 0.6}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: Pipeline | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> TopicRanker:
        """Made by Rasa for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicRanker:
        """Made by Rasa from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / "ranker.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples in ``data/nlu``."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        texts = [message.get(TEXT) for message in examples]
        labels = [message.get_full_intent() for message in examples]
        self._model = Pipeline(
            [
                (
                    "features",
                    FeatureUnion(
                        [
                            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, strip_accents="unicode")),
                            (
                                "characters",
                                TfidfVectorizer(
                                    analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, strip_accents="unicode"
                                ),
                            ),
                        ]
                    ),
                ),
                ("classifier", LinearSVC(C=self._config["C"])),
            ]
        )
        self._model.fit(texts, labels)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / "ranker.joblib", compress=3)
        return self._resource

    def _guesses(self, text: str) -> list[Guess]:
        assert self._model is not None
        margins = self._model.decision_function([text])[0] * self._config["temperature"]
        shares = np.exp(margins - margins.max())
        shares /= shares.sum()
        best = np.argsort(-shares)[:TOP]
        return [Guess(str(self._model.classes_[index]), float(shares[index])) for index in best]

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds intent, guesses and decision to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            guesses = self._guesses(text)
            decision = decide(guesses)
            if is_crisis(text):
                name, confidence = "crisis", 1.0
            elif decision.kind is Kind.DIALOGUE:
                name, confidence = decision.intent or "", guesses[0].confidence
            else:
                name, confidence = "vraag", sum(guess.confidence for guess in guesses if guess.topic)
            message.set(INTENT, {INTENT_NAME_KEY: name, "confidence": confidence}, add_to_output=True)
            message.set(
                GUESSES,
                [{"label": guess.label, "confidence": round(guess.confidence, 4)} for guess in guesses],
                add_to_output=True,
            )
            message.set(
                DECISION, {"kind": decision.kind.value, "topics": list(decision.topics)}, add_to_output=True
            )
        return messages
