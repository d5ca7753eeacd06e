"""The Dutch words of the desk for what the inside calls by a code."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.cases import CaseStatus
from bot.core.conversation import CLOSE_REASONS as CLOSE_REASONS
from bot.core.conversation import HandOverReason, State
from bot.core.delivery import Delivery
from bot.core.knowledge import MONTHS, dutch_date

HERE = ZoneInfo("Europe/Amsterdam")

STATES = {
    State.BOT: "bij de chatbot",
    State.QUEUE: "wacht op een mens",
    State.HUMAN: "bij een mens",
    State.CLOSED: "gesloten",
}
REASONS = {
    HandOverReason.CRISIS: "mogelijk een crisis",
    HandOverReason.ASKED: "vroeg om een mens",
    HandOverReason.TOPIC: "onderwerp voor een mens",
    HandOverReason.NOT_HELPED: "antwoorden hielpen niet",
    HandOverReason.NOT_UNDERSTOOD: "chatbot begreep het niet",
    HandOverReason.CASE: "vraag over een zaak",
    HandOverReason.STAFF: "overgenomen door JOB",
}
CHANNELS = {"website": "website", "whatsapp": "WhatsApp"}
STATUSES = {
    CaseStatus.NEW: "nieuw",
    CaseStatus.WAITING: "wacht op informatie",
    CaseStatus.IN_PROGRESS: "mee bezig",
    CaseStatus.ANSWERED: "beantwoord",
    CaseStatus.CLOSED: "gesloten",
}
ROLES = {"handler": "behandelaar", "editor": "redacteur", "admin": "beheerder"}
OUTCOMES = {
    "answered": "gaf antwoord",
    "clarified": "vroeg “Bedoel je …?”",
    "not_understood": "begreep het niet",
    "no_answer": "had geen antwoord",
    "details": "gaf meer uitleg",
    "steps": "gaf de stappen",
    "helped": "kreeg te horen: dit hielp",
    "not_helped": "kreeg te horen: dit hielp niet",
    "handed_over": "gaf het door aan een mens",
    "case_started": "begon een zaak",
    "case_logged": "legde de zaak vast",
    "case_cancelled": "stopte met de zaak",
    "case_status": "zocht een zaak op",
    "erase_asked": "vroeg of alles weg moest",
}
HANDLING = {"pending": "chatbot is hiermee bezig", "for_human": "voor een mens", "done": ""}
DELIVERIES = {
    Delivery.SAVED: "Bewaard, nog niet opgehaald",
    Delivery.SENT: "Verstuurd",
    Delivery.DELIVERED: "Aangekomen",
    Delivery.READ: "Gezien",
    Delivery.FAILED: "Niet aangekomen",
    Delivery.UNKNOWN: "Niet bekend of dit is gezien",
}
DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


def moment(at: datetime | None, now: datetime) -> str:
    """``14:05`` today, ``wo 14:05`` this week, ``3 maart 14:05`` this year, else with the year. Dutch time."""
    if at is None:
        return ""
    here, today = at.astimezone(HERE), now.astimezone(HERE).date()
    clock = here.strftime("%H:%M")
    if here.date() == today:
        return clock
    if 0 < (today - here.date()).days < 7:
        return f"{DAYS[here.weekday()]} {clock}"
    day = f"{here.day} {MONTHS[here.month - 1]}"
    return f"{day} {clock}" if here.year == today.year else f"{day} {here.year} {clock}"


def waited(since: datetime | None, now: datetime) -> str:
    """How long ago: ``net nu``, ``12 min``, ``3 uur``, ``2 dagen``."""
    if since is None:
        return ""
    minutes = int((now - since).total_seconds() // 60)
    if minutes < 1:
        return "net nu"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} uur"
    return f"{minutes // 1440} dagen"


def percent(share: float) -> str:
    """``0.624`` -> ``62 %``."""
    return f"{round(share * 100)} %"


def status_name(code: str) -> str:
    """The Dutch word for the code of a case's state; the code itself if it is not known (any more)."""
    return STATUSES[CaseStatus(code)] if code in {status.value for status in CaseStatus} else code


