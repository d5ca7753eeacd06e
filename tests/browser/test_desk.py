"""The desk in a real browser: the whole hand-over by keyboard, live without reload, drafts that survive, axe on every page."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.app import make_app
from bot.bootstrap import Services
from bot.core.cases import CaseDraft
from bot.core.messages import Draft, Effect, Handling, Message
from bot.core.ports import Turn
from bot.desk.accounts import add_account
from bot.helpdesk import Tools, open_case, receive, record_turn, start_conversation
from tests.builders import make_services

PASSWORD = "een lang wachtwoord"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = [
    "inbox/all",
    "inbox/waiting",
    "inbox/closed",
    "search",
    "search?q=mens",
    "cases",
    "cases/JOB-2026-00001",
    "replies",
    "views",
    "knowledge",
    "knowledge/bsa",
    "numbers",
    "numbers/year",
    "numbers/year?year=2024-2025",
    "learning",
    "people",
    "audit",
    "me",
    "nergens",
]


class RunningDesk:
    """The application on a free port, with a student who waits. The assistant is away; the desk never calls it."""

    def __init__(self, folder: Path) -> None:
        # A port where nobody listens: whatever the bot would say does not come.
        self.made: Services = make_services(folder, rasa_port=9)
        self.tools: Tools = self.made.tools
        for login, name in (("noor", "Noor"), ("sam", "Sam")):
            add_account(self.tools, login, name, PASSWORD, "admin", second_factor_required=False)
        self.server = uvicorn.Server(
            uvicorn.Config(
                make_app(self.made), port=0, ws="none", log_level="error", timeout_graceful_shutdown=1
            )
        )
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def start(self) -> None:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/desk"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.made.engine.dispose()

    def waiting(self, words: str) -> str:
        """A conversation that waits for a human."""
        conversation_id, _ = start_conversation(self.tools, "website")
        message_id = receive(self.tools, conversation_id, "first", text=words)
        message = Message(
            message_id, conversation_id, self.tools.now(), None, words, handling=Handling.PENDING
        )  # type: ignore[arg-type]
        hand_over = Effect("hand_over", {"reason": "asked"})
        guess = Effect(
            "understood", {"outcome": "handed_over", "guesses": [{"label": "vraag/bsa", "confidence": 0.6}]}
        )
        record_turn(self.tools, replace(message), Turn([Draft("Ik vraag iemand.")], [guess, hand_over]))
        return conversation_id

    def student(self, conversation_id: str, words: str) -> None:
        receive(self.tools, conversation_id, words[:50], text=words)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    running = RunningDesk(tmp_path)
    running.start()
    yield running
    running.stop()


def log_in(page: Page, desk: RunningDesk, login: str = "noor") -> None:
    page.goto(f"{desk.url}/login")
    page.get_by_label("Login").fill(login)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/inbox/**")


def test_the_whole_hand_over_by_keyboard(page: Page, desk: RunningDesk) -> None:
    log_in(page, desk)
    conversation_id = desk.waiting("Ik wil graag een mens spreken")
    expect(page.get_by_text("Ik wil graag een mens spreken")).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/conversations/{conversation_id}")
    page.keyboard.press("t")
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.type("Hoi, ik ben Noor. Vertel!")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".human .said")).to_have_text("Hoi, ik ben Noor. Vertel!")
    expect(page.locator("#reply")).to_have_value("")
    expect(page.locator("#reply")).to_be_focused()

    desk.student(conversation_id, "Mijn stage is gestopt")
    expect(page.get_by_text("Mijn stage is gestopt")).to_be_visible()

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Terug naar chatbot").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("De chatbot voert dit gesprek.")).to_be_visible()


def test_a_draft_survives_a_reload_a_lost_connection_and_an_ended_login(
    page: Page, desk: RunningDesk
) -> None:
    log_in(page, desk)
    conversation_id = desk.waiting("Help")
    page.goto(f"{desk.url}/conversations/{conversation_id}")
    page.get_by_role("button", name="Overnemen").click()
    reply = page.locator("#reply")
    reply.fill("Dit mag niet weg")
    desk.student(conversation_id, "Ben je er nog?")
    expect(page.get_by_text("Ben je er nog?")).to_be_visible()
    expect(reply).to_have_value("Dit mag niet weg")

    page.reload()
    expect(reply).to_have_value("Dit mag niet weg")

    page.context.set_offline(True)
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("#draft-state")).to_contain_text("Je tekst is bewaard")
    expect(reply).to_have_value("Dit mag niet weg")
    page.context.set_offline(False)

    page.context.clear_cookies()
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_url("**/desk/login**")
    expect(page.get_by_text("wat je typte is bewaard")).to_be_visible()
    page.get_by_label("Login").fill("noor")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(reply).to_have_value("Dit mag niet weg")
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator(".human .said")).to_have_count(1)


def test_the_second_colleague_sees_live_who_has_it_and_who_looks_along(
    browser: Browser, desk: RunningDesk
) -> None:
    conversation_id = desk.waiting("Wie helpt mij?")
    noor, sam = browser.new_context().new_page(), browser.new_context().new_page()
    for page, login in ((noor, "noor"), (sam, "sam")):
        log_in(page, desk, login)
        page.goto(f"{desk.url}/conversations/{conversation_id}")
    expect(noor.get_by_text("Sam kijkt nu mee")).to_be_visible()
    noor.get_by_role("button", name="Overnemen").click()
    expect(sam.get_by_text("heeft dit gesprek. Je kunt meelezen.")).to_be_visible()
    expect(sam.get_by_role("button", name="Overnemen")).to_have_count(0)
    for page in (noor, sam):
        page.context.close()


def test_a_refresh_that_was_asked_for_before_the_take_over_leaves_the_composer_alone(
    page: Page, desk: RunningDesk
) -> None:
    log_in(page, desk)
    conversation_id = desk.waiting("Help")
    page.goto(f"{desk.url}/conversations/{conversation_id}")
    page.get_by_role("button", name="Overnemen").click()
    page.locator("#reply").press_sequentially("half")
    page.locator("#reply").evaluate("field => { field.mark = 'the same field'; }")
    refresh = f"/desk/conversations/{conversation_id}/live?known=queue:0"
    with page.expect_response(f"**{refresh}"):
        page.evaluate("path => htmx.ajax('GET', path, {target: '#live', swap: 'morph:outerHTML'})", refresh)
    page.wait_for_timeout(200)
    assert page.locator("#reply").evaluate("field => field.mark") == "the same field"
    page.keyboard.type(" getypt")
    expect(page.locator("#reply")).to_have_value("half getypt")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_any_page(browser: Browser, desk: RunningDesk, width: int, scheme: str) -> None:
    waiting, taken = desk.waiting("Ik wil een mens"), desk.waiting("Nog een student")
    draft = CaseDraft(waiting, "m1", "Geen stageplek", "website", school="Deltion", consent=True)
    open_case(desk.tools, draft)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page, problems = context.new_page(), []
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)

    def look(name: str) -> None:
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
        problems.extend(
            f"{name}: {each['id']} {[node['target'] for node in each['nodes']]}" for each in found
        )
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{name}: wider than the screen")

    page.goto(f"{desk.url}/login")
    look("login")
    log_in(page, desk)
    page.goto(f"{desk.url}/conversations/{taken}")
    page.get_by_role("button", name="Overnemen").click()
    expect(page.locator("#reply")).to_be_visible()
    look("taken")
    for path in (f"conversations/{waiting}", *PAGES):
        page.goto(f"{desk.url}/{path}")
        look(path)
    page.keyboard.press("?")
    look("shortcuts")
    context.close()
    assert problems == []
