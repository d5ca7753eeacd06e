"""The tab Jaarcijfers: the figures that JOB reports on a calendar year or a school year, on paper and as files."""

from __future__ import annotations

import csv
import io

from starlette.responses import Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.errors import NotFound
from bot.desk.guard import Ask, Guard
from bot.desk.numbers import SVG_POLICY, csv_file
from bot.desk.templating import Pages
from bot.desk.words import HERE, minutes
from bot.desk.year_tables import Waiting, gather, tables, waiting
from bot.desk.yearly import Table, Year, choices, year_of

NO_SUCH = "Deze tabel bestaat niet."


class YearPage:
    """The routes of the tab Jaarcijfers."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages = made, pages

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            guard.get("/numbers/year", self.show),
            guard.get("/numbers/year/plot/{name}", self.plot),
            guard.get("/numbers/year/export/{name}", self.export, reads="numbers/export"),
        ]

    def _year(self, ask: Ask) -> Year:
        """The year in the address; without one, or with one that cannot be, this calendar year."""
        today = self._made.tools.now().astimezone(HERE).date()
        year = year_of(ask.query("year"), today) or year_of(str(today.year), today)
        assert year is not None
        return year

    def _figures(self, year: Year) -> tuple[list[Table], tuple[Waiting, Waiting]]:
        topics = self._made.knowledge.topics().values()
        titles = {topic.id: self._pages.topic(topic.id) for topic in topics}
        with self._made.tools.look() as uow:
            now, before = gather(uow, year), gather(uow, year.before())
        made = tables(year, now, before, {topic.id: topic.theme for topic in topics}, titles)
        return made, (waiting(now, minutes), waiting(before, minutes))

    def _table(self, ask: Ask, ending: str) -> tuple[Year, Table]:
        year, name = self._year(ask), ask.path("name")
        for table in self._figures(year)[0]:
            if f"{table.key}.{ending}" == name:
                return year, table
        raise NotFound(NO_SUCH)

    def show(self, ask: Ask) -> Response:
        """``?year=2026`` or ``?year=2025-2026``."""
        year, now = self._year(ask), self._made.tools.now()
        with self._made.tools.look() as uow:
            first = uow.numbers.first_day()
        made, waits = self._figures(year)
        calendar, school = choices(now.astimezone(HERE).date(), first)
        return self._pages.page(
            "year.html",
            ask,
            year=year,
            before=year.before(),
            calendar=calendar,
            school=school,
            tables=made,
            waits=waits,
            empty=not any(line.now for table in made for line in table.lines) and waits[0].people == "0",
        )

    def plot(self, ask: Ask) -> Response:
        """One table as SVG. What the table does not show has no bar."""
        # Imported when a plot is asked for: it takes a second, and most pages have none.
        from bot.desk import plots

        year, table = self._table(ask, "svg")
        rows = table.rows()
        svg = plots.pairs(
            [row.name for row in rows],
            {year.key: [r.now for r in rows], year.before().key: [r.before for r in rows]},
        )
        return Response(svg, media_type="image/svg+xml", headers={"Content-Security-Policy": SVG_POLICY})

    def export(self, ask: Ask) -> Response:
        """One table as CSV, as it is shown: small counts are not in it either."""
        year = self._year(ask)
        before = year.before()
        if ask.path("name") == "wachttijd.csv":
            now, then = self._figures(year)[1]
            head = "Wachten op een mens"
            rows = [
                ("Kreeg een mens", now.people, then.people, ""),
                ("De helft wachtte korter dan", now.middle, then.middle, ""),
                ("Negen van de tien wachtten korter dan", now.nine_of_ten, then.nine_of_ten, ""),
            ]
        else:
            table = self._table(ask, "csv")[1]
            head, total = table.head, table.total()
            shown = [*table.rows(), *([total] if total else [])]
            rows = [(row.name, row.now, row.before, row.change) for row in shown]
        out = io.StringIO()
        lines = csv.writer(out, delimiter=";")
        lines.writerow([head, year.key, before.key, "verschil"])
        lines.writerows(rows)
        return csv_file(f"jaarcijfers-{year.key}-{ask.path('name')}", out.getvalue())
