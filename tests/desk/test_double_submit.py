"""A form that is sent twice at once, or by two colleagues at once, does it once and shows nobody an error."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot import staff_cases, staff_desk
from bot.core.cases import CaseStatus
from bot.core.errors import Conflict
from bot.core.messages import Effect
from bot.desk import second_factor, work
from bot.helpdesk import hash_token
from bot.learning import note_correction, note_for_review
from bot.storage.people import Invitation
from tests.desk.conftest import Desk
from tests.storage.test_at_once import ROUNDS, at_once

IDS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht")


def often(times: Callable[[str], Callable[[], object]]) -> None:
    """Does the action of each word three times at once."""
    for word in IDS[:ROUNDS]:
        action = times(word)
        at_once(action, action, action)


def test_a_label(desk: Desk) -> None:
    conversation = desk.conversation()
    often(lambda word: lambda: work.change_label(desk.made.tools, conversation, word, on=True))
    with desk.made.tools.look() as uow:
        assert uow.work.labels(conversation) == sorted(IDS)
    often(lambda word: lambda: work.change_label(desk.made.tools, conversation, word, on=False))
    with desk.made.tools.look() as uow:
        assert uow.work.labels(conversation) == []


def test_a_day_to_look_again(desk: Desk) -> None:
    noor, conversation = desk.staff(), desk.conversation()
    day = (desk.clock() + timedelta(days=3)).date()
    often(lambda _: lambda: work.set_follow_up(desk.made.tools, conversation, noor, day.isoformat()))
    with desk.made.tools.look() as uow:
        assert uow.work.follow_up(conversation) == day


def test_a_corrected_topic(desk: Desk) -> None:
    noor, conversation = desk.staff(), desk.conversation()
    asked = [desk.student(conversation, word).id for word in IDS]
    each = dict(zip(IDS, asked, strict=True))
    often(lambda word: lambda: work.correct_topic(desk.made.tools, conversation, each[word], noor, "bsa"))
    with desk.made.tools.look() as uow:
        assert uow.work.corrections(conversation) == dict.fromkeys(asked, "bsa")
        assert len(uow.learning.open_items()) == len(asked)


def test_a_message_that_is_kept_for_review_by_the_bot_and_by_staff(desk: Desk) -> None:
    conversation = desk.conversation()
    each = {word: desk.student(conversation, word) for word in IDS}
    effect = Effect("understood", {"outcome": "not_understood"})

    def bot(word: str) -> None:
        with desk.made.tools.begin() as uow:
            note_for_review(uow, each[word], effect, desk.clock())
            uow.commit()

    def staff(word: str) -> None:
        with desk.made.tools.begin() as uow:
            note_correction(uow, each[word], "bsa", desk.clock())
            uow.commit()

    for word in IDS:
        at_once(*[lambda w=word: bot(w)] * 2, lambda w=word: staff(w))  # type: ignore[misc]
    with desk.made.tools.look() as uow:
        assert [item.reason for item in uow.learning.open_items()] == ["corrected"] * len(IDS)


def test_a_page_in_two_tabs_says_who_looks(desk: Desk) -> None:
    noor = desk.staff()

    def look(conversation: str) -> None:
        with desk.made.tools.begin() as uow:
            uow.work.look(conversation, noor.id, desk.clock())
            uow.commit()

    for _ in range(ROUNDS):
        conversation = desk.conversation()
        at_once(*[lambda c=conversation: look(c)] * 3)  # type: ignore[misc]
        with desk.made.tools.look() as uow:
            assert uow.work.present(conversation, desk.clock()) == [(noor.id, "Noor")]


def test_a_text_that_was_looked_at(desk: Desk) -> None:
    noor = desk.staff()

    def review(version: str) -> None:
        with desk.made.tools.begin() as uow:
            uow.answers.review("bsa", version, staff_id=noor.id, at=desk.clock())
            uow.commit()

    often(lambda word: lambda: review(word))
    with desk.made.tools.look() as uow:
        assert len(uow.answers.history("bsa")) == len(IDS)


def test_what_a_student_says_of_an_answer(desk: Desk) -> None:
    conversation = desk.conversation()
    each = {word: desk.student(conversation, word).id for word in IDS}

    def say(word: str) -> None:
        with desk.made.tools.begin() as uow:
            uow.answers.add_feedback(each[word], "bsa", "1", helpful=True, at=desk.clock())
            uow.commit()

    often(lambda word: lambda: say(word))
    with desk.made.tools.look() as uow:
        assert uow.answers.feedback()["bsa"].helped == len(IDS)


def test_a_switch_that_two_editors_turn_is_turned_once(desk: Desk) -> None:
    noor = desk.staff()

    def switch(topic: str) -> None:
        with desk.made.tools.begin() as uow:
            uow.answers.switch(topic, off=True, staff_id=noor.id, at=desk.clock())
            uow.commit()

    often(lambda word: lambda: switch(word))
    with desk.made.tools.look() as uow:
        assert [len(uow.answers.history(word)) for word in IDS] == [1] * len(IDS)


def test_an_invitation(desk: Desk) -> None:
    noor = desk.staff(role="admin")

    def invite(login: str) -> None:
        with desk.made.tools.begin() as uow:
            until = desk.clock() + timedelta(days=7)
            uow.people.invite(
                hash_token(f"{login}-{threading.get_ident()}"),
                Invitation(login, login, "handler", until),
                noor.id,
            )
            uow.commit()

    often(lambda word: lambda: invite(word))
    with desk.made.tools.look() as uow:
        assert [each.login for each in uow.people.invitations(desk.clock())] == sorted(IDS)


def test_a_second_step_that_is_begun(desk: Desk) -> None:
    for word in IDS:
        with desk.made.tools.begin() as uow:
            staff_id = uow.staff.add(word, word, "-", "admin", desk.clock())
            uow.commit()
        with desk.made.tools.look() as uow:
            member = uow.staff.get(staff_id)
        assert member
        at_once(*[lambda m=member: second_factor.begin(desk.made.tools, m)] * 3)  # type: ignore[misc]
        with desk.made.tools.look() as uow:
            assert uow.people.second_factor(staff_id).nonce


def test_a_case_that_two_move_is_moved_by_one(desk: Desk) -> None:
    noor, sam = desk.staff("noor"), desk.staff("sam", "Sam")
    tools = desk.made.tools

    def move(case_id: int, staff: object) -> object:
        try:
            return staff_desk.move_case(tools, case_id, staff, CaseStatus.IN_PROGRESS, 0)  # type: ignore[arg-type]
        except Conflict as error:
            return error

    for _ in range(ROUNDS):
        case = desk.case()
        results = at_once(lambda c=case.id: move(c, noor), lambda c=case.id: move(c, sam))  # type: ignore[misc]
        assert len([each for each in results if isinstance(each, Conflict)]) == 1
        with tools.look() as uow:
            assert [event["kind"] for event in uow.cases.events(case.id)] == ["created", "status"]


def test_two_cases_that_are_joined_both_ways_at_once_make_no_circle(desk: Desk) -> None:
    noor, tools = desk.staff(), desk.made.tools

    def join(head: str, other: str) -> object:
        try:
            return staff_cases.join_case(tools, head, other, noor, 0)
        except Conflict as error:
            return error

    for _ in range(ROUNDS):
        one, two = desk.case(contact="yara@example.org"), desk.case(contact="yara@example.org")
        results = at_once(
            lambda a=one.reference, b=two.reference: join(a, b),  # type: ignore[misc]
            lambda a=one.reference, b=two.reference: join(b, a),  # type: ignore[misc]
        )
        assert len([each for each in results if isinstance(each, Conflict)]) == 1


@pytest.mark.parametrize("kind", ["used", "dropped"])
def test_an_item_that_two_editors_decide_about(desk: Desk, kind: str) -> None:
    noor, conversation = desk.staff(), desk.conversation()
    asked = desk.student(conversation, "weg van school")
    with desk.made.tools.begin() as uow:
        note_correction(uow, asked, "bsa", desk.clock())
        uow.commit()
    with desk.made.tools.look() as uow:
        item = uow.learning.open_items()[0].id

    def decide() -> bool:
        with desk.made.tools.begin() as uow:
            done = uow.learning.decide(item, kind, noor.id, desk.clock())
            uow.commit()
            return done

    assert sorted(at_once(*[decide] * 4)) == [False, False, False, True]  # type: ignore[type-var]