CASE_EVENTS = {
    "joined": "samengevoegd met",
    "took_in": "hierin samengevoegd:",
    "parted": "losgemaakt van",
    "let_go": "hieruit losgemaakt:",
}
"""What happened to a case together with another, whose reference follows."""


def day(when: date) -> str:
    """``di 24 november 2026``."""
    return f"{DAYS[when.weekday()]} {dutch_date(when)}"


def due_since(due: date, today: date) -> str:
    """``vervolg vandaag``, or since when it waits."""
    return "vervolg vandaag" if due == today else f"vervolg sinds {day(due)}"


def follow_up_set(data: dict[str, str]) -> str:
    """What the trail of a case says of its follow-up day."""
    return (
        f"kijk opnieuw op {day(date.fromisoformat(data['due']))}"
        if data.get("due")
        else "haalde de vervolgdatum weg"
    )


ACTIONS = {
    "login": "logde in",
    "logout": "logde uit",
    "search": "zocht",
    "conversations/read": "las een gesprek",
    "conversations/take": "nam een gesprek over",
    "conversations/reply": "antwoordde",
    "conversations/hand-back": "gaf een gesprek terug aan de chatbot",
    "conversations/close": "sloot een gesprek",
    "conversations/reopen": "opende een gesprek weer",
    "conversations/read-mark": "las nieuwe berichten",
    "conversations/notes": "schreef een notitie",
    "conversations/labels": "gaf een label",
    "conversations/labels/remove": "haalde een label weg",
    "conversations/follow-up": "zette een vervolgdatum",
    "conversations/assign": "gaf een gesprek aan een collega",
    "conversations/mentions-seen": "las een notitie",
    "conversations/topic": "verbeterde een onderwerp",
    "conversations/erase": "wiste een gesprek",
    "cases/read": "las een zaak",
    "cases/status": "veranderde de stand van een zaak",
    "cases/follow-up": "zette een vervolgdatum bij een zaak",
    "cases/merge": "voegde zaken samen",
    "cases/unmerge": "maakte samengevoegde zaken los",
    "replies": "maakte een vast antwoord",
    "replies/drop": "haalde een vast antwoord weg",
    "views": "bewaarde een weergave",
    "views/change": "veranderde een weergave",
    "views/drop": "gooide een weergave weg",
    "views/restore": "zette een weergave terug",
    "learning/use": "maakte een bericht tot voorbeeld",
    "learning/drop": "legde een bericht van de pagina Leren weg",
    "learning/undo": "haalde een voorbeeld weg",
    "me/password": "wijzigde het eigen wachtwoord",
    "me/sessions/end": "beëindigde een eigen sessie",
    "me/second-factor/begin": "begon de tweede stap",
    "me/second-factor/confirm": "zette de tweede stap aan",
    "people/invite": "nodigde iemand uit",
    "people/withdraw": "trok een uitnodiging in",
    "people/role": "veranderde een rol",
    "people/disable": "sloot een account",
    "people/end-sessions": "logde een collega overal uit",
    "people/reset-second-factor": "wiste een tweede stap",
    "audit/read": "las het logboek",
    "knowledge/review": "keek een antwoord na",
    "knowledge/switch": "zette een antwoord aan of uit",
    "numbers/export": "exporteerde cijfers",
}


def minutes(n: float) -> str:
    """``12 minuten``, ``3,5 uur``, ``2 dagen``."""
    if n < 1:
        return "een minuut"
    if n < 90:
        return f"{n:.0f} minuten"
    if n < 48 * 60:
        return f"{n / 60:.1f} uur".replace(".", ",").replace(",0", "")
    return f"{n / 1440:.0f} dagen"
