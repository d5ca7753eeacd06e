"""The texts of an entry, in pieces that a rule can look at and point to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.knowledge import Entry
from bot.knowledge_files.body import LIST_ITEM
from bot.knowledge_files.entry_file import Reading
from bot.knowledge_files.render import visible

_WORD = re.compile(r"[^\W_](?:[\w'’.,:/-]*[^\W_])?")
# A sentence ends at a sign with white space behind it and something that can begin the next one.
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-ZÀ-Ý0-9])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:bijv|art|nr|blz|tel|ca|resp|incl|excl|o\.a|d\.w\.z|m\.a\.w|t\.a\.v|i\.v\.m)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Text:
    """A piece of Markdown that a student reads: `where` is its place in the file, `line` its first line."""

    where: str
    line: int
    markdown: str


@dataclass(frozen=True)
class Block:
    """One paragraph or list item of a text."""

    line: int
    markdown: str

    @property
    def words(self) -> str:
        """What a reader sees of it."""
        return visible(LIST_ITEM.sub("", self.markdown))


def all_texts(reading: Reading, entry: Entry) -> Iterator[Text]:
    """Everything of an entry that reaches a student, header texts included."""
    for key in ("title", "label", "question"):
        yield Text(key, reading.line(key), str(getattr(entry, key)))
    for key in ("human_when", "uncertain"):
        for number, text in enumerate(getattr(entry, key)):
            yield Text(f"{key}.{number}", reading.line(f"{key}.{number}"), text)
    for number, part in enumerate(entry.parts):
        yield Text(f"parts.{number}", reading.line(f"parts.{number}"), part.question)
    yield from running_texts(reading, entry)


def running_texts(reading: Reading, entry: Entry) -> Iterator[Text]:
    """The texts made of sentences: short answer, variants, steps and the answers of the parts."""
    yield Text("short", reading.line("short"), entry.short)
    for variant, text in entry.variants.items():
        yield Text(f"variants.{variant.value}", reading.line(f"variants.{variant.value}"), text)
    for number, step in enumerate(entry.steps):
        yield Text(f"steps.{number}", reading.line(f"steps.{number}"), step)
    for number, part in enumerate(entry.parts):
        yield Text(f"parts.{number}.answer", reading.line(f"parts.{number}.answer"), part.answer)


def blocks(text: Text) -> list[Block]:
    """The paragraphs and list items of a text, each with the line on which it begins."""
    found: list[Block] = []
    rows: list[str] = []
    start = text.line
    for number, row in enumerate([*text.markdown.split("\n"), ""], start=text.line):
        if rows and (not row.strip() or LIST_ITEM.match(row)):
            found.append(Block(start, "\n".join(rows)))
            rows = []
        if row.strip():
            start = start if rows else number
            rows.append(row)
    return found


def sentences(words: str) -> list[str]:
    """The sentences of one paragraph. A dot inside a number, an address or an abbreviation ends nothing."""
    found: list[str] = []
    for line in words.split("\n"):
        for piece in _END.split(line.strip()):
            if found and _ABBREVIATION.search(found[-1]):
                found[-1] += f" {piece}"
            elif piece:
                found.append(piece)
    return found


def words_in(sentence: str) -> list[str]:
    """The words of a sentence; `8.1.7c`, `slb'er` and `duo.nl` are one each."""
    return _WORD.findall(sentence)
