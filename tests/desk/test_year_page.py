"""The tab Jaarcijfers: right numbers, compared with the year before, and nothing by which a student can be recognised."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta, timezone

import pytest

from bot.bootstrap import Services
from bot.core.cases import CaseDraft
from bot.core.messages import Effect
from bot.desk.year_tables import gather, tables
from bot.desk.yearly import year_of
from bot.helpdesk import open_case
from bot.staff_desk import close, take_over
from tests.desk.conftest import Desk

TODAY = date(2026, 11, 23)


def count(
    made: Services, day: date, outcome: str, topic: str = "", n: int = 1, channel: str = "website"
) -> None:
    with made.tools.begin() as uow:
        for _ in range(n):
            uow.numbers.count_turn(day, channel, topic, outcome)
        uow.commit()


def wait(made: Services, day: date, minutes: int) -> None:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.utc)
    with made.tools.begin() as uow:
        uow.numbers.add_wait(at, minutes * 60, "asked")
        uow.commit()


def lines(desk: Desk, raw: str) -> dict[str, dict[str, tuple[int, int]]]:
    """All counts of a year, by table and row."""
    year = year_of(raw, TODAY)
    assert year
    with desk.made.tools.look() as uow:
        now, before = gather(uow, year), gather(uow, year.before())
    found = tables(year, now, before, {"bsa": "rechten", "stage-uren": "stage"}, {"bsa": "Bsa"})
    return {table.key: {line.name: (line.now, line.before) for line in table.lines} for table in found}


def test_every_table_counts_its_own_year_and_the_year_before(desk: Desk) -> None:
    made = desk.made
    count(made, date(2026, 3, 2), "answered", "bsa", 7)
    count(made, date(2026, 3, 31), "answered_after_question", "stage-uren", 6, "whatsapp")
    count(made, date(2026, 4, 1), "handed_over", n=5)
    count(made, date(2026, 4, 1), "not_understood", n=8)
    count(made, date(2026, 4, 1), "clarified", n=90)
    count(made, date(2025, 3, 3), "answered", "bsa", 9)
    count(made, date(2025, 12, 24), "answered", "bsa", 50)
    count(made, date(2026, 5, 4), "contact", n=20)
    count(made, date(2026, 5, 4), "crisis", n=6)
    found = lines(desk, "2026")
    assert found["kort"]["Vragen"] == (26, 9)
    assert found["kort"]["Contacten"] == (20, 0)
    assert found["kort"]["Mogelijke crisis"] == (6, 0)
    assert found["vragen-maand"]["maart"] == (13, 9)
    assert found["vragen-maand"]["april"] == (13, 0)
    assert "december" not in found["vragen-maand"]
    assert found["vragen-kanaal"] == {"website": (20, 9), "WhatsApp": (6, 0)}
    assert found["themas"] == {"rechten": (7, 9), "stage": (6, 0)}
    assert found["onderwerpen"] == {"Bsa": (7, 9), "stage-uren": (6, 0)}
    assert found["afloop-vragen"]["Meteen antwoord"] == (7, 9)
    assert found["afloop-vragen"]["Niet begrepen"] == (8, 0)
    school_year = lines(desk, "2025-2026")
    assert school_year["vragen-maand"]["december"] == (50, 0)
    assert school_year["kort"]["Vragen"] == (76, 9)


def test_cases_count_by_subject_school_and_state_also_after_they_are_erased(desk: Desk) -> None:
    for number in range(6):
        draft = CaseDraft(
            desk.conversation(),
            f"m{number}",
            "Mijn verhaal",
            "website",
            "ROC Tilburg",
            topic="bsa",
            consent=True,
        )
        open_case(desk.made.tools, draft, school_listed=True)
    count(desk.made, date(2026, 2, 2), "case", "bsa", 5)
    found = lines(desk, "2026")
    assert found["zaken-onderwerp"] == {"Bsa": (11, 0)}
    assert found["zaken-school"] == {"ROC Tilburg": (6, 0)}
    assert found["zaken-stand"]["Nieuw"] == (6, 0)
    assert found["zaken-stand"]["Gewist"] == (5, 0)


def test_the_page_in_figures_nobody_can_be_recognised_by(desk: Desk) -> None:
    noor = desk.staff("noor", "Noor")
    for _ in range(12):
        conversation_id = desk.waiting("ik ben Jan Jansen en heb een geheim")
        desk.clock.forward(minutes=30)
        take_over(desk.made.tools, conversation_id, noor)
        close(desk.made.tools, conversation_id, noor, "Jan Jansen belt terug")
    for number, school in enumerate(
        ["ROC Tilburg"] * 3 + ["Deltion College"] * 8 + ["de school van Jan Jansen"] * 7
    ):
        draft = CaseDraft(
            desk.conversation(), f"m{number}", "geheim", "website", school, "jan@example.org", consent=True
        )
        open_case(desk.made.tools, draft, school_listed=not school.startswith("de "))
    browser = desk.browser("noor")
    page = browser.get("/desk/numbers/year").text
    assert "(dit jaar loopt nog)" in page
    assert "ROC Tilburg" not in page
    assert "30 minuten" in page
    files = {name: browser.get(f"/desk/numbers/year/export/{name}.csv?year=2026") for name in NAMES}
    assert all(file.status_code == 200 for file in files.values())
    rows = list(csv.reader(io.StringIO(files["zaken-school"].text.lstrip("\ufeff")), delimiter=";"))
    assert rows == [
        ["School", "2026", "2025", "verschil"],
        ["Deltion College", "8", "0", "+8"],
        ["geen school genoemd, of niet op de lijst", "niet getoond", "0", ""],
        ["roc's en andere scholen met elk minder dan 5 zaken", "minder dan 5", "0", ""],
        ["Samen", "18", "0", "+18"],
    ]
    assert "andere reden;12;0;+12" in files["gesloten"].text
    plot = browser.get("/desk/numbers/year/plot/zaken-school.svg?year=2026").text
    for text in (page, plot, *(file.text for file in files.values())):
        for personal in ("Jansen", "geheim", "example.org"):
            assert personal not in text
    assert "minder dan 5" in plot
    with desk.made.tools.look() as uow:
        assert uow.audit.newest(1)[0].action == "numbers/export"


NAMES = [
    "kort", "contacten-maand", "vragen-maand", "contacten-kanaal", "vragen-kanaal", "themas", "onderwerpen", "afloop-vragen",
    "zaken-onderwerp", "zaken-school", "zaken-stand", "gesloten", "hielp-niet", "wachttijd",
]  # fmt: skip


def test_a_waiting_time_of_a_few_students_is_not_shown(desk: Desk) -> None:
    desk.staff()
    for _ in range(4):
        wait(desk.made, date(2026, 3, 2), 77)
    wait(desk.made, date(2025, 3, 2), 77)
    browser = desk.browser("noor")
    page = browser.get("/desk/numbers/year?year=2026").text
    assert "te weinig om te tonen" in page
    assert "77" not in page
    wait(desk.made, date(2026, 4, 2), 77)
    assert "77 minuten" in browser.get("/desk/numbers/year?year=2026").text
    assert "77" in browser.get("/desk/numbers/year/export/wachttijd.csv?year=2026").text


def test_answers_that_did_not_help_are_of_this_year_only(desk: Desk) -> None:
    conversation_id = desk.conversation()
    said = Effect("feedback", {"topic": "bsa", "version": "v", "helpful": False})
    desk.clock.now -= timedelta(days=365)
    for _ in range(2):
        desk.bot(desk.student(conversation_id, "dit helpt niet"), "Jammer", said)
    desk.clock.now += timedelta(days=365)
    for _ in range(6):
        desk.bot(desk.student(conversation_id, "dit helpt niet"), "Jammer", said)
    assert lines(desk, "2026")["hielp-niet"] == {"Bsa": (6, 2)}


@pytest.mark.parametrize("year", ["", "2020", "2026", "2024-2025", "1999", "x"])
def test_a_year_without_data_says_so(desk: Desk, year: str) -> None:
    desk.staff()
    browser = desk.browser("noor")
    page = browser.get(f"/desk/numbers/year?year={year}")
    assert page.status_code == 200
    assert "Er zijn geen cijfers over" in page.text
    assert "data-print" not in page.text
    assert browser.get(f"/desk/numbers/year/plot/kort.svg?year={year}").status_code == 200
    for name in NAMES:
        assert browser.get(f"/desk/numbers/year/export/{name}.csv?year={year}").status_code == 200


def test_a_table_that_does_not_exist_is_not_found(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser("noor")
    assert browser.get("/desk/numbers/year/plot/x.svg").status_code == 404
    assert browser.get("/desk/numbers/year/export/x.csv").status_code == 404
