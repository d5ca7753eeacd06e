"""The audit trail: who read, changed and erased what; added to and never changed."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from bot.desk.words import ACTIONS
from bot.storage import tables as t
from tests.desk.conftest import Desk
from tests.desk.test_every_route import routes


def trail(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.made.tools.look() as uow:
        return [(line.name, line.action, line.subject) for line in reversed(uow.audit.newest())]


def test_it_says_who_read_and_changed_what(desk: Desk) -> None:
    desk.staff()
    conversation_id, case = desk.waiting(), desk.case()
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    browser.get(at)
    browser.post(f"{at}/take")
    browser.post(f"{at}/take", csrf="wrong")
    browser.get(at)
    browser.get(f"/desk/cases/{case.reference}")
    assert trail(desk) == [
        ("Noor", "login", ""),
        ("Noor", "conversations/read", conversation_id),
        ("Noor", "conversations/take", conversation_id),
        ("Noor", "cases/read", case.reference),
    ]
    desk.clock.forward(minutes=16)
    browser.get(at)
    assert trail(desk)[-1] == ("Noor", "conversations/read", conversation_id)


def test_nobody_can_change_or_remove_a_line(desk: Desk) -> None:
    desk.staff()
    desk.browser("noor")
    for statement in (update(t.audit_trail).values(action="x"), delete(t.audit_trail)):
        with pytest.raises(DBAPIError, match="append-only"), desk.made.engine.begin() as db:
            db.execute(statement)


def test_an_admin_reads_it_and_that_is_in_it_too(desk: Desk) -> None:
    desk.staff(role="admin")
    admin = desk.browser("noor")
    assert "logde in" in admin.get("/desk/audit").text
    assert trail(desk)[-1][1] == "audit/read"


def test_erasing_takes_the_conversation_and_keeps_the_line(desk: Desk) -> None:
    desk.staff(role="admin")
    desk.staff("sam", "Sam")
    conversation_id = desk.waiting("geheim")
    admin, sam, at = desk.browser("noor"), desk.browser("sam"), f"/desk/conversations/{conversation_id}"
    sam.get(at)
    assert sam.post(f"{at}/erase", sure="ja").status_code == 403
    admin.get(at)
    assert admin.post(f"{at}/erase").status_code == 422
    assert admin.post(f"{at}/erase", sure="ja").status_code == 303
    assert admin.get(at).status_code == 404
    assert trail(desk)[-1] == ("Noor", "conversations/erase", conversation_id)


def test_everything_that_changes_something_has_dutch_words_in_the_trail(desk: Desk) -> None:
    for route in routes(desk):
        if "POST" in route.methods:
            action = "/".join(part for part in route.path.split("/") if part and not part.startswith("{"))
            assert action in ACTIONS, action
