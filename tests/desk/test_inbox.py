"""The lists: who waits longest comes first, the numbers agree, and empty is said kindly."""

from bot.core.cases import CaseStatus
from bot.staff_desk import take_over
from tests.desk.conftest import Desk


def test_urgent_comes_first_and_then_who_waits_longest(desk: Desk) -> None:
    desk.staff()
    desk.waiting("de eerste")
    desk.clock.forward(minutes=5)
    desk.waiting("de tweede")
    desk.clock.forward(minutes=5)
    desk.waiting("de spoed", urgent=True)
    page = desk.browser("noor").get("/desk/inbox/waiting").text
    assert page.index("de spoed") < page.index("de eerste") < page.index("de tweede")
    assert "wacht 10 min" in page


def test_each_view_holds_what_its_name_says(desk: Desk) -> None:
    noor = desk.staff()
    mine, waiting, with_bot = (
        desk.waiting("van mij"),
        desk.waiting("wachtend"),
        desk.conversation("bij de bot"),
    )
    take_over(desk.made.tools, mine, noor)
    browser = desk.browser("noor")
    for view, expected in {
        "mine": {mine},
        "waiting": {waiting},
        "bot": {with_bot},
        "all": {mine, waiting, with_bot},
        "urgent": set(),
        "closed": set(),
    }.items():
        page = browser.get(f"/desk/inbox/{view}").text
        assert {each for each in (mine, waiting, with_bot) if f'id="c-{each}"' in page} == expected, view


def test_the_desk_opens_where_the_work_is(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser("noor")
    assert browser.get("/desk/").headers["location"] == "/desk/inbox/waiting"
    assert "Niemand wacht. Mooi." in browser.get("/desk/inbox/waiting").text
    desk.waiting(urgent=True)
    assert browser.get("/desk/").headers["location"] == "/desk/inbox/urgent"


def test_htmx_gets_the_list_alone(desk: Desk) -> None:
    desk.staff()
    part = desk.browser("noor").get("/desk/inbox/all", **{"HX-Request": "true"}).text
    assert part.startswith('<div id="list"')


def test_a_case_moves_through_its_states_and_the_trail_says_who(desk: Desk) -> None:
    desk.staff()
    case = desk.case(school="ROC Friese Poort")
    browser, at = desk.browser("noor"), f"/desk/cases/{case.reference}"
    assert case.reference in browser.get("/desk/cases?status=new").text
    page = browser.get(at).text
    assert "ROC Friese Poort" in page
    assert (
        browser.post(f"{at}/status", status="in_progress", version=browser.field("version")).status_code
        == 303
    )
    assert "Noor: mee bezig" in browser.get(at).text
    with desk.made.tools.look() as uow:
        assert uow.cases.get(case.id).status is CaseStatus.IN_PROGRESS  # type: ignore[union-attr]


def test_a_case_that_a_colleague_changed_meanwhile_is_not_changed_again(desk: Desk) -> None:
    desk.staff()
    case = desk.case()
    browser, at = desk.browser("noor"), f"/desk/cases/{case.reference}"
    browser.get(at)
    browser.post(f"{at}/status", status="waiting", version=case.version)
    late = browser.post(f"{at}/status", status="closed", version=case.version)
    assert late.status_code == 409
    assert "collega heeft deze zaak net veranderd" in late.text
