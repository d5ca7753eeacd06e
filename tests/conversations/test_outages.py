"""What dies comes back, and nothing is lost or said twice."""

from __future__ import annotations

import pytest

from tests.live import LiveHelpdesk

QUESTION = "mag mijn school mij zomaar schorsen?"


@pytest.mark.parametrize("process", ["rasa run", "-m actions"])
def test_a_question_on_its_way_when_a_process_is_killed_is_answered_once(
    live: LiveHelpdesk, process: str
) -> None:
    student = live.student()
    message = student.send(QUESTION)
    live.kill(process)
    student.wait_handled(message)
    again = student.send(QUESTION)
    student.wait_handled(again)
    answers = [heard for heard in student.heard() if heard["author"] == "bot"]
    assert [answer["topic"] for answer in answers] == ["schorsing", "schorsing"]


def test_a_case_is_logged_once_though_rasa_dies_at_the_moment_of_confirming(live: LiveHelpdesk) -> None:
    student = live.student()
    for words in (
        "ik wil een zaak melden",
        "ze betalen mijn reiskosten al maanden niet",
        "sla over",
        "anoniem",
        "ja",
    ):
        student.say(words)
    message = student.send("ja, versturen")
    live.kill("rasa run")
    student.wait_handled(message)
    count = live.scalar("select count(*) from cases where conversation_id = :id", id=student.conversation)
    assert count == 1
    assert any("JOB-20" in heard["text"] for heard in student.heard())
