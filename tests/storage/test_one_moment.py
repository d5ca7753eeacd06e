"""Who only reads sees one moment of the database, and neither waits for writers nor holds them up."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import SQLAlchemyError

from tests.builders import Helpdesk


def test_what_is_said_while_a_page_is_made_is_not_on_half_of_it(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    helpdesk.student(conversation, "een")
    with helpdesk.tools.look() as uow:
        shown = [message.text for message in uow.messages.after(conversation)][1:]
        helpdesk.student(conversation, "twee")
        # What the page says that its reader has seen: never more than it shows.
        seen = uow.messages.last_of_student(conversation)
        assert [message.text for message in uow.messages.after(conversation)][1:] == shown == ["een"]
    assert helpdesk.message(seen).text == "een"


def test_who_writes_sees_what_was_committed_before_its_lock(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    with helpdesk.tools.begin() as uow:
        assert uow.conversations.get(conversation, lock=True)
        assert len(uow.messages.after(conversation)) == 1
    helpdesk.student(conversation, "een")
    with helpdesk.tools.begin() as uow:
        assert len(uow.messages.after(conversation)) == 2


def test_a_connection_that_read_is_good_for_writing_afterwards(helpdesk: Helpdesk) -> None:
    for _ in range(3):
        conversation = helpdesk.conversation()
        with helpdesk.tools.look() as uow:
            assert uow.conversations.get(conversation)


def test_postgresql_refuses_a_writer_that_said_it_only_reads(helpdesk: Helpdesk) -> None:
    if helpdesk.engine.dialect.name == "sqlite":
        return
    conversation = helpdesk.conversation()
    with helpdesk.tools.look() as uow, pytest.raises(SQLAlchemyError):
        uow.conversations.mark_read(conversation)
