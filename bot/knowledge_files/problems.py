"""What is wrong with a knowledge file, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(str, Enum):
    """An error stops `helpdesk knowledge check`; a warning asks an editor to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong. `message` is Dutch and says what to do; `code` is stable, for tools and for the log.

    The message may quote the file, so it goes to an editor's screen and never to a log.
    """

    file: str
    line: int
    code: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Complaints:
    """Collects the problems of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def error(self, line: int, code: str, message: str) -> None:
        """Something that must be mended."""
        self.found.append(Problem(self.file, line, code, message))

    def warn(self, line: int, code: str, message: str) -> None:
        """Something that an editor should look at."""
        self.found.append(Problem(self.file, line, code, message, Severity.WARNING))
