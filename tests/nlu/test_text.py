"""Plain words out of what a student typed."""

from __future__ import annotations

import pytest

from bot.nlu.chat_words import CHAT_WORDS
from bot.nlu.text import letters, plain, words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("wnr hoor k da egt", ["wanneer", "hoor", "ik", "dat", "echt"]),
        ("KAN NIE MEER", ["kan", "niet", "meer"]),
        ("Eén café", ["een", "cafe"]),
        ("heeeeel lang", ["heel", "lang"]),
        ("m’n stage?", ["mijn", "stage", "?"]),
        ("kheb 17 uur", ["ik", "heb", "17", "uur"]),
        ("👍👍 …", []),
        ("", []),
    ],
)
def test_chat_spelling_accents_and_stretched_letters_are_written_out(typed: str, expected: list[str]) -> None:
    assert words(typed) == expected


def test_the_table_holds_plain_words_only() -> None:
    for typed, meant in CHAT_WORDS.items():
        assert plain(typed) == typed
        assert plain(meant) == meant


def test_letters_of_any_script_count_and_signs_do_not() -> None:
    assert letters("Я ok 12 👍!") == 3
