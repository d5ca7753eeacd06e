"""A subject alone is no question: the usual ones are offered."""

from __future__ import annotations

import pytest

from bot.core.broad import SUBJECTS, usual_topics
from bot.knowledge_files.loader import KnowledgeBase
from bot.nlu.text import words
from bot.settings import ROOT


@pytest.mark.parametrize(
    "text",
    [
        "iets met examen",
        "ik heb een vraag over mijn stage",
        "er ging iets mis met me examen",
        "Hoi, kan je me helpen met mijn opleiding?",
        "geld",
        "gedoe met docent",
    ],
)
def test_a_subject_without_a_question_gets_the_usual_questions(text: str) -> None:
    assert len(usual_topics(words(text))) == 3


@pytest.mark.parametrize(
    "text",
    ["mag ik mijn examen herkansen", "ziek op stage", "bsa", "hoi", "", "?", "hoeveel geld krijg ik op stage",
     "diploma kwijt", "zit jij op school", "stage examen school geld"],
)  # fmt: skip
def test_what_asks_something_is_left_to_the_model(text: str) -> None:
    assert usual_topics(words(text)) == ()


def test_every_topic_that_is_offered_has_an_answer() -> None:
    known = {entry.id for entry in KnowledgeBase(ROOT / "knowledge").entries()}
    assert {topic for topics in SUBJECTS.values() for topic in topics} <= known
