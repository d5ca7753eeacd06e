"""An editor's change shows in the next answer; a mistake leaves the old one; the desk can switch one off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.storage.unit_of_work import UnitOfWork
from tests.live import LiveHelpdesk

QUESTION = "mag mijn school mij zomaar schorsen?"


@pytest.fixture
def entry(live: LiveHelpdesk) -> Iterator[Path]:
    """The file of one answer, as it was again afterwards."""
    path = live.folder / "knowledge/rechten/schorsing.md"
    before = path.read_text(encoding="utf-8")
    yield path
    path.write_text(before, encoding="utf-8")


def test_an_edited_answer_is_in_the_next_reply_without_restart_or_training(
    live: LiveHelpdesk, entry: Path
) -> None:
    student = live.student()
    assert "XYZZY" not in student.say(QUESTION)[0]["text"]
    head, mark, body = entry.read_text(encoding="utf-8").rpartition("\n---\n")
    entry.write_text(f"{head}{mark}XYZZY is nieuw. {body}", encoding="utf-8")
    assert "XYZZY is nieuw." in wait_for(live, "XYZZY")


def wait_for(live: LiveHelpdesk, words: str) -> str:
    """The answer, asked anew until it holds ``words`` (files are looked at every half second)."""
    for _ in range(10):
        text = str(live.student().say(QUESTION)[0]["text"])
        if words in text:
            return text
    return text


def test_a_broken_file_keeps_the_old_answer_and_the_log_says_where(live: LiveHelpdesk, entry: Path) -> None:
    before = live.student().say(QUESTION)[0]["text"]
    entry.write_text("---\ntitle: [kapot\n---\nNIEUW", encoding="utf-8")
    log = live.folder / "run/actions.log"
    for _ in range(10):
        assert live.student().say(QUESTION)[0]["text"] == before
        if "knowledge_file_refused" in log.read_text(errors="replace"):
            break
    assert "knowledge_file_refused" in log.read_text(errors="replace")
    assert "schorsing.md" in log.read_text(errors="replace")


def test_an_answer_that_the_desk_switched_off_is_not_given_and_a_human_is_offered(live: LiveHelpdesk) -> None:
    staff_id = int(str(live.scalar("select id from staff limit 1")))
    for off in (True, False):
        with UnitOfWork(live.engine) as uow:
            uow.answers.switch("schorsing", off=off, staff_id=staff_id, at=datetime.now(timezone.utc))
            uow.commit()
        heard = live.student().say(QUESTION)
        assert ("Zal ik iemand van JOB vragen" in heard[0]["text"]) is off
        assert (heard[0]["topic"] == "schorsing") is not off
