"""Staff hears that someone waits, over a real mail server, and nothing of what was said leaves the house."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from bot.notify import AppriseNotifier, LogNotifier, make_notifier
from tests.builders import make_settings
from tests.live import free_port


class Mailbox:
    """Takes mail as a server does."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.arrived = threading.Event()

    async def handle_DATA(self, server: object, session: object, envelope) -> str:  # type: ignore[no-untyped-def]
        self.mails.append(envelope.content)
        self.arrived.set()
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box, port = Mailbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


def test_a_mail_says_that_someone_waits_and_why_with_a_link_and_no_content(
    mailbox: tuple[Mailbox, int],
) -> None:
    box, port = mailbox
    url = f"mailto://127.0.0.1:{port}/?from=helpdesk@example.org&to=bestuur@example.org&mode=insecure"
    AppriseNotifier((url,), "https://helpdesk.example.org").waiting("abc123", "crisis", urgent=True)
    assert box.arrived.wait(15), "no mail came"
    mail = message_from_bytes(box.mails[0], policy=policy.default)
    body = mail.get_body(("plain", "html"))
    assert body is not None
    text = body.get_content()
    assert mail["Subject"] == "SPOED: iemand wacht op JOB"
    assert "mogelijk een crisis" in text
    assert "https://helpdesk.example.org/desk/conversations/abc123" in text


def test_a_mail_about_a_follow_up_holds_the_reference_the_reason_and_a_link_only(
    mailbox: tuple[Mailbox, int],
) -> None:
    box, port = mailbox
    url = f"mailto://127.0.0.1:{port}/?from=helpdesk@example.org&to=bestuur@example.org&mode=insecure"
    AppriseNotifier((url,), "https://helpdesk.example.org").follow_up(
        "JOB-2026-00042", "cases/JOB-2026-00042"
    )
    assert box.arrived.wait(15), "no mail came"
    mail = message_from_bytes(box.mails[0], policy=policy.default)
    body = mail.get_body(("plain", "html"))
    assert body is not None
    assert mail["Subject"] == "Vervolg: JOB-2026-00042"
    assert " ".join(re.sub(r"<[^>]+>", " ", body.get_content()).split()) == (
        "Reden: de dag om opnieuw te kijken is er. https://helpdesk.example.org/desk/cases/JOB-2026-00042"
    )


def test_a_mail_server_that_is_away_holds_nobody_up(tmp_path) -> None:  # type: ignore[no-untyped-def]
    url = f"mailto://127.0.0.1:{free_port()}/?from=a@example.org&to=b@example.org&mode=insecure"
    notifier = make_notifier(make_settings(tmp_path, notify_urls=(url,)))
    assert isinstance(notifier, AppriseNotifier)
    notifier.waiting("abc123", "asked", urgent=False)


def test_without_addresses_the_log_has_a_line(tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert isinstance(make_notifier(make_settings(tmp_path)), LogNotifier)
