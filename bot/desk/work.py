"""What staff adds to a conversation, each in one transaction: notes, labels, a follow-up date, a corrected topic."""

from __future__ import annotations

import re

from bot.core.errors import BadInput, NotFound
from bot.core.messages import Author, clean_text
from bot.core.privacy import mask_bsn
from bot.follow_ups import read_day
from bot.helpdesk import Tools
from bot.learning import note_correction
from bot.storage.staff import StaffMember
from bot.storage.unit_of_work import UnitOfWork

_MENTION = re.compile(r"@([\w.@+-]+)")
MAX_LABEL = 40
NO_TOPIC = "geen"
"""What stands in the place of a topic if a message fits none."""


def _exists(uow: UnitOfWork, conversation_id: str) -> None:
    if uow.conversations.get(conversation_id) is None:
        raise NotFound("Dit gesprek bestaat niet (meer). Misschien is het gewist.")


def add_note(tools: Tools, conversation_id: str, staff: StaffMember, text: str) -> None:
    """Adds a note for colleagues. ``@login`` or ``@name`` mentions one, who then sees the conversation in a list."""
    words = mask_bsn(clean_text(text))
    with tools.begin() as uow:
        _exists(uow, conversation_id)
        named = {name.lower().rstrip(".") for name in _MENTION.findall(words)}
        mentioned = [
            member.id
            for member in uow.staff.list()
            if not member.disabled
            and member.id != staff.id
            and named & {member.login.lower(), member.name.lower().split()[0]}
        ]
        uow.work.add_note(conversation_id, staff.id, tools.now(), words, mentioned)
        uow.commit()
    tools.announce(conversation_id)


def see_mentions(tools: Tools, conversation_id: str, staff: StaffMember) -> None:
    """``staff`` has the notes in which they are mentioned on the screen."""
    with tools.begin() as uow:
        if not uow.work.see_mentions(conversation_id, staff.id, tools.now()):
            return
        uow.commit()
    tools.announce(conversation_id)


def change_label(tools: Tools, conversation_id: str, label: str, *, on: bool) -> None:
    """Puts a label on, or takes it off. Labels are for finding, not for names: at most 40 characters, no long numbers."""
    name = " ".join(label.lower().split())
    if not name or len(name) > MAX_LABEL or re.search(r"\d{6}|@", name):
        raise BadInput(
            "label", f"Een label is een paar woorden, hoogstens {MAX_LABEL} tekens, zonder persoonsgegevens."
        )
    with tools.begin() as uow:
        _exists(uow, conversation_id)
        if on:
            uow.work.add_label(conversation_id, name)
        else:
            uow.work.remove_label(conversation_id, name)
        uow.commit()
    tools.announce(conversation_id)


def set_follow_up(tools: Tools, conversation_id: str, staff: StaffMember, raw: str) -> None:
    """Sets the day to look again (ISO date); an empty text takes it away."""
    due = read_day(raw, tools.now())
    with tools.begin() as uow:
        _exists(uow, conversation_id)
        uow.work.set_follow_up(conversation_id, due, staff.id)
        uow.commit()
    tools.announce(conversation_id)


def correct_topic(
    tools: Tools, conversation_id: str, message_id: int, staff: StaffMember, topic: str
) -> None:
    """Says what a student's message was really about. The message then waits on the page Leren, with this topic first."""
    with tools.begin() as uow:
        message = uow.messages.get(message_id)
        if (
            message is None
            or message.conversation_id != conversation_id
            or message.author is not Author.STUDENT
        ):
            raise NotFound("Dit bericht bestaat niet (meer).")
        now = tools.now()
        uow.work.correct_topic(message_id, topic, staff.id, now)
        note_correction(uow, message, None if topic == NO_TOPIC else topic, now)
        uow.commit()
    tools.announce(conversation_id)


def save_reply(tools: Tools, staff: StaffMember, title: str, text: str) -> None:
    """Keeps a reply that is typed often."""
    title = title.strip()
    if not 1 <= len(title) <= 80:
        raise BadInput("title", "Geef een korte titel, hoogstens 80 tekens.")
    words = mask_bsn(clean_text(text))
    with tools.begin() as uow:
        uow.work.save_reply(title, words, staff.id, tools.now())
        uow.commit()
