"""Our classifier inside Rasa: ranks topics and dialogue intents, and decides what the bot does with the message."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
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

from bot.core.answering import Decision, Guess, Kind, Signals, decide
from bot.core.broad import usual_topics
from bot.core.crisis import is_crisis
from bot.nlu.knowledge_texts import knowledge_texts
from bot.nlu.language import foreign
from bot.nlu.model import SHAPE, Model
from bot.nlu.text import letters, words

ROOT = Path(__file__).resolve().parent.parent.parent
TOP = 8
GUESSES, DECISION = "guesses", "decision"
LEAST_LETTERS = 2
"""A message with fewer (emoji, digits) says nothing that the model could know."""
_REJECTION = re.compile(
    r"^\W*(?:nee+|nope|neen)?\W*(?:dat|da|dit|zo)\s+(?:bedoel|vraag|vroeg|is|was)\w*(?:\s+ik|\s+het)?\s+niet\W+(?=\S.{14,})",
    re.IGNORECASE,
)
"""What stands before the question proper: "nee dat bedoel ik niet, …"."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicRanker(GraphComponent):
    """Ranks all labels and decides what the bot does with the message.

    Sets ``intent`` (``vraag`` for every question), ``guesses`` (the best labels with confidence) and ``decision``.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What ``config.yml`` may set.

        ``temperature``: how sure the confidences are made; at 1.2 those of 0.8 are right about 8 times in 10.
        ``knowledge``: the folder with the answers, whose texts are one of the views; seen from the project's root.
        ``hidden``, ``rounds``: size and training of the networks. ``jobs``: processes to train with.
        """
        return {
            "temperature": 1.2,
            "knowledge": "knowledge",
            "hidden": SHAPE.hidden,
            "rounds": SHAPE.rounds,
            "jobs": 2,
        }

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: Model | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
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
        self._model = Model.fit(
            [message.get(TEXT) for message in examples],
            [message.get_full_intent() for message in examples],
            knowledge_texts(ROOT / self._config["knowledge"]),
            dataclasses.replace(SHAPE, hidden=self._config["hidden"], rounds=self._config["rounds"]),
            self._config["jobs"],
        )
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / "ranker.joblib")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds intent, guesses and decision to each message."""
        for message in messages:
            text = _REJECTION.sub("", message.get(TEXT) or "")
            guesses, decision = self._understand(text)
            if decision.kind is Kind.DIALOGUE:
                name = decision.intent or ""
                confidence = next((guess.confidence for guess in guesses if guess.label == name), 1.0)
            else:
                name, confidence = "vraag", sum(guess.confidence for guess in guesses if guess.topic)
            message.set(INTENT, {INTENT_NAME_KEY: name, "confidence": confidence}, add_to_output=True)
            shown = [{"label": guess.label, "confidence": round(guess.confidence, 4)} for guess in guesses]
            message.set(GUESSES, shown, add_to_output=True)
            message.set(
                DECISION,
                {"kind": decision.kind.value, "topics": list(decision.topics), "intent": decision.intent},
                add_to_output=True,
            )
        return messages

    def _understand(self, text: str) -> tuple[list[Guess], Decision]:
        """The guesses and the decision; two questions in one message are two topics, if both are sure."""
        if is_crisis(text):
            return [Guess("crisis", 1.0)], Decision(Kind.DIALOGUE, intent="crisis")
        if letters(text) < LEAST_LETTERS:
            return [], Decision(Kind.UNSURE)
        language = foreign(text)
        guesses, decision = self._one(text)
        if language is not None and decision.intent != "crisis":
            return guesses, Decision(Kind.DIALOGUE, intent=language)
        usual = usual_topics(words(text))
        if usual:
            return guesses, Decision(Kind.CLARIFY, usual)
        if decision.kind is Kind.DIALOGUE:
            return guesses, decision
        parts = [
            part for part in re.split(r"(?<=\?)\s+", text) if len(part.split()) >= 4 and part.endswith("?")
        ]
        if len(parts) == 2:
            topics = [
                each.topics[0] for each in (self._one(part)[1] for part in parts) if each.kind is Kind.ANSWER
            ]
            if len(set(topics)) == 2:
                return guesses, Decision(Kind.ANSWER, tuple(topics))
        return guesses, decision

    def _one(self, text: str) -> tuple[list[Guess], Decision]:
        assert self._model is not None
        rows = self._model.features.rows([text])
        shares = np.exp(self._model.log_probabilities(rows, self._config["temperature"])[0])
        best = np.argsort(-shares)[:TOP]
        guesses = [Guess(self._model.labels[index], float(shares[index])) for index in best]
        signals = Signals(
            float(self._model.crisis.score(rows)[0]), float(self._model.out_of_scope.score(rows)[0])
        )
        return guesses, decide(guesses, signals=signals)
