"""The yearly figures: which days a year has, and that no small number can be read or worked out."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.desk.plots import MAX_TICKS, pairs, ticks
from bot.desk.school_kinds import GREEN, TRADE, few_of_kind
from bot.desk.yearly import FEW, HIDDEN, Line, Table, by_month, change, choices, hide, largest, year_of
from bot.effects import NO_SCHOOL

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("raw", "since", "until", "running"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31), False),
        ("2026", date(2026, 1, 1), TODAY, True),
        ("2025-2026", date(2025, 8, 1), date(2026, 7, 31), False),
        ("2026-2027", date(2026, 8, 1), TODAY, True),
    ],
)
def test_a_year_is_a_calendar_year_or_a_school_year_up_to_today(
    raw: str, since: date, until: date, running: bool
) -> None:
    year = year_of(raw, TODAY)
    assert year
    assert (year.since, year.until, year.running) == (since, until, running)


@pytest.mark.parametrize("raw", ["", "2027", "2027-2028", "2025-2027", "1999", "x", "20261", "-1", "2026-"])
def test_what_is_no_year_or_has_not_begun_is_none(raw: str) -> None:
    assert year_of(raw, TODAY) is None


def test_a_year_that_runs_is_compared_with_the_same_part_of_the_year_before() -> None:
    running, leap = year_of("2026", TODAY), year_of("2028", date(2028, 2, 29))
    assert running
    assert leap
    assert (running.before().since, running.before().until) == (date(2025, 1, 1), date(2025, 11, 23))
    assert leap.before().until == date(2027, 2, 28)
    school = year_of("2026-2027", TODAY)
    assert school
    assert (school.before().key, school.before().since) == ("2025-2026", date(2025, 8, 1))


def test_months_stand_in_the_order_of_the_year_also_the_quiet_ones() -> None:
    school = year_of("2025-2026", TODAY)
    assert school
    assert school.months == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]
    lines = by_month({9: 3}, {8: 1}, school.months[:2])
    assert lines == [Line("augustus", 0, 1), Line("september", 3, 0)]


def test_the_choice_goes_back_to_the_first_day_with_a_count() -> None:
    calendar, school = choices(TODAY, date(2024, 9, 3))
    assert [year.key for year in calendar] == ["2026", "2025", "2024"]
    assert [year.key for year in school] == ["2026-2027", "2025-2026", "2024-2025", "2023-2024"]
    assert [year.key for year in choices(TODAY, None)[0]] == ["2026", "2025"]


def test_small_counts_have_no_number_and_nothing_is_zero() -> None:
    assert hide([0, 1, 4, 5, 12]) == (["0", FEW, FEW, "5", "12"], "22")


def test_a_single_small_count_cannot_be_worked_out_from_the_sum() -> None:
    assert hide([3, 9, 20]) == ([FEW, HIDDEN, "20"], "32")
    assert hide([3, 0]) == ([FEW, "0"], FEW)
    assert hide([1, 1, 1, 1, 1]) == ([], "5")
    assert hide([1, 1, 1, 1]) == ([], FEW)


def possible(words: list[str], total: str) -> list[tuple[int, ...]]:
    """All counts that somebody who sees this could think of; at most 14 for what is hidden."""
    could = {FEW: range(1, 5), HIDDEN: range(5, 15)}
    ranges = [could.get(word) or [int(word)] for word in words]
    fits = range(1, 5) if total == FEW else [int(total)]
    return [each for each in itertools.product(*ranges) if sum(each) in fits]


def test_who_sees_a_column_can_never_tell_a_small_count() -> None:
    for values in itertools.product(range(8), repeat=4):
        words, total = hide(values)
        could = possible(words, total)
        for place, word in enumerate(words):
            if word == FEW:
                assert len({each[place] for each in could}) > 1, (values, words, total)


def test_no_change_is_given_where_it_would_tell_a_hidden_number() -> None:
    assert change("12", "9") == "+3"
    assert change("9", "12") == "−3"
    assert change("9", "9") == "0"
    assert change(FEW, "9") == change("9", HIDDEN) == ""


def test_the_order_of_small_counts_tells_nothing() -> None:
    lines = largest({"b": 4, "a": 1, "c": 50, "d": 2}, {}, {"c": "Veel"}, limit=3)
    assert [(line.name, line.now) for line in lines] == [("Veel", 50), ("a", 1), ("b", 4), ("alle andere", 2)]


def test_a_table_shows_rows_and_a_sum_without_small_numbers() -> None:
    table = Table("t", "T", "E", [Line("x", 30, 3), Line("y", 12, 20), Line("z", 2, 30)], "Wat")
    assert [(row.now, row.before, row.change) for row in table.rows()] == [
        ("30", FEW, ""),
        (HIDDEN, HIDDEN, ""),
        (FEW, "30", ""),
    ]
    total = table.total()
    assert total
    assert (total.now, total.before, total.change) == ("44", "53", "−9")
    assert Table("t", "T", "E", [Line("x", 0, 0)], "Wat").empty
    ones = Table("t", "T", "E", [Line(name, 1, 9) for name in "abcdef"], "Wat")
    assert ones.rows() == []


def test_a_plot_has_no_bar_and_no_number_for_what_is_hidden() -> None:
    svg = pairs(["x", "y"], {"2026": ["30", FEW], "2025": ["12", "0"]})
    assert "minder dan 5" in svg
    assert " 30" in svg


@pytest.mark.parametrize("n", [0, 1, 2, 8, 9, 12, 52, 53, 104])
def test_labels_under_a_plot_never_crowd_and_the_newest_is_there(n: int) -> None:
    shown = ticks(n)
    assert len(shown) <= MAX_TICKS
    assert not n or shown[-1] == n - 1
    assert len({b - a for a, b in itertools.pairwise(shown)}) <= 1


def test_kinds_are_of_schools_of_the_list() -> None:
    listed = yaml.safe_load((Path(__file__).parents[2] / "knowledge/schools.yml").read_text())
    assert set(listed) >= GREEN | TRADE
    assert few_of_kind(NO_SCHOOL) == NO_SCHOOL
    assert [few_of_kind(name).split(" met ")[0] for name in ("Cibap", "Yuverta", "ROC Tilburg")] == [
        "vakscholen",
        "groene scholen",
        "roc's en andere scholen",
    ]
