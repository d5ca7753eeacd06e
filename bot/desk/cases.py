"""Cases: the list by state, and one case with its trail."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot import staff_cases, staff_desk
from bot.bootstrap import Services
from bot.core.cases import ALLOWED, CaseStatus
from bot.core.errors import BadInput, Conflict, NotFound
from bot.desk.forms import number
from bot.desk.guard import Ask, Guard
from bot.desk.templating import Pages
from bot.follow_ups import set_case_follow_up

OPEN = (CaseStatus.NEW, CaseStatus.IN_PROGRESS, CaseStatus.WAITING, CaseStatus.ANSWERED)


class CasePages:
    """The routes of cases."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages, self._tools = made, pages, made.tools

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            guard.get("/cases", self.list),
            guard.get("/cases/{reference}", self.show, reads="cases/read"),
            guard.post("/cases/{reference}/status", self.move),
            guard.post("/cases/{reference}/follow-up", self.follow_up),
            guard.post("/cases/{reference}/merge", self.merge),
            guard.post("/cases/{reference}/unmerge", self.unmerge),
        ]

    def list(self, ask: Ask) -> Response:
        """``?status=`` one state, else all that are open."""
        raw = ask.query("status")
        wanted = CaseStatus(raw) if raw in {status.value for status in CaseStatus} else None
        with self._tools.look() as uow:
            cases = uow.cases.in_states([wanted] if wanted else OPEN)
            names = {member.id: member.name for member in uow.staff.list()}
            case_counts = uow.cases.counts()
        return self._pages.page(
            "_case_list.html" if ask.partial else "cases.html",
            ask,
            cases=cases,
            names=names,
            wanted=wanted,
            case_counts=case_counts,
            open_count=sum(case_counts.get(status, 0) for status in OPEN),
        )

    def _page(self, ask: Ask, notice: str = "", status: int = 200) -> Response:
        with self._tools.look() as uow:
            case = uow.cases.by_reference(ask.path("reference"))
            if case is None:
                raise NotFound("Deze zaak bestaat niet (meer).")
            events = uow.cases.events(case.id)
            owner = uow.staff.get(case.owner_id) if case.owner_id else None
            joined = uow.cases.joined_with(case.id)
            follow_up = uow.follow_ups.of_case(case.id)
            alike = [] if case.merged_into else uow.cases.of_same_person(case)
            head = uow.cases.by_reference(case.merged_into) if case.merged_into else None
        moves = [to for to in CaseStatus if to in ALLOWED[case.status]]
        return self._pages.page(
            "case.html",
            ask,
            status,
            case=case,
            events=events,
            owner=owner,
            moves=moves,
            notice=notice,
            joined=joined,
            follow_up=follow_up,
            alike=alike,
            head=head,
            just_joined=next((each for each in joined if each.reference == ask.query("joined")), None),
            other=ask.form.get("other", "")[:40],
        )

    def show(self, ask: Ask) -> Response:
        """The page of one case."""
        return self._page(ask)

    def move(self, ask: Ask) -> Response:
        """Give it another state."""
        with self._tools.look() as uow:
            case = uow.cases.by_reference(ask.path("reference"))
        if case is None:
            raise NotFound("Deze zaak bestaat niet (meer).")
        raw = ask.form.get("status", "")
        try:
            if raw not in {status.value for status in CaseStatus}:
                raise BadInput("status", "Kies een stand uit de lijst.")
            staff_desk.move_case(
                self._tools, case.id, ask.staff, CaseStatus(raw), number(ask.form, "version")
            )
        except (Conflict, BadInput) as error:
            return self._page(ask, error.message, error.status)
        return RedirectResponse(f"/desk/cases/{case.reference}", 303)

    def follow_up(self, ask: Ask) -> Response:
        """Sets or clears the day to look at the case again."""
        reference = ask.path("reference")
        try:
            set_case_follow_up(self._tools, reference, ask.staff, ask.form.get("due", ""))
        except BadInput as error:
            return self._page(ask, error.message, error.status)
        return RedirectResponse(f"/desk/cases/{reference}", 303)

    def merge(self, ask: Ask) -> Response:
        """Join another case with this one: ``other`` is its reference, ``sure`` says that it is the same student."""
        reference, form = ask.path("reference"), ask.form
        try:
            other = staff_cases.join_case(
                self._tools,
                reference,
                form.get("other", ""),
                ask.staff,
                number(form, "version"),
                sure=form.get("sure") == "ja",
            )
        except (Conflict, BadInput) as error:
            return self._page(ask, error.message, error.status)
        return RedirectResponse(f"/desk/cases/{reference}?joined={other.reference}", 303)

    def unmerge(self, ask: Ask) -> Response:
        """Take this case out of the one it was joined with; back to the page (``at``) on which that was asked."""
        reference = ask.path("reference")
        try:
            head = staff_cases.part_case(self._tools, reference, ask.staff, number(ask.form, "version"))
        except (Conflict, BadInput) as error:
            return self._page(ask, error.message, error.status)
        back = head.reference if ask.form.get("at") == head.reference else reference
        return RedirectResponse(f"/desk/cases/{back}", 303)
