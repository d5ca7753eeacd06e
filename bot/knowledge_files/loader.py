"""The knowledge as it stands on disk now: an edit shows in the next answer, without a restart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import structlog

from bot.core.knowledge import Entry, Part, Topic
from bot.knowledge_files.body import unwrap
from bot.knowledge_files.entry_file import Reading, read_entry
from bot.knowledge_files.laws import Laws, read_laws
from bot.knowledge_files.problems import Problem
from bot.knowledge_files.topics import read_topics

log = structlog.get_logger(__name__)

LOOK_AGAIN_AFTER = 0.5  # seconds: soon enough for an editor, rare enough for a busy hour

Stamp = tuple[int, int]
_UNREADABLE: Stamp = (-2, -2)
_READ_AGAIN: Stamp = (-1, -1)


@dataclass
class _File:
    """A file as last read. `misses` counts looks in a row in which it was gone."""

    stamp: Stamp
    problems: list[Problem] = field(default_factory=list)
    entry: Entry | None = None
    misses: int = 0


class KnowledgeBase:
    """Answers from the files under `folder`; safe to share between threads.

    A file that breaks keeps its last good answer and is named in `errors()` until it is mended. Nothing here
    raises for what stands in the files: a wrong comma by an editor must not cost a student the answer.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._next_look = float("-inf")
        self._files: dict[Path, _File] = {}
        self._topics: dict[str, Topic] = {}
        self._laws = Laws()
        self._entries: dict[str, Entry] = {}

    def entry(self, topic_id: str) -> Entry | None:
        """The answer to a topic, or None when there is none (yet)."""
        self._look()
        return self._entries.get(topic_id)

    def entries(self) -> tuple[Entry, ...]:
        """All answers, in the order of `topics.yml`."""
        self._look()
        return tuple(self._entries.values())

    def related(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries that `see_also` names, as far as they exist now."""
        self._look()
        found = (self._entries.get(topic_id) for topic_id in entry.see_also)
        return tuple(other for other in found if other is not None)

    def topics(self) -> Mapping[str, Topic]:
        """Every topic by id, in the order of `topics.yml`, also those without an answer yet."""
        self._look()
        return dict(self._topics)

    def errors(self) -> tuple[Problem, ...]:
        """What keeps a file from being used, by file and line. Empty when all is well."""
        self._look()
        with self._lock:
            needed = (self._folder / "topics.yml", self._folder / "laws.yml")
            absent = [path for path in needed if path not in self._files]
            found = [
                Problem(str(path), 1, "missing-file", "dit bestand ontbreekt; zet het terug")
                for path in absent
            ]
            return tuple(
                sorted(found + [problem for file in self._files.values() for problem in file.problems])
            )

    def _look(self) -> None:
        with self._lock:
            now = self._clock()
            if now < self._next_look:
                return
            self._next_look = now + LOOK_AGAIN_AFTER
            self._refresh()

    def _refresh(self) -> None:
        changed = self._changed(self._folder / "topics.yml", self._take_topics)
        # A source's title and link come from laws.yml: with other laws every entry must be read again.
        if self._changed(self._folder / "laws.yml", self._take_laws):
            changed = True
            for path in self._entry_files():
                self._files[path].stamp = _READ_AGAIN
        for topic in self._topics.values():
            path = self._path(topic)
            changed |= self._changed(path, partial(self._take_entry, path, topic))
        if changed:
            self._collect()

    def _changed(self, path: Path, take: Callable[[str], list[Problem]]) -> bool:
        """Read the file if it is new, changed or gone; True when something may be different now."""
        known = self._files.get(path)
        problems: list[Problem] = []
        try:
            # The stamp is taken before reading: a write in between then shows as a change at the next look.
            stamp = _stamp(path)
            if known and known.stamp == stamp and not known.misses:
                return False
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return self._gone(path)
        except UnicodeDecodeError:
            text, problems = (
                "",
                [Problem(str(path), 1, "encoding", "het bestand is geen UTF-8; sla het op als UTF-8")],
            )
        except OSError:
            # The rights on a file change without touching its stamp, so this one is tried at every look.
            stamp = _UNREADABLE
            if known and known.stamp == stamp:
                return False
            text, problems = (
                "",
                [Problem(str(path), 1, "unreadable", "het bestand is niet te openen; kijk naar de rechten")],
            )
        file = self._files.setdefault(path, _File(stamp))
        file.stamp, file.misses = stamp, 0
        file.problems = problems or take(text)
        for problem in file.problems:
            log.warning("knowledge_file_refused", file=problem.file, line=problem.line, code=problem.code)
        return True

    def _gone(self, path: Path) -> bool:
        """A missing file counts as gone at the second look: git and editors remove a file and put it back."""
        known = self._files.get(path)
        if known is None:
            return False
        known.misses += 1
        if known.misses == 2:
            del self._files[path]
            log.warning("knowledge_file_gone", file=str(path))
            return True
        return False

    def _take_topics(self, text: str) -> list[Problem]:
        topics, problems = read_topics(text, str(self._folder / "topics.yml"))
        if topics is not None:
            self._topics = topics
        return problems

    def _take_laws(self, text: str) -> list[Problem]:
        laws, problems = read_laws(text, str(self._folder / "laws.yml"))
        if laws is not None:
            self._laws = laws
        return problems

    def _take_entry(self, path: Path, topic: Topic, text: str) -> list[Problem]:
        reading: Reading = read_entry(text, str(path), topic, self._laws)
        if reading.entry is not None:
            self._files[path].entry = _on_single_rows(reading.entry)
        return reading.problems

    def _collect(self) -> None:
        wanted = {self._path(topic): topic.id for topic in self._topics.values()}
        for path in self._entry_files():
            if path not in wanted:
                del self._files[path]
        entries = {
            topic_id: file.entry for path, topic_id in wanted.items() if (file := self._files.get(path))
        }
        # A whole new mapping: a reader in another thread sees the old one or the new one, never half.
        self._entries = {topic_id: entry for topic_id, entry in entries.items() if entry is not None}

    def _path(self, topic: Topic) -> Path:
        return self._folder / topic.theme / f"{topic.id}.md"

    def _entry_files(self) -> list[Path]:
        return [path for path in self._files if path.suffix == ".md"]


def _on_single_rows(entry: Entry) -> Entry:
    """Rows as Markdown means them, for channels that show every row end also where it only suited an editor.

    Not done while reading, since the check needs the rows of the file to point to.
    """
    return replace(
        entry,
        short=unwrap(entry.short),
        steps=tuple(unwrap(step) for step in entry.steps),
        parts=tuple(Part(part.question, unwrap(part.answer)) for part in entry.parts),
        variants={variant: unwrap(text) for variant, text in entry.variants.items()},
    )


def _stamp(path: Path) -> Stamp:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size
