"""The questions of the case form, as Rasa asks for them."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.case_slots import BACK, CANCEL, SKIP, SKIP_REST, filled
from actions.speak import say
from bot.core import case_form
from bot.core.education import LEVELS


class _Ask(Action):
    """A question of the form."""

    slot = ""
    text = ""
    buttons: tuple[dict[str, str], ...] = (BACK, CANCEL)

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return f"action_ask_{self.slot}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        say(dispatcher, self.text, buttons=self.buttons)
        return []


class AskDescription(_Ask):
    """What happened."""

    slot = "case_description"
    text = "**Wat is er gebeurd?** Vertel het in je eigen woorden. Noem liever geen namen van anderen."
    buttons = (CANCEL,)


class AskSchool(_Ask):
    """Which school."""

    slot = "case_school"
    text = "**Op welke school zit je?** Je mag dit overslaan."
    buttons = (SKIP, BACK, CANCEL)


class AskMore(_Ask):
    """Once for all extra questions, so that the form stays short."""

    slot = "case_more"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        slots = filled(tracker)
        known = [case_form.shown(slot, slots[slot]) for slot in ("case_pathway", "case_level")]
        words = " en ".join(word for word in known if word)
        say(
            dispatcher,
            "**Wil je nog iets over je opleiding zeggen?** En over wat je al hebt gedaan en wat je wilt? Dat helpt JOB, maar het "
            "hoeft niet." + (f" Ik weet al: {words}." if words else ""),
            buttons=[
                {"title": "Ja", "payload": "/affirm"},
                {"title": "Nee, verder", "payload": '/deny{"part": "rest"}'},
                BACK,
                CANCEL,
            ],
        )
        return []


class AskContact(_Ask):
    """How to reach the student."""

    slot = "case_contact"
    text = (
        "**Hoe kan JOB je bereiken?** Typ je mailadres of telefoonnummer. Blijf je liever onbekend? Typ **anoniem**. "
        "Dan kan JOB je niet terug berichten."
    )


class AskConsent(_Ask):
    """Consent to store it."""

    slot = "case_consent"
    text = (
        "**Mag JOB dit bewaren?** Alleen mensen van JOB lezen je zaak. Een jaar nadat die is gesloten, wissen we hem. "
        "Je kunt altijd vragen om hem eerder te wissen."
    )
    buttons = (
        {"title": "Ja, dat mag", "payload": "/affirm"},
        {"title": "Nee", "payload": "/deny"},
        BACK,
        CANCEL,
    )


class AskConfirm(_Ask):
    """The summary."""

    slot = "case_confirm"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        slots = filled(tracker)
        if tracker.get_slot("case_changing") is True:
            fields = [
                {"title": name, "payload": f'/go_back{{"part": "{slot}"}}'}
                for slot, name in case_form.changeable(slots).items()
            ]
            say(
                dispatcher,
                "Wat wil je veranderen?",
                buttons=[*fields, {"title": "Niets, versturen", "payload": "/affirm"}, CANCEL],
            )
            return []
        say(
            dispatcher,
            f"Dit geef ik door:\n\n{case_form.summary(slots)}\n\n**Klopt dit?**",
            buttons=[
                {"title": "Ja, versturen", "payload": "/affirm"},
                {"title": "Iets toevoegen", "payload": '/more{"part": "case"}'},
                {"title": "Nee, aanpassen", "payload": "/deny"},
                CANCEL,
            ],
        )
        return []


class AskPathway(_Ask):
    """Bol or bbl."""

    slot = "case_pathway"
    text = "**Doe je bol of bbl?** Bij bol ga je naar school en loop je stage. Bij bbl heb je een baan en ga je soms naar school."
    buttons = (
        {"title": "Bol", "payload": '/affirm{"part": "bol"}'},
        {"title": "Bbl", "payload": '/affirm{"part": "bbl"}'},
        {"title": "Weet ik niet", "payload": '/deny{"part": "skip"}'},
        SKIP_REST,
        BACK,
        CANCEL,
    )


class AskLevel(_Ask):
    """Which level; the programme may be typed with it."""

    slot = "case_level"
    text = "**Welk niveau doe je?** Je mag je opleiding er meteen bij typen, zoals **niveau 3 kapper**."
    buttons = (
        *(
            {
                "title": name.capitalize() if level != "1" else "Entree",
                "payload": f'/affirm{{"part": "{level}"}}',
            }
            for level, name in LEVELS.items()
        ),
        SKIP,
        SKIP_REST,
        BACK,
        CANCEL,
    )


class AskProgramme(_Ask):
    """Which programme."""

    slot = "case_programme"
    text = "**Welke opleiding doe je?** Je mag dit overslaan."
    buttons = (SKIP, SKIP_REST, BACK, CANCEL)


class AskTried(_Ask):
    """What was tried."""

    slot = "case_tried"
    text = "**Wat heb je zelf al gedaan?** Bijvoorbeeld: met je mentor gepraat. Je mag dit overslaan."
    buttons = (SKIP, SKIP_REST, BACK, CANCEL)


class AskWish(_Ask):
    """What the student wants."""

    slot = "case_wish"
    text = "**Wat zou je willen dat er gebeurt?** Je mag dit overslaan."
    buttons = (SKIP, BACK, CANCEL)
