from __future__ import annotations

import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.knowledge_files.loader import LOOK_AGAIN_AFTER, KnowledgeBase


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def tick(self, seconds: float = LOOK_AGAIN_AFTER) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def base(knowledge, clock) -> KnowledgeBase:
    base = KnowledgeBase(knowledge.path, clock)
    assert base.errors() == ()
    return base


def test_every_topic_is_answered_in_the_order_of_the_list(base) -> None:
    assert [entry.id for entry in base.entries()] == ["schorsing", "verwijdering", "stage-uren"]
    assert base.entry("stage-uren").theme == "stage"


def test_topics_tell_their_theme_and_what_they_are_about(base) -> None:
    topics = base.topics()
    assert list(topics) == ["schorsing", "verwijdering", "stage-uren"]
    assert (topics["stage-uren"].theme, topics["stage-uren"].description) == ("stage", "hoeveel uren")


def test_an_unknown_topic_has_no_answer(base) -> None:
    assert base.entry("bestaat-niet") is None


def test_a_topic_without_a_file_is_known_and_has_no_answer(knowledge, clock) -> None:
    os.remove(knowledge.file("schorsing"))
    base = KnowledgeBase(knowledge.path, clock)
    assert base.entry("schorsing") is None
    assert "schorsing" in base.topics()


def test_an_edit_shows_in_the_next_answer(base, knowledge, clock) -> None:
    before = base.entry("schorsing")
    knowledge.entry(short="Nee, dat mag niet.")
    clock.tick()
    after = base.entry("schorsing")
    assert after.short == "Nee, dat mag niet."
    assert after.version != before.version


def test_files_are_looked_at_twice_a_second_at_most(base, knowledge, clock) -> None:
    base.entries()
    knowledge.entry(short="Nee, dat mag niet.")
    clock.tick(LOOK_AGAIN_AFTER - 0.01)
    assert base.entry("schorsing").short.startswith("Ja")
    clock.tick(0.01)
    assert base.entry("schorsing").short.startswith("Nee")


def test_an_edit_of_the_same_length_is_seen_by_its_time(base, knowledge, clock) -> None:
    knowledge.entry(label="Geschorst")
    clock.tick()
    assert base.entry("schorsing").label == "Geschorst"


def test_an_unchanged_file_is_not_read_again(base, clock) -> None:
    before = base.entry("schorsing")
    clock.tick()
    assert base.entry("schorsing") is before


def test_a_broken_file_keeps_the_last_good_answer_and_is_reported(base, knowledge, clock) -> None:
    before = base.entry("schorsing")
    knowledge.entry(reviewed="2026-13-45")
    clock.tick()
    assert base.entry("schorsing") is before
    [problem] = base.errors()
    assert problem.file == knowledge.file("schorsing")
    assert problem.line > 1


def test_a_broken_file_does_not_touch_the_others(base, knowledge, clock) -> None:
    knowledge.entry(raw="kapot")
    knowledge.entry("verwijdering", label="Weg")
    clock.tick()
    assert base.entry("verwijdering").label == "Weg"


def test_a_broken_file_is_logged_once_for_each_change_without_its_text(base, knowledge, clock) -> None:
    with capture_logs() as logs:
        knowledge.entry(raw="---\ntitle: geheim: geheimer\n---\nook geheim")
        for _ in range(3):
            clock.tick()
            base.entries()
        knowledge.entry(raw="nog steeds kapot")
        clock.tick()
        base.entries()
    refused = [log for log in logs if log["event"] == "knowledge_file_refused"]
    assert [(log["file"], log["line"]) for log in refused] == [
        (knowledge.file("schorsing"), 2),
        (knowledge.file("schorsing"), 1),
    ]
    assert "geheim" not in str(logs)


def test_a_mended_file_is_used_again_and_no_longer_reported(base, knowledge, clock) -> None:
    knowledge.entry(raw="kapot")
    clock.tick()
    assert base.errors()
    knowledge.entry(short="Weer goed.")
    clock.tick()
    assert base.errors() == ()
    assert base.entry("schorsing").short == "Weer goed."


def test_a_file_that_was_broken_from_the_start_costs_only_its_own_answer(knowledge, clock) -> None:
    knowledge.entry(raw="kapot")
    base = KnowledgeBase(knowledge.path, clock)
    assert base.entry("schorsing") is None
    assert base.entry("verwijdering") is not None


