"""Dutch with foreign words in it stays Dutch."""

from __future__ import annotations

import pytest

from bot.nlu.language import foreign


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What are my rights when I am sick during my internship?", "english"),
        ("هل أحصل على أجر؟", "other_language"),
        ("czy moge sie zapisac na nowa szkole i jak", "other_language"),
        ("mag de school mij zomaar schorsen", None),
        ("bro that feeling when je stage niet doorgaat, wat nu", None),
        ("ok", None),
        ("", None),
    ],
)
def test_only_what_surely_is_foreign_is_called_so(text: str, expected: str | None) -> None:
    assert foreign(text) == expected
