"""From guesses to what the bot does."""

from __future__ import annotations

import pytest

from bot.core.answering import Guess, Kind, Signals, Thresholds, decide

AT = Thresholds(answer=0.8, margin=0.0, offer=0.1, offer_each=0.02, ours=0.1, dialogue=0.4)


def guesses(**confidence: float) -> list[Guess]:
    """``a=0.9`` is the topic a; ``_greet=0.9`` the intent greet; best first."""
    ordered = sorted(confidence.items(), key=lambda item: -item[1])
    return [Guess(name[1:] if name.startswith("_") else f"vraag/{name}", share) for name, share in ordered]


def test_a_sure_topic_is_answered() -> None:
    assert decide(guesses(a=0.85, b=0.1), AT).topics == ("a",)


def test_between_topics_at_most_three_are_offered_best_first() -> None:
    decision = decide(guesses(a=0.4, b=0.3, c=0.2, d=0.1), AT)
    assert decision.kind is Kind.CLARIFY
    assert decision.topics == ("a", "b", "c")


def test_unlikely_topics_are_not_offered() -> None:
    assert decide(guesses(a=0.7, b=0.2, c=0.01), AT).topics == ("a", "b")


def test_a_distance_can_be_asked_for() -> None:
    at = Thresholds(answer=0.3, margin=0.2)
    assert decide(guesses(a=0.5, b=0.4), at).kind is Kind.CLARIFY


def test_a_dialogue_intent_that_is_first_and_sure_is_followed() -> None:
    assert decide(guesses(_greet=0.6, a=0.3), AT).intent == "greet"
    assert decide(guesses(_greet=0.35, a=0.3), AT).kind is Kind.CLARIFY


def test_what_no_topic_fits_is_not_ours() -> None:
    assert decide(guesses(a=0.03, b=0.02, _greet=0.01), AT).intent == "out_of_scope"


def test_nothing_is_not_understood() -> None:
    assert decide([], AT).kind is Kind.UNSURE


@pytest.mark.parametrize(("share", "expected"), [(0.3, "out_of_scope"), (0.00001, None)])
def test_what_is_not_ours_needs_both_the_detector_and_the_ranking(share: float, expected: str | None) -> None:
    assert decide(guesses(a=0.69, _out_of_scope=share), AT, Signals(out_of_scope=1.0)).intent == expected
    assert decide(guesses(a=0.69, _out_of_scope=share), AT, Signals(out_of_scope=-9.0)).intent is None


def test_danger_goes_before_a_sure_topic_and_before_an_exaggeration() -> None:
    assert decide(guesses(a=0.95, _crisis=0.03), AT, Signals(crisis=3.0)).intent == "crisis"
    assert decide(guesses(_not_crisis=0.6, _crisis=0.2), AT, Signals(crisis=2.0)).intent == "crisis"


def test_a_single_heavy_word_in_what_is_surely_something_else_is_no_danger() -> None:
    assert decide(guesses(_human=0.98), AT, Signals(crisis=1.1)).intent == "human"
    assert decide(guesses(_not_crisis=0.9, _crisis=0.02), AT, Signals(crisis=0.3)).intent == "not_crisis"
