"""The page Leren shows messages without names, and only an editor's click makes one an example."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bot.core.messages import Effect
from bot.desk.learning_page import evaluations, plot_svg
from bot.learning import export
from tests.desk.conftest import Desk

RUN = {"right": 0.8, "clarified": 0.15, "wrong": 0.02, "n": 212, "model": "m"}


def test_runs_that_cannot_be_read_are_left_out(tmp_path: Path) -> None:
    assert evaluations(tmp_path) == []
    lines = [json.dumps(RUN), "{", json.dumps({"right": None})]
    (tmp_path / "evaluations.jsonl").write_text("\n".join(lines))
    assert evaluations(tmp_path) == [RUN]


def test_the_plot_is_a_picture_of_all_measures() -> None:
    picture = plot_svg([RUN, {**RUN, "right": 0.9}])
    assert picture.lstrip().startswith(b"<?xml")
    assert plot_svg([RUN, {**RUN, "right": 0.1}]) != picture


def not_understood(desk: Desk, words: str) -> None:
    """A student says something that the assistant does not understand."""
    understood = Effect("understood", {"outcome": "not_understood", "topics": [], "guesses": []})
    desk.bot(desk.student(desk.conversation(), words), "Ik begrijp je niet", understood)


def test_an_editor_sees_messages_masked_and_makes_one_an_example(desk: Desk) -> None:
    not_understood(desk, "ik heet Jaylinn en mag dit zomaar van mijn roc")
    desk.staff("sam", "Sam", "editor")
    browser = desk.browser("sam")
    page = browser.get("/desk/learning").text
    assert "mag dit zomaar" in page
    assert "Jaylinn" not in page
    item = browser.field("id")
    bad = browser.post("/desk/learning/use", id=item, intent="vraag/bestaat-niet", text="mag dit")
    assert bad.status_code == 422
    browser.page = bad.text
    assert (
        browser.post(
            "/desk/learning/use", id=item, intent="vraag/schorsing", text="mag dit zomaar"
        ).status_code
        == 303
    )
    with desk.made.tools.look() as uow:
        assert [(example.intent, example.text) for example in uow.learning.examples()] == [
            ("vraag/schorsing", "mag dit zomaar")
        ]
    assert "Er is niets om naar te kijken" in browser.get("/desk/learning").text


def test_a_topic_corrected_at_the_desk_is_suggested_masked_and_exported(desk: Desk, tmp_path: Path) -> None:
    """The whole way: a handler corrects, an editor approves, and the file for training has it, without the name."""
    desk.staff("noor", "Noor")
    desk.staff("sam", "Sam", "editor")
    conversation_id = desk.conversation()
    message = desk.student(conversation_id, "ik heet Jaylinn en krijg geen geld van mijn baas")
    guesses = [{"label": "vraag/bsa", "confidence": 0.5}]
    desk.bot(message, "Antwoord", Effect("understood", {"outcome": "answered", "guesses": guesses}))
    noor, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}/topic/{message.id}"
    assert noor.post(at, htmx=True, topic="bsa").status_code == 200
    assert noor.post(at, htmx=True, topic="stagevergoeding").status_code == 200

    sam = desk.browser("sam")
    page = sam.get("/desk/learning").text
    assert page.count("gecorrigeerd door een medewerker") == 1
    assert "krijg geen geld van mijn baas" in page
    assert "Jaylinn" not in page
    first_choice = re.search(r'<option value="([^"]+)" selected>', page)
    assert first_choice
    assert first_choice[1] == "vraag/stagevergoeding"
    words = "krijg geen geld van mijn baas"
    sent = sam.post("/desk/learning/use", id=sam.field("id"), intent="vraag/stagevergoeding", text=words)
    assert sent.status_code == 303
    assert export(desk.made.tools, tmp_path / "geleerd.yml") == 1
    assert "- intent: vraag/stagevergoeding" in (tmp_path / "geleerd.yml").read_text()
    assert "    - krijg geen geld van mijn baas" in (tmp_path / "geleerd.yml").read_text()


def test_a_message_that_fits_no_topic_has_no_suggestion_and_crisis_has_its_own(desk: Desk) -> None:
    desk.staff("sam", "Sam", "editor")
    browser = desk.browser("sam")
    conversation_id = desk.conversation()
    message = desk.student(conversation_id, "het gaat niet meer")
    at = f"/desk/conversations/{conversation_id}/topic/{message.id}"
    assert browser.post(at, htmx=True, topic="geen").status_code == 200
    assert " selected>" not in browser.get("/desk/learning").text
    assert browser.post(at, htmx=True, topic="crisis").status_code == 200
    assert '<option value="crisis" selected>' in browser.get("/desk/learning").text


def test_a_handler_does_not_get_the_page(desk: Desk) -> None:
    desk.staff("noor", "Noor")
    assert desk.browser("noor").get("/desk/learning").status_code == 403
