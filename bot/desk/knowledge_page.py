"""The page Kennis: every answer with its state, how it does, and what an editor can do about it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.errors import Conflict, NotFound
from bot.core.knowledge import Entry, Review
from bot.desk.guard import Ask, Guard
from bot.desk.templating import Pages
from bot.desk.words import HERE
from bot.effects import QUESTIONS
from bot.storage.answers import Feedback

OLD = timedelta(days=365)
"""An answer that nobody checked for this long is stale."""
COUNTED = timedelta(days=90)
"""How far back the page counts questions."""


@dataclass(frozen=True)
class Line:
    """One answer on the page; ``entry`` is ``None`` for a topic that has no answer."""

    topic: str
    theme: str
    title: str
    entry: Entry | None
    review: Review | None
    off: bool
    asked: int
    feedback: Feedback
    today: date

    @property
    def expired(self) -> bool:
        """Its year is over."""
        return self.entry is not None and self.entry.expired(self.today)

    @property
    def stale(self) -> bool:
        """Expired, or not checked for a year."""
        return self.entry is not None and (self.expired or self.today - self.entry.reviewed > OLD)

    @property
    def age(self) -> int | None:
        """Days since somebody checked the facts."""
        return (self.today - self.entry.reviewed).days if self.entry else None

    @property
    def state(self) -> str:
        """``off``, ``none``, ``stale``, ``open`` or ``done``: what matters most."""
        if self.entry is None:
            return "none"
        if self.off:
            return "off"
        if self.stale:
            return "stale"
        return "done" if self.review else "open"


STATES = {
    "off": "uitgezet",
    "none": "geen antwoord",
    "stale": "verouderd",
    "open": "nog niet nagekeken",
    "done": "nagekeken",
}
_FIRST = ("off", "stale", "none", "open", "done")


class KnowledgePage:
    """The routes of the page Kennis. Everybody may look, an editor may change."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages = made, pages

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            guard.get("/knowledge", self.list),
            guard.get("/knowledge/{topic}", self.show),
            guard.post("/knowledge/{topic}/review", self.review, "editor"),
            guard.post("/knowledge/{topic}/switch", self.switch, "editor"),
        ]

    def _lines(self) -> dict[str, Line]:
        now = self._made.tools.now()
        today = now.astimezone(HERE).date()
        knowledge = self._made.knowledge
        with self._made.tools.look() as uow:
            reviews, off = uow.answers.all_reviews(), uow.answers.all_switched_off()
            asked = uow.numbers.asked(QUESTIONS, today - COUNTED)
            feedback = uow.answers.feedback(now - COUNTED)
        entries = {entry.id: entry for entry in knowledge.entries()}
        lines = {}
        for topic in knowledge.topics().values():
            entry = entries.get(topic.id)
            review = None
            if entry:
                review = entry.review if entry.review.done else reviews.get((topic.id, entry.version))
            title = entry.label or entry.title if entry else topic.description
            lines[topic.id] = Line(
                topic.id,
                topic.theme,
                title,
                entry,
                review,
                topic.id in off,
                asked.get(topic.id, 0),
                feedback.get(topic.id, Feedback()),
                today,
            )
        return lines

    def list(self, ask: Ask) -> Response:
        """All answers: what needs an eye first, then what is asked most. ``?theme=``, ``?state=``."""
        lines = list(self._lines().values())
        theme, state = ask.query("theme"), ask.query("state")
        shown = [
            line
            for line in lines
            if (not theme or line.theme == theme) and (not state or line.state == state)
        ]
        shown.sort(key=lambda line: (_FIRST.index(line.state), -line.asked, line.title.lower()))
        return self._pages.page(
            "knowledge.html",
            ask,
            lines=shown,
            themes=sorted({line.theme for line in lines}),
            states=STATES,
            numbers={key: sum(line.state == key for line in lines) for key in STATES},
            theme=theme,
            state=state,
            errors=self._made.knowledge.errors(),
        )

    def _line(self, ask: Ask) -> Line:
        line = self._lines().get(ask.path("topic"))
        if line is None:
            raise NotFound("Dit onderwerp bestaat niet.")
        return line

    def show(self, ask: Ask, notice: str = "", status: int = 200) -> Response:
        """One answer as a student reads it, with sources and what editors did."""
        line = self._line(ask)
        with self._made.tools.look() as uow:
            history = uow.answers.history(line.topic)
        return self._pages.page(
            "knowledge_entry.html",
            ask,
            status,
            line=line,
            entry=line.entry,
            history=history,
            states=STATES,
            editor=ask.staff.role in ("editor", "admin"),
            notice=notice,
        )

    def review(self, ask: Ask) -> Response:
        """An editor looked at the text that is on the screen; another text must be looked at again."""
        line = self._line(ask)
        if line.entry is None:
            raise NotFound("Dit onderwerp heeft nog geen antwoord.")
        if ask.form.get("version") != line.entry.version:
            return self.show(ask, Conflict("De tekst is net veranderd. Lees hem nog een keer.").message, 409)
        with self._made.tools.begin() as uow:
            uow.answers.review(
                line.topic, line.entry.version, staff_id=ask.staff.id, at=self._made.tools.now()
            )
            uow.commit()
        return RedirectResponse(f"/desk/knowledge/{line.topic}", 303)

    def switch(self, ask: Ask) -> Response:
        """Switches the answer off (``off=1``) or on; the next student who asks notices."""
        line = self._line(ask)
        off = ask.form.get("off") == "1"
        with self._made.tools.begin() as uow:
            uow.answers.switch(line.topic, off=off, staff_id=ask.staff.id, at=self._made.tools.now())
            uow.commit()
        return RedirectResponse(f"/desk/knowledge/{line.topic}", 303)
