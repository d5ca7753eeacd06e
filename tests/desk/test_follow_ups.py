"""A day to look again: staff hears of it once, it stands on top of the lists, and a restart or a second loop changes nothing."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from anyio import to_thread

from bot.bootstrap import Services
from bot.core.cases import Case, CaseStatus
from bot.desk import work
from bot.follow_ups import set_case_follow_up, tell_follow_ups
from bot.helpdesk import Tools, forget
from bot.staff_cases import join_case
from bot.staff_desk import move_case, take_over
from bot.storage import migrate
from bot.storage.engine import make_engine
from bot.storage.unit_of_work import UnitOfWork
from bot.timers import run_timers
from tests.desk.conftest import Desk
from tests.desk.test_audit import trail
from tests.desk.test_races import at_once
from tests.fakes import FakeNotifier


def in_days(desk: Desk, days: int) -> str:
    return (desk.clock().date() + timedelta(days=days)).isoformat()


def day_on_case(desk: Desk, case: Case, days: int, login: str = "noor") -> None:
    with desk.made.tools.look() as uow:
        found = uow.staff.by_login(login)
    assert found
    set_case_follow_up(desk.made.tools, case.reference, found[0], in_days(desk, days))


def restarted(desk: Desk) -> Tools:
    """The helpdesk in a new process on the same database."""
    again = Services(desk.made.settings)
    again.__dict__["tools"] = replace(again.tools, now=desk.clock, notifier=desk.notifier)
    return again.tools


def test_staff_is_told_once_of_a_case_and_of_a_conversation_with_reference_and_link_only(desk: Desk) -> None:
    noor = desk.staff()
    case, talk = desk.case("Geheim verhaal", contact="yara@example.org"), desk.waiting("Ook geheim")
    day_on_case(desk, case, 2)
    work.set_follow_up(desk.made.tools, talk, noor, in_days(desk, 2))
    assert tell_follow_ups(desk.made.tools) == 0
    desk.clock.forward(days=2)
    assert tell_follow_ups(desk.made.tools) == 2
    assert tell_follow_ups(desk.made.tools) == 0
    desk.clock.forward(days=5)
    assert tell_follow_ups(desk.made.tools) == 0
    assert desk.notifier.due == [
        (f"gesprek {talk[:8]}", f"conversations/{talk}"),
        (case.reference, f"cases/{case.reference}"),
    ]


def test_a_conversation_with_a_case_is_named_by_its_case(desk: Desk) -> None:
    noor = desk.staff()
    case = desk.case()
    assert case.conversation_id
    work.set_follow_up(desk.made.tools, case.conversation_id, noor, in_days(desk, 0))
    tell_follow_ups(desk.made.tools)
    assert desk.notifier.due == [(case.reference, f"conversations/{case.conversation_id}")]


def test_it_is_told_also_after_a_restart_and_then_not_again(desk: Desk) -> None:
    desk.staff()
    day_on_case(desk, desk.case(), 1)
    desk.made.engine.dispose()
    desk.clock.forward(days=1)
    assert tell_follow_ups(restarted(desk)) == 1
    assert tell_follow_ups(restarted(desk)) == 0
    assert len(desk.notifier.due) == 1


def test_of_two_loops_at_once_one_tells(desk: Desk) -> None:
    noor = desk.staff()
    one, other = restarted(desk), restarted(desk)
    for number in range(5):
        case, talk = desk.case(f"Zaak {number}"), desk.waiting()
        day_on_case(desk, case, 0)
        work.set_follow_up(desk.made.tools, talk, noor, in_days(desk, 0))
        told = at_once(lambda: tell_follow_ups(one), lambda: tell_follow_ups(other))
        assert sum(told) == 2  # type: ignore[arg-type]
    assert len(desk.notifier.due) == len(set(desk.notifier.due)) == 10


def test_the_same_day_again_is_not_told_again_and_another_day_is(desk: Desk) -> None:
    noor = desk.staff()
    case, talk = desk.case(), desk.waiting()
    for _ in range(2):
        day_on_case(desk, case, 0)
        work.set_follow_up(desk.made.tools, talk, noor, in_days(desk, 0))
        tell_follow_ups(desk.made.tools)
    assert len(desk.notifier.due) == 2
    day_on_case(desk, case, 1)
    work.set_follow_up(desk.made.tools, talk, noor, in_days(desk, 1))
    desk.clock.forward(days=1)
    assert tell_follow_ups(desk.made.tools) == 2


def test_a_day_that_is_set_twice_at_once_is_set_once(desk: Desk) -> None:
    noor = desk.staff()
    case, talk = desk.case(), desk.waiting()
    results = at_once(*[lambda: day_on_case(desk, case, 0)] * 4)
    results += at_once(*[lambda: work.set_follow_up(desk.made.tools, talk, noor, in_days(desk, 0))] * 4)
    assert results == [None] * 8
    with desk.made.tools.look() as uow:
        assert [event["kind"] for event in uow.cases.events(case.id)] == ["created", "follow_up"]
    assert tell_follow_ups(desk.made.tools) == 2


def test_nobody_is_told_at_night_and_the_day_is_a_dutch_one(desk: Desk) -> None:
    desk.staff()
    day_on_case(desk, desk.case(), 1)
    # 23:30 UTC on the 23rd is half past midnight on the 24th in Amsterdam.
    desk.clock.now = datetime(2026, 11, 23, 23, 30, tzinfo=timezone.utc)
    assert tell_follow_ups(desk.made.tools) == 0
    desk.clock.now = datetime(2026, 11, 24, 7, 1, tzinfo=timezone.utc)
    assert tell_follow_ups(desk.made.tools) == 1


def test_what_is_due_stands_on_top_of_the_lists_and_of_ones_own_only_what_is_ones_own(desk: Desk) -> None:
    noor, sam = desk.staff("noor", "Noor"), desk.staff("sam", "Sam")
    mine, theirs, later = desk.case("Zaak van Noor"), desk.case("Zaak van Sam"), desk.case("Zaak voor later")
    talk, other = desk.waiting("Kijk mij na"), desk.waiting("Ik wacht gewoon")
    day_on_case(desk, mine, 0)
    day_on_case(desk, theirs, 0, "sam")
    day_on_case(desk, later, 9)
    work.set_follow_up(desk.made.tools, talk, sam, in_days(desk, 0))
    take_over(desk.made.tools, talk, noor)
    desk.clock.forward(days=1)
    browser = desk.browser("noor")

    def top(view: str) -> tuple[str, str]:
        """What is due, and the list below it."""
        page = browser.get(f"/desk/inbox/{view}").text
        assert page.count(f"/desk/conversations/{talk}") <= 1, "once on a page"
        before, _, after = page[page.index('id="list"') :].partition("</section>")
        return (before, after) if 'class="due"' in before else ("", before)

    due, below = top("mine")
    assert "Mijn vervolg: 2" in due
    assert mine.reference in due
    assert "Kijk mij na" in due, "Sam set the day, Noor has the conversation"
    assert "vervolg sinds ma 23 november 2026" in due
    assert theirs.reference not in due + below
    due, below = top("waiting")
    assert "Vervolg: 3" in due
    assert theirs.reference in due
    assert "Ik wacht gewoon" in below
    assert other not in due
    assert later.reference not in due
    assert top("bot")[0] == ""
    assert "Vervolg: 3" in top("due")[0]
    assert "Vervolg: 3" in top("all?channel=website")[0]
    assert top("all?channel=whatsapp")[0] == ""
    assert top("waiting?label=nergens")[0] == ""
    menu = browser.get("/desk/counts").text
    assert 'Vervolg vandaag <span class="count count-waiting">3<' in menu


def test_who_waits_or_is_in_danger_stays_in_the_list_though_it_is_due_and_nothing_stands_above_what_is_urgent(
    desk: Desk,
) -> None:
    noor = desk.staff()
    urgent, waiting = desk.waiting("Ik kan niet meer", urgent=True), desk.waiting("Ik wacht")
    for talk in (urgent, waiting):
        work.set_follow_up(desk.made.tools, talk, noor, in_days(desk, 0))
    browser = desk.browser("noor")
    page = browser.get("/desk/inbox/waiting").text
    assert f'id="c-{urgent}"' in page
    assert f'id="c-{waiting}"' in page
    assert "wacht net nu" in page
    assert 'class="due"' not in browser.get("/desk/inbox/urgent").text


def test_the_day_of_a_case_is_set_moved_and_cleared_on_its_page_and_stands_in_its_trail(desk: Desk) -> None:
    desk.staff()
    case = desk.case()
    browser, at = desk.browser("noor"), f"/desk/cases/{case.reference}"
    browser.get(at)
    assert browser.post(f"{at}/follow-up", due=in_days(desk, 2)).status_code == 303
    page = browser.get(at).text
    assert "kijk opnieuw op wo 25 november 2026" in page
    for wrong, words in (("2020-01-01", "Kies een dag die nog komt."), ("morgen", "Kies een datum.")):
        answer = browser.post(f"{at}/follow-up", due=wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    browser.post(f"{at}/follow-up", due="")
    page = browser.get(at).text
    assert "Noor: haalde de vervolgdatum weg" in page
    with desk.made.tools.look() as uow:
        assert uow.follow_ups.of_case(case.id) is None
    assert ("Noor", "cases/follow-up", case.reference) in trail(desk)
    assert browser.post("/desk/cases/JOB-2026-00099/follow-up", due="").status_code == 404


def test_the_day_of_a_case_outlives_its_conversation_and_goes_with_the_case(desk: Desk) -> None:
    noor = desk.staff()
    case, talk = desk.case(), desk.waiting()
    day_on_case(desk, case, 1)
    work.set_follow_up(desk.made.tools, talk, noor, in_days(desk, 1))
    assert case.conversation_id
    forget(desk.made.tools, case.conversation_id)
    forget(desk.made.tools, talk)
    desk.clock.forward(days=1)
    assert tell_follow_ups(desk.made.tools) == 1
    with desk.made.engine.begin() as db:
        db.exec_driver_sql("DELETE FROM cases")
        assert db.exec_driver_sql("SELECT count(*) FROM case_follow_ups").scalar() == 0


def test_the_day_of_a_joined_case_is_not_lost(desk: Desk) -> None:
    noor = desk.staff()
    one, other = desk.case("Eerste", contact="0612345678"), desk.case("Tweede", contact="0612345678")
    day_on_case(desk, other, 0)
    join_case(desk.made.tools, one.reference, other.reference, noor, one.version)
    page = desk.browser("noor").get("/desk/inbox/mine").text
    assert other.reference in page
    assert f"samengevoegd met {one.reference}" in page


def test_the_lists_hear_of_it_by_themselves(desk: Desk) -> None:
    desk.staff()
    case = desk.case()

    def mark() -> str:
        with desk.made.tools.look() as uow:
            return uow.desk.mark_of_all()

    before = mark()
    day_on_case(desk, case, 1)
    set_mark = mark()
    desk.clock.forward(days=1)
    tell_follow_ups(desk.made.tools)
    assert len({before, set_mark, mark()}) == 3


def test_days_that_came_before_this_was_kept_send_nobody_a_mail(empty_database: str) -> None:
    engine = make_engine(empty_database)
    migrate.upgrade(engine, "0010")
    now = "'2026-11-01 09:00:00.000000'"
    with engine.begin() as db:
        db.exec_driver_sql(
            "INSERT INTO staff (login, name, password_hash, role, created_at) "
            f"VALUES ('noor', 'Noor', '-', 'handler', {now})"
        )
        for name, due in (("old", "2020-01-01"), ("new", "2099-01-01")):
            db.exec_driver_sql(
                "INSERT INTO conversations (id, channel, state, urgent, created_at, updated_at, unread, version, "
                f"session_turns, form_open) VALUES ('{name}', 'website', 'bot', false, {now}, {now}, false, 0, 0, false)"
            )
            db.exec_driver_sql(
                f"INSERT INTO follow_ups (conversation_id, due, staff_id) VALUES ('{name}', '{due}', 1)"
            )
    migrate.upgrade(engine)
    with UnitOfWork(engine, read_only=True) as uow:
        assert uow.follow_ups.untold(date(2099, 1, 2)) == (["new"], [])
    engine.dispose()


def test_closing_a_case_leaves_its_day(desk: Desk) -> None:
    """Staff may want to see whether it stayed solved; who does not takes the day away."""
    noor = desk.staff()
    case = desk.case()
    day_on_case(desk, case, 1)
    move_case(desk.made.tools, case.id, noor, CaseStatus.CLOSED, case.version)
    desk.clock.forward(days=1)
    assert tell_follow_ups(desk.made.tools) == 1


async def test_the_timers_of_the_running_helpdesk_tell_it(desk: Desk) -> None:
    desk.staff()
    case = desk.case()
    day_on_case(desk, case, 0)
    told = threading.Event()

    class Bell(FakeNotifier):
        def follow_up(self, reference: str, path: str) -> None:
            super().follow_up(reference, path)
            told.set()

    bell = Bell()
    loops = [
        asyncio.create_task(
            run_timers(replace(restarted(desk), notifier=bell), desk.made.settings, lambda: False)
        )
        for _ in range(2)
    ]
    assert await to_thread.run_sync(told.wait, 10)
    for loop in loops:
        loop.cancel()
    await asyncio.gather(*loops, return_exceptions=True)
    assert bell.due == [(case.reference, f"cases/{case.reference}")]
