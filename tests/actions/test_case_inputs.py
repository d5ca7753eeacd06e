"""Contact details and schools, as students type them."""

from __future__ import annotations

import pytest

from actions.contact import contact_hint
from actions.schools import known_school


@pytest.mark.parametrize("contact", ["yara@example.org", "0612345678", "+31612345678", "0101234567"])
def test_a_contact_that_can_be_right_gets_no_hint(contact: str) -> None:
    assert contact_hint(contact) is None


@pytest.mark.parametrize(
    ("contact", "word"),
    [
        ("yara@example", "mailadres"),
        ("yara@@example.org", "mailadres"),
        (f"{'y' * 60}@{'.'.join(['example' * 8] * 4)}.org", "te lang"),
        ("0600000", "telefoonnummer"),
        ("0312345", "telefoonnummer"),
    ],
)
def test_a_contact_that_cannot_be_right_gets_a_hint(contact: str, word: str) -> None:
    assert word in (contact_hint(contact) or "")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("horizon", "Horizon College"),
        ("roc van amsterdm", "ROC van Amsterdam"),
        ("MBO rijnland", "mboRijnland"),
        ("mijn school in Almelo", "mijn school in Almelo"),
    ],
)
def test_a_school_of_the_list_is_written_in_one_way_and_another_is_kept(typed: str, name: str) -> None:
    assert known_school(typed) == name
