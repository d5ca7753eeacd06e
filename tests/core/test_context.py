"""Facts about the student, and questions that lean on the last answer."""

from __future__ import annotations

import pytest

from bot.core.context import StudentFacts, best_part, facts_in, is_follow_up, names_only_a_group
from bot.core.knowledge import Part


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("geldt da ook voor bbl", {"pathway": "bbl"}),
        ("ik doe bol", {"pathway": "bol"}),
        ("wat is het verschil tussen bol en bbl", {}),
        ("en als ik 17 ben", {"minor": True}),
        ("ik ben 17", {"minor": True}),
        ("mogen ze mij als 17 jarige snachts laten werken", {"minor": True}),
        ("ik ben al 18", {"minor": False}),
        ("mijn dochter van 16 zit op entree", {"minor": True, "entree": True}),
        ("ik werk 32 uur", {}),
        ("als 16 uur stage te veel is", {}),
        ("ik zit op een particuliere school", {"not_funded": True}),
    ],
)
def test_facts_are_read_from_what_a_student_says(text: str, facts: dict[str, object]) -> None:
    assert facts_in(text).to_slot() == facts


def test_newer_facts_go_before_older_ones() -> None:
    older = StudentFacts(pathway="bol", minor=True)
    assert older.and_then(facts_in("nee ik doe bbl")).to_slot() == {"pathway": "bbl", "minor": True}
    assert StudentFacts.from_slot(older.to_slot()) == older
    assert StudentFacts.from_slot(None) == StudentFacts()


@pytest.mark.parametrize(
    "text", ["en bij bbl?", "hoe lang duurt dat dan?", "en als ik 17 ben", "geldt da ook voor bbl", "en dan?"]
)
def test_a_short_question_that_points_back_is_a_follow_up(text: str) -> None:
    assert is_follow_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "mag mijn stagebedrijf mij zomaar wegsturen",
        "wat is een studentenraad",
        "hoi",
        "",
        "ik krijg geen stagevergoeding van dat bedrijf in de stad terwijl anderen het wel krijgen",
    ],
)
def test_a_question_of_its_own_is_no_follow_up(text: str) -> None:
    assert not is_follow_up(text)


PARTS = (
    Part("Hoe lang mag een schorsing duren?", "x"),
    Part("Moet de school eerst naar mij luisteren?", "y"),
)


def test_the_part_that_is_asked_for_is_found_in_other_spelling() -> None:
    assert best_part("hoelang mag dat duuren?", PARTS) == 0
    assert best_part("moeten ze naar me luisteren", PARTS) == 1
    assert best_part("wat kost dat", PARTS) is None
    assert best_part("wat kost dat", ()) is None


@pytest.mark.parametrize(
    "text", ["en bij bbl?", "en als ik 17 ben", "geldt dat ook voor bol", "en voor entree?"]
)
def test_a_message_can_name_nothing_but_a_group(text: str) -> None:
    assert names_only_a_group(text)


@pytest.mark.parametrize(
    "text", ["en hoe zit het met loon bij bbl", "en dan?", "hoe zit het met het rooster bij bol en bbl"]
)
def test_a_message_with_a_subject_of_its_own_names_more(text: str) -> None:
    assert not names_only_a_group(text)
