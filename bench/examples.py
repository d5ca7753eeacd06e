"""What the measurements of the understanding share: the training examples, an equal part of them, and the scores."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import yaml

from bot.core.answering import TOPIC_PREFIX
from bot.evaluation import Question

ROOT = Path(__file__).resolve().parent.parent


def examples(folder: Path = ROOT / "data/nlu") -> dict[str, list[str]]:
    """Label -> example questions, from the training data."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or []:
            lines = (line.strip() for line in (block.get("examples") or "").split("\n"))
            if "intent" in block:
                found[block["intent"]].extend(line[2:].strip() for line in lines if line.startswith("- "))
    return dict(found)


def part(all_examples: dict[str, list[str]], most: int | None) -> tuple[list[str], list[str]]:
    """At most ``most`` texts a label with their labels, drawn at random but always the same ones."""
    texts: list[str] = []
    labels: list[str] = []
    for label, of_label in sorted(all_examples.items()):
        drawn = list(of_label)
        random.Random(label).shuffle(drawn)
        for text in drawn[:most]:
            texts.append(text)
            labels.append(label)
    return texts, labels


def hits(ranked: Sequence[Sequence[str]], questions: Sequence[Question]) -> tuple[float, float]:
    """Share of questions with a right topic first, and among the first three topics; ``ranked`` has labels, best first."""
    first = three = 0
    for labels, question in zip(ranked, questions, strict=True):
        good = {TOPIC_PREFIX + topic for topic in question.good}
        topics = [label for label in labels if label.startswith(TOPIC_PREFIX)][:3]
        first += bool(labels) and labels[0] in good
        three += any(topic in good for topic in topics)
    return first / len(questions), three / len(questions)
