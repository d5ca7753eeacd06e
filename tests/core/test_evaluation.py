"""What `helpdesk evaluate` counts. The model is a table here: figures follow from what it would do."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.core.answering import Decision, Kind
from bot.evaluation import (
    EvaluationError,
    Question,
    keep,
    latest_model,
    measure,
    outcome,
    read_question,
    read_questions,
    render,
    run,
)
from bot.nlu.in_process import Understood, read_parse

THEMES = {"bsa": "rechten", "laptop": "rechten", "stage-uren": "stage"}


def answer(topic: str) -> Decision:
    return Decision(Kind.ANSWER, (topic,))


def clarify(*topics: str) -> Decision:
    return Decision(Kind.CLARIFY, topics)


def dialogue(intent: str) -> Decision:
    return Decision(Kind.DIALOGUE, intent=intent)


def report_of(*cases: tuple[Question, Decision], answerable: frozenset[str] = frozenset(THEMES)) -> dict:
    table = {question.text: Understood(decision) for question, decision in cases}
    return measure([question for question, _ in cases], table.__getitem__, THEMES, answerable)


def question(text: str, topic: str, *also: str) -> Question:
    return Question(id=text, text=text, topic=topic, also=also)


def other(text: str, expected: str, topic: str | None = None) -> Question:
    return Question(id=text, text=text, expected=expected, topic=topic)


def test_the_four_outcomes_are_shares_of_the_questions_and_make_one() -> None:
    report = report_of(
        (question("a", "bsa"), answer("bsa")),
        (question("b", "bsa", "laptop"), answer("laptop")),
        (question("c", "bsa"), clarify("laptop", "bsa")),
        (question("d", "bsa"), answer("laptop")),
        (question("e", "stage-uren"), Decision(Kind.UNSURE)),
        (other("f", "human"), dialogue("human")),
    )
    assert (report["n"], report["questions"]) == (6, 5)
    assert tuple(report[key] for key in ("right", "clarified", "wrong", "unanswered")) == (0.4, 0.2, 0.2, 0.2)
    assert report["per_theme"]["rechten"]["right"] == 0.5
    assert report["per_theme"]["stage"]["unanswered"] == 1.0


def test_a_topic_without_an_answer_counts_as_missed_even_if_the_model_has_it_right() -> None:
    cases = [(question("a", "bsa"), answer("bsa")), (question("b", "laptop"), answer("laptop"))]
    report = report_of(*cases, answerable=frozenset({"bsa"}))
    assert (report["right"], report["unanswered"]) == (0.5, 0.5)
    assert (report["existing_topics"]["n"], report["existing_topics"]["right"]) == (1, 1.0)


def test_only_the_first_three_offered_topics_count() -> None:
    assert outcome(question("a", "bsa"), clarify("x", "y", "z", "bsa"), {"bsa"}) == "unanswered"


def test_a_question_taken_for_something_else_is_unanswered_not_wrong() -> None:
    assert outcome(question("a", "bsa"), dialogue("out_of_scope"), {"bsa"}) == "unanswered"


def test_messages_of_other_kinds_have_a_recall_each() -> None:
    report = report_of(
        (other("a", "crisis"), dialogue("crisis")),
        (other("b", "crisis"), answer("bsa")),
        (other("c", "not_crisis"), dialogue("crisis")),
        (other("d", "not_crisis", "bsa"), answer("bsa")),
        (other("e", "out_of_scope"), Decision(Kind.UNSURE)),
        (other("f", "out_of_scope"), dialogue("out_of_scope")),
        (other("g", "smalltalk"), dialogue("thanks")),
        (other("h", "english", "bsa"), answer("bsa")),
        (other("i", "delete_data"), dialogue("delete_data")),
    )
    assert (report["crisis_recall"], report["crisis_false"]) == (0.5, 0.5)
    assert (report["out_of_scope_recall"], report["out_of_scope_answered"]) == (0.5, 0.0)
    others = [report[f"{kind}_recall"] for kind in ("smalltalk", "english", "delete_data")]
    assert others == [1.0, 1.0, 1.0]


def test_a_file_without_some_kind_has_null_there_and_can_be_shown() -> None:
    report = report_of((other("a", "human"), dialogue("human")))
    assert report["right"] is None
    assert report["crisis_recall"] is None
    assert report["crisis_false"] is None
    assert "–" in render({"model": "m", **report})
    assert json.loads(json.dumps(report)) == report


def test_confusions_come_with_the_most_frequent_first_and_without_texts() -> None:
    report = report_of(
        (question("een geheim verhaal", "bsa"), answer("laptop")),
        (question("nog een verhaal", "bsa"), answer("laptop")),
        (other("weer", "out_of_scope"), answer("laptop")),
    )
    first, second = report["confusions"]
    assert (first["expected"], first["got"], first["count"]) == ("bsa", "laptop", 2)
    assert second["expected"] == "out_of_scope"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "geen JSON"),
        ("[]", "geen JSON-object"),
        ('{"topic": "bsa"}', "'text'"),
        ('{"text": " ", "topic": "bsa"}', "'text'"),
        ('{"text": "a"}', "'topic' of 'expected'"),
        ('{"text": "a", "expected": "iets"}', "'expected' is 'iets'"),
        ('{"text": "a", "topic": "bsa", "also": "laptop"}', "'also'"),
    ],
)
def test_a_bad_line_is_named(line: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_question(line)
    file = tmp_path / "vragen.jsonl"
    file.write_text('{"text": "goed", "topic": "bsa"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"vragen\.jsonl:3: "):
        read_questions(file)


def test_an_empty_or_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "leeg.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="geen vraag"):
        read_questions(tmp_path / "leeg.jsonl")
    with pytest.raises(EvaluationError, match="niet te lezen"):
        read_questions(tmp_path / "weg.jsonl")


def test_the_command_ends_with_1_and_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HELPDESK_MODELS_DIR", str(tmp_path))
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    assert run(tmp_path / "vragen.jsonl", as_json=True) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "helpdesk train" in said.err


def test_the_newest_model_is_measured(tmp_path: Path) -> None:
    import os

    for age, name in ((100, "nieuw.tar.gz"), (500, "oud.tar.gz")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    assert latest_model(tmp_path).name == "nieuw.tar.gz"


def test_each_run_is_kept_without_texts(tmp_path: Path) -> None:
    report = {"model": "m", **report_of((question("een geheim verhaal", "bsa"), answer("laptop")))}
    history = tmp_path / "var" / "evaluations.jsonl"
    for _ in range(2):
        keep(report, tmp_path / "vragen.jsonl", history, datetime(2026, 11, 22, tzinfo=timezone.utc))
    lines = [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
    assert [line["model"] for line in lines] == ["m", "m"]
    assert lines[0]["wrong"] == 1.0
    assert lines[0]["file"] == "vragen.jsonl"
    assert "geheim" not in history.read_text(encoding="utf-8")


def test_what_rasa_parses_becomes_what_the_bot_does() -> None:
    parsed = {
        "intent": {"name": "vraag"},
        "guesses": [{"label": "vraag/bsa", "confidence": 0.9}],
        "decision": {"kind": "answer", "topics": ["bsa"]},
    }
    assert answer("bsa") == read_parse(parsed).decision
    assert dialogue("crisis") == read_parse({**parsed, "intent": {"name": "crisis"}}).decision
    assert Kind.UNSURE is read_parse({"intent": {"name": None}}).decision.kind
