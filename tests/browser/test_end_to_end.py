"""The whole path in two real browsers against the running helpdesk: a student asks, a board member answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.live import LiveHelpdesk

PATIENCE_MS = 60_000


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[int], Page]]:
    """Pages in browsers of their own: nobody shares a cookie."""
    contexts = []

    def make(width: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="nl-NL")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield make
    for context in contexts:
        context.close()


def heard(student: Page, words: str) -> Locator:
    """The last message with ``words`` in the transcript."""
    return student.get_by_role("log").get_by_text(words).last


def say(student: Page, words: str, answer: str) -> None:
    student.get_by_role("textbox").fill(words)
    student.get_by_role("textbox").press("Enter")
    expect(heard(student, answer)).to_be_visible(timeout=PATIENCE_MS)


def open_chat(student: Page, live: LiveHelpdesk) -> None:
    student.goto(live.url)
    student.get_by_role("button", name="Stel je vraag").click()
    expect(heard(student, "een computer en geen mens")).to_be_visible(timeout=PATIENCE_MS)


def log_in(staff: Page, live: LiveHelpdesk) -> None:
    staff.goto(f"{live.url}/desk")
    staff.get_by_label("Login").fill("demo")
    staff.get_by_label("Wachtwoord").fill(live.password)
    staff.get_by_role("button", name="Inloggen").click()
    expect(staff.get_by_role("link", name="Wacht op ons")).to_be_visible(timeout=PATIENCE_MS)


def test_first_contact_says_that_it_is_a_bot_and_an_answer_shows_its_sources(
    live: LiveHelpdesk, open_page: Callable[[int], Page]
) -> None:
    student = open_page(390)
    open_chat(student, live)
    say(student, "mag mijn school mij zomaar schorsen?", "hooguit twee weken")
    source = student.get_by_role("log").get_by_role("link", name="artikel 8.1.7c").first
    expect(source).to_have_attribute(
        "href", "https://wetten.overheid.nl/jci1.3:c:BWBR0007625&artikel=8.1.7c&z=2026-01-01&g=2026-01-01"
    )
    expect(student.get_by_role("log").get_by_text("gezien op 22-11-2026").first).to_be_visible()


def test_a_bedoel_je_button_leads_to_its_answer(live: LiveHelpdesk, open_page: Callable[[int], Page]) -> None:
    student = open_page(390)
    open_chat(student, live)
    say(student, "iets met examen", "Bedoel je")
    offered = student.locator(".choice:enabled")
    assert 2 <= offered.count() <= 4
    first = offered.first
    title = first.inner_text()
    first.click()
    expect(student.get_by_role("log").get_by_text(title).last).to_be_visible()
    expect(heard(student, "Dit antwoord is nog niet door JOB nagekeken")).to_be_visible(timeout=PATIENCE_MS)


def test_a_student_logs_a_case_in_the_chat(live: LiveHelpdesk, open_page: Callable[[int], Page]) -> None:
    student = open_page(320)
    open_chat(student, live)
    say(student, "ik wil een zaak melden", "Wat is er gebeurd?")
    say(student, "Mijn stagebedrijf laat mij elke dag alleen schoonmaken.", "Op welke school")
    say(student, "overslaan", "iets over je opleiding")
    student.get_by_role("button", name="Nee, verder").click()
    expect(heard(student, "Hoe kan JOB je bereiken?")).to_be_visible(timeout=PATIENCE_MS)
    say(student, "anoniem", "Mag JOB dit bewaren?")
    student.get_by_role("button", name="Ja, dat mag").click()
    expect(heard(student, "Klopt dit?")).to_be_visible(timeout=PATIENCE_MS)
    student.get_by_role("button", name="Ja, versturen").click()
    expect(heard(student, "JOB-20")).to_be_visible(timeout=PATIENCE_MS)
    reference = heard(student, "JOB-20").inner_text()
    assert live.scalar("select description from cases order by id desc limit 1") == (
        "Mijn stagebedrijf laat mij elke dag alleen schoonmaken."
    ), reference


def test_the_hand_over_round_trip_in_two_browsers(
    live: LiveHelpdesk, open_page: Callable[[int], Page]
) -> None:
    student, staff = open_page(390), open_page(1280)
    open_chat(student, live)
    say(student, "ik wil een mens spreken", "Ik vraag iemand van JOB, een bestuurslid")
    expect(student.locator(".state-text").get_by_text("Je staat in de wacht")).to_be_visible(
        timeout=PATIENCE_MS
    )

    log_in(staff, live)
    staff.get_by_role("link", name="Wacht op ons").click()
    newest = live.scalar("select id from conversations where state = 'queue' order by queued_at desc limit 1")
    staff.locator(f"main a[href*='{newest}']").first.click()
    staff.get_by_role("button", name="Overnemen").click()
    staff.get_by_label("Antwoord aan de student").fill("Hoi, ik ben Demo. Waarmee kan ik je helpen?")
    staff.get_by_role("button", name="Versturen").click()

    # Without reloading.
    expect(heard(student, "Hoi, ik ben Demo.")).to_be_visible(timeout=PATIENCE_MS)
    expect(
        student.locator(".state-text").get_by_text("Je praat nu met Demo Bestuurslid van JOB")
    ).to_be_visible(timeout=PATIENCE_MS)
    student.get_by_role("textbox").fill("mag mijn school mij zomaar schorsen?")
    student.get_by_role("textbox").press("Enter")
    expect(staff.get_by_text("mag mijn school mij zomaar schorsen?").first).to_be_visible(timeout=PATIENCE_MS)
    expect(student.get_by_role("log").get_by_text("hooguit twee weken")).to_have_count(0)

    staff.get_by_role("button", name="Terug naar chatbot").click()
    expect(heard(student, "Je praat weer met de chatbot")).to_be_visible(timeout=PATIENCE_MS)
    say(student, "mag mijn school mij zomaar schorsen?", "hooguit twee weken")
