"""Promises of the whole desk: every route asks who you are, every form carries a token, looking changes nothing."""

import re

import pytest
from starlette.routing import Mount, Route

from bot.desk.app import desk_app
from tests.desk.conftest import Desk

OPEN = {"/login", "/login/code", "/static", "/invitation/{token}"}


def routes(desk: Desk) -> list[Route]:
    found = desk_app(desk.made, lambda: None).routes
    assert {route.path for route in found if isinstance(route, Mount)} == {"/static"}
    return [route for route in found if isinstance(route, Route) and route.path not in OPEN]


def address(route: Route) -> str:
    return "/desk" + re.sub(r"{(\w+)(:int)?}", lambda found: "1" if found[2] else found[1], route.path)


def test_every_route_asks_who_you_are(desk: Desk) -> None:
    stranger = desk.browser()
    assert len(routes(desk)) > 10
    for route in routes(desk):
        for method in route.methods - {"HEAD"}:
            answer = stranger.client.request(method, address(route), follow_redirects=False)
            if route.path == "/events":
                assert answer.status_code == 401
            else:
                assert (answer.status_code, answer.headers["location"][:12]) == (303, "/desk/login?"), (
                    route.path
                )


def test_every_post_is_refused_without_the_token_of_the_session(desk: Desk) -> None:
    desk.staff(role="admin")
    browser = desk.browser("noor")
    for route in routes(desk):
        if "POST" in route.methods:
            assert browser.post(address(route), csrf="").status_code == 403, route.path
            assert browser.post(address(route), csrf="wrong").status_code == 403, route.path


def test_no_route_both_reads_and_changes(desk: Desk) -> None:
    for route in routes(desk):
        assert len(route.methods - {"HEAD"}) == 1, route.path


def test_a_form_from_another_site_is_refused_even_with_the_token(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser("noor")
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = browser.client.post("/desk/logout", data={"csrf": browser.field("csrf")}, headers=headers)
        assert answer.status_code == 403


def test_pages_are_not_kept_in_a_cache_and_hold_to_the_strict_policy(desk: Desk) -> None:
    desk.staff()
    answer = desk.browser("noor").get("/desk/inbox/all")
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    for forbidden in ("<script>", " style=", " onclick=", "hx-on"):
        assert forbidden not in answer.text


@pytest.mark.parametrize(
    "path", ["/desk/nergens", "/desk/conversations/x", "/desk/cases/JOB-2026-00009", "/desk/cases/x"]
)
def test_an_unknown_address_is_a_friendly_page(desk: Desk, path: str) -> None:
    desk.staff()
    answer = desk.browser("noor").get(path)
    assert answer.status_code == 404
    assert "<h1>Niet gevonden</h1>" in answer.text
