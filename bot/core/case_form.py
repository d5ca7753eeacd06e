"""The case form: what counts as an answer to each question, and what is a question in between.

Plain functions, so that every rule can be tested without Rasa; ``actions/case.py`` calls them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.education import LEVELS, education_in

ANONYMOUS = "anoniem"
"""Value of the contact slot when the student wants to leave no address."""
SKIPPED = "-"
"""Value of a slot that the student chose to leave empty."""

TOLD = "told"
"""Value of the slot that asks whether to tell more, when the student told it at once."""

EXTRA = ("case_pathway", "case_level", "case_programme", "case_tried", "case_wish")
"""Questions that a student may answer besides; each may be skipped, and so may the rest of them at once."""
ORDER = ("case_description", "case_school", "case_more", "case_contact", "case_consent", "case_confirm")
OPTIONAL = frozenset({"case_school", "case_more", *EXTRA})
"""Questions that may be left empty. An empty contact is an anonymous case."""
NAMES = {
    "case_description": "Wat er is gebeurd",
    "case_school": "School",
    "case_pathway": "Bol of bbl",
    "case_level": "Niveau",
    "case_programme": "Opleiding",
    "case_tried": "Wat je al deed",
    "case_wish": "Wat je wilt",
    "case_contact": "Contact",
}
"""What the summary shows, in its order, under these headings; each can be changed there."""
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
_SKIP_ALL = re.compile(
    r"^\W*((sla\s+)?(de\s+)?(rest|alles|alle)\s+(maar\s+)?(over(slaan)?|skippen)|sla\s+(de\s+rest|alles)\s+over|skip\s+(de\s+rest|alles))\W*$",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(weet\s+(ik\s+|het\s+)?(niet|nie)|geen\s+idee|beide|allebei|geen\s+van\s+beide)\b", re.IGNORECASE
)
_STUDIES = re.compile(r"\b((ik|k)\s+(doe|volg|zit|studeer|leer)|opleiding|studie)\b", re.IGNORECASE)
_NO_CONTACT = re.compile(
    r"\b(anoniem|anonym\w*|geen\s+(naam|mail|email|e-mail|nummer|telefoon|contact|gegevens)|zonder\s+naam|niemand\s+mag)\b",
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
    it is something else, which the dialogue then handles before it comes back to the form. ``also`` answers other questions
    that the same message answers; ``rest`` says that no more extra questions are wanted.
    """

    value: str | bool | None = None
    hint: str | None = None
    also: tuple[tuple[str, str], ...] = ()
    rest: bool = False

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
    return intent in {"case_status", "bot_challenge", "abuse", "english", "thanks", "greet"} and short


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
    if slot in ("case_pathway", "case_level", "case_more") and not is_question(text) and intent != "crisis":
        said = education_in(text, bare=slot == "case_level")
        if said.pathway or said.level:
            # The model may take "bbl" or "3" for something else.
            return _read_more(text, "") if slot == "case_more" else _read_extra(slot, text)
    if _is_aside(slot, text, intent, topic_sure):
        return ASIDE
    if slot == "case_description":
        return _read_description(text)
    if slot in EXTRA:
        return _read_extra(slot, text)
    if slot == "case_more":
        return _read_more(text, intent)
    if slot == "case_school":
        return _read_school(text)
    if slot == "case_contact":
        return _read_contact(text)
    return Reading(hint="Antwoord met **ja** of **nee**.")


def _read_description(text: str) -> Reading:
    if len(text.split()) < 3:
        return Reading(hint="Vertel het in een paar zinnen: wat is er gebeurd, en wanneer ongeveer?")
    return Reading(value=text)


def _read_extra(slot: str, text: str) -> Reading:
    if _SKIP_ALL.match(text):
        return Reading(value=SKIPPED, rest=True)
    if _SKIP.match(text) or (
        slot in ("case_pathway", "case_level") and (_NO.match(text) or _UNKNOWN.search(text))
    ):
        return Reading(value=SKIPPED)
    if slot == "case_pathway":
        pathway = education_in(text).pathway
        hint = "Kies **bol** of **bbl**. Weet je het niet? Typ dan **overslaan**."
        return Reading(value=pathway, also=_told(text, but=slot)) if pathway else Reading(hint=hint)
    if slot == "case_level":
        said = education_in(text, bare=True)
        if said.level and said.level not in LEVELS:
            return Reading(hint="Het mbo heeft Entree (niveau 1) en niveau 2, 3 en 4. Welk niveau doe je?")
        return Reading(value=said.level or SKIPPED, also=_told(text, but=slot))
    return Reading(value=text)


