"""The case form as a conversation, played as Rasa plays a form: extra questions in one go, facts said before, corrections."""

from __future__ import annotations

import asyncio
import inspect
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import case as case_actions
from actions import case_questions, schools
from actions.case_answers import ValidateCaseForm
from actions.case_slots import filled
from bot.helpdesk import start_conversation
from tests.builders import make_services

DOMAIN = yaml.safe_load((Path(__file__).parents[2] / "domain/case.yml").read_text())
REQUIRED = DOMAIN["forms"]["case_form"]["required_slots"]
QUESTIONS: dict[str, Action] = {
    made.name(): made
    for _, kind in inspect.getmembers(case_questions, inspect.isclass)
    if issubclass(kind, Action)
    and kind.__module__ == case_questions.__name__
    and not kind.__name__.startswith("_")
    for made in [kind()]
}


class Form:
    """Rasa's loop of a form, without Rasa: validate, keep the slots, ask for the next one."""

    def __init__(self, **slots: object) -> None:
        self.slots: dict[str, Any] = {"requested_slot": REQUIRED[0], **slots}
        self.buttons: list[dict[str, str]] = []
        self.said = ""

    def _tracker(self, latest: dict[str, Any]) -> Tracker:
        return Tracker("s", self.slots, latest, [], False, None, {"name": "case_form"}, "action_listen")

    def _validate(self, latest: dict[str, Any], dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
        return asyncio.run(ValidateCaseForm().run(dispatcher, self._tracker(latest), {}))  # type: ignore[arg-type]

    def say(self, words: str, intent: str = "vraag") -> str:
        """What the form says to a text, or to the button with that title."""
        latest: dict[str, Any] = {"text": words, "intent": {"name": intent}, "entities": []}
        for button in self.buttons:
            if button["title"] == words:
                name, part = re.fullmatch(r'/(\w+)(?:{"part": "(\w+)"})?', button["payload"]).groups()  # type: ignore[union-attr]
                latest = {"text": button["payload"], "intent": {"name": name}, "entities": []}
                if part:
                    latest["entities"] = [{"entity": "part", "value": part}]
        dispatcher = CollectingDispatcher()
        events = self._validate(latest, dispatcher)
        if not [event for event in events if event["name"] != "requested_slot"]:
            # Said in between: another rule answers, and then the form is called once more.
            events = self._validate(latest, dispatcher)
        asked = None
        for event in events:
            self.slots[event["name"]] = event["value"]
            asked = event["value"] if event["name"] == "requested_slot" else asked
        asked = asked or next((slot for slot in REQUIRED if self.slots.get(slot) is None), None)
        self.slots["requested_slot"] = asked
        if asked:
            QUESTIONS[f"action_ask_{asked}"].run(dispatcher, self._tracker(latest), {})  # type: ignore[arg-type]
        heard = [message["custom"] for message in dispatcher.messages if "text" in message["custom"]]
        self.buttons = [button for message in heard for button in message.get("buttons", [])]
        self.said = "\n".join(message["text"] for message in heard)
        return self.said

    def filled(self) -> dict[str, object]:
        """What the form holds, without what is empty."""
        return {slot: value for slot, value in filled(self._tracker({})).items() if value is not None}


def told(*words: str, **slots: object) -> Form:
    """A form in which the student said these things, one after another."""
    form = Form(**slots)
    for each in words:
        form.say(each)
    return form


STORY = "mijn stagebedrijf laat mij elke dag alleen schoonmaken"


def titles(form: Form) -> list[str]:
    return [button["title"] for button in form.buttons]


def test_every_question_of_the_form_can_be_asked_and_is_in_the_domain() -> None:
    from actions.case_slots import SLOTS

    assert set(QUESTIONS) <= set(DOMAIN["actions"])
    for slot in SLOTS[:-2]:
        assert f"action_ask_{slot}" in QUESTIONS


def test_extra_questions_are_offered_once_and_can_be_left_out_in_one_go() -> None:
    form = told(STORY, "horizon")
    assert "iets over je opleiding" in form.said
    assert "Hoe kan JOB je bereiken" in form.say("Nee, verder")
    form.say("anoniem")
    assert "Klopt dit" in form.say("ja")
    assert "opleiding" not in form.said.lower()


def test_pathway_and_level_are_buttons_and_the_programme_is_free_text() -> None:
    form = told(STORY, "horizon", "Ja")
    assert titles(form)[:3] == ["Bol", "Bbl", "Weet ik niet"]
    assert "Welk niveau" in form.say("Bbl")
    assert titles(form)[:4] == ["Entree", "Niveau 2", "Niveau 3", "Niveau 4"]
    assert "Welke opleiding" in form.say("Niveau 3")
    assert "zelf al gedaan" in form.say("kapper")
    assert "willen dat er gebeurt" in form.say("ik heb mijn mentor gemaild")
    assert "Hoe kan JOB" in form.say("dat ze stoppen")
    form.say("yara@example.org")
    summary = form.say("ja")
    for line in (
        "**Bol of bbl:** bbl",
        "**Niveau:** niveau 3",
        "**Opleiding:** kapper",
        "mijn mentor",
        "dat ze stoppen",
    ):
        assert line in summary


@pytest.mark.parametrize(
    ("words", "pathway", "level", "programme"),
    [
        ("bbl niveau 3 kapper", "bbl", "3", "kapper"),
        ("ik doe bol", "bol", None, None),
        ("ja, ik doe mbo 4 verpleegkunde", None, "4", "verpleegkunde"),
    ],
)
def test_who_tells_it_at_once_is_asked_no_more(
    words: str, pathway: str | None, level: str | None, programme: str | None
) -> None:
    form = told(STORY, "horizon", words)
    assert "Hoe kan JOB" in form.said
    found = form.filled()
    assert (found.get("case_pathway"), found.get("case_level")) == (pathway, level)
    assert programme is None or str(found["case_programme"]).endswith(programme)


def test_level_and_programme_in_one_answer_skip_a_question() -> None:
    form = told(STORY, "horizon", "Ja", "bol")
    assert "zelf al gedaan" in form.say("niveau 2 kok")
    assert (form.slots["case_level"], form.slots["case_programme"]) == ("2", "kok")


def test_the_rest_can_be_skipped_half_way_by_button_or_by_words() -> None:
    for words in ("De rest overslaan", "sla de rest over"):
        form = told(STORY, "horizon", "Ja", "bbl")
        assert "Hoe kan JOB" in form.say(words)
        assert form.slots["case_pathway"] == "bbl"


def test_what_the_student_said_before_is_not_asked_again_but_shown_and_correctable() -> None:
    form = told(STORY, "horizon", student={"pathway": "bbl", "entree": True})
    assert "Ik weet al: bbl en Entree" in form.said
    assert "Welke opleiding" in form.say("Ja")
    for words in ("Overslaan", "Overslaan", "Overslaan", "anoniem"):
        form.say(words)
    assert "**Bol of bbl:** bbl" in form.say("ja")
    assert "Wat wil je veranderen" in form.say("Nee, aanpassen")
    assert "Doe je bol of bbl" in form.say("Bol of bbl")
    summary = form.say("Bol")
    assert "**Bol of bbl:** bol" in summary
    assert "Klopt dit" in summary
    form.say("Nee, aanpassen")
    form.say("Bol of bbl")
    assert "Bol of bbl" not in form.say("Weet ik niet")


def test_one_answer_is_changed_without_the_questions_after_it() -> None:
    form = told(STORY, "horizon", "bbl", "anoniem", "ja", "Nee, aanpassen", "Bol of bbl")
    assert "**Bol of bbl:** bol" in form.say("bol")


def test_pathway_and_level_in_the_story_itself_are_kept() -> None:
    form = told("ik doe bbl niveau 3 en mijn baas betaalt mij niet uit", "horizon", "nee", "anoniem")
    assert "**Niveau:** niveau 3" in form.say("ja")


def test_adding_from_the_summary_asks_what_is_open_and_comes_back() -> None:
    form = told(STORY, "horizon", "bbl", "anoniem", "ja")
    assert "Welk niveau" in form.say("Iets toevoegen")
    assert "Klopt dit" in form.say("De rest overslaan")
    assert "Welk niveau" in form.say("Iets toevoegen")


def test_a_step_back_among_the_extra_questions() -> None:
    form = told(STORY, "horizon", "Ja", "bbl")
    assert "Doe je bol of bbl" in form.say("terug", "go_back")
    assert "iets over je opleiding" in form.say("terug", "go_back")
    form = told(STORY, "horizon", "nee", "anoniem", "ja", "Iets toevoegen")
    assert "Klopt dit" in form.say("terug", "go_back")


def test_a_question_in_between_comes_back_to_the_same_extra_question() -> None:
    form = told(STORY, "horizon", "Ja", "bbl")
    assert "Welk niveau" in form.say("hoeveel uur mag ik werken?")


def test_who_is_ahead_of_the_form_is_not_asked_again() -> None:
    form = told(STORY, "horizon")
    assert "bewaren" in form.say("yara@example.org")
    assert form.slots["case_contact"] == "yara@example.org"
    form = told(STORY, "geen school geen nummer niks")
    assert "bewaren" in form.said
    assert form.filled()["case_contact"] == "anoniem"


def test_a_wrong_contact_that_comes_early_gets_its_hint() -> None:
    for contact in ("yara@@example.org", "yara@example..org"):
        form = told(STORY, "horizon")
        assert "mailadres lijkt niet te kloppen" in form.say(contact)
        assert "case_contact" not in form.filled()


def test_three_answers_that_cannot_be_used_bring_help_and_the_same_question() -> None:
    form = told(STORY, "horizon", "Ja")
    for _ in range(2):
        assert "Lukt het niet" not in form.say("paars")
        assert "Doe je bol of bbl" in form.said
    assert "Lukt het niet" in form.say("paars")
    assert titles(form)[:3] == ["Overslaan", "Vraag iemand van JOB", "Stoppen"]
    assert "Welk niveau" in form.say("Overslaan")


def test_a_level_that_does_not_exist_gets_a_hint() -> None:
    form = told(STORY, "horizon", "Ja", "bol")
    assert "niveau 2, 3 en 4" in form.say("niveau 7")
    assert "Welk niveau" in form.said


def test_a_button_of_another_question_is_no_consent() -> None:
    form = told(STORY, "horizon", "Ja", "bbl")
    level = list(form.buttons)
    form.say("De rest overslaan")
    form.say("anoniem")
    form.buttons = level
    assert "bewaren" in form.say("Niveau 3")
    assert "case_consent" not in form.filled()


def test_the_case_keeps_what_was_told_in_its_own_columns_and_counts_a_school_of_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_services(tmp_path)
    for module in (case_actions, schools):
        monkeypatch.setattr(module, "services", lambda: made)
    conversation_id, _ = start_conversation(made.tools, "website")
    form = told(
        STORY,
        "horizon",
        "Ja",
        "bbl",
        "niveau 3 kapper",
        "mijn mentor gemaild",
        "overslaan",
        "anoniem",
        "ja",
        "ja",
    )
    latest = {"text": "/affirm", "intent": {"name": "affirm"}, "metadata": {"message_id": "m1"}}
    tracker = Tracker(conversation_id, form.slots, latest, [], False, None, {}, "action_listen")
    case_actions.ActionFinishCase().run(CollectingDispatcher(), tracker, {})
    with made.tools.look() as uow:
        case = uow.cases.of_conversation(conversation_id)[0]
        today = made.tools.now().date()
        counted = [
            turn.topic
            for turn in uow.numbers.turns(today.replace(day=1), today)
            if turn.outcome == "case_school"
        ]
    made.engine.dispose()
    assert (case.pathway, case.programme) == ("bbl", "niveau 3, kapper")
    assert (case.tried, case.wish, case.contact) == ("mijn mentor gemaild", None, None)
    assert (case.school, counted) == ("Horizon College", ["Horizon College"])
