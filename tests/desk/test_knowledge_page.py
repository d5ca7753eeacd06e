"""The page Kennis: states, counts, reviewing one text, switching one answer off."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from bot.core.messages import Effect
from bot.knowledge_files.loader import KnowledgeBase
from tests.builders import ROOT
from tests.desk.conftest import Desk


def ask(desk: Desk, topic: str, *effects: Effect, times: int = 1) -> None:
    """Students ask about a topic; ``effects`` come with the answer."""
    for _ in range(times):
        understood = Effect("understood", {"outcome": "answered", "topics": [topic], "guesses": []})
        desk.bot(
            desk.student(desk.conversation(), "een vraag"), "Antwoord", understood, *effects, topic=topic
        )


def test_an_editor_marks_the_text_on_the_screen_as_reviewed(desk: Desk) -> None:
    desk.staff("sam", "Sam", "editor")
    browser = desk.browser("sam")
    assert "nog niet door JOB" in browser.get("/desk/knowledge/bsa").text
    stale = browser.post("/desk/knowledge/bsa/review", version="anders")
    assert stale.status_code == 409
    browser.page = stale.text
    assert browser.post("/desk/knowledge/bsa/review", version=browser.field("version")).status_code == 303
    page = browser.get("/desk/knowledge/bsa").text
    assert "Sam, ma 23 november 2026" in page
    entry = desk.made.knowledge.entry("bsa")
    assert entry
    with desk.made.tools.look() as uow:
        found = uow.answers.reviewed("bsa", entry.version)
        assert found
        assert (found.done, found.by) == (True, "Sam")
        assert uow.answers.reviewed("bsa", "another version") is None


def test_an_answer_is_switched_off_and_on_with_who_and_when(desk: Desk) -> None:
    desk.staff("sam", "Sam", "editor")
    browser = desk.browser("sam")
    for off in ("1", "1", "0"):
        assert browser.post("/desk/knowledge/bsa/switch", off=off).status_code == 303
        with desk.made.tools.look() as uow:
            assert uow.answers.switched_off("bsa") is (off == "1")
            assert not uow.answers.switched_off("bpv")
        desk.clock.forward(minutes=1)
    with desk.made.tools.look() as uow:
        assert [(event.kind, event.name) for event in uow.answers.history("bsa")] == [
            ("on", "Sam"),
            ("off", "Sam"),
        ]


def test_a_handler_may_look_and_not_change(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser("noor")
    page = browser.get("/desk/knowledge/bsa").text
    assert "Antwoord uitzetten" not in page
    assert browser.post("/desk/knowledge/bsa/switch", off="1").status_code == 403


def test_how_often_asked_and_how_often_it_did_not_help(desk: Desk) -> None:
    desk.staff()
    entry = desk.made.knowledge.entry("bsa")
    assert entry
    no = Effect("feedback", {"topic": "bsa", "version": entry.version, "helpful": False})
    yes = Effect("feedback", {"topic": "bsa", "version": entry.version, "helpful": True})
    ask(desk, "bsa", no)
    ask(desk, "bsa", yes, times=3)
    page = desk.browser("noor").get("/desk/knowledge/bsa").text
    assert "4 keer in 90 dagen" in page
    assert "3 keer wel, 1 keer niet" in page
    assert "25 %" in desk.browser("noor").get("/desk/knowledge").text


def test_feedback_of_one_message_counts_once(desk: Desk) -> None:
    with desk.made.tools.begin() as uow:
        for _ in range(2):
            uow.answers.add_feedback(7, "bsa", "v", helpful=False, at=desk.clock())
        uow.commit()
    with desk.made.tools.look() as uow:
        assert uow.answers.feedback()["bsa"].not_helped == 1


def test_what_needs_an_eye_comes_first_and_what_is_asked_most_before_the_rest(desk: Desk) -> None:
    desk.staff("sam", "Sam", "editor")
    browser = desk.browser("sam")
    ask(desk, "stagevergoeding", times=2)
    browser.post("/desk/knowledge/lesuren/switch", off="1")
    page = browser.get("/desk/knowledge").text
    order = [
        page.index(f'href="/desk/knowledge/{topic}"') for topic in ("lesuren", "stagevergoeding", "alumni")
    ]
    assert order == sorted(order)
    only = browser.get("/desk/knowledge?state=off").text
    assert "/desk/knowledge/lesuren" in only
    assert "/desk/knowledge/alumni" not in only


def test_a_broken_file_is_on_the_page(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    ticks = iter(range(1_000))
    base = KnowledgeBase(folder, clock=lambda: float(next(ticks)))
    assert base.entry("bsa")
    made = replace(desk.made)
    made.__dict__.update(tools=desk.made.tools, engine=desk.made.engine, knowledge=base)
    broken = Desk(made, desk.clock, desk.notifier)
    (folder / "rechten" / "bsa.md").write_text("---\ntitle: [\n---\nkapot", encoding="utf-8")
    broken.staff()
    page = broken.browser("noor").get("/desk/knowledge").text
    assert "rechten/bsa.md, regel" in page
    assert "/desk/knowledge/bsa" in page