def test_a_new_topic_with_its_file_appears(base, knowledge, clock) -> None:
    knowledge.write("topics.yml", (knowledge.path / "topics.yml").read_text() + "  stage-loon: loon\n")
    clock.tick()
    assert base.entry("stage-loon") is None
    text = Path(knowledge.file("stage-uren")).read_text()
    knowledge.write("stage/stage-loon.md", text)
    clock.tick()
    assert base.entry("stage-loon").id == "stage-loon"


def test_a_topic_that_is_taken_from_the_list_is_no_longer_answered(base, knowledge, clock) -> None:
    knowledge.write("topics.yml", "rechten:\n  schorsing: geschorst\n")
    clock.tick()
    assert [entry.id for entry in base.entries()] == ["schorsing"]


def test_a_file_that_is_gone_for_a_moment_keeps_its_answer(base, knowledge, clock) -> None:
    """Git and many editors take a file away and put a new one in its place."""
    base.entries()
    os.remove(knowledge.file("schorsing"))
    clock.tick()
    assert base.entry("schorsing") is not None
    knowledge.entry(short="Terug.")
    clock.tick()
    assert base.entry("schorsing").short == "Terug."


def test_a_file_that_stays_away_is_no_longer_answered(base, knowledge, clock) -> None:
    base.entries()
    os.remove(knowledge.file("schorsing"))
    for _ in range(2):
        clock.tick()
        base.entries()
    assert base.entry("schorsing") is None


def test_a_change_in_the_laws_shows_in_the_sources(base, knowledge, clock) -> None:
    laws = (knowledge.path / "laws.yml").read_text()
    knowledge.write("laws.yml", laws.replace("read: 2026-01-01", "read: 2026-08-01"))
    clock.tick()
    assert "wettekst van 1 augustus 2026" in base.entry("schorsing").sources[0].line


@pytest.mark.parametrize("name", ["laws.yml", "topics.yml"])
def test_a_broken_list_keeps_what_was_known(base, knowledge, clock, name) -> None:
    base.entries()
    knowledge.write(name, "x: [")
    clock.tick()
    assert [entry.id for entry in base.entries()] == ["schorsing", "verwijdering", "stage-uren"]
    assert [Path(problem.file).name for problem in base.errors()] == [name]


def test_a_folder_without_its_lists_is_reported_and_breaks_nothing(tmp_path, clock) -> None:
    base = KnowledgeBase(tmp_path / "nergens", clock)
    assert base.entries() == ()
    assert base.entry("schorsing") is None
    assert [Path(problem.file).name for problem in base.errors()] == ["laws.yml", "topics.yml"]


def test_a_file_in_another_encoding_is_reported_and_keeps_its_answer(base, knowledge, clock) -> None:
    before = base.entry("schorsing")
    knowledge.write("rechten/schorsing.md", "---\ntitle: geëmigreerd\n".encode("latin-1"))
    clock.tick()
    assert base.entry("schorsing") is before
    assert [problem.code for problem in base.errors()] == ["encoding"]


def test_a_folder_in_the_place_of_a_file_is_reported_once(base, knowledge, clock) -> None:
    before = base.entry("schorsing")
    os.remove(knowledge.file("schorsing"))
    os.mkdir(knowledge.file("schorsing"))
    with capture_logs() as logs:
        for _ in range(3):
            clock.tick()
            assert base.entry("schorsing") is before
    assert [problem.code for problem in base.errors()] == ["unreadable"]
    assert len(logs) == 1


def test_related_answers_are_those_that_exist(knowledge, clock) -> None:
    knowledge.entry(see_also="[verwijdering, bestaat-niet]")
    base = KnowledgeBase(knowledge.path, clock)
    assert [entry.id for entry in base.related(base.entry("schorsing"))] == ["verwijdering"]


def test_the_rows_of_an_editors_screen_do_not_reach_the_student(knowledge, clock) -> None:
    text = "Ja, dat\nmag.\n\n- een\n  punt\n- twee\n\n## Wat kun je nu doen\n1. Vraag\n   het.\n\n"
    text += "## Meer uitleg\n### A?\nB en\nC.\n### D?\nE.\n"
    knowledge.entry(body=text, variants="\n  bbl: |\n    Bij bbl\n    ook.")
    entry = KnowledgeBase(knowledge.path, clock).entry("schorsing")
    assert entry.short == "Ja, dat mag.\n\n- een punt\n- twee"
    assert entry.steps == ("Vraag het.",)
    assert entry.parts[0].answer == "B en C."
    assert list(entry.variants.values()) == ["Bij bbl ook."]
