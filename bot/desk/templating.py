"""Pages and parts of pages. One environment, escaping always on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.bootstrap import Services
from bot.core.errors import HelpdeskError
from bot.desk import words
from bot.desk.guard import Ask
from bot.desk.lists import address
from bot.follow_ups import dutch_day
from bot.knowledge_files.render import to_html

TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """Renders templates with what every page needs: who looks, counts, Dutch words, times of this moment."""

    def __init__(self, made: Services) -> None:
        self._made = made
        self._env = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.globals["w"] = words
        self._env.filters["markdown"] = lambda text: Markup(to_html(text))  # noqa: S704 (to_html escapes)
        self._env.filters["percent"] = words.percent
        self._env.filters["topic"] = self.topic
        self._env.filters["file_name"] = lambda path: "/".join(Path(path).parts[-2:])

    def topic(self, topic_id: str | None) -> str:
        """The title of a topic, or its id if the files do not have it (any more)."""
        entry = self._made.knowledge.entry(topic_id) if topic_id else None
        return entry.label or entry.title if entry else (topic_id or "")

    def text(self, template: str, ask: Ask | None, **values: Any) -> str:
        """A template as text."""
        now = self._made.tools.now()

        def moment(at: datetime | None) -> str:
            return words.moment(at, now)

        def waited(at: datetime | None) -> str:
            return words.waited(at, now)

        if ask is not None:
            with self._made.tools.look() as uow:
                counts = uow.conversations.counts(ask.staff.id)
                counts["mentioned"] = len(uow.work.mentions_of(ask.staff.id))
                counts["due"] = uow.follow_ups.count_due(dutch_day(now))
                values.setdefault("counts", counts)
                saved = uow.views.seen_by(ask.staff.id)
            values.setdefault("saved_views", [(each, address(each)) for each in saved])
            open_now = ask.query("saved")
            values.setdefault("open_view", next((each for each in saved if str(each.id) == open_now), None))
        return self._env.get_template(template).render(
            me=ask.staff if ask else None,
            csrf=ask.session.csrf_token if ask else "",
            path=ask.request.url.path if ask else "",
            moment=moment,
            waited=waited,
            now=now,
            today=dutch_day(now),
            **values,
        )

    def page(
        self,
        template: str,
        ask: Ask | None,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> Response:
        """A template as a response."""
        return HTMLResponse(self.text(template, ask, **values), status, headers=headers)

    def error(self, error: HelpdeskError, ask: Ask | None, *, partial: bool) -> Response:
        """An expected error: a page of its own, or a line in the page that asked."""
        if partial:
            # Wherever the answer was meant to go: what is on the screen stays, the line is shown above it.
            return self.page(
                "_notice.html",
                None,
                error.status,
                {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"},
                notice=error.message,
            )
        return self.page("error.html", ask, error.status, message=error.message, kind=error.status)
