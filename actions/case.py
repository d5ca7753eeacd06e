"""The case form: Rasa keeps its place, `bot.core.case_form` says what counts as an answer."""

from __future__ import annotations

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.contact import contact_hint
from actions.schools import known_school
from actions.speak import HUMAN_BUTTON, effect, entity, message_id, say, understood
from bot.bootstrap import services
from bot.core import case_form
from bot.core.cases import CaseDraft, access_code, code_fits, find_reference
from bot.core.context import StudentFacts, facts_in
from bot.core.merging import state_line
from bot.core.messages import MAX_TEXT
from bot.helpdesk import open_case

SLOTS = (*case_form.ORDER, *case_form.EXTRA, "case_tries", "case_changing")
EXTRA_NAMES = {"case_programme": "Opleiding", "case_tried": "Wat je al deed", "case_wish": "Wat je wilt"}
CHANGEABLE = {"case_description": "Wat er is gebeurd", "case_school": "School", "case_contact": "Contact"}
CANCEL = {"title": "Stoppen", "payload": "/cancel"}
SKIP = {"title": "Overslaan", "payload": '/deny{"part": "skip"}'}
BACK = {"title": "Terug", "payload": "/go_back"}


def empty_slots() -> list[EventType]:
    """Takes all that was filled in out of the form."""
    return [SlotSet(name, None) for name in (*SLOTS, "requested_slot")]


