"""The result of a check, for an editor's screen and for another program."""

from __future__ import annotations

import json
from statistics import median

from bot.knowledge_files.check import Result
from bot.knowledge_files.problems import Problem, Severity
from bot.knowledge_files.reading import LOWEST


def as_text(result: Result) -> str:
    """A line for each problem, `path:line: what is wrong, what to do`, and a line that counts."""
    lines = [_line(problem) for problem in result.problems]
    lines.append(
        f"{result.entries} antwoorden, {len(result.errors)} fouten, {len(result.warnings)} aandachtspunten"
        + (
            f", leesbaarheid (Flesch-Douma) in het midden {median(result.scores.values()):.0f}"
            if result.scores
            else ""
        )
    )
    return "\n".join(lines)


def as_json(result: Result) -> str:
    """One object: `entries`, `errors`, `warnings`, and `reading` with the median and the hardest entries."""
    hardest = sorted(result.scores.items(), key=lambda item: item[1])[:5]
    return json.dumps(
        {
            "entries": result.entries,
            "errors": [_fields(problem) for problem in result.errors],
            "warnings": [_fields(problem) for problem in result.warnings],
            "reading": {
                "formula": "Flesch-Douma",
                "lowest": LOWEST,
                "median": round(median(result.scores.values()), 1) if result.scores else None,
                "below": sum(score < LOWEST for score in result.scores.values()),
                "hardest": [{"topic": topic_id, "score": score} for topic_id, score in hardest],
            },
        },
        ensure_ascii=False,
        indent=2,
    )


def _line(problem: Problem) -> str:
    mark = "let op: " if problem.severity is Severity.WARNING else ""
    return f"{problem.file}:{problem.line}: {mark}{problem.message}"


def _fields(problem: Problem) -> dict[str, str | int]:
    return {"file": problem.file, "line": problem.line, "code": problem.code, "message": problem.message}
