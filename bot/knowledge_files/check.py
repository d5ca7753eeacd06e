"""Holds the knowledge against every rule of `docs/knowledge-format.md`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.core.knowledge import Entry, Topic
from bot.knowledge_files.entry_file import Reading, read_entry
from bot.knowledge_files.laws import Laws, read_laws
from bot.knowledge_files.problems import Complaints, Problem, Severity
from bot.knowledge_files.rules.header import check_dates, check_sources, check_words
from bot.knowledge_files.rules.language import check_language, reading_score
from bot.knowledge_files.rules.lengths import check_counts, check_lengths, check_whatsapp
from bot.knowledge_files.rules.markup import check_markup
from bot.knowledge_files.rules.together import Checked, check_alike, check_links, check_names
from bot.knowledge_files.topics import read_topics
from bot.knowledge_files.yaml_lines import load_with_lines


@dataclass
class Result:
    """What the check found, by file and line; `scores` are the reading scores of the entries by topic id."""

    entries: int = 0
    problems: list[Problem] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        """What must be mended."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """What an editor should look at."""
        return [problem for problem in self.problems if problem.severity is Severity.WARNING]


def check(folder: Path, today: date) -> Result:
    """Check all of `folder` as on the day `today`; a broken file is a problem in the result, no exception."""
    result = Result()
    topics = _topics(folder, result)
    laws = _laws(folder, result)
    if topics is not None and laws is not None:
        checked = _entries(folder, topics, laws, today, result)
        result.entries = len(checked)
        result.problems += check_links(checked, topics) + check_names(checked) + check_alike(checked)
        result.problems += _strangers(folder, topics)
    result.problems.sort()
    return result


def _entries(
    folder: Path, topics: dict[str, Topic], laws: Laws, today: date, result: Result
) -> list[Checked]:
    checked: list[Checked] = []
    named = load_with_lines((folder / "topics.yml").read_text(encoding="utf-8"))
    for topic in topics.values():
        path = folder / topic.theme / f"{topic.id}.md"
        if not path.is_file():
            line = named.line(f"{topic.theme}.{topic.id}")
            message = f"bij het onderwerp '{topic.id}' ontbreekt het bestand {path}; schrijf het antwoord"
            result.problems.append(Problem(str(folder / "topics.yml"), line, "missing-file", message))
            continue
        text = _read(path, result)
        if text is None:
            continue
        reading = read_entry(text, str(path), topic, laws)
        result.problems += reading.problems
        if reading.entry is not None:
            result.problems += _rules(reading, reading.entry, laws, today)
            score = reading_score(reading, reading.entry)
            if score is not None:
                result.scores[topic.id] = round(score, 1)
            checked.append((reading, reading.entry))
    return checked


def _rules(reading: Reading, entry: Entry, laws: Laws, today: date) -> list[Problem]:
    complaints = Complaints(reading.file)
    check_words(reading, entry, complaints)
    check_dates(reading, entry, today, complaints)
    check_sources(reading, entry, laws, complaints)
    check_lengths(reading, entry, complaints)
    check_counts(reading, entry, complaints)
    check_whatsapp(reading, entry, complaints)
    check_markup(reading, entry, complaints)
    check_language(reading, entry, complaints)
    return complaints.found


def _strangers(folder: Path, topics: dict[str, Topic]) -> list[Problem]:
    """Files that no topic points to: an answer that nobody would ever get."""
    wanted = {folder / topic.theme / f"{topic.id}.md" for topic in topics.values()}
    problems = []
    for path in sorted(folder.glob("*/**/*.md")):
        if path in wanted or path.name.startswith("."):
            continue
        topic = topics.get(path.stem)
        if topic:
            place = folder / topic.theme
            message = f"'{topic.id}' hoort bij het thema {topic.theme}; verplaats het bestand naar {place}"
        else:
            message = (
                f"het onderwerp '{path.stem}' staat niet in topics.yml; zet het erin, of haal het bestand weg"
            )
        problems.append(Problem(str(path), 1, "unknown-file", message))
    return problems


def _topics(folder: Path, result: Result) -> dict[str, Topic] | None:
    text = _read(folder / "topics.yml", result)
    topics, problems = read_topics(text, str(folder / "topics.yml")) if text is not None else (None, [])
    result.problems += problems
    return topics


def _laws(folder: Path, result: Result) -> Laws | None:
    text = _read(folder / "laws.yml", result)
    laws, problems = read_laws(text, str(folder / "laws.yml")) if text is not None else (None, [])
    result.problems += problems
    return laws


def _read(path: Path, result: Result) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problem = ("missing-file", "dit bestand ontbreekt; zet het terug")
    except UnicodeDecodeError:
        problem = ("encoding", "het bestand is geen UTF-8; sla het op als UTF-8")
    except OSError:
        problem = ("unreadable", "het bestand is niet te openen; kijk naar de rechten")
    result.problems.append(Problem(str(path), 1, *problem))
    return None
