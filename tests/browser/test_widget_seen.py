"""The widget tells what stood on the screen, and nothing that did not: a closed chat, a hidden tab, out of view."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .test_widget import chat, eventually, launcher, log, running, server, settled
from .widget_server import StandIn

__all__ = ["chat", "running", "server"]


def seen(server: StandIn) -> list[str]:
    """All ids that were reported."""
    return [each for body in server.calls("POST", "/messages/seen") for each in body["ids"]]


def hide(page: Page, hidden: bool) -> None:
    """The student goes to another tab, or comes back."""
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_what_is_on_the_screen_is_told_once(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    greeting = server.talk.messages[0]["id"]
    eventually(lambda: seen(server) == [greeting])
    later = server.say("Hoi, ik ben Noor.", "human")
    server.say("Noor leest mee.", "system")
    eventually(lambda: seen(server) == [greeting, later])
    chat.wait_for_timeout(700)
    assert seen(server) == [greeting, later]


def test_a_closed_chat_has_shown_nothing_until_it_is_opened(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    eventually(lambda: len(seen(server)) == 1)
    chat.keyboard.press("Escape")
    expect(launcher(chat)).to_be_visible()
    later = server.say("Ben je er nog?", "human")
    chat.wait_for_timeout(900)
    assert later not in seen(server)
    launcher(chat).click()
    eventually(lambda: seen(server)[1:] == [later])


def test_a_hidden_tab_has_shown_nothing_until_it_is_in_front(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    eventually(lambda: len(seen(server)) == 1)
    hide(chat, True)
    later = server.say("Ben je er nog?", "human")
    expect(log(chat)).to_contain_text("Ben je er nog?")
    chat.wait_for_timeout(900)
    assert later not in seen(server)
    hide(chat, False)
    eventually(lambda: seen(server)[1:] == [later])


def test_what_is_out_of_view_is_not_seen_until_one_scrolls_there(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.say("Lang. " * 900, "human")
    chat.wait_for_timeout(300)
    log(chat).evaluate("log => { log.scrollTop = 0; }")
    chat.wait_for_timeout(300)
    below = server.say("Helemaal onderaan.", "human")
    expect(log(chat)).to_contain_text("Helemaal onderaan.")
    chat.wait_for_timeout(900)
    assert below not in seen(server)
    log(chat).evaluate("log => { log.scrollTop = log.scrollHeight; }")
    eventually(lambda: below in seen(server))


def test_a_report_that_failed_is_told_again_and_the_student_hears_nothing_of_it(
    chat: Page, server: StandIn
) -> None:
    settled(chat, server)
    eventually(lambda: len(seen(server)) == 1)
    server.fail("POST", "/messages/seen", 503)
    later = server.say("Hoi", "human")
    eventually(lambda: seen(server).count(later) == 1)
    expect(chat.locator(".problem-bar")).to_be_hidden()
    server.break_streams()
    eventually(lambda: seen(server).count(later) == 2, 15)
