"""Roles, invitations, the second step, ending sessions."""

import re

import pyotp
import pytest

from bot.desk.accounts import add_account, add_demo_account, reset_second_factor
from tests.desk.conftest import PASSWORD, Browser, Desk


def set_up_second_factor(desk: Desk, browser: Browser) -> pyotp.TOTP:
    browser.get("/desk/me")
    browser.post("/desk/me/second-factor/begin")
    secret = re.search(r'class="secret">([A-Z2-7]+)<', browser.get("/desk/me").text)
    assert secret
    totp = pyotp.TOTP(secret[1])
    assert "<svg" in browser.page
    answer = browser.post("/desk/me/second-factor/confirm", code=totp.at(desk.clock()))
    assert answer.status_code == 303
    return totp


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("handler", "/desk/people", 403),
        ("editor", "/desk/people", 403),
        ("admin", "/desk/people", 200),
        ("handler", "/desk/audit", 403),
        ("admin", "/desk/audit", 200),
    ],
)
def test_a_role_opens_its_pages_and_no_others(desk: Desk, role: str, path: str, status: int) -> None:
    desk.staff(role=role)
    assert desk.browser("noor").get(path).status_code == status


def test_an_invitation_makes_one_account_with_the_invited_role(desk: Desk) -> None:
    desk.staff(role="admin")
    admin, guest = desk.browser("noor"), desk.browser()
    admin.get("/desk/people")
    page = admin.post("/desk/people/invite", login="Sam@example.org", name="Sam", role="editor").text
    link = re.search(r'value="[^"]*(/desk/invitation/[^"]+)"', page)
    assert link
    assert "Welkom, Sam" in guest.get(link[1]).text
    short = guest.post(link[1], password="kort")
    assert short.status_code == 422
    assert "minstens 12 tekens" in short.text
    assert guest.post(link[1], password=PASSWORD, role="admin").status_code == 303
    assert guest.log_in("sam@example.org").status_code == 303
    with desk.made.tools.look() as uow:
        assert uow.staff.by_login("sam@example.org")[0].role == "editor"  # type: ignore[index]
    assert desk.browser().get(link[1]).status_code == 404


def test_an_invitation_ends_after_a_week_or_when_it_is_withdrawn(desk: Desk) -> None:
    desk.staff(role="admin")
    admin = desk.browser("noor")
    admin.get("/desk/people")
    links = [
        re.search(r'value="[^"]*(/desk/invitation/[^"]+)"', admin.post("/desk/people/invite", **who).text)[1]  # type: ignore[index]
        for who in (
            {"login": "a", "name": "A", "role": "handler"},
            {"login": "b", "name": "B", "role": "handler"},
        )
    ]
    admin.post("/desk/people/withdraw", login="a")
    assert desk.browser().get(links[0]).status_code == 404
    assert desk.browser().get(links[1]).status_code == 200
    desk.clock.forward(days=7)
    assert desk.browser().get(links[1]).status_code == 404


def test_an_admin_sets_up_a_second_step_before_anything_else(desk: Desk) -> None:
    add_account(desk.made.tools, "noor", "Noor", PASSWORD, "admin")
    browser = desk.browser()
    browser.log_in("noor")
    assert browser.get("/desk/inbox/all").headers["location"] == "/desk/me"
    set_up_second_factor(desk, browser)
    assert browser.get("/desk/inbox/all").status_code == 200


def test_the_second_step_asks_for_a_code_that_works_once(desk: Desk) -> None:
    desk.staff()
    totp = set_up_second_factor(desk, desk.browser("noor"))
    desk.clock.forward(minutes=1)
    browser = desk.browser()
    assert browser.log_in("noor").headers["location"].startswith("/desk/login/code")
    assert browser.get("/desk/inbox/all").status_code == 303
    browser.get("/desk/login/code")
    code = totp.at(desk.clock())
    assert browser.post("/desk/login/code", code="000000").status_code == 401
    assert browser.post("/desk/login/code", code=code).headers["location"] == "/desk/"
    assert browser.get("/desk/inbox/all").status_code == 200

    again = desk.browser()
    again.log_in("noor")
    again.get("/desk/login/code")
    assert again.post("/desk/login/code", code=code).status_code == 401


