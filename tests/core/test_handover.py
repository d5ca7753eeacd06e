"""When a human answers, and what the student is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.core.handover import DUTCH_TIME, OfficeHours, expectation, refusal, usual_wait, when_words

HOURS = OfficeHours.parse("ma-vr 10:00-17:00, di 19:00-21:00")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=DUTCH_TIME)


def no_holiday(day: date) -> bool:
    return False


@pytest.mark.parametrize(
    ("now", "open_"),
    [
        (at(23, 10), True),
        (at(23, 9, 59), False),
        (at(23, 17), False),
        (at(24, 20), True),
        (at(28, 12), False),
    ],
)
def test_office_hours(now: datetime, open_: bool) -> None:
    assert HOURS.is_open(now, no_holiday) is open_


def test_a_holiday_is_closed_and_the_next_day_opens() -> None:
    assert not HOURS.is_open(at(23, 12), lambda day: day.day == 23)
    assert HOURS.next_opening(at(23, 12), lambda day: day.day == 23) == at(24, 10)


def test_a_weekend_leads_to_monday() -> None:
    assert HOURS.next_opening(at(27, 18), no_holiday) == at(30, 10)


def test_no_opening_within_a_month_is_said_honestly() -> None:
    assert HOURS.next_opening(at(23, 12), lambda day: True) is None
    assert "weten nog niet" in expectation(at(23, 12), HOURS, lambda day: True, [])


@pytest.mark.parametrize(
    "text", ["", "ma-vr", "xx 10:00-12:00", "vr-ma 10:00-12:00", "ma 12:00-10:00", "ma 25:00-26:00"]
)
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        OfficeHours.parse(text)


def test_all_day_is_possible() -> None:
    assert OfficeHours.parse("ma-zo 0:00-24:00").is_open(at(28, 23, 59), no_holiday)


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        (at(23, 10), "vandaag vanaf 10.00 uur"),
        (at(24, 9, 30), "morgen vanaf 9.30 uur"),
        (at(27, 10), "vrijdag vanaf 10.00 uur"),
        (at(30, 10), "maandag 30-11 vanaf 10.00 uur"),
    ],
)
def test_the_next_time_in_words(opening: datetime, words: str) -> None:
    assert when_words(opening, at(23, 8)) == words


def test_the_usual_wait_comes_from_real_waits_and_not_from_too_few() -> None:
    minutes = [timedelta(minutes=m) for m in (2, 3, 4, 30, 3)]
    assert usual_wait(minutes) == "5 minuten"
    assert usual_wait(minutes[:4]) is None
    assert "binnen 5 minuten" in expectation(at(23, 12), HOURS, no_holiday, minutes)
    assert "iemand van JOB aan het werk" in expectation(at(23, 12), HOURS, no_holiday, [])
    assert "morgen vanaf 10.00" in expectation(at(23, 22), HOURS, no_holiday, minutes)


@pytest.mark.parametrize(
    "text",
    ["laat maar", "nee laat maar", "Nee, laat het maar zitten.", "ok toch niet", "hoeft niet meer hoor", "is al opgelost, bedankt", "nvm",
     "niet meer nodig", "stop", "toch geen mens", "ik wil liever met de chatbot verder"],
)  # fmt: skip
def test_a_refusal_in_words_is_the_button_not_after_all(text: str) -> None:
    assert refusal(text) == "/deny"


@pytest.mark.parametrize(
    "text", ["doe maar een zaak achterlaten", "ik wil een melding doen", "laat een zaak achter"]
)
def test_rather_a_case_is_the_other_button(text: str) -> None:
    assert refusal(text) == "/report_case"


@pytest.mark.parametrize(
    "text",
    ["nee", "ja", "ok", "laat maar weten wanneer jullie tijd hebben", "ik wil niet meer", "ik wil stoppen met mijn opleiding",
     "mijn mentor zei laat maar zitten", "mag ik een melding doen van discriminatie?", "het hoeft niet vandaag", "stop ermee!! hij slaat me",
     "ik wil er nog bij zeggen dat het al maanden duurt"],
)  # fmt: skip
def test_what_says_anything_else_goes_to_the_human(text: str) -> None:
    assert refusal(text) is None
