"""Replies that are typed often, and answers from the knowledge files, to insert into a reply."""

from __future__ import annotations

from rapidfuzz import fuzz, utils
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.errors import BadInput
from bot.core.knowledge import Entry
from bot.desk import work
from bot.desk.forms import number
from bot.desk.guard import Ask, Guard
from bot.desk.templating import Pages
from bot.knowledge_files.render import to_plain

OFFERED = 6
ENOUGH = 60.0
"""Least likeness (0 to 100) of the words that are searched for with an answer."""


class Replies:
    """The routes of saved replies and of inserting."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages = made, pages

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            guard.get("/insert", self.insert),
            guard.get("/replies", self.list),
            guard.post("/replies", self.add),
            guard.post("/replies/drop", self.drop),
        ]

    def insert(self, ask: Ask) -> Response:
        """``?q=``: what can be inserted, saved replies first. Without words all saved replies."""
        query = ask.query("q").strip()
        with self._made.tools.look() as uow:
            saved = [
                (reply.title, reply.text)
                for reply in uow.work.saved_replies()
                if not query or _likeness(query, f"{reply.title} {reply.text}") >= ENOUGH
            ]
        ranked: list[tuple[float, Entry]] = []
        if query:
            ranked = [
                (_likeness(query, " ".join((entry.title, entry.question, *entry.keywords))), entry)
                for entry in self._made.knowledge.entries()
            ]
        best = sorted((pair for pair in ranked if pair[0] >= ENOUGH), key=lambda pair: -pair[0])
        known = [(entry.title, _with_source(entry)) for _, entry in best[:OFFERED]]
        return self._pages.page("_insert.html", ask, saved=saved[: 2 * OFFERED], known=known, query=query)

    def list(self, ask: Ask, notice: str = "", status: int = 200) -> Response:
        """All saved replies, and a form for a new one."""
        with self._made.tools.look() as uow:
            replies = uow.work.saved_replies()
        return self._pages.page(
            "replies.html",
            ask,
            status,
            replies=replies,
            notice=notice,
            title=ask.form.get("title", ""),
            text=ask.form.get("text", ""),
        )

    def add(self, ask: Ask) -> Response:
        """Keeps a new one."""
        try:
            work.save_reply(self._made.tools, ask.staff, ask.form.get("title", ""), ask.form.get("text", ""))
        except BadInput as error:
            return self.list(ask, error.message, error.status)
        return RedirectResponse("/desk/replies", 303)

    def drop(self, ask: Ask) -> Response:
        """Removes one."""
        with self._made.tools.begin() as uow:
            uow.work.drop_reply(number(ask.form, "id"))
            uow.commit()
        return RedirectResponse("/desk/replies", 303)


def _likeness(query: str, content: str) -> float:
    return float(fuzz.token_set_ratio(query, content, processor=utils.default_process))


def _with_source(entry: Entry) -> str:
    """The short answer as plain text with its first source: what JOB says carries its source, too."""
    source = next(iter(entry.sources), None)
    return to_plain(entry.short) + (f"\n\nBron: {source.title}, {source.url}" if source else "")
