"""`helpdesk evaluate`: how often the bot does the right thing, on questions that training has never seen.

The file has one JSON object a line: ``{"id", "text", "topic", "also": […]}`` for a question about a topic,
and ``{"id", "text", "expected"}`` for a message of another kind (`KINDS`). Measured is what the bot would
*do*: answer, offer topics ("Bedoel je …?"), say that it did not understand, or something else than answering.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot.assistant import escape
from bot.core.answering import Decision, Kind
from bot.nlu.in_process import Understand

KINDS: Mapping[str, frozenset[str]] = {
    "out_of_scope": frozenset({"out_of_scope"}),
    "human": frozenset({"human"}),
    "crisis": frozenset({"crisis"}),
    "not_crisis": frozenset(),
    "delete_data": frozenset({"delete_data"}),
    "smalltalk": frozenset({"greet", "thanks", "bye", "bot_challenge", "affirm", "deny", "helped"}),
    "english": frozenset({"english"}),
    "other_language": frozenset({"other_language"}),
    "abuse": frozenset({"abuse"}),
    "report_case": frozenset({"report_case"}),
    "case_status": frozenset({"case_status"}),
    "steps": frozenset({"steps"}),
    "not_helped": frozenset({"not_helped"}),
}
"""The kinds of messages that are no question in Dutch, each with the intents that are right for it."""
FOLLOW_UPS = ("abuse", "report_case", "case_status", "steps", "not_helped")
"""Kinds that are shown only where the file has them."""
OUTCOMES = ("right", "clarified", "wrong", "unanswered")
"""What can come of a question about a topic (see `outcome`)."""
WORST = 10
"""How many confusions the report for people shows."""


class EvaluationError(Exception):
    """The file, the model or the knowledge cannot be used. The message is one line for people."""


@dataclass(frozen=True)
class Question:
    """One line of the file: about ``topic`` (or one of ``also``), or a message of a kind in `KINDS`."""

    id: str
    text: str
    topic: str | None = None
    also: tuple[str, ...] = ()
    expected: str | None = None

    @property
    def good(self) -> frozenset[str]:
        """The topics that count as right."""
        return frozenset((self.topic, *self.also) if self.topic else self.also)


def read_question(line: str) -> Question:
    """One line of the file; raises `ValueError` with what is wrong."""
    try:
        raw = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"geen JSON ({error.msg})") from None
    if not isinstance(raw, dict):
        raise ValueError("geen JSON-object")
    text, topic, expected = raw.get("text"), raw.get("topic"), raw.get("expected")
    also = raw.get("also") or []
    if not isinstance(text, str) or not text.strip():
        raise ValueError("'text' ontbreekt of is leeg")
    if expected is not None and expected not in KINDS:
        raise ValueError(f"'expected' is {expected!r}; het kan zijn: {', '.join(KINDS)}")
    if expected is None and (not isinstance(topic, str) or not topic):
        raise ValueError("geef 'topic' of 'expected'")
    if not isinstance(also, list) or not all(isinstance(each, str) for each in also):
        raise ValueError("'also' moet een lijst van onderwerpen zijn")
    return Question(str(raw.get("id", "")), text, topic, tuple(also), expected)


def read_questions(file: Path) -> list[Question]:
    """All questions of the file. Raises `EvaluationError` that names the file and the line."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{file}: niet te lezen ({error.strerror})") from None
    except UnicodeDecodeError:
        raise EvaluationError(f"{file}: geen UTF-8") from None
    questions = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                questions.append(read_question(line))
            except ValueError as error:
                raise EvaluationError(f"{file}:{number}: {error}") from None
    if not questions:
        raise EvaluationError(f"{file}: er staat geen vraag in")
    return questions


def outcome(question: Question, decision: Decision, answerable: Collection[str]) -> str:
    """``right``, ``clarified``, ``wrong`` or ``unanswered``: what came of a question about a topic.

    A topic without an answer in the knowledge is a miss, even if the model has it right.
    """
    if decision.kind is Kind.ANSWER:
        if decision.topics[0] not in question.good:
            return "wrong"
        return "right" if decision.topics[0] in answerable else "unanswered"
    if decision.kind is Kind.CLARIFY and question.good & set(decision.topics[:3]) & set(answerable):
        return "clarified"
    return "unanswered"


