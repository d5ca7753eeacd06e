"""Joining cases, saved views, delivery and follow-up in a real browser: by keyboard, with axe, down to 320 pixels."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from bot.core.cases import Case, CaseDraft
from bot.core.delivery import Delivery
from bot.delivery import record_delivery
from bot.follow_ups import dutch_day
from bot.helpdesk import open_case
from tests.browser.test_desk import TAGS, RunningDesk, desk, log_in

__all__ = ["desk"]
SIZES = [(1280, "light"), (320, "light"), (1280, "dark")]


def problems_of(page: Page, name: str) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    problems = [f"{name}: {each['id']} {[node['target'] for node in each['nodes']]}" for each in found]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        problems.append(f"{name}: wider than the screen")
    return problems


@contextmanager
def looking(browser: Browser, desk: RunningDesk, width: int, scheme: str) -> Iterator[Page]:
    """Somebody of staff at a screen of this width."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    log_in(page, desk)
    yield page
    context.close()


def case_of(desk: RunningDesk, conversation_id: str, words: str) -> Case:
    draft = CaseDraft(conversation_id, words, words, "website", contact="0612345678", consent=True)
    return open_case(desk.tools, draft)


def test_cases_are_joined_and_taken_apart_by_keyboard(page: Page, desk: RunningDesk) -> None:
    talk = desk.waiting("Ik wil iets melden")
    one, other = case_of(desk, talk, "Geen stageplek"), case_of(desk, talk, "Nog steeds geen stageplek")
    log_in(page, desk)
    page.goto(f"{desk.url}/cases/{one.reference}")
    page.get_by_role("button", name=f"Samenvoegen: {other.reference}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="is samengevoegd met deze zaak")).to_be_visible()
    page.get_by_role("button", name=f"Ongedaan maken: {other.reference}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Samenvoegen: {other.reference}")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_axe_finds_nothing_on_joined_cases(
    browser: Browser, desk: RunningDesk, width: int, scheme: str
) -> None:
    talk = desk.waiting("Ik wil iets melden")
    one, two, three = (case_of(desk, talk, f"{word} stageplek") for word in ("Geen", "Nog geen", "Weer geen"))
    problems = []
    with looking(browser, desk, width, scheme) as page:
        page.goto(f"{desk.url}/cases/{one.reference}")
        problems += problems_of(page, "suggested")
        page.get_by_role("button", name=f"Samenvoegen: {two.reference}").click()
        expect(page.get_by_text("is samengevoegd met deze zaak")).to_be_visible()
        problems += problems_of(page, "joined")
        page.get_by_label("Nummer van een andere zaak").fill(one.reference)
        page.get_by_role("button", name="Samenvoegen", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("Dit is dezelfde zaak")
        problems += problems_of(page, "refused")
        page.goto(f"{desk.url}/cases/{two.reference}")
        problems += problems_of(page, "a joined case")
        page.goto(f"{desk.url}/conversations/{talk}")
        problems += problems_of(page, "side")
        page.goto(f"{desk.url}/search?q={three.reference}")
        problems += problems_of(page, "found")
    assert problems == []


def test_a_view_is_saved_opened_and_put_back_by_keyboard(page: Page, desk: RunningDesk) -> None:
    desk.waiting("Over mijn stage")
    log_in(page, desk)
    page.goto(f"{desk.url}/inbox/waiting")
    page.get_by_label("Kanaal").select_option("website")
    page.wait_for_url("**/inbox/waiting?**channel=website**")
    expect(page.get_by_label("Kanaal")).to_have_value("website")
    page.get_by_text("Bewaar als weergave").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Naam van de weergave").fill("jan@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("geen nummer of mailadres")
    page.get_by_label("Naam van de weergave").fill("Van de site")
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("weergave Van de site")
    page.goto(f"{desk.url}/inbox/all")
    link = page.get_by_role("navigation").get_by_role("link", name="Van de site")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox/waiting?channel=website&saved=**")
    expect(link).to_have_attribute("aria-current", "page")
    page.goto(f"{desk.url}/views")
    page.get_by_role("button", name="Weggooien: Van de site").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ongedaan maken").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="Van de site")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_axe_finds_nothing_on_views(browser: Browser, desk: RunningDesk, width: int, scheme: str) -> None:
    desk.waiting("Ik wil een mens")
    problems = []
    with looking(browser, desk, width, scheme) as page:
        page.goto(f"{desk.url}/views")
        problems += problems_of(page, "no views")
        for path, name in (
            ("inbox/all?label=weg", "Een heel lange naam die niet past"),
            ("search?q=mens", "Kort"),
        ):
            page.goto(f"{desk.url}/{path}")
            page.get_by_text("Bewaar als weergave").click()
            problems += problems_of(page, f"form on {path}")
            page.get_by_label("Naam van de weergave").fill(name)
            page.get_by_label("Deel met alle collega's").check()
            page.get_by_role("button", name="Bewaren").click()
            page.wait_for_url("**saved=**")
            problems += problems_of(page, f"view on {path}")
        page.goto(f"{desk.url}/views")
        page.get_by_text("Naam en delen").first.click()
        problems += problems_of(page, "views")
        page.get_by_role("button", name="Weggooien: Kort").click()
        expect(page.get_by_text("De weergave Kort is weg.")).to_be_visible()
        problems += problems_of(page, "thrown away")
    assert problems == []


def test_staff_sees_live_that_a_reply_was_sent_and_then_seen(
    browser: Browser, page: Page, desk: RunningDesk
) -> None:
    student = browser.new_context().new_page()
    student.goto(desk.url.removesuffix("/desk"))
    student.get_by_role("button", name="Chat met JOB").click()
    student.get_by_role("textbox").fill("Is daar iemand?")
    student.keyboard.press("Enter")
    log_in(page, desk)
    page.goto(f"{desk.url}/inbox/all")
    page.get_by_role("link", name="Is daar iemand?").click()
    expect(page.locator(".message.bot .delivery").first).to_contain_text("Gezien")
    page.get_by_role("button", name="Overnemen").click()
    student.keyboard.press("Escape")
    page.locator("#reply").fill("Ja, ik ben er.")
    page.get_by_role("button", name="Versturen").click()
    mine = page.locator(".message.human .delivery")
    expect(mine).to_contain_text("Verstuurd")
    student.get_by_role("button", name="Chat met JOB").click()
    expect(mine).to_contain_text("Gezien")
    problems = problems_of(page, "delivery")
    page.set_viewport_size({"width": 320, "height": 800})
    problems += problems_of(page, "delivery at 320")
    student.context.close()
    assert problems == []


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_a_follow_up_of_today_is_set_found_on_top_and_finished_by_keyboard(
    browser: Browser, desk: RunningDesk, width: int, scheme: str
) -> None:
    case = case_of(desk, desk.waiting("Ik wil iets melden"), "Geen stageplek")
    problems = []
    with looking(browser, desk, width, scheme) as page:
        page.goto(f"{desk.url}/cases/{case.reference}")
        page.get_by_text("Vervolgdatum zetten").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Kijk opnieuw op").fill(dutch_day(desk.tools.now()).isoformat())
        page.get_by_role("group").get_by_role("button", name="Opslaan").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("vervolg vandaag", exact=True)).to_be_visible()
        problems += problems_of(page, "due case")
        page.goto(f"{desk.url}/inbox/mine")
        expect(page.get_by_role("region", name="Mijn vervolg")).to_contain_text(case.reference)
        problems += problems_of(page, "on top")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/cases/{case.reference}")
        page.get_by_role("button", name="Klaar met het vervolg").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("haalde de vervolgdatum weg")).to_be_visible()
        page.goto(f"{desk.url}/conversations/{case.conversation_id}")
        page.get_by_text("Vervolgdatum", exact=True).click()
        page.get_by_label("Kijk opnieuw op").fill(dutch_day(desk.tools.now()).isoformat())
        page.get_by_role("button", name="Opslaan").click()
        expect(page.get_by_text("vervolg vandaag", exact=True)).to_be_visible()
        problems += problems_of(page, "due conversation")
    assert problems == []