class ValidateCaseForm(FormValidationAction):
    """Reads the answer to the question that was asked; leaves everything else to the dialogue."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "validate_case_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """The slots that the last message fills. None: Rasa then handles the message as said in between."""
        slot = tracker.get_slot("requested_slot")
        latest = tracker.latest_message
        if not slot or tracker.active_loop_name is None:
            return []
        intent = (latest.get("intent") or {}).get("name") or ""
        decision = latest.get("decision") or {}
        text = (latest.get("text") or "")[:MAX_TEXT]
        chosen = entity(latest, "part")
        if slot == "case_confirm" and intent == "more" and chosen == "case":
            return [SlotSet("case_changing", None), SlotSet("requested_slot", case_form.EXTRA[0])]
        if slot == "case_confirm" and intent == "go_back" and chosen in CHANGEABLE:
            return [SlotSet(chosen, None), SlotSet("case_changing", None), SlotSet("requested_slot", chosen)]
        if text.startswith("/"):
            reading = self._button(intent, slot)
        else:
            reading = case_form.read(
                slot, text, intent, topic_sure=decision.get("kind") in ("answer", "clarify")
            )
        if reading.aside:
            return []
        if reading.value is None:
            return self._not_usable(dispatcher, tracker, slot, reading.hint or "")
        if slot == "case_contact" and reading.value != case_form.ANONYMOUS:
            hint = contact_hint(str(reading.value))
            if hint:
                return self._not_usable(dispatcher, tracker, slot, hint)
        if slot == "case_school" and reading.value != case_form.SKIPPED:
            reading = case_form.Reading(value=known_school(str(reading.value)))
        assert reading.value is not None
        events = [*self._take(dispatcher, slot, reading.value), SlotSet("case_tries", 0)]
        if slot in case_form.EXTRA:
            events.append(SlotSet("requested_slot", case_form.after_extra(slot)))
        return events

    @staticmethod
    def _button(intent: str, slot: str) -> case_form.Reading:
        if slot in (*case_form.EXTRA, "case_school") and intent == "deny":
            return case_form.Reading(value=case_form.SKIPPED)
        if slot not in ("case_consent", "case_confirm"):
            # A button of an earlier message answers no question of the form.
            return case_form.ASIDE
        return {"affirm": case_form.Reading(value=True), "deny": case_form.Reading(value=False)}.get(
            intent, case_form.ASIDE
        )

    @staticmethod
    def _take(dispatcher: CollectingDispatcher, slot: str, value: str | bool) -> list[EventType]:
        if slot == "case_consent" and value is False:
            say(
                dispatcher,
                "Dan sla ik niets op. Zonder jouw akkoord kan JOB je zaak niet bewaren. Wil je stoppen, of toch akkoord geven?",
            )
            return [SlotSet(slot, None)]
        if slot == "case_confirm" and value is False:
            # The form asks for the confirmation again, and then shows what can be changed.
            return [SlotSet(slot, None), SlotSet("case_changing", True)]
        return [SlotSet(slot, value)]

    @staticmethod
    def _not_usable(
        dispatcher: CollectingDispatcher, tracker: Tracker, slot: str, hint: str
    ) -> list[EventType]:
        tries = int(tracker.get_slot("case_tries") or 0) + 1
        if tries >= case_form.MAX_TRIES:
            say(
                dispatcher,
                f"{hint} Lukt het niet? Je kunt ook stoppen, of een mens van JOB vragen.",
                buttons=[HUMAN_BUTTON, CANCEL],
            )
        else:
            say(dispatcher, hint)
        return [SlotSet(slot, None), SlotSet("case_tries", tries)]


class ActionStartCase(Action):
    """Begins a case, or goes on with one that was left half-way."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_start_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        understood(dispatcher, tracker.latest_message, "case_started")
        effect(dispatcher, "form", open=True)
        if tracker.active_loop_name:
            say(dispatcher, "We zijn al bezig met je zaak.")
            return []
        if tracker.get_slot("case_description"):
            say(
                dispatcher,
                "We gaan verder met de zaak waar je aan begonnen was. Stoppen kan altijd: typ **stop**.",
            )
        else:
            say(
                dispatcher,
                "Ik zet je zaak klaar voor een bestuurslid van JOB. Het zijn vijf korte vragen. "
                "Met **terug** ga je een vraag terug, met **stop** stop je. Tussendoor iets vragen kan ook.",
            )
        return [SlotSet("case_topic", tracker.get_slot("last_topic")), SlotSet("case_tries", 0)]


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
        if tracker.get_slot("case_changing"):
            fields = [
                {"title": name, "payload": f'/go_back{{"part": "{slot}"}}'}
                for slot, name in CHANGEABLE.items()
            ]
            say(
                dispatcher,
                "Wat wil je veranderen?",
                buttons=[*fields, {"title": "Niets, versturen", "payload": "/affirm"}, CANCEL],
            )
            return []
        text = case_form.summary(
            tracker.get_slot("case_description") or "",
            tracker.get_slot("case_school"),
            tracker.get_slot("case_contact"),
            {name: tracker.get_slot(slot) for slot, name in EXTRA_NAMES.items()},
        )
        say(
            dispatcher,
            f"Dit geef ik door:\n\n{text}\n\n**Klopt dit?**",
            buttons=[
                {"title": "Ja, versturen", "payload": "/affirm"},
                {"title": "Iets toevoegen", "payload": '/more{"part": "case"}'},
                {"title": "Nee, aanpassen", "payload": "/deny"},
                CANCEL,
            ],
        )
        return []


class AskProgramme(_Ask):
    """Which programme, level and pathway."""

    slot = "case_programme"
    text = "**Welke opleiding doe je?** Noem ook je niveau en of je bol of bbl doet. Je mag dit overslaan."
    buttons = (SKIP, BACK, CANCEL)


class AskTried(_Ask):
    """What was tried."""

    slot = "case_tried"
    text = "**Wat heb je zelf al gedaan?** Bijvoorbeeld: met je mentor gepraat. Je mag dit overslaan."
    buttons = (SKIP, BACK, CANCEL)


class AskWish(_Ask):
    """What the student wants."""

    slot = "case_wish"
    text = "**Wat zou je willen dat er gebeurt?** Je mag dit overslaan."
    buttons = (SKIP, BACK, CANCEL)


class ActionCaseBack(Action):
    """One question back."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_case_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        before = case_form.previous(tracker.get_slot("requested_slot"))
        if before is None:
            say(dispatcher, "Dit is de eerste vraag.")
            return []
        return [SlotSet(before, None), SlotSet("case_tries", 0)]


class ActionCancelCase(Action):
    """Stops the form; nothing is kept."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_cancel_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        understood(dispatcher, tracker.latest_message, "case_cancelled")
        effect(dispatcher, "form", open=False)
        say(dispatcher, "Oké, ik stop. Er is geen zaak gemaakt. Je kunt later altijd opnieuw beginnen.")
        return empty_slots()


