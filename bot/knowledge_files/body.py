"""The part of a knowledge file beneath the header: short answer, steps, and parts, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.core.knowledge import Part
from bot.knowledge_files.problems import Complaints

STEPS_HEADING = "Wat kun je nu doen"
PARTS_HEADING = "Meer uitleg"

LIST_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_STEP = re.compile(r"^ {0,3}(\d{1,3})[.)][ \t]+(.*)$")


@dataclass
class Body:
    """The texts, and in `lines` where each begins: `short`, `steps`, `steps.0`, `parts`, `parts.0`."""

    short: str = ""
    steps: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)


def read_body(text: str, first_line: int, complaints: Complaints) -> Body:
    """Split the text. What does not fit is reported; what does fit is returned all the same."""
    body = Body(lines={"short": first_line})
    sections = _sections(text, first_line)
    body.short, body.lines["short"] = _joined(sections[0].rows, first_line)
    if not body.short:
        complaints.error(
            first_line, "no-short-answer", "het korte antwoord ontbreekt; begin ermee onder de kop"
        )
    steps: list[str] = []
    parts: list[Part] = []
    inside = ""
    for section in sections[1:]:
        if section.level == 2 and section.title in (STEPS_HEADING, PARTS_HEADING):
            inside = section.title
            key = "steps" if inside == STEPS_HEADING else "parts"
            if key in body.lines:
                complaints.error(
                    section.line, "double-section", f"'## {inside}' staat er twee keer; maak er één van"
                )
            body.lines[key] = section.line
            if inside == STEPS_HEADING:
                _read_steps(section, steps, body.lines, complaints)
            elif any(row.strip() for _, row in section.rows):
                complaints.error(
                    section.line,
                    "loose-text",
                    f"onder '## {PARTS_HEADING}' begint alles met een vraag; zet er '### …?' boven",
                )
        elif section.level == 3 and inside == PARTS_HEADING:
            answer, line = _joined(section.rows, section.line)
            if not section.title or not answer:
                complaints.error(
                    section.line,
                    "empty-part",
                    "deze vraag heeft geen antwoord (of geen tekst); vul aan of haal weg",
                )
                continue
            body.lines[f"parts.{len(parts)}"] = section.line
            body.lines[f"parts.{len(parts)}.answer"] = line
            parts.append(Part(section.title, answer))
        else:
            complaints.error(
                section.line,
                "heading",
                f"de kop '{section.title}' kennen we niet; gebruik '## {STEPS_HEADING}', "
                f"'## {PARTS_HEADING}' en daaronder '### een vraag'",
            )
    body.steps, body.parts = tuple(steps), tuple(parts)
    return body


def unwrap(markdown: str) -> str:
    """Each paragraph and list item on one row, as Markdown means it, however the editor broke the rows."""
    rows: list[str] = []
    for row in markdown.split("\n"):
        if rows and rows[-1].strip() and row.strip() and not LIST_ITEM.match(row):
            rows[-1] += f" {row.strip()}"
        else:
            rows.append(row)
    return "\n".join(rows)


@dataclass
class _Section:
    level: int
    title: str
    line: int
    rows: list[tuple[int, str]] = field(default_factory=list)


def _sections(text: str, first_line: int) -> list[_Section]:
    sections = [_Section(0, "", first_line)]
    for number, row in enumerate(text.splitlines(), start=first_line):
        heading = _HEADING.match(row)
        if heading:
            sections.append(_Section(len(heading[1]), (heading[2] or "").strip(), number))
        else:
            sections[-1].rows.append((number, row))
    return sections


def _read_steps(section: _Section, steps: list[str], lines: dict[str, int], complaints: Complaints) -> None:
    """Numbered steps; a row that is indented or follows without a blank row continues the step above it."""
    for number, row in section.rows:
        start = _STEP.match(row)
        if start:
            lines[f"steps.{len(steps)}"] = number
            steps.append(start[2].strip())
        elif row.strip() and steps:
            steps[-1] += f"\n{row.strip()}"
        elif row.strip():
            complaints.error(
                number, "loose-text", f"onder '## {STEPS_HEADING}' staan alleen stappen; begin met '1. '"
            )


def _joined(rows: list[tuple[int, str]], fallback: int) -> tuple[str, int]:
    """The rows as one text without blank rows around it, and the line of its first word."""
    first = next((number for number, row in rows if row.strip()), fallback)
    return "\n".join(row.rstrip() for _, row in rows).strip(), first
