"""What says who somebody is, is taken out."""

from __future__ import annotations

import pytest

from bot.deidentify import deidentify


def nobody(text: str) -> list[tuple[int, int, str]]:
    return []


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("mail me op yara_88@example.org aub", "yara"),
        ("bel 06-12345678 of 0612345678", "345"),
        ("bel +31 6 12345678", "345"),
        ("ik heet Jaylinn de Vries en zit op niveau 2", "Jaylinn"),
        ("mijn mentor Karin doet niks", "Karin"),
        ("zie www.mijnschool.nl/klas/3b", "mijnschool"),
        ("mijn studentnummer is 2087654", "2087654"),
        ("mijn bsn is 111222333", "111222333"),
        ("ik woon op 1234 AB", "1234 AB"),
        ("zaak JOB-2026-00042 duurt lang", "00042"),
        ("volg @yara_mbo", "yara"),
    ],
)
def test_addresses_numbers_and_introduced_names_are_masked(text: str, gone: str) -> None:
    assert gone not in deidentify(text, nobody)


def test_names_that_the_model_finds_are_masked_and_schools_of_no_person_stay() -> None:
    text = "Fatima uit Zwolle vraagt of het mag"

    def finder(_: str) -> list[tuple[int, int, str]]:
        return [(0, 6, "PERSON"), (11, 17, "GPE")]

    assert deidentify(text, finder) == "[naam] uit [plaats] vraagt of het mag"


def test_what_says_nothing_about_a_person_stays() -> None:
    text = "ik moet 480 uur stage lopen in 2026 en krijg 25 euro, mag dat in niveau 2?"
    assert deidentify(text, nobody) == text


def test_the_real_model_finds_a_plain_name() -> None:
    assert "Mohammed" not in deidentify("Gisteren heeft Mohammed Bouali mij op stage weggestuurd.")
