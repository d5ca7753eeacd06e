"""What a student says of pathway, level and programme."""

from __future__ import annotations

import pytest

from bot.core.education import Education, education_in, level_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bbl niveau 3 kapper", Education("bbl", "3", "kapper")),
        ("ik doe de opleiding kapper, niveau 2 bol", Education("bol", "2", "kapper")),
        ("mbo 4 verpleegkunde", Education(None, "4", "verpleegkunde")),
        ("ik zit op niveau 3 van de opleiding zorg", Education(None, "3", "zorg")),
        ("entree", Education(None, "1", None)),
        ("ik doe bol", Education("bol", None, None)),
        ("n3 kok", Education(None, "3", "kok")),
        (
            "Allround medewerker interieur en design",
            Education(None, None, "Allround medewerker interieur en design"),
        ),
    ],
)
def test_an_answer_is_taken_apart(text: str, found: Education) -> None:
    assert education_in(text) == found


def test_a_digit_by_itself_is_a_level_only_where_a_level_was_asked() -> None:
    assert education_in("3", bare=True) == Education(None, "3", None)
    assert level_in("3 dagen per week") is None


@pytest.mark.parametrize(
    ("education", "written"),
    [
        (Education(level="3", programme="kapper"), "niveau 3, kapper"),
        (Education(level="1"), "Entree (niveau 1)"),
        (Education(programme="kapper"), "kapper"),
        (Education("bbl"), None),
    ],
)
def test_level_and_programme_are_kept_together(education: Education, written: str | None) -> None:
    assert education.written() == written
