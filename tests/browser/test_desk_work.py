"""Joining cases, saved views, delivery and follow-up in a real browser: by keyboard, with axe, down to 320 pixels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.core.cases import Case, CaseDraft
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
