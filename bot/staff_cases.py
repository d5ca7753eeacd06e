"""The use cases of joining cases and of taking them apart again, each in one transaction. The rules are in `bot.core.merging`."""

from __future__ import annotations

from bot.core.cases import Case, find_reference
from bot.core.errors import BadInput, Conflict, NotFound
from bot.core.merging import check_merge
from bot.helpdesk import Tools
from bot.storage.staff import StaffMember
from bot.storage.unit_of_work import UnitOfWork

CHANGED = "Een collega heeft deze zaak net veranderd. Hieronder staat hoe hij nu is."


def _get(uow: UnitOfWork, reference: str) -> Case:
    case = uow.cases.by_reference(reference)
    if case is None:
        raise NotFound("Deze zaak bestaat niet (meer).")
    return case


def _touch(uow: UnitOfWork, tools: Tools, *changes: tuple[Case, dict[str, int | None]]) -> None:
    """Raises the version of every case that is given, so that of two who join the same case at once one is refused.

    In one order, so that two transactions do not wait for each other for ever.
    """
    for case, values in sorted(changes, key=lambda change: change[0].id):
        uow.cases.change(case, tools.now(), **values)


def join_case(
    tools: Tools, reference: str, other_words: str, staff: StaffMember, version: int, *, sure: bool = False
) -> Case:
    """Joins the case whose reference is in ``other_words`` with the case ``reference``, as seen at ``version``; gives the former.

    It leaves the open lists, keeps its reference and its trail, and from now on has the state of the other. Raises `NotFound`,
    `BadInput`, or `Conflict` if a colleague was first or it would make a chain or a circle; then nothing changed.
    """
    now, wanted = tools.now(), find_reference(other_words)
    if wanted is None:
        raise BadInput("other", "Typ het nummer van de andere zaak, zoals JOB-2026-00042.")
    with tools.begin() as uow:
        head, other = _get(uow, reference), uow.cases.by_reference(wanted)
        if other is None:
            raise BadInput("other", f"Er is geen zaak met nummer {wanted}.")
        check_merge(head, other, other_leads=bool(uow.cases.joined_with(other.id)), sure=sure)
        if head.version != version:
            raise Conflict(CHANGED)
        _touch(uow, tools, (head, {}), (other, {"merged_into_id": head.id}))
        uow.cases.add_event(other.id, now, "joined", staff.id, {"case": head.reference})
        uow.cases.add_event(head.id, now, "took_in", staff.id, {"case": other.reference})
        # The desk writes the line of the case that was on the screen; this is the line of the other.
        uow.audit.add(now, staff.id, "cases/merge", other.reference)
        uow.commit()
    for case in (head, other):
        tools.announce(case.conversation_id or "")
    return other


def part_case(tools: Tools, reference: str, staff: StaffMember, version: int) -> Case:
    """Takes a joined case, as seen at ``version``, apart again: it is as it was before. Gives the case it was joined with.

    Raises `NotFound`, or `Conflict` if it is not joined (any more).
    """
    now = tools.now()
    with tools.begin() as uow:
        case = _get(uow, reference)
        if case.merged_into is None:
            raise Conflict(f"{case.reference} is niet (meer) samengevoegd.")
        if case.version != version:
            raise Conflict(CHANGED)
        head = _get(uow, case.merged_into)
        _touch(uow, tools, (head, {}), (case, {"merged_into_id": None}))
        uow.cases.add_event(case.id, now, "parted", staff.id, {"case": head.reference})
        uow.cases.add_event(head.id, now, "let_go", staff.id, {"case": case.reference})
        uow.audit.add(now, staff.id, "cases/unmerge", head.reference)
        uow.commit()
    for each in (head, case):
        tools.announce(each.conversation_id or "")
    return head
