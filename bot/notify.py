"""Tells staff that someone waits. Only a reference, a reason and a link leave the house: never text, never contact data."""

from __future__ import annotations

import threading

import apprise
import structlog

from bot.core.ports import Notifier
from bot.settings import Settings

log = structlog.get_logger(__name__)

REASONS = {
    "crisis": "mogelijk een crisis",
    "asked": "een student vraagt om een mens",
    "topic": "een onderwerp waarbij een mens nodig is",
    "not_helped": "de antwoorden hielpen niet",
    "not_understood": "de chatbot begreep de vraag niet",
    "case": "een vraag over een zaak",
    "late": "nog niemand heeft geantwoord",
}


class LogNotifier:
    """Without addresses in the settings: the desk shows who waits, and the log has a line."""

    def waiting(self, conversation_id: str, reason: str, urgent: bool) -> None:
        """See `bot.core.ports.Notifier`."""
        log.info("student_waits", conversation=conversation_id[:8], reason=reason, urgent=urgent)

    def follow_up(self, reference: str, path: str) -> None:
        """See `bot.core.ports.Notifier`."""
        log.info("follow_up_due", reference=reference)


class AppriseNotifier:
    """Sends to the Apprise addresses of the settings (mail, Signal, Slack and others)."""

    def __init__(self, urls: tuple[str, ...], public_url: str) -> None:
        self._apprise = apprise.Apprise()
        for url in urls:
            if not self._apprise.add(url):
                # The address itself may hold a password, so it is not logged.
                log.error("notify_address_refused", scheme=url.split(":", 1)[0])
        self._public_url = public_url

    def waiting(self, conversation_id: str, reason: str, urgent: bool) -> None:
        """See `bot.core.ports.Notifier`. Sends in the background: a slow mail server holds nobody up."""
        title = "SPOED: iemand wacht op JOB" if urgent else "Iemand wacht op JOB"
        body = (
            f"Reden: {REASONS.get(reason, reason)}.\n{self._public_url}/desk/conversations/{conversation_id}"
        )
        self._send_in_background(title, body)

    def follow_up(self, reference: str, path: str) -> None:
        """See `bot.core.ports.Notifier`."""
        body = f"Reden: de dag om opnieuw te kijken is er.\n{self._public_url}/desk/{path}"
        self._send_in_background(f"Vervolg: {reference}", body)

    def _send_in_background(self, title: str, body: str) -> None:
        threading.Thread(target=self._send, args=(title, body), daemon=True).start()

    def _send(self, title: str, body: str) -> None:
        if not self._apprise.notify(title=title, body=body):
            log.error("notify_failed")


def make_notifier(settings: Settings) -> Notifier:
    """The notifier that the settings ask for."""
    if settings.notify_urls:
        return AppriseNotifier(settings.notify_urls, settings.public_url)
    return LogNotifier()
