"""YAML that remembers on which line each value stands."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import yaml


class BadYaml(ValueError):
    """The text is no YAML that we accept. `line` is where; the message is one Dutch sentence."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class YamlWithLines:
    """`data` as usual; `lines` maps a dotted path (`sources.0.article`) to its line, counted from 1."""

    data: Any
    lines: dict[str, int] = field(default_factory=dict)

    def line(self, path: str) -> int:
        """The line of that value; of the nearest thing around it when the value is absent."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path.rpartition(".")[0]
        return self.lines.get("", 1)


class _Loader(yaml.SafeLoader):
    """Dates, true, false and nothing; all else is text.

    YAML reads an article 8.10 as the number 8.1, article 5:15 as 315 minutes and the keyword `no` as false.
    """

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - PyYAML wants it here

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        # An alias can point at itself and a nest of them grows without end; our files need none.
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "alias", event.start_mark)
        return super().compose_node(parent, index)


_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:timestamp", re.compile(r"^\d{4}-\d\d-\d\d$"), list("0123456789")
)


def load_with_lines(text: str, first_line: int = 1) -> YamlWithLines:
    """Read YAML; `first_line` is the line of the file on which `text` begins.

    Raises BadYaml with the line: broken YAML, a key that stands there twice, an impossible date, an alias.
    """
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            result = YamlWithLines(None)
            if node is not None:
                result.data = _build(loader, node, "", first_line, result.lines)
            return result
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        # For something that stays open, where it opened says more than where the text ran out.
        opened = error.context_mark if "end of stream" in (error.problem or "") else None
        mark = opened or error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise BadYaml(line, _in_dutch(error)) from error
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise BadYaml(first_line, "er staat een teken in dat hier niet mag; typ de regel opnieuw") from error
    except RecursionError as error:
        raise BadYaml(first_line, "de kop is te diep genest; houd je aan het voorbeeld") from error


def _build(loader: _Loader, node: yaml.Node, path: str, first: int, lines: dict[str, int]) -> Any:
    line = first + node.start_mark.line
    lines.setdefault(path, line)
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, _join(path, str(n)), first, lines) for n, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(loader, key_node, first)
            key_line = first + key_node.start_mark.line
            if not isinstance(key, Hashable) or key in mapping:
                raise BadYaml(key_line, f"'{key}' staat er twee keer; haal er een weg")
            lines[_join(path, str(key))] = key_line
            mapping[key] = _build(loader, value_node, _join(path, str(key)), first, lines)
        return mapping
    return _scalar(loader, node, first)


def _scalar(loader: _Loader, node: yaml.Node, first: int) -> Any:
    line = first + node.start_mark.line
    if not isinstance(node, yaml.ScalarNode):
        raise BadYaml(line, "links van de dubbele punt hoort één woord te staan")
    try:
        return loader.construct_object(node)
    except ValueError as error:
        raise BadYaml(
            line, f"'{node.value}' is geen bestaande datum; schrijf een datum als 2026-11-22"
        ) from error


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _in_dutch(error: yaml.MarkedYAMLError) -> str:
    """The four mistakes people make, in words that say what to do; all others in one sentence."""
    problem = error.problem or ""
    if problem == "alias":
        return "een waarde begint met *; zet de waarde tussen aanhalingstekens"
    if "mapping values are not allowed" in problem:
        return "er staat een dubbele punt met spatie in de waarde; zet de waarde tussen aanhalingstekens"
    if "cannot start any token" in problem or "tab" in problem:
        return (
            "er staat een teken dat hier niet mag (een tab, @, ` of %); gebruik spaties of aanhalingstekens"
        )
    if "end of stream" in problem or "unexpected end" in problem:
        return "een aanhalingsteken of haakje gaat open en niet dicht; sluit het"
    return "de kop is geen goede YAML; kijk naar het inspringen, de aanhalingstekens en de dubbele punten"
