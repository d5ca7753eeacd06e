"""What staff wanted to look at again today or earlier: on top of the lists, conversations and cases together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.storage.unit_of_work import UnitOfWork

ON_TOP = ("mine", "waiting", "all", "due")
"""The lists that begin with what is due; the first only with what is one's own. Above what is urgent stands nothing."""
SHOWN = 100


@dataclass(frozen=True)
class DueLine:
    """One line: where it leads, what it is about, the state it is in (a code), and since when it is due."""

    href: str
    title: str
    text: str
    due: date
    holder_id: int | None = None
    conversation_id: str | None = None
    channel: str = ""
    is_talk: bool = True
    merged_into: str | None = None


def due_lines(
    uow: UnitOfWork, view: str, staff_id: int, today: date, *, label: str = "", channel: str = ""
) -> list[DueLine]:
    """What is due, for the top of a list, narrowed as the list is; longest due first."""
    if view not in ON_TOP:
        return []
    who = staff_id if view == "mine" else None
    talks, cases = uow.follow_ups.due_talks(today, who), uow.follow_ups.due_cases(today, who)
    ids = [each.conversation_id for each in talks]
    known, last = uow.conversations.many(ids), uow.messages.last(ids)
    lines = [
        DueLine(
            f"/desk/conversations/{each.conversation_id}",
            "Gesprek",
            last[each.conversation_id].text if each.conversation_id in last else "Nog geen vraag",
            each.due,
            known[each.conversation_id].assignee_id,
            each.conversation_id,
            known[each.conversation_id].channel,
        )
        for each in talks
        if each.conversation_id in known
    ]
    lines += [
        DueLine(
            f"/desk/cases/{each.case.reference}",
            each.case.reference,
            each.case.description,
            each.due,
            each.case.owner_id,
            each.case.conversation_id,
            each.case.channel,
            is_talk=False,
            merged_into=each.case.merged_into,
        )
        for each in cases
    ]
    if label:
        with_it = uow.work.labelled(label)
        lines = [line for line in lines if line.conversation_id in with_it]
    if channel:
        lines = [line for line in lines if line.channel == channel]
    return sorted(lines, key=lambda line: line.due)[:SHOWN]
