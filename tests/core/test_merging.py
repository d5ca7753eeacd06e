"""Who may be the same person, and which cases may not be joined."""

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.core.cases import Case, CaseStatus
from bot.core.errors import HelpdeskError
from bot.core.merging import check_merge, contact_key, same_person, state_line

NOW = datetime(2026, 11, 23, tzinfo=timezone.utc)
ONE = Case(
    1, "JOB-2026-00001", CaseStatus.NEW, NOW, NOW, "website", "Geen stage", "c1", contact="06 12345678"
)
TWO = replace(ONE, id=2, reference="JOB-2026-00002", conversation_id="c2", status=CaseStatus.ANSWERED)
STRANGER = replace(TWO, contact="iemand@example.org")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("06 12345678", "+31 6-1234 5678"),
        ("0031612345678", "0612345678"),
        ("Yara@Example.org ", "yara@example.org"),
    ],
)
def test_two_spellings_of_one_contact_have_one_key(one: str, other: str) -> None:
    assert contact_key(one) == contact_key(other) is not None


@pytest.mark.parametrize("contact", [None, "", "weet ik niet", "12345"])
def test_without_a_usable_contact_nobody_is_the_same(contact: str | None) -> None:
    assert contact_key(contact) is None
    assert not same_person(replace(ONE, contact=contact), replace(TWO, contact=contact))


def test_the_same_conversation_is_the_same_person_and_an_erased_one_is_nobody() -> None:
    anonymous = replace(ONE, contact=None)
    assert same_person(anonymous, replace(anonymous, id=2))
    assert not same_person(
        replace(anonymous, conversation_id=None), replace(anonymous, id=2, conversation_id=None)
    )


@pytest.mark.parametrize(
    ("head", "other", "leads", "words"),
    [
        (ONE, ONE, False, "dezelfde zaak"),
        (replace(ONE, merged_into="JOB-2026-00009"), TWO, False, "zelf samengevoegd met JOB-2026-00009"),
        (ONE, replace(TWO, merged_into="JOB-2026-00009"), False, "al samengevoegd met JOB-2026-00009"),
        (ONE, TWO, True, "Open JOB-2026-00002"),
        (ONE, STRANGER, False, "Zet het vinkje"),
    ],
)
def test_no_chain_no_circle_and_no_stranger(head: Case, other: Case, leads: bool, words: str) -> None:
    with pytest.raises(HelpdeskError) as refused:
        check_merge(head, other, other_leads=leads, sure=False)
    assert words in refused.value.message


def test_staff_who_is_sure_may_join_what_nothing_links() -> None:
    check_merge(ONE, STRANGER, other_leads=False, sure=True)
    check_merge(ONE, TWO, other_leads=False, sure=False)


def test_the_state_of_a_joined_case_is_that_of_the_one_it_was_joined_with() -> None:
    assert state_line(ONE, None) == "**JOB-2026-00001**: nieuw: iemand van JOB gaat je zaak bekijken"
    assert state_line(ONE, TWO) == (
        "**JOB-2026-00001** is samengevoegd met **JOB-2026-00002**. Zo staat die ervoor: beantwoord"
    )
