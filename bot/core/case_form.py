"""The case form: what counts as an answer to each question, and what is a question in between.

Plain functions, so that every rule can be tested without Rasa; ``actions/case.py`` calls them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ANONYMOUS = "anoniem"
"""Value of the contact slot when the student wants to leave no address."""
SKIPPED = "-"
"""Value of a slot that the student chose to leave empty."""

EXTRA = ("case_programme", "case_tried", "case_wish")
"""Questions that a student may answer besides; each may be skipped."""
ORDER = ("case_description", "case_school", "case_contact", "case_consent", "case_confirm")
MAX_TRIES = 3
"""After so many inputs that cannot be used, the form helps instead of repeating itself."""

ALWAYS_LEAVE = frozenset({"cancel", "go_back", "human", "delete_data", "crisis"})
"""Intents that are never an answer to a question of the form (when the message is short enough to be a command)."""

_QUESTION_WORD = re.compile(
    r"^(ff\s|even\s|effe\s)?(tussendoor|vraagje|wat|hoe|wanneer|waarom|wie|welke?|waar|mag|mogen|moet|moeten|kan|kun|"
    r"kunnen|krijg|hoeveel|is\s+het|heb\s+ik\s+recht|wordt|worden|gaat|bewaren|zien)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(tussendoor|andere\s+vraag|vraagje|wacht\s+even|eerst\s+(nog\s+)?een\s+vraag)\b", re.IGNORECASE
)
_SKIP = re.compile(
    r"^\W*(sla\s+(maar\s+)?over|overslaan|skip|volgende|geen\s+idee|weet\s+ik\s+niet|wil\s+ik\s+niet\s+zeggen|zeg\s+ik\s+"
    r"(liever\s+)?niet|liever\s+niet|geen|nvt|n\.v\.t\.?|-)\W*$",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(
    r"\b(anoniem|anonym\w*|geen\s+(naam|mail|email|e-mail|nummer|telefoon|contact|gegevens|school)|zonder\s+naam|niemand\s+mag|"
    r"liever\s+niet|niet\s+nodig|hoeft\s+niet|nee|niks|niets|skip|sla\s+over|overslaan)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@<>,;:()]+@[^\s@<>,;:()]+\.[a-z]{2,}", re.IGNORECASE)
_EMAIL_LIKE = re.compile(r"\S+@\S*|\bapenstaartje\b|\bat\s+\w+\s*\.\s*(nl|com)\b", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|00)?\d[\d\s().-]{7,16}\d")
_YES = re.compile(
    r"^\W*(ja+|jep|yep|yes|jo+|oke?|okay|ok[eé]?|prima|goed|is\s+goed|akkoord|doe\s+maar|klopt|zeker|tuurlijk|natuurlijk|"
    r"mag|dat\s+mag|graag|ja\s+.*|verstuur\w*|versturen|stuur\s+maar|top|kan)\W*$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(nee+|neen|nope|no|niet\s+akkoord|liever\s+niet|niet|nah|nee\s+.*|klopt\s+niet|wijzig\w*|aanpassen|verander\w*)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """What a message means for the question that the form asked.

    ``value`` is set when it answers it; ``hint`` (Dutch) when it was meant as an answer but cannot be used; neither when
    it is something else, which the dialogue then handles before it comes back to the form.
    """

    value: str | bool | None = None
    hint: str | None = None

    @property
    def aside(self) -> bool:
        """Whether the message is no answer at all."""
        return self.value is None and self.hint is None


ASIDE = Reading()


def is_question(text: str) -> bool:
    """Whether a message asks something: it says so, starts like a question, or is one short sentence ending in "?"."""
    words = text.strip()
    return bool(_ASIDE.search(words) or _QUESTION_WORD.match(words) or words.endswith("?"))


def _is_aside(slot: str, text: str, intent: str, topic_sure: bool) -> bool:
    """Whether a message is said in between instead of answering ``slot``."""
    short = len(text) <= 80
    if intent == "crisis":
        return True
    if intent in ALWAYS_LEAVE and short:
        return True
    if slot == "case_description":
        # A story may end in "mag dat?". Only a question by itself, or one that says that it is an aside, stands in between.
        if _ASIDE.search(text):
            return True
        return short and is_question(text) and topic_sure
    if intent == "vraag":
        return is_question(text)
    return intent in {"case_status", "bot_challenge", "abuse", "english", "thanks"} and short


def read(slot: str, text: str, intent: str, *, topic_sure: bool = False) -> Reading:
    """What ``text`` means when the form asked for ``slot``.

    ``intent`` is what the model made of it; ``topic_sure`` whether it is sure of a topic.
    """
    text = text.strip()
    if slot in ("case_consent", "case_confirm") and (_YES.match(text) or intent == "affirm"):
        return Reading(value=True)
    if slot in ("case_consent", "case_confirm") and (_NO.match(text) or intent == "deny"):
        return Reading(value=False)
    if slot == "case_contact" and not is_question(text):
        contact = _read_contact(text)
        if contact.value is not None or (contact.hint is not None and intent not in ALWAYS_LEAVE):
            return contact
    if _is_aside(slot, text, intent, topic_sure):
        return ASIDE
    if slot == "case_description":
        return _read_description(text)
    if slot in EXTRA:
        return Reading(value=SKIPPED if _SKIP.match(text) else text)
    if slot == "case_school":
        return Reading(value=SKIPPED) if _SKIP.match(text) or _ANONYMOUS.search(text) else _read_school(text)
    if slot == "case_contact":
        return _read_contact(text)
    return Reading(hint="Antwoord met **ja** of **nee**.")


def _read_description(text: str) -> Reading:
    if len(text.split()) < 3:
        return Reading(hint="Vertel het in een paar zinnen: wat is er gebeurd, en wanneer ongeveer?")
    return Reading(value=text)


def _read_school(text: str) -> Reading:
    if len(text) > 150:
        return Reading(hint="Typ alleen de naam van je school, of typ **overslaan**.")
    return Reading(value=text)


def _read_contact(text: str) -> Reading:
    email = _EMAIL.search(text)
    if email:
        return Reading(value=email[0].rstrip("."))
    phone = _PHONE.search(text)
    if phone:
        digits = re.sub(r"\D", "", phone[0])
        if 10 <= len(digits) <= 13:
            return Reading(value=re.sub(r"[^\d+]", "", phone[0]))
        return Reading(
            hint="Dat telefoonnummer lijkt niet te kloppen. Een Nederlands nummer heeft 10 cijfers, zoals 06 12345678."
        )
    if _EMAIL_LIKE.search(text):
        return Reading(hint="Dat mailadres lijkt niet te kloppen. Het ziet eruit als naam@voorbeeld.nl.")
    if _ANONYMOUS.search(text) or _SKIP.match(text):
        return Reading(value=ANONYMOUS)
    return Reading(hint="Typ je mailadres of telefoonnummer. Wil je dat niet? Typ **anoniem**.")


def previous(slot: str | None) -> str | None:
    """The question before ``slot``; ``None`` at the first."""
    if slot in EXTRA:
        return EXTRA[EXTRA.index(slot) - 1] if slot != EXTRA[0] else ORDER[-2]
    if slot not in ORDER or slot == ORDER[0]:
        return None
    return ORDER[ORDER.index(slot) - 1]


def after_extra(slot: str) -> str:
    """The question after an extra one; after the last the summary comes again."""
    return EXTRA[EXTRA.index(slot) + 1] if slot != EXTRA[-1] else ORDER[-1]


def summary(
    description: str, school: str | None, contact: str | None, extra: dict[str, str | None] | None = None
) -> str:
    """What the student is shown before confirming (Dutch Markdown). ``extra``: heading and text of what was added."""
    who = "anoniem, dus JOB kan je niet terugbellen of mailen" if contact in (None, ANONYMOUS) else contact
    where = "niet ingevuld" if school in (None, SKIPPED) else school
    lines = [f"**Wat er is gebeurd:** {description}", f"**School:** {where}", f"**Contact:** {who}"]
    lines += [f"**{name}:** {text}" for name, text in (extra or {}).items() if text not in (None, SKIPPED)]
    return "\n\n".join(lines)
