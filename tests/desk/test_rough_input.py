"""No value of a field, a query or an address breaks the desk: it is used, or refused with a reason, on every database.

PostgreSQL refuses what SQLite takes (a zero character, more text than a column holds), and SQLite what PostgreSQL takes
(whole numbers without end).
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.routing import Route

from bot import desk as desk_package
from tests.desk.conftest import Desk
from tests.desk.test_every_route import routes

SOURCES = Path(desk_package.__file__).parent
FIELD = re.compile(r"""(?:form\.get\(|form\[|query\(|number\(\s*(?:ask\.)?form,)\s*"(\w+)\"""")
ROUGH = ["zero\x00character \N{COLLISION SYMBOL}'\"\\%_ " + "x" * 1_000, "9" * 25]
LEFT_OUT = {"/logout", "/events"}


def names() -> set[str]:
    """Every field of a form and of a query that some page reads."""
    found = {
        name for file in SOURCES.glob("*.py") for name in FIELD.findall(file.read_text(encoding="utf-8"))
    }
    assert {"label", "title", "due", "text", "q", "staff"} <= found
    return found - {"csrf"}


def address(route: Route, values: dict[str, str], otherwise: str) -> str:
    def fill(part: re.Match[str]) -> str:
        if part[2]:
            return otherwise if otherwise.isdecimal() else "1"
        return quote(values.get(part[1], otherwise), safe="")

    return "/desk" + re.sub(r"{(\w+)(:int)?}", fill, route.path)


@pytest.mark.parametrize("value", ROUGH, ids=["words", "number"])
def test_no_value_breaks_a_page(desk: Desk, value: str) -> None:
    desk.staff("noor", role="admin")
    browser = desk.browser("noor")
    csrf, broken = browser.field("csrf"), []
    fields = dict.fromkeys(names(), value)
    conversation, case = desk.waiting("Ik wil een mens"), desk.case()
    for route in routes(desk):
        if route.path in LEFT_OUT:
            continue
        there = {"id": conversation if "conversation" in route.path else "1", "topic": "bsa"}
        there |= {"ref": case.reference, "reference": case.reference, "message": "1", "staff": "1"}
        for path in {address(route, {}, value), address(route, there, "1")}:
            if "POST" in route.methods:
                answer = browser.client.post(path, data={**fields, "csrf": csrf}, follow_redirects=False)
            else:
                answer = browser.client.get(path, params=fields, follow_redirects=False)
            if answer.status_code >= 500:
                broken.append((route.path, path[:60], answer.status_code))
            if answer.status_code == 303 and "/login" in answer.headers["location"]:
                browser.log_in("noor")
                csrf = browser.field("csrf")
    assert broken == []


@pytest.mark.parametrize("value", ROUGH, ids=["words", "number"])
def test_no_value_breaks_the_login(desk: Desk, value: str) -> None:
    browser = desk.browser()
    for fields in ({"login": value, "password": value}, {"login": "noor", "password": value}):
        browser.get("/desk/login")
        assert browser.post("/desk/login", **fields).status_code < 500
    assert browser.get(f"/desk/invitation/{quote(value)}").status_code in (200, 404)
    browser.client.cookies.set("desk_session", quote(value))
    assert browser.get("/desk/inbox/all").status_code < 500
