"""The trained model on messages of our own that training never sees (``heldout.jsonl``).

They were written without a look at the training data or at the questions of the developers. The floors are the goals of the
project, not what a model happens to reach, so that new training data that spoils something is noticed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.evaluation import evaluate
from bot.processes import newest_model
from bot.settings import ROOT

FILE = Path(__file__).parent / "heldout.jsonl"


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    model = newest_model(ROOT / "models")
    assert model is not None, "no trained model: run make train"
    return evaluate(FILE, model, ROOT / "knowledge")


def test_most_questions_are_answered_right_and_hardly_any_wrong(report: dict[str, Any]) -> None:
    assert report["right"] >= 0.82
    assert report["right"] + report["clarified"] >= 0.96
    assert report["wrong"] <= 0.03


def test_calls_for_help_are_heard(report: dict[str, Any]) -> None:
    assert report["crisis_recall"] >= 0.98


def test_who_asks_for_a_human_is_understood(report: dict[str, Any]) -> None:
    # The file has 14 of these: one miss is 0.07.
    assert report["human_recall"] >= 0.92


def test_what_is_not_ours_is_told_apart(report: dict[str, Any]) -> None:
    assert report["out_of_scope_recall"] >= 0.9
