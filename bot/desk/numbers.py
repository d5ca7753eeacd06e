"""The page Cijfers: what students asked, what the bot did with it, and how long they waited for a human."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from starlette.responses import Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.errors import NotFound
from bot.desk import figures
from bot.desk.guard import Ask, Guard
from bot.desk.templating import Pages
from bot.desk.words import HERE, STATUSES

PERIODS = {"4": "4 weken", "12": "12 weken", "52": "een jaar"}
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Plots carry styles of their own; nothing else may come with them."""


@dataclass(frozen=True)
class Period:
    """Days, both included. Whole weeks, so that the first bar is no stump; or a calendar year."""

    since: date
    until: date
    key: str

    def starts(self) -> tuple[datetime, datetime]:
        """The moments between which the period lies."""
        first = datetime.combine(self.since, time(), HERE)
        return first, datetime.combine(self.until + timedelta(days=1), time(), HERE)


class NumbersPage:
    """The routes of the page Cijfers."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages = made, pages

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            guard.get("/numbers", self.show),
            guard.get("/numbers/plot/{name}", self.plot),
            guard.get("/numbers/export", self.export, reads="numbers/export"),
        ]

    def _period(self, ask: Ask) -> Period:
        today = self._made.tools.now().astimezone(HERE).date()
        raw = ask.query("period", "12")
        if raw.isdecimal() and 2020 <= int(raw) <= today.year:
            return Period(date(int(raw), 1, 1), date(int(raw), 12, 31), raw)
        weeks = int(raw) if raw in PERIODS else 12
        monday = today - timedelta(days=today.weekday())
        return Period(monday - timedelta(weeks=weeks - 1), today, str(weeks))

    def _weeks(self, period: Period) -> figures.Weeks:
        themes = {topic.id: topic.theme for topic in self._made.knowledge.topics().values()}
        with self._made.tools.look() as uow:
            turns = uow.numbers.turns(period.since, period.until)
        today = self._made.tools.now().astimezone(HERE).date()
        return figures.per_week(turns, themes, period.since, min(period.until, today))

    def _happened(self, period: Period) -> list[tuple[str, int, float]]:
        with self._made.tools.look() as uow:
            return figures.what_happened(uow.numbers.turns(period.since, period.until))

    def _waiting(self, period: Period) -> figures.Waiting:
        with self._made.tools.look() as uow:
            return figures.waiting(uow.numbers.waits(*period.starts()))

    def _least_helpful(self, period: Period) -> list[tuple[str, figures.Feedback]]:
        with self._made.tools.look() as uow:
            return figures.least_helpful(uow.answers.feedback(period.starts()[0]))

    def _cases(self, period: Period) -> dict[str, int]:
        with self._made.tools.look() as uow:
            counts = uow.cases.counts_since(*period.starts())
        return {name: counts.get(status, 0) for status, name in STATUSES.items()}

    def show(self, ask: Ask) -> Response:
        """``?period=`` 4, 12 or 52 weeks, or a year."""
        period, now = self._period(ask), self._made.tools.now()
        with self._made.tools.look() as uow:
            unanswered = uow.numbers.not_understood(now - timedelta(days=30), 30)
        cases = self._cases(period)
        return self._pages.page(
            "numbers.html",
            ask,
            period=period,
            periods=PERIODS,
            year=now.astimezone(HERE).year,
            weeks=self._weeks(period),
            happened=self._happened(period),
            waiting=self._waiting(period),
            least=self._least_helpful(period),
            unanswered=unanswered,
            cases=cases,
        )

    def plot(self, ask: Ask) -> Response:
        """One plot as SVG."""
        # Imported when a plot is asked for: it takes a second, and most pages have none.
        from bot.desk import plots

        period, name = self._period(ask), ask.path("name")
        if name == "weeks.svg":
            weeks = self._weeks(period)
            svg = plots.stacked(weeks.labels, weeks.series)
        elif name == "happened.svg":
            rows = self._happened(period)
            svg = plots.bars([row[0] for row in rows], [row[1] for row in rows])
        elif name == "waiting.svg":
            buckets = self._waiting(period).rows
            svg = plots.bars([row[0] for row in buckets], [row[1] for row in buckets])
        elif name == "helped.svg":
            least = self._least_helpful(period)
            titles = [self._pages.topic(topic) for topic, _ in least]
            svg = plots.bars(titles, [round(100 * (each.share_not_helped or 0)) for _, each in least], " %")
        else:
            raise NotFound("Deze grafiek bestaat niet.")
        return Response(svg, media_type="image/svg+xml", headers={"Content-Security-Policy": SVG_POLICY})

    def export(self, ask: Ask) -> Response:
        """All numbers of the period as CSV: counts only, nothing that a student wrote."""
        period = self._period(ask)
        out = io.StringIO()
        rows = csv.writer(out, delimiter=";")
        rows.writerow(["cijfer", "wat", "waarvan", "aantal"])
        weeks = self._weeks(period)
        for theme, values in weeks.series.items():
            rows.writerows(
                ["vragen per week", label, theme, n] for label, n in zip(weeks.labels, values, strict=True)
            )
        rows.writerows(["wat de chatbot deed", name, "", n] for name, n, _ in self._happened(period))
        rows.writerows(["wachttijd tot een mens", name, "", n] for name, n in self._waiting(period).rows)
        for topic, each in self._least_helpful(period):
            rows.writerow(["hielp", topic, "wel", each.helped])
            rows.writerow(["hielp", topic, "niet", each.not_helped])
        rows.writerows(["zaken", name, "", n] for name, n in self._cases(period).items())
        return csv_file(f"cijfers-{period.since.isoformat()}-{period.until.isoformat()}.csv", out.getvalue())


def csv_file(name: str, rows: str) -> Response:
    """``rows`` as a file to keep, with a mark at the start, so that Excel reads the letters as UTF-8."""
    return Response(
        "\ufeff" + rows,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