def as_expected(question: Question, decision: Decision) -> bool:
    """Whether a message of a kind in `KINDS` got what belongs to it.

    Where a topic stands beside the kind, an answer about it is as good: an English question answered with its own topic.
    """
    if question.expected == "not_crisis":
        return decision.intent != "crisis"
    if question.good and decision.kind is Kind.ANSWER:
        return decision.topics[0] in question.good
    return decision.kind is Kind.DIALOGUE and decision.intent in KINDS[question.expected or ""]


def in_words(decision: Decision) -> str:
    """The decision as one word for the list of confusions."""
    if decision.kind is Kind.DIALOGUE:
        return str(decision.intent)
    return decision.topics[0] if decision.kind is Kind.ANSWER else str(decision.kind.value)


def _share(count: int, of: int) -> float | None:
    return round(count / of, 4) if of else None


def _shares(outcomes: Sequence[str]) -> dict[str, Any]:
    counted = Counter(outcomes)
    return {"n": len(outcomes), **{name: _share(counted[name], len(outcomes)) for name in OUTCOMES}}


def _confusions(pairs: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for expected, got, question_id in pairs:
        grouped[expected, got].append(question_id)
    ordered = sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))
    return [{"expected": e, "got": g, "count": len(ids), "ids": ids} for (e, g), ids in ordered]


def measure(
    questions: Sequence[Question],
    understand: Understand,
    themes: Mapping[str, str],
    answerable: Collection[str],
) -> dict[str, Any]:
    """The report over ``questions``.

    ``themes`` has the theme of every topic; ``answerable`` are the topics with an answer in the knowledge.
    """
    done: list[tuple[Question, Decision]] = []
    took: list[float] = []
    for question in questions:
        start = time.perf_counter()
        done.append((question, understand(escape(question.text)).decision))
        took.append((time.perf_counter() - start) * 1000)
    asked = [(q, outcome(q, d, answerable)) for q, d in done if q.expected is None]
    fitted = [(q, as_expected(q, d)) for q, d in done if q.expected is not None]
    recall = {
        kind: _share(sum(ok for _, ok in of_kind), len(of_kind))
        for kind in KINDS
        for of_kind in [[(q, ok) for q, ok in fitted if q.expected == kind]]
    }
    not_ours = [d for q, d in done if q.expected == "out_of_scope"]
    by_theme: dict[str, list[str]] = defaultdict(list)
    for question, result in asked:
        by_theme[themes.get(question.topic or "", "?")].append(result)
    missed = [
        (q.expected or q.topic or "", in_words(d), q.id)
        for q, d in done
        if not (as_expected(q, d) if q.expected else outcome(q, d, answerable) in ("right", "clarified"))
    ]
    shares = _shares([result for _, result in asked])
    asked_count = shares.pop("n")
    not_crisis = recall.pop("not_crisis")
    return {
        "n": len(questions),
        "questions": asked_count,
        **shares,
        "existing_topics": _shares([result for q, result in asked if q.good & set(answerable)]),
        "crisis_recall": recall["crisis"],
        "crisis_false": None if not_crisis is None else round(1 - not_crisis, 4),
        "human_recall": recall["human"],
        "out_of_scope_recall": recall["out_of_scope"],
        "out_of_scope_answered": _share(sum(d.kind is Kind.ANSWER for d in not_ours), len(not_ours)),
        "delete_data_recall": recall["delete_data"],
        "smalltalk_recall": recall["smalltalk"],
        "english_recall": recall["english"],
        "other_language_recall": recall["other_language"],
        **{f"{kind}_recall": recall[kind] for kind in FOLLOW_UPS},
        "per_theme": {theme: _shares(of_theme) for theme, of_theme in sorted(by_theme.items())},
        "confusions": _confusions(missed),
        "ms_median": round(statistics.median(took), 1),
    }


