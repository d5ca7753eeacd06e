"""Looking at a case again on a day: staff sets the day, and hears once that it came. The days stand in the database."""

from __future__ import annotations

from datetime import date, datetime, time

from bot.core.errors import BadInput, NotFound
from bot.core.handover import DUTCH_TIME
from bot.helpdesk import Tools
from bot.storage.staff import StaffMember
from bot.storage.unit_of_work import UnitOfWork

MORNING = time(8)
"""Nobody is told of a day before this hour, in Dutch time."""


def dutch_day(now: datetime) -> date:
    """What day it is for staff."""
    return now.astimezone(DUTCH_TIME).date()


def read_day(raw: str, now: datetime) -> date | None:
    """The day (ISO date) that a form gives; ``None`` for an empty field. Raises `BadInput`: no date, or one that is over."""
    try:
        due = date.fromisoformat(raw) if raw else None
    except ValueError:
        raise BadInput("due", "Kies een datum.") from None
    if due and due < dutch_day(now):
        raise BadInput("due", "Kies een dag die nog komt.")
    return due


def set_case_follow_up(tools: Tools, reference: str, staff: StaffMember, raw: str) -> None:
    """Sets the day to look at a case again; an empty text takes it away. Raises `BadInput` or `NotFound`."""
    now = tools.now()
    due = read_day(raw, now)
    with tools.begin() as uow:
        case = uow.cases.by_reference(reference)
        if case is None:
            raise NotFound("Deze zaak bestaat niet (meer).")
        if not uow.follow_ups.set_for_case(case.id, due, staff.id):
            return
        data = {"due": due.isoformat()} if due else {}
        uow.cases.add_event(case.id, now, "follow_up", staff.id, data)
        uow.commit()
    tools.announce(case.conversation_id or "")


def tell_follow_ups(tools: Tools) -> int:
    """Tells staff of every day that came; gives how many. Each is told once, whoever looks and however often.

    It is marked as told before it is told: a crash in between costs a message, and the desk shows the day all the same.
    """
    now = tools.now()
    today = dutch_day(now)
    if now.astimezone(DUTCH_TIME).time() < MORNING:
        return 0
    with tools.look() as uow:
        talks, cases = uow.follow_ups.untold(today)
    told = 0
    for conversation_id in talks:
        with tools.begin() as uow:
            if not uow.follow_ups.claim_talk(conversation_id, today, now):
                continue
            reference = _reference(uow, conversation_id)
            uow.commit()
        tools.notifier.follow_up(reference, f"conversations/{conversation_id}")
        tools.announce(conversation_id)
        told += 1
    for case_id in cases:
        with tools.begin() as uow:
            case = uow.cases.get(case_id)
            if case is None or not uow.follow_ups.claim_case(case_id, today, now):
                continue
            uow.commit()
        tools.notifier.follow_up(case.reference, f"cases/{case.reference}")
        tools.announce(case.conversation_id or "")
        told += 1
    return told


def _reference(uow: UnitOfWork, conversation_id: str) -> str:
    """The case of a conversation, or without one the beginning of its id."""
    found = uow.cases.of_conversation(conversation_id)
    return found[0].reference if found else f"gesprek {conversation_id[:8]}"
