"""Who may use the desk: invitations, roles, ending sessions; and the audit trail. For admins."""

from __future__ import annotations

import secrets
from datetime import timedelta

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.errors import BadInput, Conflict, HelpdeskError, NotFound
from bot.desk.accounts import MIN_PASSWORD, ROLES, add_account, disable_account, reset_second_factor
from bot.desk.guard import Ask, Guard
from bot.desk.strangers import Strangers
from bot.desk.templating import Pages
from bot.helpdesk import hash_token
from bot.storage.people import Invitation
from bot.storage.staff import StaffMember

OPEN_FOR = timedelta(days=7)


class PeoplePages:
    """The routes of people, invitations and the audit trail."""

    def __init__(self, made: Services, pages: Pages, strangers: Strangers) -> None:
        self._made, self._pages, self._strangers, self._tools = made, pages, strangers, made.tools

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        at = "/people/{staff:int}"
        return [
            guard.get("/people", self.list, "admin"),
            guard.post("/people/invite", self.invite, "admin"),
            guard.post("/people/withdraw", self.withdraw, "admin"),
            guard.post(f"{at}/role", self.role, "admin"),
            guard.post(f"{at}/disable", self.disable, "admin"),
            guard.post(f"{at}/end-sessions", self.end_sessions, "admin"),
            guard.post(f"{at}/reset-second-factor", self.reset, "admin"),
            guard.get("/audit", self.audit, "admin", reads="audit/read"),
            Route("/invitation/{token}", self.invited, methods=["GET"]),
            Route("/invitation/{token}", self.accept, methods=["POST"]),
        ]

    def list(self, ask: Ask, notice: str = "", status: int = 200, link: str = "") -> Response:
        """All accounts and open invitations."""
        now = self._tools.now()
        with self._tools.look() as uow:
            people = [
                (
                    member,
                    uow.people.second_factor(member.id).confirmed,
                    len(uow.staff.sessions_of(member.id, now)),
                )
                for member in uow.staff.list()
            ]
            invitations = uow.people.invitations(now)
        return self._pages.page(
            "people.html", ask, status, people=people, invitations=invitations, notice=notice, link=link
        )

    def invite(self, ask: Ask) -> Response:
        """Makes a link with which somebody makes an account. It is shown once."""
        login, name = ask.form.get("login", "").strip().lower(), ask.form.get("name", "").strip()
        role = ask.form.get("role", "")
        if not 1 <= len(login) <= 120 or not 1 <= len(name) <= 120 or role not in ROLES:
            return self.list(ask, "Geef een login, een naam en een rol.", 422)
        token = secrets.token_urlsafe(32)
        with self._tools.begin() as uow:
            if uow.staff.by_login(login):
                return self.list(ask, f"Er is al een account met de login {login}.", 409)
            until = self._tools.now() + OPEN_FOR
            uow.people.invite(hash_token(token), Invitation(login, name, role, until), ask.staff.id)
            uow.commit()
        return self.list(ask, link=f"{self._made.settings.public_url}/desk/invitation/{token}")

    def withdraw(self, ask: Ask) -> Response:
        """Takes an invitation back."""
        with self._tools.begin() as uow:
            uow.people.withdraw(ask.form.get("login", ""))
            uow.commit()
        return RedirectResponse("/desk/people", 303)

    def _other(self, ask: Ask) -> StaffMember:
        """The colleague in the address. Raises `Conflict` for oneself, so that there always remains an admin."""
        with self._tools.look() as uow:
            member = uow.staff.get(int(ask.path("staff")))
        if member is None:
            raise NotFound("Dit account bestaat niet.")
        if member.id == ask.staff.id:
            raise Conflict("Dit kan een andere beheerder voor je doen, niet jijzelf.")
        return member

    def role(self, ask: Ask) -> Response:
        """Gives a colleague another role."""
        member, role = self._other(ask), ask.form.get("role", "")
        if role not in ROLES:
            raise BadInput("role", "Kies een rol uit de lijst.")
        with self._tools.begin() as uow:
            uow.staff.set_role(member.id, role)
            uow.commit()
        return RedirectResponse("/desk/people", 303)

    def disable(self, ask: Ask) -> Response:
        """Closes an account; what it did stays."""
        disable_account(self._tools, self._other(ask).login)
        return RedirectResponse("/desk/people", 303)

    def end_sessions(self, ask: Ask) -> Response:
        """Logs a colleague out everywhere (a lost phone)."""
        member = self._other(ask)
        with self._tools.begin() as uow:
            uow.staff.close_sessions(member.id)
            uow.commit()
        return RedirectResponse("/desk/people", 303)

    def reset(self, ask: Ask) -> Response:
        """Takes a lost second step away."""
        reset_second_factor(self._tools, self._other(ask).login)
        return RedirectResponse("/desk/people", 303)

    def audit(self, ask: Ask) -> Response:
        """The newest lines of the trail; ``?subject=`` of one conversation or case, ``?staff=`` of one person."""
        raw = ask.query("staff")
        with self._tools.look() as uow:
            lines = uow.audit.newest(300, staff_id=ask.number("staff"), subject=ask.query("subject") or None)
            people = uow.staff.list()
        return self._pages.page(
            "audit.html", ask, lines=lines, people=people, staff=raw, subject=ask.query("subject")
        )

    def _invitation(self, request: Request) -> Invitation:
        with self._tools.look() as uow:
            found = uow.people.invitation(hash_token(str(request.path_params["token"])), self._tools.now())
        if found is None:
            raise NotFound("Deze uitnodiging is verlopen of al gebruikt. Vraag een nieuwe aan een beheerder.")
        return found

    async def invited(self, request: Request) -> Response:
        """``GET /invitation/…``: choose a password."""
        invitation = await to_thread.run_sync(self._invitation, request)
        return self._strangers.page(
            request, "invitation.html", invitation=invitation, error="", least=MIN_PASSWORD
        )

    async def accept(self, request: Request) -> Response:
        """``POST /invitation/…``: the account is made; the link works no more."""
        invitation = await to_thread.run_sync(self._invitation, request)

        def make(password: str) -> None:
            add_account(
                self._tools, invitation.login, invitation.name, password, invitation.role, invited=True
            )

        try:
            form = await self._strangers.form(request)
            await to_thread.run_sync(make, form.get("password", ""))
        except HelpdeskError as error:
            return self._strangers.page(
                request,
                "invitation.html",
                error.status,
                invitation=invitation,
                error=error.message,
                least=MIN_PASSWORD,
            )
        return RedirectResponse("/desk/login", 303)