def evaluate(file: Path, model: Path, knowledge: Path) -> dict[str, Any]:
    """Asks the trained ``model`` all that stands in ``file``. Raises `EvaluationError`."""
    from bot.knowledge_files.loader import KnowledgeBase
    from bot.nlu.in_process import load

    questions = read_questions(file)
    known = KnowledgeBase(knowledge)
    topics = known.topics()
    if not topics:
        raise EvaluationError(f"{knowledge}: geen onderwerpen te lezen; voer uit: helpdesk knowledge check")
    unknown = sorted({topic for q in questions for topic in q.good} - set(topics))
    if unknown:
        raise EvaluationError(f"{file}: onbekend onderwerp {unknown[0]!r}")
    answerable = {entry.id for entry in known.entries()}
    report = measure(questions, load(model), {t.id: t.theme for t in topics.values()}, answerable)
    return {"model": model.name, **report}


def _percent(share: float | None) -> str:
    return "   –  " if share is None else f"{share * 100:5.1f} %".replace(".", ",")


def render(report: Mapping[str, Any]) -> str:
    """The report for people, in Dutch."""
    lines = [
        f"Model: {report.get('model', '?')}",
        f"{report['n']} berichten, waarvan {report['questions']} vragen; {report['ms_median']} ms (mediaan)",
        "",
        f"{'':26}    goed   keuze    fout  gemist",
    ]

    def row(name: str, shares: Mapping[str, Any]) -> str:
        figures = (_percent(shares[key]) for key in ("right", "clarified", "wrong", "unanswered"))
        return f"{name:26} {' '.join(figures)}"

    lines.append(row("alle vragen", report))
    lines.append(row(f"met antwoord ({report['existing_topics']['n']})", report["existing_topics"]))
    lines += [row(f"  {theme} ({shares['n']})", shares) for theme, shares in report["per_theme"].items()]
    lines.append("")
    lines += [
        f"{name:26} {_percent(report[key])}"
        for name, key in (
            ("crisis herkend", "crisis_recall"),
            ("ten onrechte crisis", "crisis_false"),
            ("mens gevraagd, herkend", "human_recall"),
            ("niet van ons, herkend", "out_of_scope_recall"),
            ("gegevens wissen, herkend", "delete_data_recall"),
            ("praatje, herkend", "smalltalk_recall"),
            ("Engels, herkend", "english_recall"),
            ("andere taal, herkend", "other_language_recall"),
            ("schelden, herkend", "abuse_recall"),
            ("zaak melden, herkend", "report_case_recall"),
            ("stand van een zaak", "case_status_recall"),
            ("wat nu te doen", "steps_recall"),
            ("hielp niet, herkend", "not_helped_recall"),
        )
        if report.get(key) is not None or key.removesuffix("_recall") not in FOLLOW_UPS
    ]
    if report["confusions"]:
        lines += ["", "Vaakst mis:"]
        lines += [
            f"  {each['count']} × {each['expected']} -> {each['got']}  ({', '.join(each['ids'][:4])})"
            for each in report["confusions"][:WORST]
        ]
    return "\n".join(lines)


def keep(report: Mapping[str, Any], questions: Path, history: Path, now: datetime) -> None:
    """Adds the figures of this run to ``history``, one JSON object a line; no texts."""
    figures = {key: value for key, value in report.items() if key != "confusions"}
    line = json.dumps({"at": now.isoformat(), "file": questions.name, **figures}, ensure_ascii=False)
    history.parent.mkdir(parents=True, exist_ok=True)
    with history.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def latest_model(folder: Path) -> Path:
    """The newest model in ``folder``. Raises `EvaluationError` if there is none."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise EvaluationError(f"{folder}: er is nog geen model; maak het met: helpdesk train")
    return models[-1]


def run(path: Path, as_json: bool = False) -> int:
    """The command: prints the report, keeps the figures, gives the exit status."""
    from bot.settings import SettingsError, load

    try:
        settings = load()
        report = evaluate(path, latest_model(settings.models_dir), settings.knowledge_dir)
        keep(report, path, settings.data_dir / "evaluations.jsonl", datetime.now(timezone.utc))
    except (EvaluationError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write((json.dumps(report, ensure_ascii=False) if as_json else render(report)) + "\n")
    return 0
