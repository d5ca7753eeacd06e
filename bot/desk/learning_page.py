"""The page Leren: messages that were not understood well, masked; one click makes one an example. And how good it is by now."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.errors import BadInput
from bot.deidentify import deidentify
from bot.desk.forms import number
from bot.desk.guard import Ask, Guard
from bot.desk.templating import Pages
from bot.learning import drop_item, use_as_example
from bot.storage.learning import CORRECTED

REASONS = {
    CORRECTED: "gecorrigeerd door een medewerker",
    "clarify": "vroeg terug: Bedoel je …?",
    "rephrase": "niet begrepen",
    "not_helped": "het antwoord hielp niet",
    "handed_over": "ging naar een mens",
}
DIALOGUE = {
    "out_of_scope": "hoort niet bij JOB",
    "human": "vraagt om een mens",
    "report_case": "wil een zaak melden",
    "crisis": "crisis",
    "not_crisis": "geen crisis, bij wijze van spreken",
    "delete_data": "wil gegevens laten wissen",
    "english": "Engels",
}
"""Intents besides topics that an editor may choose."""
SHOWN = 30
MEASURES = (("right", "goed in één keer"), ("clarified", "goed na terugvragen"), ("wrong", "fout"))


@dataclass(frozen=True)
class Row:
    """A message as the page shows it: masked. ``suggested`` is an intent of the list, or empty."""

    id: int
    at: datetime
    reason: str
    suggested: str
    text: str


class LearningPage:
    """The routes of the page Leren, for editors."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages = made, pages

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            guard.get("/learning", self.list, "editor"),
            guard.get("/learning/plot.svg", self.plot, "editor"),
            guard.post("/learning/use", self.use, "editor"),
            guard.post("/learning/drop", self.drop, "editor"),
            guard.post("/learning/undo", self.undo, "editor"),
        ]

    def list(self, ask: Ask, notice: str = "", status: int = 200) -> Response:
        """What is still to be looked at, and the examples since the last export."""
        with self._made.tools.look() as uow:
            items = uow.learning.open_items(SHOWN)
            waiting = uow.learning.open_count()
            examples = uow.learning.examples()
        # The Dutch model runs here, so the database is left alone meanwhile.
        rows = [
            Row(item.id, item.at, REASONS[item.reason], intent_of(item.suggested), deidentify(item.text))
            for item in items
        ]
        topics = [
            (topic.theme, f"vraag/{topic.id}", self._pages.topic(topic.id))
            for topic in self._made.knowledge.topics().values()
            if topic.id not in DIALOGUE
        ]
        return self._pages.page(
            "learning.html",
            ask,
            status,
            rows=rows,
            waiting=waiting,
            examples=examples,
            topics=topics,
            names={value: name for _, value, name in topics} | DIALOGUE,
            dialogue=DIALOGUE,
            runs=evaluations(self._made.settings.data_dir),
            measures=MEASURES,
            notice=notice,
        )

    def use(self, ask: Ask) -> Response:
        """Makes a message an example, in the words that the editor left in the box."""
        intent = ask.form.get("intent", "")
        known = {f"vraag/{topic}" for topic in self._made.knowledge.topics()} | set(DIALOGUE)
        try:
            if intent not in known:
                raise BadInput("intent", "Kies eerst een onderwerp.")
            use_as_example(
                self._made.tools, number(ask.form, "id"), intent, ask.form.get("text", ""), ask.staff
            )
        except BadInput as error:
            return self.list(ask, error.message, error.status)
        return RedirectResponse("/desk/learning", 303)

    def drop(self, ask: Ask) -> Response:
        """Puts a message aside."""
        drop_item(self._made.tools, number(ask.form, "id"), ask.staff)
        return RedirectResponse("/desk/learning", 303)

    def undo(self, ask: Ask) -> Response:
        """Takes an example away again."""
        with self._made.tools.begin() as uow:
            uow.learning.drop_example(number(ask.form, "id"))
            uow.commit()
        return RedirectResponse("/desk/learning", 303)

    def plot(self, ask: Ask) -> Response:
        """The measured shares over time, as a picture; the page has the same numbers as a table."""
        return Response(plot_svg(evaluations(self._made.settings.data_dir)), media_type="image/svg+xml")


def intent_of(topic: str | None) -> str:
    """The intent that stands for a topic; crisis has one of its own. Empty without a topic."""
    if not topic:
        return ""
    return topic if topic in DIALOGUE else f"vraag/{topic}"


def evaluations(data_dir: Path) -> list[dict[str, Any]]:
    """The runs of ``helpdesk evaluate`` that were kept, oldest first; a line that cannot be read is left out."""
    runs = []
    try:
        lines = (data_dir / "evaluations.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    for line in lines:
        try:
            run = json.loads(line)
        except ValueError:
            continue
        if all(isinstance(run.get(key), (int, float)) for key, _ in MEASURES):
            runs.append(run)
    return runs[-50:]


def plot_svg(runs: list[dict[str, Any]]) -> bytes:
    """A line for each measure (shares in percent) over the runs."""
    # The object interface: pyplot keeps every figure and belongs to one thread.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 2.8), layout="constrained")
    axes = figure.subplots()
    styles = (("#0b5c73", "o", "-"), ("#b45309", "s", "--"), ("#b00020", "^", ":"))
    for (key, name), (color, marker, line) in zip(MEASURES, styles, strict=True):
        shares = [100 * run[key] for run in runs]
        axes.plot(range(1, len(runs) + 1), shares, color=color, marker=marker, linestyle=line, label=name)
    axes.set_ylim(0, 100)
    axes.set_ylabel("% van de vragen")
    axes.set_xlabel("meting")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.grid(alpha=0.3)
    axes.legend(loc="center right")
    out = io.BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()