def _told(text: str, but: str = "") -> tuple[tuple[str, str], ...]:
    """The slots about the education that a text fills."""
    said = education_in(text, bare=but == "case_level")
    level = said.level if said.level in LEVELS else None
    found = (("case_pathway", said.pathway), ("case_level", level), ("case_programme", said.programme))
    return tuple((slot, value) for slot, value in found if value and slot != but)


def _read_more(text: str, intent: str) -> Reading:
    """Yes, no, or at once what was asked; or the contact, by who is ahead of the form."""
    if _EMAIL_LIKE.search(text) or _PHONE.search(text) or _NO_CONTACT.search(text):
        contact = _read_contact(text)
        return (
            Reading(value=SKIPPED, also=(("case_contact", str(contact.value)),)) if contact.value else contact
        )
    if _SKIP.match(text) or _SKIP_ALL.match(text) or _NO.match(text) or intent == "deny":
        return Reading(value=SKIPPED)
    if len(text) <= 40 and _ANONYMOUS.search(text):
        return Reading(value=SKIPPED)
    told = _told(text)
    if told and (told[0][0] != "case_programme" or _STUDIES.search(text)):
        return Reading(value=TOLD, also=told)
    if _YES.match(text) or intent == "affirm":
        return Reading(value=True)
    return Reading(hint="Typ **ja** als je iets over je opleiding wilt zeggen, of **nee** om verder te gaan.")


def told_before(description: str) -> tuple[tuple[str, str], ...]:
    """What the story itself says of pathway and level; a programme cannot be told from the rest of a story."""
    return tuple((slot, value) for slot, value in _told(description) if slot != "case_programme")


def _read_school(text: str) -> Reading:
    if _NO_CONTACT.search(text):
        # "geen school geen nummer niks": this student wants to say no more than needed, so is not asked for more.
        return Reading(value=SKIPPED, also=(("case_more", SKIPPED), ("case_contact", ANONYMOUS)))
    if _SKIP.match(text) or _ANONYMOUS.search(text):
        return Reading(value=SKIPPED)
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
    """The question before ``slot``; ``None`` at the first. Before the first extra one stands the one that offers them."""
    if slot in EXTRA:
        return EXTRA[EXTRA.index(slot) - 1] if slot != EXTRA[0] else "case_more"
    if slot not in ORDER or slot == ORDER[0]:
        return None
    return ORDER[ORDER.index(slot) - 1]


def next_extra(slot: str | None, filled: Mapping[str, object]) -> str | None:
    """The extra question after ``slot`` (the first after ``None``) that has no answer yet; ``None`` after the last."""
    later = EXTRA[EXTRA.index(slot) + 1 :] if slot in EXTRA else EXTRA
    return next((name for name in later if filled.get(name) is None), None)


def shown(slot: str, value: object) -> str | None:
    """A value as the summary shows it; ``None`` if there is nothing to show."""
    if slot == "case_contact" and value in (None, ANONYMOUS):
        return "anoniem, dus JOB kan je niet terugbellen of mailen"
    if slot == "case_school" and value in (None, SKIPPED):
        return "niet ingevuld"
    if value in (None, SKIPPED):
        return None
    return LEVELS.get(str(value), str(value)) if slot == "case_level" else str(value)


def summary(filled: Mapping[str, object]) -> str:
    """What the student is shown before confirming (Dutch Markdown). ``filled``: the slots with their values."""
    lines = [(name, shown(slot, filled.get(slot))) for slot, name in NAMES.items()]
    return "\n\n".join(f"**{name}:** {text}" for name, text in lines if text)


def changeable(filled: Mapping[str, object]) -> dict[str, str]:
    """The slots that the student sees in the summary, with their headings."""
    return {slot: name for slot, name in NAMES.items() if shown(slot, filled.get(slot))}
