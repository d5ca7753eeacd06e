"""Our pipeline beside the one of `rasa init`, on the same examples: `python -m bench.nlu FILE [--most 40] [--epochs 20]`.

The stock pipeline needs hours for all examples, so both learn an equal part: ``--most`` examples a label. Each topic is an intent of
its own here, because the stock classifier does not look below a retrieval intent.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from bench.examples import ROOT, examples, hits, part
from bot import evaluation
from bot.assistant import escape
from bot.core.answering import TOPIC_PREFIX, Guess, decide
from bot.evaluation import Question, read_questions
from bot.knowledge_files.loader import KnowledgeBase
from bot.nlu.in_process import Understood, quiet, read_parse

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
    """Trains, asks everything, and prints the table. What the stock pipeline is sure of is decided on by the same thresholds."""
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
        ranked: dict[str, list[str]] = {}

        def understand(text: str) -> Understood:
            parsed = loop.run_until_complete(agent.parse_message(text))
            ranked[text] = ranked_labels(parsed)
            if "guesses" in parsed:
                return read_parse(parsed)
            best = tuple(
                Guess(each["name"].replace(FLAT, TOPIC_PREFIX), each["confidence"])
                for each in parsed["intent_ranking"]
            )
            return Understood(decide(best), best)

        known = KnowledgeBase(ROOT / "knowledge")
        themes = {topic.id: topic.theme for topic in known.topics().values()}
        report = evaluation.measure(questions, understand, themes, {entry.id for entry in known.entries()})
    topical = [question for question in questions if question.expected is None]
    first, three = hits([ranked[escape(question.text)] for question in topical], topical)
    print(
        f"\n{name}: right topic first {first:.3f}, of three {three:.3f}; trained in {trained:.0f} s; "
        f"{report['ms_median']} ms a message"
    )
    rows = {"all": report, **report["per_theme"]}
    for row, shares in rows.items():
        print(f"  {row:14}", "  ".join(f"{kind} {shares[kind]:.3f}" for kind in evaluation.OUTCOMES))
    recalls = ("crisis_recall", "crisis_false", "human_recall", "out_of_scope_recall")
    print("  " + ", ".join(f"{kind} {report[kind]}" for kind in recalls), flush=True)


def _environment() -> dict[str, str]:
    import os

    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONPATH": str(ROOT),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def main() -> None:
    """Prints a table a pipeline."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--most", type=int, default=40, help="examples a label; 0 is all")
    arguments.add_argument("--epochs", type=int, default=20, help="of the stock classifier")
    given = arguments.parse_args()
    questions = read_questions(given.file)
    most = given.most or None
    print(f"{most or 'all'} examples a label, {len(questions)} messages, stock with {given.epochs} epochs")
    measure("ours", ours(), most, questions)
    measure("stock", stock(given.epochs), most, questions)


if __name__ == "__main__":
    main()