def test_codes_cannot_be_guessed_and_the_half_login_ends(desk: Desk) -> None:
    desk.staff()
    totp = set_up_second_factor(desk, desk.browser("noor"))
    desk.clock.forward(minutes=1)
    browser = desk.browser()
    browser.log_in("noor")
    browser.get("/desk/login/code")
    for _ in range(5):
        assert browser.post("/desk/login/code", code="000000").status_code == 401
    assert browser.post("/desk/login/code", code=totp.at(desk.clock())).status_code == 429
    desk.clock.forward(minutes=11)
    assert browser.get("/desk/login/code").headers["location"] == "/desk/login"
    browser.client.cookies.set("desk_half", "1.99999999999.forged", domain="desk.test", path="/desk")
    assert browser.get("/desk/login/code").headers["location"] == "/desk/login"


def test_the_database_alone_does_not_hold_the_secret(desk: Desk) -> None:
    desk.staff()
    totp = set_up_second_factor(desk, desk.browser("noor"))
    with desk.made.engine.connect() as db:
        row = db.exec_driver_sql("SELECT * FROM second_factors").one()
    assert totp.secret not in str(row)


def test_a_lost_second_step_is_taken_away_by_another_admin(desk: Desk) -> None:
    sam = desk.staff("sam", "Sam")
    desk.staff("noor", "Noor", "admin")
    set_up_second_factor(desk, desk.browser("sam"))
    admin = desk.browser("noor")
    admin.get("/desk/people")
    assert admin.post(f"/desk/people/{sam.id}/reset-second-factor").status_code == 303
    assert desk.browser().log_in("sam").headers["location"] == "/desk/"
    reset_second_factor(desk.made.tools, "sam")


def test_the_demo_account_may_go_without_a_second_step(desk: Desk) -> None:
    password = add_demo_account(desk.made.tools)
    assert password
    browser = desk.browser()
    browser.log_in("demo", password)
    assert browser.get("/desk/people").status_code == 200


def test_sessions_can_be_ended_by_oneself_and_by_an_admin(desk: Desk) -> None:
    sam = desk.staff("sam", "Sam")
    desk.staff("noor", "Noor", "admin")
    phone, laptop, admin = desk.browser("sam"), desk.browser("sam"), desk.browser("noor")
    laptop.get("/desk/me")
    laptop.post("/desk/me/sessions/end", session="others")
    assert phone.get("/desk/inbox/all").status_code == 303
    assert laptop.get("/desk/inbox/all").status_code == 200
    admin.get("/desk/people")
    admin.post(f"/desk/people/{sam.id}/end-sessions")
    assert laptop.get("/desk/inbox/all").status_code == 303


def test_an_admin_changes_others_and_never_the_last_admin(desk: Desk) -> None:
    sam, noor = desk.staff("sam", "Sam"), desk.staff("noor", "Noor", "admin")
    admin = desk.browser("noor")
    admin.get("/desk/people")
    assert admin.post(f"/desk/people/{sam.id}/role", role="editor").status_code == 303
    assert admin.post(f"/desk/people/{sam.id}/role", role="boss").status_code == 422
    assert admin.post(f"/desk/people/{noor.id}/role", role="handler").status_code == 409
    assert admin.post(f"/desk/people/{sam.id}/disable").status_code == 303
    assert desk.browser().log_in("sam").status_code == 401


def test_a_new_password_ends_the_other_logins(desk: Desk) -> None:
    desk.staff()
    phone, laptop = desk.browser("noor"), desk.browser("noor")
    laptop.get("/desk/me")
    assert laptop.post("/desk/me/password", old="fout", new="een nieuw wachtwoord").status_code == 422
    assert laptop.post("/desk/me/password", old=PASSWORD, new="kort").status_code == 422
    assert laptop.post("/desk/me/password", old=PASSWORD, new="een nieuw wachtwoord").status_code == 303
    assert phone.get("/desk/inbox/all").status_code == 303
    assert laptop.get("/desk/inbox/all").status_code == 200
    assert desk.browser().log_in("noor", "een nieuw wachtwoord").status_code == 303
