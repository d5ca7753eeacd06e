"""What was not understood is kept for review, and becomes an example only by an editor's hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.core.errors import BadInput, Conflict
from bot.core.messages import Button, Draft, Effect
from bot.core.ports import Turn
from bot.helpdesk import Tools, forget, receive, record_turn
from bot.learning import check_example, drop_item, export, note_correction, note_for_review, use_as_example
from tests.builders import Helpdesk

BUTTON = Button("Verwijdering", '/vraag{"topic": "verwijdering"}')


def learning_tools(helpdesk: Helpdesk) -> Tools:
    return replace(
        helpdesk.tools,
        on_effect=lambda uow, message, effect: note_for_review(uow, message, effect, helpdesk.clock()),
    )


def turn(outcome: str, *topics: str, buttons: tuple[Button, ...] = ()) -> Turn:
    guesses = [{"label": "vraag/schorsing", "confidence": 0.4}]
    return Turn(
        [Draft("x", buttons=buttons)],
        [Effect("understood", {"outcome": outcome, "topics": list(topics), "guesses": guesses})],
    )


def items(helpdesk: Helpdesk) -> list[tuple[str, str, str | None]]:
    with helpdesk.tools.look() as uow:
        return [(item.text, item.reason, item.suggested) for item in uow.learning.open_items()]


def test_a_message_that_was_answered_is_not_kept(helpdesk: Helpdesk) -> None:
    tools, conversation = learning_tools(helpdesk), helpdesk.conversation()
    record_turn(
        tools, helpdesk.message(helpdesk.student(conversation, "geschorst")), turn("answered", "schorsing")
    )
    assert items(helpdesk) == []


def test_a_message_that_was_not_understood_is_kept_with_the_best_guess(helpdesk: Helpdesk) -> None:
    tools, conversation = learning_tools(helpdesk), helpdesk.conversation()
    record_turn(tools, helpdesk.message(helpdesk.student(conversation, "geschors")), turn("not_understood"))
    assert items(helpdesk) == [("geschors", "rephrase", "schorsing")]


def test_the_topic_that_a_student_chooses_is_the_suggestion(helpdesk: Helpdesk) -> None:
    tools, conversation = learning_tools(helpdesk), helpdesk.conversation()
    asked = helpdesk.message(helpdesk.student(conversation, "weg van school"))
    record_turn(tools, asked, turn("clarified", "schorsing", "verwijdering", buttons=(BUTTON,)))
    chosen = helpdesk.message(receive(helpdesk.tools, conversation, "b", payload=BUTTON.payload))
    record_turn(tools, chosen, turn("answered", "verwijdering"))
    assert items(helpdesk) == [("weg van school", "clarify", "verwijdering")]


def test_did_not_help_is_about_the_question_before(helpdesk: Helpdesk) -> None:
    tools, conversation = learning_tools(helpdesk), helpdesk.conversation()
    record_turn(
        tools, helpdesk.message(helpdesk.student(conversation, "de vraag")), turn("answered", "schorsing")
    )
    record_turn(
        tools,
        helpdesk.message(helpdesk.student(conversation, "dit helpt niet")),
        turn("not_helped", "schorsing"),
    )
    assert items(helpdesk) == [("de vraag", "not_helped", "schorsing")]


def correct(helpdesk: Helpdesk, message_id: int, topic: str | None) -> None:
    with helpdesk.tools.begin() as uow:
        note_correction(uow, helpdesk.message(message_id), topic, helpdesk.clock())
        uow.commit()


def test_a_correction_by_staff_goes_before_the_guess_and_before_the_students_choice(
    helpdesk: Helpdesk,
) -> None:
    tools, conversation = learning_tools(helpdesk), helpdesk.conversation()
    asked = helpdesk.student(conversation, "weg van school")
    record_turn(tools, helpdesk.message(asked), turn("clarified", "schorsing", buttons=(BUTTON,)))
    correct(helpdesk, asked, "uitschrijven")
    chosen = helpdesk.message(receive(helpdesk.tools, conversation, "b", payload=BUTTON.payload))
    record_turn(tools, chosen, turn("answered", "verwijdering"))
    assert items(helpdesk) == [("weg van school", "corrected", "uitschrijven")]


def test_correcting_again_changes_the_suggestion_of_the_one_item(helpdesk: Helpdesk) -> None:
    asked = helpdesk.student(helpdesk.conversation(), "mijn baas betaalt niks")
    for topic in ("bsa", "stagevergoeding", None, "loon-bbl"):
        correct(helpdesk, asked, topic)
        assert items(helpdesk) == [("mijn baas betaalt niks", "corrected", topic)]


def test_what_staff_corrected_is_shown_before_what_came_later(helpdesk: Helpdesk) -> None:
    asked = helpdesk.student(helpdesk.conversation(), "mijn baas betaalt niks")
    correct(helpdesk, asked, "stagevergoeding")
    helpdesk.clock.forward(minutes=5)
    kept(helpdesk)
    assert [reason for _, reason, _ in items(helpdesk)] == ["corrected", "rephrase"]


def test_a_correction_brings_back_what_was_put_aside_but_only_with_news(helpdesk: Helpdesk) -> None:
    asked, noor = helpdesk.student(helpdesk.conversation(), "mijn baas betaalt niks"), helpdesk.staff()
    correct(helpdesk, asked, "bsa")
    with helpdesk.tools.look() as uow:
        item = uow.learning.open_items()[0].id
    drop_item(helpdesk.tools, item, noor)
    correct(helpdesk, asked, "bsa")
    assert items(helpdesk) == []
    correct(helpdesk, asked, "stagevergoeding")
    assert items(helpdesk) == [("mijn baas betaalt niks", "corrected", "stagevergoeding")]


def test_a_message_that_is_an_example_already_does_not_come_back(helpdesk: Helpdesk) -> None:
    asked, noor = helpdesk.student(helpdesk.conversation(), "mijn baas betaalt niks"), helpdesk.staff()
    correct(helpdesk, asked, "bsa")
    with helpdesk.tools.look() as uow:
        item = uow.learning.open_items()[0].id
    use_as_example(helpdesk.tools, item, "vraag/bsa", "mijn baas betaalt niks", noor)
    correct(helpdesk, asked, "stagevergoeding")
    assert items(helpdesk) == []


def test_a_button_is_nobodys_own_words(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    asked = helpdesk.message(helpdesk.student(conversation, "weg van school"))
    record_turn(helpdesk.tools, asked, turn("clarified", "schorsing", buttons=(BUTTON,)))
    chosen = receive(helpdesk.tools, conversation, "b", payload=BUTTON.payload)
    correct(helpdesk, chosen, "schorsing")
    assert items(helpdesk) == []


def kept(helpdesk: Helpdesk) -> int:
    tools, conversation = learning_tools(helpdesk), helpdesk.conversation()
    record_turn(
        tools, helpdesk.message(helpdesk.student(conversation, "mag dit [zomaar]")), turn("not_understood")
    )
    with helpdesk.tools.look() as uow:
        return uow.learning.open_items()[0].id


def test_an_accepted_example_is_exported_in_rasas_form_once(helpdesk: Helpdesk, tmp_path: Path) -> None:
    item, noor = kept(helpdesk), helpdesk.staff()
    use_as_example(helpdesk.tools, item, "vraag/schorsing", "mag dit [zomaar]\nof niet", noor)
    with pytest.raises(Conflict):
        use_as_example(helpdesk.tools, item, "vraag/schorsing", "nog eens", noor)
    assert items(helpdesk) == []
    file = tmp_path / "nlu" / "geleerd.yml"
    assert export(helpdesk.tools, file) == 1
    assert yaml.safe_load(file.read_text())["nlu"] == [
        {"intent": "vraag/schorsing", "examples": "- mag dit zomaar of niet\n"}
    ]


def test_nothing_accepted_gives_a_file_that_rasa_can_read(helpdesk: Helpdesk, tmp_path: Path) -> None:
    assert export(helpdesk.tools, tmp_path / "leeg.yml") == 0
    assert yaml.safe_load((tmp_path / "leeg.yml").read_text())["nlu"] == []


def test_an_item_can_be_put_aside_and_goes_with_its_conversation(helpdesk: Helpdesk) -> None:
    drop_item(helpdesk.tools, kept(helpdesk), helpdesk.staff())
    assert items(helpdesk) == []
    tools, conversation = learning_tools(helpdesk), helpdesk.conversation()
    record_turn(tools, helpdesk.message(helpdesk.student(conversation, "geheim")), turn("not_understood"))
    forget(helpdesk.tools, conversation)
    assert items(helpdesk) == []


@pytest.mark.parametrize("text", ["", "  ", "ab", "x" * 1_001])
def test_an_example_must_be_a_line_of_some_words(text: str) -> None:
    with pytest.raises(BadInput):
        check_example(text)
