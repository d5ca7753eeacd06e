"""A case from its beginning to its reference; the questions are in `actions.case_questions`, the answers in `case_answers`."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.case_slots import empty_slots, filled, text_of
from actions.schools import is_listed
from actions.speak import HUMAN_BUTTON, effect, message_id, say, understood
from bot.bootstrap import services
from bot.core import case_form
from bot.core.cases import CaseDraft, access_code, code_fits, find_reference
from bot.core.education import Education
from bot.core.merging import state_line
from bot.helpdesk import open_case


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
                "Ik zet je zaak klaar voor iemand van JOB, een bestuurslid. Het zijn een paar korte vragen. "
                "Met **terug** ga je een vraag terug, met **stop** stop je. Tussendoor iets vragen kan ook.",
            )
        return [SlotSet("case_topic", tracker.get_slot("last_topic")), SlotSet("case_tries", 0)]


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
        latest, slots = tracker.latest_message, filled(tracker)
        school = text_of(slots, "case_school")
        programme = Education(level=text_of(slots, "case_level"), programme=text_of(slots, "case_programme"))
        case = open_case(
            services().tools,
            CaseDraft(
                conversation_id=tracker.sender_id,
                source_message_id=message_id(latest, f"{tracker.sender_id}:{len(tracker.events)}"),
                description=text_of(slots, "case_description") or "",
                channel=(latest.get("metadata") or {}).get("channel") or "website",
                school=school,
                contact=text_of(slots, "case_contact"),
                topic=tracker.get_slot("case_topic"),
                programme=(programme.written() or "")[:200] or None,
                pathway=text_of(slots, "case_pathway"),
                tried=text_of(slots, "case_tried"),
                wish=text_of(slots, "case_wish"),
                consent=slots["case_consent"] is True,
            ),
            school_listed=is_listed(school),
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
