"""Reads typed values from a header and reports, with the line, what is missing or of the wrong kind."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.knowledge_files.problems import Complaints
from bot.knowledge_files.yaml_lines import YamlWithLines


class Fields:
    """One mapping of a YAML file. Each method returns the value, or reports and returns an empty one."""

    def __init__(self, yaml: YamlWithLines, data: dict[Any, Any], path: str, complaints: Complaints) -> None:
        self._yaml, self._data, self._path, self._complaints = yaml, data, path, complaints

    def line(self, key: str = "") -> int:
        """The line of that value."""
        return self._yaml.line(self._full(key))

    def has(self, key: str) -> bool:
        """Whether something stands there."""
        return self._data.get(key) is not None

    def only(self, *known: str) -> None:
        """Report keys that mean nothing here: a typing mistake would otherwise be silent."""
        for key in self._data:
            if key not in known:
                self.wrong(str(key), f"'{key}' kennen we niet; kies uit {', '.join(known)}", "unknown-key")

    def text(self, key: str, required: bool = True) -> str:
        """A text without white space around it."""
        value = self._data.get(key)
        if value is None:
            if required:
                self.wrong(key, f"'{key}' ontbreekt; vul het in", "missing")
            return ""
        if not isinstance(value, str):
            self.wrong(key, f"'{key}' moet tekst zijn; zet de waarde tussen aanhalingstekens")
            return ""
        if not value.strip() and required:
            self.wrong(key, f"'{key}' is leeg; vul het in", "missing")
        return value.strip()

    def texts(self, key: str, required: bool = True) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        value = self._data.get(key)
        if value is None:
            if required:
                self.wrong(key, f"'{key}' ontbreekt; vul een lijst in", "missing")
            return ()
        if not isinstance(value, list):
            self.wrong(key, f"'{key}' moet een lijst zijn; zet elk punt op een eigen regel met '- ' ervoor")
            return ()
        good: list[str] = []
        for number, item in enumerate(value):
            if isinstance(item, str) and item.strip():
                good.append(item.strip())
            else:
                self.wrong(f"{key}.{number}", f"'{key}' bevat '{item}'; zet tekst tussen aanhalingstekens")
        return tuple(good)

    def day(self, key: str, required: bool = True) -> date | None:
        """A date."""
        value = self._data.get(key)
        if value is None:
            if required:
                self.wrong(key, f"'{key}' ontbreekt; schrijf een datum als 2026-11-22", "missing")
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            self.wrong(key, f"'{key}' is geen datum; schrijf een datum als 2026-11-22")
            return None
        return value

    def yes_no(self, key: str) -> bool:
        """`true` or `false`."""
        value = self._data.get(key)
        if not isinstance(value, bool):
            self.wrong(key, f"'{key}' moet true of false zijn")
            return False
        return value

    def choice(self, key: str, options: tuple[str, ...]) -> str | None:
        """One of the options."""
        value = self._data.get(key)
        if value not in options:
            self.wrong(
                key,
                f"'{key}' moet een van deze zijn: {', '.join(options)}",
                "missing" if value is None else "wrong-type",
            )
            return None
        return str(value)

    def mapping(self, key: str, required: bool = True) -> Fields | None:
        """A mapping within this one."""
        value = self._data.get(key)
        if value is None and not required:
            return None
        if not isinstance(value, dict):
            self.wrong(key, f"'{key}' moet uit regels 'naam: waarde' bestaan; kijk naar het voorbeeld")
            return None
        return Fields(self._yaml, value, self._full(key), self._complaints)

    def mappings(self, key: str) -> list[Fields]:
        """A list of mappings, at least one."""
        value = self._data.get(key)
        if not isinstance(value, list) or not value:
            self.wrong(key, f"'{key}' ontbreekt of is geen lijst; noem er minstens één", "missing")
            return []
        good = []
        for number, item in enumerate(value):
            if isinstance(item, dict):
                good.append(Fields(self._yaml, item, self._full(f"{key}.{number}"), self._complaints))
            else:
                self.wrong(f"{key}.{number}", f"'{key}' bevat '{item}'; schrijf regels 'naam: waarde'")
        return good

    def names(self) -> tuple[str, ...]:
        """The keys, as text."""
        return tuple(str(key) for key in self._data)

    def wrong(self, key: str, message: str, code: str = "wrong-type") -> None:
        """Report an error at that key."""
        self._complaints.error(self.line(key), code, message)

    def _full(self, key: str) -> str:
        return ".".join(part for part in (self._path, key) if part)