class ActionFinishCase(Action):
    """Logs the case. The message that confirmed it is its key, so a retry makes no second one."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_finish_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        latest = tracker.latest_message
        school, contact = tracker.get_slot("case_school"), tracker.get_slot("case_contact")
        case = open_case(
            services().tools,
            CaseDraft(
                conversation_id=tracker.sender_id,
                source_message_id=message_id(latest, f"{tracker.sender_id}:{len(tracker.events)}"),
                description=tracker.get_slot("case_description") or "",
                channel=(latest.get("metadata") or {}).get("channel") or "website",
                school=None if school == case_form.SKIPPED else school,
                contact=None if contact == case_form.ANONYMOUS else contact,
                topic=tracker.get_slot("case_topic"),
                programme=_filled(tracker, "case_programme"),
                pathway=_pathway(tracker),
                tried=_filled(tracker, "case_tried"),
                wish=_filled(tracker, "case_wish"),
                consent=tracker.get_slot("case_consent") is True,
            ),
        )
        understood(dispatcher, latest, "case_logged")
        effect(dispatcher, "form", open=False)
        code = access_code(services().settings.secret_key, case.reference)
        reach = (
            "Je bent anoniem, dus kijk hier in dit gesprek voor een antwoord."
            if case.anonymous
            else "JOB neemt contact met je op."
        )
        say(
            dispatcher,
            f"Je zaak is gemeld. Het nummer is **{case.reference}** en de code is **{code}**. Bewaar die. Daarmee kun je altijd "
            f"vragen hoe het ermee staat, ook in een nieuw gesprek. {reach}",
            buttons=[HUMAN_BUTTON],
        )
        return empty_slots()


class ActionCaseStatus(Action):
    """Where a case stands; only for cases of this conversation."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_case_status"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        text = tracker.latest_message.get("text") or ""
        say_status(dispatcher, tracker, find_reference(text), text)
        return []


def say_status(dispatcher: CollectingDispatcher, tracker: Tracker, asked: str | None, text: str) -> None:
    """Says where the cases of this conversation stand, or one whose reference and code are in ``text``.

    Of a case that was joined with another it says so, and how that one stands.
    """
    with services().tools.look() as uow:
        own = uow.cases.of_conversation(tracker.sender_id)
        elsewhere = uow.cases.by_reference(asked) if asked else None
        found = [*own, *([elsewhere] if elsewhere else [])]
        heads = {
            case.merged_into: uow.cases.by_reference(case.merged_into) for case in found if case.merged_into
        }
    understood(dispatcher, tracker.latest_message, "case_status")
    shown = [case for case in own if asked is None or case.reference == asked]
    if not shown and asked and code_fits(services().settings.secret_key, asked, text) and elsewhere:
        shown = [elsewhere]
    if shown:
        lines = [f"- {state_line(case, heads.get(case.merged_into or ''))}" for case in shown[:5]]
        say(dispatcher, "Zo staat het ervoor:\n\n" + "\n".join(lines), buttons=[HUMAN_BUTTON])
        return
    say(
        dispatcher,
        "Ik kan die zaak zo niet vinden. Typ het nummer en de code samen, zoals **JOB-2026-00042 ABC234**. Kwijt? Iemand van JOB "
        "kan het voor je opzoeken.",
        buttons=[HUMAN_BUTTON, {"title": "Nieuwe zaak melden", "payload": "/report_case"}],
    )


def _filled(tracker: Tracker, slot: str) -> str | None:
    value = tracker.get_slot(slot)
    return None if value in (None, case_form.SKIPPED) else str(value)


def _pathway(tracker: Tracker) -> str | None:
    """Bol or bbl, from what was added or from what the student said before."""
    said = facts_in(_filled(tracker, "case_programme") or "").pathway
    return said or StudentFacts.from_slot(tracker.get_slot("student")).pathway