def test_an_answer_to_a_form_that_comes_late_does_not_hide_what_happened_since(
    page: Page, desk: RunningDesk
) -> None:
    talk = desk.waiting("Help")
    log_in(page, desk)
    page.goto(f"{desk.url}/conversations/{talk}")
    page.get_by_role("button", name="Overnemen").click()
    page.locator("#reply").fill("Ik ben er.")

    def late(route: Route) -> None:
        made = route.fetch()
        with desk.tools.look() as uow:
            said = uow.messages.newest(talk, 1)[0].id
        record_delivery(desk.tools, talk, [said], Delivery.SENT)
        time.sleep(1)  # The page hears of it and shows it, before the answer that does not know it yet.
        route.fulfill(response=made)

    page.route("**/reply", late)
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("#reply")).to_have_value("")
    expect(page.locator(".message.human .delivery")).to_contain_text("Verstuurd", timeout=4_000)


def test_what_a_student_adds_stays_in_view_unless_one_scrolled_up(page: Page, desk: RunningDesk) -> None:
    talk = desk.waiting("Help")
    for number in range(12):
        desk.student(talk, f"regel {number}, met nog wat woorden erbij")
    log_in(page, desk)
    page.goto(f"{desk.url}/conversations/{talk}")
    page.get_by_role("button", name="Overnemen").click()
    page.locator("#reply").fill("Ik ben er.")
    page.get_by_role("button", name="Versturen").click()
    first = page.locator("#transcript .message").first
    for number in range(4):
        desk.student(talk, f"erbij {number}, en nog een verhaal dat een paar woorden langer is")
        # Two looks right after each other, as a form's answer and the live line bring them.
        page.evaluate("htmx.trigger('#live', 'desk-look-again'); htmx.trigger('#live', 'desk-look-again')")
    expect(page.get_by_text("erbij 3, en nog")).to_be_in_viewport()
    page.wait_for_timeout(
        500
    )  # The last looks come in; event streams never end, so there is no idle network to wait for.
    page.locator("#transcript").evaluate("list => { list.scrollTop = 0; }")
    expect(first).to_be_in_viewport()
    desk.student(talk, "Nog een laatste")
    expect(page.get_by_text("Nog een laatste")).to_be_attached()
    expect(first).to_be_in_viewport()
