"""Makes the pictures in ``docs/img/`` anew: a walk through chat and desk in a real browser, on a desktop and on a phone.

``.venv/bin/python -m scripts.screenshots``
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import QUIET
from tests.live import LiveHelpdesk, start, stop

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "img"
PATIENCE_MS = 30_000
WIDTHS = {"desktop": 1280, "phone": 390}


def say(page: Page, words: str, answer: str) -> None:
    """The student types, and the answer comes."""
    page.get_by_role("textbox").fill(words)
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_role("log").get_by_text(answer).last).to_be_visible(timeout=PATIENCE_MS)


def shoot(page: Page, name: str) -> None:
    """One picture, once nothing moves."""
    # Event streams never end, so "network idle" never comes.
    page.wait_for_timeout(900)
    page.screenshot(path=IMAGES / f"{name}.png")
    print(f"docs/img/{name}.png")


def walk(live: LiveHelpdesk, browser, kind: str, width: int) -> None:  # type: ignore[no-untyped-def]
    """The whole walk at one width of the desk."""
    student = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL").new_page()
    staff = browser.new_context(viewport={"width": width, "height": 844}, locale="nl-NL").new_page()
    for page in (student, staff):
        page.set_default_timeout(PATIENCE_MS)
    student.goto(live.url)
    student.get_by_role("button", name="Stel je vraag").click()
    say(student, "mag mijn school mij zomaar schorsen?", "hooguit twee weken")
    if kind == "desktop":
        shoot(student, "chat")
    say(student, "ik wil een mens spreken", "Dit geef ik door")
    staff.goto(f"{live.url}/desk")
    staff.get_by_label("Login").fill("demo")
    staff.get_by_label("Wachtwoord").fill(live.password)
    staff.get_by_role("button", name="Inloggen").click()
    staff.goto(f"{live.url}/desk/inbox/waiting")
    shoot(staff, f"desk-{kind}-1-inbox")
    conversation = live.scalar(
        "select id from conversations where state = 'queue' order by queued_at desc limit 1"
    )
    staff.goto(f"{live.url}/desk/conversations/{conversation}")
    shoot(staff, f"desk-{kind}-2-conversation")
    staff.get_by_role("button", name="Overnemen").click()
    staff.get_by_label("Antwoord aan de student").fill(
        "Hoi! Ik lees met je mee. Wanneer kreeg je de brief van school?"
    )
    staff.get_by_role("button", name="Versturen").click()
    expect(student.get_by_role("log").get_by_text("Ik lees met je mee").last).to_be_visible(
        timeout=PATIENCE_MS
    )
    say(student, "gisteren, er staat twee weken in", "gisteren, er staat twee weken in")
    expect(staff.get_by_text("gisteren, er staat twee weken in").first).to_be_visible(timeout=PATIENCE_MS)
    shoot(staff, "desk" if kind == "desktop" else f"desk-{kind}-3-reply")
    if kind == "desktop":
        shoot(student, "chat-human")
    staff.get_by_text("Notitie schrijven").click()
    staff.get_by_label("Notitie voor collega's").fill("Brief van gisteren gevraagd. Let op de twee weken.")
    staff.get_by_role("button", name="Bewaren", exact=True).first.click()
    expect(staff.get_by_text("Let op de twee weken").last).to_be_visible(timeout=PATIENCE_MS)
    staff.get_by_role("heading", name="Notities").scroll_into_view_if_needed()
    shoot(staff, f"desk-{kind}-3-note")
    staff.get_by_role("button", name="Terug naar chatbot").click()
    expect(student.get_by_role("log").get_by_text("Je praat weer met de chatbot").last).to_be_visible(
        timeout=PATIENCE_MS
    )
    shoot(staff, f"desk-{kind}-4-handed-back")
    staff.get_by_text("Sluiten …").click()
    staff.get_by_label("Waarom sluit je dit gesprek?").fill("opgelost")
    staff.get_by_role("button", name="Gesprek sluiten").click()
    expect(staff.get_by_text("Dit gesprek is gesloten").first).to_be_visible(timeout=PATIENCE_MS)
    for name, path in (
        ("5-search", "/desk/search?q=schorsen"),
        ("6-knowledge", "/desk/knowledge"),
        ("7-numbers", "/desk/numbers"),
        ("8-learning", "/desk/learning"),
        ("9-year", "/desk/numbers/year"),
    ):
        staff.goto(live.url + path)
        shoot(staff, f"desk-{kind}-{name}")


def main() -> None:
    """Starts a helpdesk, walks through it at both widths, and stops it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        live = start(Path(folder))
        found = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        try:
            for kind, width in WIDTHS.items():
                walk(live, browser, kind, width)
        finally:
            browser.close()
            stop(live)


if __name__ == "__main__":
    main()
