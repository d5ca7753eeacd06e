"""Rules that need all entries at once: links between them, names that clash, texts that are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from bot.core.knowledge import Entry, Topic
from bot.knowledge_files.entry_file import Reading
from bot.knowledge_files.problems import Problem, Severity
from bot.knowledge_files.render import visible

ALIKE = 90.0  # rapidfuzz's ratio; above it two texts say the same with a word changed
WORTH_COMPARING = 80  # characters: shorter answers are alike by chance

Checked = tuple[Reading, Entry]


def check_links(checked: Sequence[Checked], topics: Mapping[str, Topic]) -> list[Problem]:
    """Every `see_also` leads to another topic that exists."""
    problems = []
    for reading, entry in checked:
        for number, topic_id in enumerate(entry.see_also):
            line = reading.line(f"see_also.{number}")
            if topic_id == entry.id:
                problems.append(
                    Problem(
                        reading.file, line, "self-link", "'see_also' noemt dit antwoord zelf; kies een ander"
                    )
                )
            elif topic_id not in topics:
                message = f"het onderwerp '{topic_id}' bestaat niet; kijk in topics.yml hoe het heet"
                problems.append(Problem(reading.file, line, "unknown-topic", message))
            elif topic_id in entry.see_also[:number]:
                problems.append(
                    Problem(
                        reading.file, line, "double-link", f"'{topic_id}' staat er twee keer; haal er een weg"
                    )
                )
    return problems


def check_names(checked: Sequence[Checked]) -> list[Problem]:
    """Titles and labels are unique: a student chooses between them."""
    return [
        *_unique(checked, "title", lambda entry: entry.title),
        *_unique(checked, "label", lambda entry: entry.label),
    ]


def _unique(checked: Sequence[Checked], key: str, value: Callable[[Entry], str]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for reading, entry in checked:
        name = value(entry).casefold()
        if name in first:
            message = f"'{value(entry)}' is ook de {key} van {first[name]}; kies een andere"
            problems.append(Problem(reading.file, reading.line(key), f"double-{key}", message))
        first.setdefault(name, entry.id)
    return problems


def check_alike(checked: Sequence[Checked]) -> list[Problem]:
    """Short answers and parts that are nearly the same: one of the two is the right place for it."""
    places: list[tuple[Reading, int, str]] = []
    texts: list[str] = []
    for reading, entry in checked:
        found = [(reading.line("short"), entry.short)]
        found += [(reading.line(f"parts.{number}"), part.answer) for number, part in enumerate(entry.parts)]
        for line, markdown in found:
            words = visible(markdown)
            if len(words) >= WORTH_COMPARING:
                places.append((reading, line, entry.id))
                texts.append(words.casefold())
    if not texts:
        return []
    scores = cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
    problems = []
    for later in range(len(texts)):
        for earlier in range(later):
            if scores[later][earlier] > ALIKE:
                reading, line, _ = places[later]
                other, other_line, other_id = places[earlier]
                message = (
                    f"deze tekst is bijna gelijk aan die van {other_id} ({other.file}:{other_line}); "
                    "laat hem op één plek staan en verwijs"
                )
                problems.append(Problem(reading.file, line, "alike", message, Severity.WARNING))
                break
    return problems
