"""Our pipeline beside the one of `rasa init`, on the same examples: `python -m bench.nlu FILE [--most 40] [--epochs 20]`.

The stock pipeline needs hours for all examples, so both learn an equal part: ``--most`` examples a label. Each topic is an intent of
its own here, because the stock classifier does not look below a retrieval intent.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from bench.examples import ROOT, examples, hits, part
from bot.core.answering import TOPIC_PREFIX
from bot.evaluation import Question, read_questions
from bot.nlu.in_process import quiet

FLAT = "vraag__"


def stock(epochs: int) -> list[dict[str, Any]]:
    """The pipeline that `rasa init` of Rasa 3.6 writes, without what finds no intents."""
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {
            "name": "DIETClassifier",
            "epochs": epochs,
            "entity_recognition": False,
            "constrain_similarities": True,
        },
    ]


def ours() -> list[dict[str, Any]]:
    """The pipeline of ``config.yml``."""
    pipeline: list[dict[str, Any]] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))[
        "pipeline"
    ]
    return pipeline


def write_data(folder: Path, most: int | None, flat: bool) -> None:
    """The part of the examples as Rasa's training data; ``flat`` makes each topic an intent."""
    texts, labels = part(examples(), most)
    grouped: dict[str, list[str]] = {}
    for text, label in zip(texts, labels, strict=True):
        name = label.replace(TOPIC_PREFIX, FLAT) if flat else label
        grouped.setdefault(name, []).append(text)
    blocks = [{"intent": n, "examples": "".join(f"- {t}\n" for t in of)} for n, of in grouped.items()]
    # Responses of retrieval intents are left out: they answer nothing here.
    (folder / "nlu.yml").write_text(
        yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), encoding="utf-8"
    )


def ranked_labels(parsed: dict[str, Any]) -> list[str]:
    """The labels of a parse, best first, for either pipeline."""
    if "guesses" in parsed:
        return [guess["label"] for guess in parsed["guesses"]]
    return [each["name"].replace(FLAT, TOPIC_PREFIX) for each in parsed.get("intent_ranking") or []]


def measure(name: str, pipeline: list[dict[str, Any]], most: int | None, questions: list[Question]) -> None:
    """Trains, asks all questions, and prints one line."""
    quiet()
    from rasa.core.agent import Agent

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_data(folder, most, flat="DIET" in str(pipeline))
        config = {"recipe": "default.v1", "language": "nl", "pipeline": pipeline}
        (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        start = time.perf_counter()
        command = [
            sys.executable,
            "-m",
            "rasa",
            "train",
            "nlu",
            "-c",
            "config.yml",
            "-u",
            "nlu.yml",
            "--out",
            "models",
        ]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=_environment())
        trained = time.perf_counter() - start
        agent = Agent.load(str(next((folder / "models").glob("*.tar.gz"))))
        loop = asyncio.new_event_loop()
        ranked, took = [], []
        for question in questions:
            start = time.perf_counter()
            ranked.append(ranked_labels(loop.run_until_complete(agent.parse_message(question.text))))
            took.append((time.perf_counter() - start) * 1000)
    first, three = hits(ranked, questions)
    print(f"{name:8} {first:6.3f} {three:9.3f} {statistics.median(took):8.1f} {trained:11.0f}", flush=True)


def _environment() -> dict[str, str]:
    import os

    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONPATH": str(ROOT),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def main() -> None:
    """Prints a line a pipeline."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--most", type=int, default=40, help="examples a label; 0 is all")
    arguments.add_argument("--epochs", type=int, default=20, help="of the stock classifier")
    given = arguments.parse_args()
    questions = [q for q in read_questions(given.file) if q.expected is None]
    most = given.most or None
    print(f"{most or 'all'} examples a label, {len(questions)} questions, stock with {given.epochs} epochs")
    print("pipeline  first  of three   ms each  training s")
    measure("ours", ours(), most, questions)
    measure("stock", stock(given.epochs), most, questions)


if __name__ == "__main__":
    main()
