"""The transcript says of each message of bot and staff how far it got, in words, with a time, and live."""

from __future__ import annotations

import re

from bot.core.delivery import Delivery
from bot.delivery import record_delivery
from bot.staff_desk import reply, take_over
from tests.desk.conftest import Desk


def shown(page: str) -> list[str]:
    """What stands under the messages, oldest first."""
    found = re.findall(r'<p class="delivery[^>]*>(.*?)</p>', page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in found]


def test_each_message_of_bot_and_staff_says_how_far_it_got(desk: Desk) -> None:
    noor = desk.staff()
    talk = desk.waiting("Ik wil een mens")
    take_over(desk.made.tools, talk, noor)
    said = reply(desk.made.tools, talk, noor, "Hoi, ik ben Noor.", "k")
    browser, at = desk.browser("noor"), f"/desk/conversations/{talk}"
    # 9:00 UTC is 10:00 in Amsterdam; greeting, answer of the bot, reply. Nothing under the student's own message.
    assert shown(browser.get(at).text) == ["Bewaard, nog niet opgehaald 10:00"] * 3
    with desk.made.tools.look() as uow:
        mark = uow.desk.mark_of(talk, desk.clock())
    desk.clock.forward(minutes=5)
    record_delivery(desk.made.tools, talk, [said], Delivery.SENT)
    assert shown(browser.get(at).text)[-1] == "Verstuurd 10:05"
    desk.clock.forward(minutes=5)
    record_delivery(desk.made.tools, talk, [said], Delivery.READ)
    assert shown(browser.get(f"{at}/live").text)[-1] == "Gezien 10:10"
    with desk.made.tools.look() as uow:
        assert uow.desk.mark_of(talk, desk.clock()) != mark, "the open page asks for it by itself"


def test_a_message_that_will_not_arrive_says_so(desk: Desk) -> None:
    noor = desk.staff()
    talk = desk.waiting()
    take_over(desk.made.tools, talk, noor)
    said = reply(desk.made.tools, talk, noor, "Hoi", "k")
    record_delivery(desk.made.tools, talk, [said], Delivery.FAILED)
    assert shown(desk.browser("noor").get(f"/desk/conversations/{talk}").text)[-1] == "Niet aangekomen 10:00"
