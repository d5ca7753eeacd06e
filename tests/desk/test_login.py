"""Logging in: the cookie, the throttle, the way back."""

import pytest

from bot.desk.guard import safe_next
from tests.desk.conftest import Desk


def test_logging_in_opens_the_inbox_and_the_cookie_is_locked_down(desk: Desk) -> None:
    desk.staff()
    answer = desk.browser().log_in("noor")
    cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("desk_session="))
    assert answer.headers["location"] == "/desk/"
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/desk" in cookie


def test_over_https_the_cookie_is_secure(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from starlette.testclient import TestClient

    from bot.app import make_app
    from bot.desk.accounts import add_account
    from tests.builders import make_services
    from tests.desk.conftest import PASSWORD, Browser

    made = make_services(tmp_path, https=True, allowed_origins=("https://jobmbo.nl",))
    add_account(made.tools, "noor", "Noor", PASSWORD)
    answer = Browser(TestClient(make_app(made), base_url="https://desk.test")).log_in("noor")
    cookies = answer.headers.get_list("set-cookie")
    assert "Secure" in next(line for line in cookies if line.startswith("desk_session="))


def test_a_wrong_password_says_neither_whether_the_login_exists(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser()
    known, unknown = (
        browser.log_in("noor", "verkeerd wachtwoord"),
        browser.log_in("niemand", "verkeerd wachtwoord"),
    )
    assert known.status_code == unknown.status_code == 401
    assert "Login of wachtwoord klopt niet" in known.text
    assert known.text.replace("noor", "niemand") == unknown.text


def test_guessing_is_slowed_down_for_one_login_and_not_for_the_school_behind_the_same_address(
    desk: Desk,
) -> None:
    desk.staff("noor")
    desk.staff("sam")
    browser = desk.browser()
    for _ in range(5):
        assert browser.log_in("noor", "verkeerd wachtwoord").status_code == 401
    stopped = browser.log_in("noor")
    assert stopped.status_code == 429
    assert "Wacht 10 min" in stopped.text
    assert desk.browser().log_in("sam").status_code == 303
    desk.clock.forward(minutes=10)
    assert browser.log_in("noor").status_code == 303


def test_the_login_form_needs_its_token(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser()
    browser.get("/desk/login")
    assert browser.post("/desk/login", csrf="", login="noor", password="x").status_code == 403


def test_logging_out_ends_the_session(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser("noor")
    old = browser.client.cookies["desk_session"]
    browser.post("/desk/logout")
    browser.client.cookies.set("desk_session", old, domain="desk.test", path="/desk")
    assert browser.get("/desk/inbox/all").status_code == 303


def test_an_ended_session_leads_to_the_login_and_back_to_the_page(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser("noor")
    desk.clock.forward(hours=13)
    answer = browser.get("/desk/cases?status=new")
    assert answer.headers["location"] == "/desk/login?expired=1&next=/desk/cases%3Fstatus%3Dnew"
    browser.get(answer.headers["location"])
    assert "wat je typte is bewaard" in browser.page
    back = browser.post(
        "/desk/login", login="noor", password="een lang wachtwoord", next="/desk/cases?status=new"
    )
    assert back.headers["location"] == "/desk/cases?status=new"


def test_htmx_is_sent_to_the_login_as_a_whole_page(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser("noor")
    desk.clock.forward(hours=13)
    answer = browser.client.post(
        "/desk/conversations/abc/reply",
        headers={"HX-Request": "true", "HX-Current-URL": "http://desk.test/desk/conversations/abc"},
    )
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/desk/login?expired=1&next=/desk/conversations/abc"


@pytest.mark.parametrize(
    "raw",
    [
        "https://evil.example/desk/",
        "//evil.example/desk/",
        "/desk/../x\\",
        "javascript:alert(1)",
        "/other",
        "",
        None,
    ],
)
def test_the_way_back_never_leads_to_another_site(raw: str | None) -> None:
    assert safe_next(raw) == "/desk/"


def test_who_comes_for_the_first_time_is_not_told_of_a_logout(desk: Desk) -> None:
    assert desk.browser().get("/desk/").headers["location"] == "/desk/login?next=/desk/"
