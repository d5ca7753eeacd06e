"""Saved views: keep the filters of a list or a search under a name, open them with one click, rename, share, throw away, undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.errors import BadInput, Conflict, NotAllowed, NotFound
from bot.core.saved_views import MAX_VIEWS, SavedView, clean_filters, clean_name
from bot.desk.guard import Ask, Guard
from bot.desk.lists import address
from bot.desk.templating import Pages
from bot.storage.staff import StaffMember
from bot.storage.unit_of_work import UnitOfWork


def may_change(view: SavedView, staff: StaffMember) -> bool:
    """Who made it; and an admin what is shared, since its maker may have left."""
    return view.staff_id == staff.id or (view.shared and staff.role == "admin")


def _free_name(uow: UnitOfWork, raw: str, owner_id: int, other_than: int = 0) -> str:
    name = clean_name(raw)
    if name.casefold() in {known.casefold() for known in uow.views.names_of(owner_id, other_than)}:
        raise BadInput("view_name", f"Er is al een weergave met de naam {name}. Kies een andere naam.")
    return name


class ViewPages:
    """The routes of saved views."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._pages, self._tools = pages, made.tools

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            guard.get("/views", self.list),
            guard.post("/views", self.save),
            guard.post("/views/{id:int}/change", self.change),
            guard.post("/views/{id:int}/drop", self.drop),
            guard.post("/views/{id:int}/restore", self.restore),
        ]

    def list(self, ask: Ask, notice: str = "", status: int = 200) -> Response:
        """All views that one sees; ``?dropped=`` offers to put one back."""
        dropped = ask.number("dropped")
        with self._tools.look() as uow:
            views = uow.views.seen_by(ask.staff.id)
            gone = None if dropped is None else uow.views.dropped(dropped, self._tools.now())
        if gone and not may_change(gone, ask.staff):
            gone = None
        return self._pages.page(
            "views.html",
            ask,
            status,
            views=[(view, address(view), may_change(view, ask.staff)) for view in views],
            gone=gone,
            notice=notice,
            typed={ask.path("id"): ask.form.get("name", "")} if notice else {},
        )

    @contextmanager
    def _writing(self) -> Iterator[UnitOfWork]:
        """Commits at its end. Raises `Conflict` if a view of the same name was saved at the same moment."""
        try:
            with self._tools.begin() as uow:
                yield uow
                uow.commit()
        except IntegrityError:
            raise Conflict("Er is net al een weergave met deze naam bewaard.") from None

    def save(self, ask: Ask) -> Response:
        """Keeps the filters of a page (``page``) under ``name``, and opens the view."""
        form, page = ask.form, ask.form.get("page", "")
        with self._writing() as uow:
            name, filters = _free_name(uow, form.get("name", ""), ask.staff.id), clean_filters(page, form)
            if len(uow.views.names_of(ask.staff.id)) >= MAX_VIEWS:
                raise BadInput("views", f"Je hebt al {MAX_VIEWS} weergaven. Haal er eerst een weg.")
            shared = form.get("shared") == "ja"
            view_id = uow.views.add(ask.staff.id, name, page, filters, shared=shared, at=self._tools.now())
            made = uow.views.get(view_id, ask.staff.id)
        assert made is not None
        if ask.partial:
            return Response(status_code=204, headers={"HX-Redirect": address(made)})
        return RedirectResponse(address(made), 303)

    def _mine(self, uow: UnitOfWork, ask: Ask, found: SavedView | None) -> SavedView:
        if found is None:
            raise NotFound("Deze weergave bestaat niet (meer).")
        if not may_change(found, ask.staff):
            raise NotAllowed(f"Deze weergave is van {found.owner}. Je kunt er zelf een maken.")
        return found

    def change(self, ask: Ask) -> Response:
        """Another name, shared or not."""
        view_id = int(ask.path("id"))
        try:
            with self._writing() as uow:
                view = self._mine(uow, ask, uow.views.get(view_id, ask.staff.id))
                name = _free_name(uow, ask.form.get("name", ""), view.staff_id, view_id)
                uow.views.change(view_id, name=name, shared=ask.form.get("shared") == "ja")
        except (BadInput, Conflict) as error:
            return self.list(ask, error.message, error.status)
        return RedirectResponse("/desk/views", 303)

    def drop(self, ask: Ask) -> Response:
        """Throws a view away; for a day it can be put back."""
        view_id = int(ask.path("id"))
        with self._writing() as uow:
            self._mine(uow, ask, uow.views.get(view_id, ask.staff.id))
            uow.views.drop(view_id, self._tools.now())
        return RedirectResponse(f"/desk/views?dropped={view_id}", 303)

    def restore(self, ask: Ask) -> Response:
        """Puts a view back that was thrown away."""
        view_id = int(ask.path("id"))
        try:
            with self._writing() as uow:
                view = self._mine(uow, ask, uow.views.dropped(view_id, self._tools.now()))
                _free_name(uow, view.name, view.staff_id, view_id)
                uow.views.change(view_id, dropped_at=None)
        except (BadInput, Conflict) as error:
            return self.list(ask, error.message, error.status)
        return RedirectResponse("/desk/views", 303)
