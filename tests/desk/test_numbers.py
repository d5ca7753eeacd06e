"""The page Cijfers: the numbers are right, plots are SVG, the export has no personal data."""

import csv
import io
from datetime import date, timedelta

import pytest

from bot.core.messages import Draft, Effect
from bot.core.ports import Turn
from bot.desk import figures
from bot.helpdesk import receive, record_turn
from bot.staff_desk import take_over
from bot.storage.answers import Feedback
from bot.storage.numbers import TurnCount, Wait
from tests.desk.conftest import Desk
from tests.desk.test_knowledge_page import ask

DAY = date(2026, 11, 23)


def test_questions_per_week_by_theme_with_the_empty_weeks() -> None:
    turns = [
        TurnCount(DAY, "website", "bsa", "answered", 2),
        TurnCount(DAY, "whatsapp", "bsa", "answered_after_question", 1),
        TurnCount(DAY - timedelta(days=14), "website", "stage-uren", "no_answer", 4),
        TurnCount(DAY, "website", "", "not_understood", 5),
        TurnCount(DAY, "website", "", "clarified", 9),
    ]
    weeks = figures.per_week(turns, {"bsa": "rechten", "stage-uren": "stage"}, DAY - timedelta(days=14), DAY)
    assert weeks.labels == ["wk 46", "wk 47", "wk 48"]
    assert weeks.series == {"rechten": [0, 0, 3], "stage": [4, 0, 0], "niet begrepen": [0, 0, 5]}


def test_waiting_times() -> None:
    def wait(minutes: float) -> Wait:
        return Wait(None, int(minutes * 60), "asked")  # type: ignore[arg-type]

    found = figures.waiting([wait(1), wait(10), wait(30), wait(2_000)])
    assert (found.people, found.middle) == (4, 20.0)
    assert [n for _, n in found.rows] == [1, 1, 1, 0, 0, 1]
    assert figures.waiting([]).middle is None
    assert figures.waiting([wait(3)]).nine_of_ten == 3.0


def test_an_answer_of_which_one_student_complained_is_not_called_bad() -> None:
    feedback = {"a": Feedback(0, 1), "b": Feedback(2, 2), "c": Feedback(5, 0), "d": Feedback(0, 3)}
    assert [topic for topic, _ in figures.least_helpful(feedback)] == ["d", "b"]


def test_a_button_under_a_question_back_counts_as_an_answer_after_a_question(desk: Desk) -> None:
    from bot.core.messages import Button

    conversation_id = desk.conversation()
    first = desk.student(conversation_id, "iets over stage")
    offer = Draft("Bedoel je …?", buttons=(Button("Uren", '/vraag{"topic": "stage-uren"}'),))
    record_turn(
        desk.made.tools,
        first,
        Turn([offer], [Effect("understood", {"outcome": "clarified", "topics": ["stage-uren"]})]),
    )
    message_id = receive(desk.made.tools, conversation_id, "b1", payload='/vraag{"topic": "stage-uren"}')
    with desk.made.tools.look() as uow:
        chosen = uow.messages.get(message_id)
    assert chosen
    desk.bot(chosen, "Antwoord", Effect("understood", {"outcome": "answered", "topics": ["stage-uren"]}))
    with desk.made.tools.look() as uow:
        counts = {(turn.outcome, turn.topic): turn.n for turn in uow.numbers.turns(DAY, DAY)}
    assert counts.pop(("contact", "")) == 1
    assert counts == {("clarified", ""): 1, ("answered_after_question", "stage-uren"): 1}


def test_the_page_the_plots_and_the_export(desk: Desk) -> None:
    noor = desk.staff()
    no = Effect("feedback", {"topic": "bsa", "version": "v", "helpful": False})
    ask(desk, "bsa", no, times=3)
    missed = Effect("understood", {"outcome": "not_understood", "topics": [], "guesses": []})
    desk.bot(
        desk.student(desk.conversation(), "ik ben Jan Jansen en snap het niet"), "Wat bedoel je?", missed
    )
    waiting = desk.waiting()
    desk.clock.forward(minutes=12)
    take_over(desk.made.tools, waiting, noor)
    desk.case("Een geheim verhaal", contact="jan@example.org")

    browser = desk.browser("noor")
    page = browser.get("/desk/numbers").text
    assert "korter dan <strong>12 minuten</strong>" in page
    assert "ik ben Jan Jansen en snap het niet" in page
    for name in ("weeks", "happened", "waiting", "helped"):
        plot = browser.get(f"/desk/numbers/plot/{name}.svg")
        assert plot.headers["content-type"].startswith("image/svg+xml")
        assert plot.text.rstrip().endswith("</svg>")
    assert browser.get("/desk/numbers/plot/other.svg").status_code == 404

    export = browser.get("/desk/numbers/export?period=2026")
    rows = list(csv.reader(io.StringIO(export.text.lstrip("\ufeff")), delimiter=";"))
    assert ["vragen per week", "wk 48", "rechten", "3"] in rows
    assert ["wachttijd tot een mens", "5 tot 15 minuten", "", "1"] in rows
    assert ["zaken", "nieuw", "", "1"] in rows
    for personal in ("Jan", "geheim", "example.org", "Noor"):
        assert personal not in export.text
    with desk.made.tools.look() as uow:
        assert uow.audit.newest(1)[0].action == "numbers/export"


@pytest.mark.parametrize("period", ["", "4", "52", "2026", "1999", "x", "-1"])
def test_an_empty_helpdesk_has_a_page_too(desk: Desk, period: str) -> None:
    desk.staff()
    browser = desk.browser("noor")
    assert browser.get(f"/desk/numbers?period={period}").status_code == 200
    assert browser.get(f"/desk/numbers/plot/weeks.svg?period={period}").status_code == 200
    assert browser.get(f"/desk/numbers/export?period={period}").status_code == 200
