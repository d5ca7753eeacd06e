"""Promises of the whole."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent

LAYERS = [
    ("bot.core",),
    ("bot.settings",),
    ("bot.storage", "bot.knowledge_files", "bot.assistant", "bot.notify", "bot.live", "bot.deidentify"),
    (
        "bot.helpdesk",
        "bot.staff_desk",
        "bot.staff_cases",
        "bot.delivery",
        "bot.follow_ups",
        "bot.turns",
        "bot.timers",
        "bot.learning",
        "bot.effects",
    ),
    ("bot.bootstrap",),
    ("bot.channels", "bot.desk", "actions", "bot.nlu", "bot.rasa_channel"),
    ("bot.app", "bot.serve", "bot.processes", "bot.training", "bot.doctor", "bot.evaluation", "bot.__main__"),
]
"""Imports point up this list. What is on one line may import its neighbours within the same folder only."""


def layer(module: str) -> int | None:
    for index, names in enumerate(LAYERS):
        if any(module == name or module.startswith(name + ".") for name in names):
            return index
    return None


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


SOURCES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "actions").rglob("*.py")])


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", [p for p in SOURCES if "migrations" not in p.parts], ids=module_of)
def test_imports_point_one_way(path: Path) -> None:
    mine = layer(module_of(path))
    if module_of(path) in ("bot", "actions"):
        return
    assert mine is not None, "a new module: name its layer"
    for name in imports(path):
        if name.split(".")[0] in ("bot", "actions"):
            theirs = layer(name)
            assert theirs is None or theirs <= mine, f"{name} is above {module_of(path)}"


def test_the_core_uses_the_standard_library_only() -> None:
    import sys

    for path in (ROOT / "bot/core").rglob("*.py"):
        for name in imports(path):
            assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("bot.core"), (path, name)


TOPICS = {
    topic: theme
    for theme, topics in yaml.safe_load((ROOT / "knowledge/topics.yml").read_text()).items()
    for topic in topics
}


def test_every_topic_has_an_answer_examples_and_a_response() -> None:
    responses = yaml.safe_load((ROOT / "domain/topics.yml").read_text())["responses"]
    for topic, theme in TOPICS.items():
        assert (ROOT / "knowledge" / theme / f"{topic}.md").is_file(), topic
        if topic == "crisis":
            continue
        assert (ROOT / "data/nlu" / theme / f"{topic}.yml").is_file(), topic
        assert f"utter_vraag/{topic}" in responses


def test_no_example_stands_under_two_intents() -> None:
    seen: dict[str, str] = {}
    for path in sorted((ROOT / "data/nlu").rglob("*.yml")):
        for block in yaml.safe_load(path.read_text())["nlu"]:
            for line in block["examples"].splitlines():
                text = line.removeprefix("- ").strip().lower()
                other = seen.setdefault(text, block["intent"])
                assert other == block["intent"], f"{text!r} stands under {other} and {block['intent']}"
