"""Saved views: kept under a name, opened with one click, shared, renamed, thrown away and put back."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bot.core.saved_views import MAX_VIEWS, clean_filters, clean_name
from bot.desk.lists import address
from bot.desk.work import change_label
from tests.desk.conftest import Browser, Desk
from tests.desk.test_audit import trail
from tests.desk.test_races import at_once


def saved(desk: Desk, login: str = "noor") -> list[tuple[str, str]]:
    """The views that somebody sees: name and address without its own number."""
    with desk.made.tools.look() as uow:
        member = uow.staff.by_login(login)
        assert member
        views = uow.views.seen_by(member[0].id)
    return [(view.name, re.sub(r"[?&]saved=\d+", "", address(view))) for view in views]


def save(browser: Browser, name: str, page: str = "inbox", **filters: object):  # type: ignore[no-untyped-def]
    browser.get("/desk/views")
    return browser.post("/desk/views", name=name, page=page, **filters)


def menu(browser: Browser) -> str:
    page = unescape(browser.get("/desk/views").text)
    return page[page.index('id="menu"') : page.index('<main id="main"')]


def test_a_filtered_list_is_saved_and_opens_with_one_click(desk: Desk) -> None:
    desk.staff()
    wanted, other = desk.waiting("Over mijn stage"), desk.waiting("Iets anders")
    change_label(desk.made.tools, wanted, "stage", on=True)
    browser = desk.browser("noor")
    page = browser.get("/desk/inbox/waiting?label=stage&channel=website").text
    assert wanted in page
    assert other not in page
    form = {name: browser.field(name) for name in ("page", "view", "label", "channel")}
    opened = browser.post("/desk/views", name="  Stage die   wacht ", **form)
    assert opened.status_code == 303
    page = browser.get(opened.headers["location"]).text
    assert wanted in page
    assert other not in page
    assert "weergave Stage die wacht" in page
    assert f'<a href="{opened.headers["location"]}" aria-current="page">' in unescape(page)
    assert saved(desk) == [("Stage die wacht", "/desk/inbox/waiting?label=stage&channel=website")]
    assert trail(desk)[-1] == ("Noor", "views", "")


def test_a_search_is_saved_with_its_filters(desk: Desk) -> None:
    desk.staff()
    one, other = desk.waiting("Geen vergoeding"), desk.conversation("Ook geen vergoeding")
    change_label(desk.made.tools, one, "geld", on=True)
    browser = desk.browser("noor")
    browser.get("/desk/search?q=vergoeding&state=queue&label=geld")
    form = {name: browser.field(name) for name in ("page", "q", "state", "label")}
    answer = browser.client.post(
        "/desk/views",
        data={"csrf": browser.field("csrf"), "name": "Geld", **form},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 204
    page = browser.get(answer.headers["hx-redirect"]).text
    assert one in page
    assert other not in page
    assert saved(desk) == [("Geld", "/desk/search?q=vergoeding&state=queue&label=geld")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Geef de weergave een naam."),
        ("   ", "Geef de weergave een naam."),
        ("x" * 41, "hoogstens 40 tekens"),
        ("bel 06 12 34 56 78", "geen nummer of mailadres"),
        ("jan@example.org", "geen nummer of mailadres"),
        ("STAGE", "Er is al een weergave met de naam STAGE."),
    ],
)
def test_a_bad_name_is_refused_in_one_line(desk: Desk, name: str, words: str) -> None:
    desk.staff()
    browser = desk.browser("noor")
    save(browser, "Stage")
    answer = save(browser, name)
    assert answer.status_code == 422
    assert words in answer.text
    assert len(saved(desk)) == 1


def test_a_view_holds_no_personal_data_and_no_filter_of_another_page(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser("noor")
    for words in ("0612345678", "yara@example.org"):
        assert "geen persoonsgegevens" in save(browser, "Iemand", "search", q=words).text
    assert save(browser, "Gek", "nergens").status_code == 422
    assert clean_filters("inbox", {"view": "all", "q": "x", "label": ""}) == {"view": "all"}
    assert clean_name(" Van  mij ") == "Van mij"
    assert saved(desk) == []


def test_a_shared_view_is_for_all_and_changed_by_its_maker_or_an_admin_only(desk: Desk) -> None:
    desk.staff("noor", "Noor")
    desk.staff("sam", "Sam")
    desk.staff("els", "Els", role="admin")
    noor, sam, els = desk.browser("noor"), desk.browser("sam"), desk.browser("els")
    save(noor, "Alleen van mij", view="mine")
    save(noor, "Van ons", view="waiting", shared="ja")
    assert "Van ons" in menu(sam)
    assert "van Noor" in menu(sam)
    assert "Alleen van mij" not in menu(sam)
    with desk.made.tools.look() as uow:
        ids = {view.name: view.id for view in uow.views.seen_by(1)}
    for what, form in (("change", {"name": "Gekaapt"}), ("drop", {})):
        assert sam.post(f"/desk/views/{ids['Van ons']}/{what}", **form).status_code == 403
        assert sam.post(f"/desk/views/{ids['Alleen van mij']}/{what}", **form).status_code == 404
        assert (
            els.post(
                f"/desk/views/{ids['Alleen van mij']}/{what}", csrf=els.field("csrf"), **form
            ).status_code
            == 404
        )
    assert els.post(f"/desk/views/{ids['Van ons']}/change", name="Van allen", shared="ja").status_code == 303
    assert [name for name, _ in saved(desk)] == ["Alleen van mij", "Van allen"]
    noor.post(f"/desk/views/{ids['Van ons']}/change", name="Weer van mij")
    assert saved(desk, "sam") == []


def test_a_view_is_renamed_thrown_away_and_put_back(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser("noor")
    save(browser, "Oud", view="waiting")
    save(browser, "Bezet")
    with desk.made.tools.look() as uow:
        view_id = next(view.id for view in uow.views.seen_by(1) if view.name == "Oud")
    taken = browser.post(f"/desk/views/{view_id}/change", name="bezet")
    assert taken.status_code == 422
    assert 'value="bezet"' in taken.text, "what was typed stands there still"
    browser.post(f"/desk/views/{view_id}/change", name="Nieuw")
    gone = browser.post(f"/desk/views/{view_id}/drop").headers["location"]
    assert "De weergave Nieuw is weg." in browser.get(gone).text
    assert "Nieuw" not in menu(browser)
    browser.post(f"/desk/views/{view_id}/restore")
    assert saved(desk) == [("Bezet", "/desk/inbox/all"), ("Nieuw", "/desk/inbox/waiting")]

    browser.post(f"/desk/views/{view_id}/drop")
    save(browser, "Nieuw")
    assert "Er is al een weergave met de naam Nieuw" in browser.post(f"/desk/views/{view_id}/restore").text
    desk.clock.forward(days=2)
    browser = desk.browser("noor")
    assert browser.post(f"/desk/views/{view_id}/restore").status_code == 404


def test_a_view_of_a_label_that_is_gone_and_of_a_list_that_is_gone_still_opens(desk: Desk) -> None:
    desk.staff()
    talk = desk.waiting()
    change_label(desk.made.tools, talk, "stage", on=True)
    browser = desk.browser("noor")
    opened = save(browser, "Stage", view="waiting", label="stage").headers["location"]
    search = save(browser, "Zoek stage", "search", q="mens", label="stage").headers["location"]
    change_label(desk.made.tools, talk, "stage", on=False)
    page = browser.get(opened).text
    assert "Het label stage is niet meer in gebruik." in page
    assert "stage (niet meer in gebruik)" in page
    assert browser.get(search).status_code == 200
    change_label(desk.made.tools, talk, "stage", on=True)
    assert talk in browser.get(opened).text
    gone = save(browser, "Oude lijst", view="bestaat-niet").headers["location"]
    assert gone.startswith("/desk/inbox/all?")
    assert browser.get(gone).status_code == 200


def test_the_live_list_keeps_its_filters(desk: Desk) -> None:
    desk.staff()
    page = desk.browser("noor").get("/desk/inbox/all?label=a b&channel=website").text
    assert 'hx-get="/desk/inbox/all?label=a+b&amp;channel=website" hx-trigger="sse:inbox' in page


def test_of_one_who_saves_twice_at_once_one_view_stays_and_there_are_not_too_many(desk: Desk) -> None:
    desk.staff()
    one, two = desk.browser("noor"), desk.browser("noor")
    answers = at_once(
        lambda: one.post("/desk/views", name="Dubbel", page="inbox"),
        lambda: two.post("/desk/views", name="Dubbel", page="inbox"),
    )
    assert sorted(answer.status_code for answer in answers) in ([303, 409], [303, 422])  # type: ignore[attr-defined]
    for number in range(MAX_VIEWS):
        last = save(one, f"Weergave {number}")
    assert f"Je hebt al {MAX_VIEWS} weergaven." in last.text
    assert len(saved(desk)) == MAX_VIEWS
