"""Wrong answers against questions back: `python -m bench.tradeoff FILE MODEL [--plot PNG]`.

Prints what the trained model would do at other thresholds. With ``--plot`` it also draws how far confidences can be believed.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
from collections.abc import Sequence
from pathlib import Path

from bench.examples import ROOT
from bot.core.answering import Decision, Guess, Kind, Thresholds, decide
from bot.evaluation import OUTCOMES, Question, outcome, read_questions
from bot.nlu.in_process import Understood, load

WRONG, ASKED, MISSED = 5, 1, 2
"""What a wrong answer, a question back and a question not understood cost the student."""
STEPS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.64, 0.7, 0.8, 0.9, 0.95)


def at(understood: Understood, thresholds: Thresholds) -> Decision:
    """What the bot would do at other thresholds; what it takes for something else than a question stays so."""
    if understood.decision.kind is Kind.DIALOGUE:
        return understood.decision
    return decide(understood.guesses, thresholds)


def plot(pairs: Sequence[tuple[Guess, Question]], path: Path) -> None:
    """Of the first guesses at a confidence, the share that is right."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    edges = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97, 1.0001]
    xs, ys, sizes = [], [], []
    for low, high in itertools.pairwise(edges):
        inside = [(guess, question) for guess, question in pairs if low <= guess.confidence < high]
        if inside:
            xs.append(sum(guess.confidence for guess, _ in inside) / len(inside))
            ys.append(sum(guess.topic in question.good for guess, question in inside) / len(inside))
            sizes.append(len(inside))
    figure, axes = plt.subplots(figsize=(5, 4.2))
    axes.plot([0, 1], [0, 1], color="0.7", linestyle="--", label="precies te geloven")
    axes.plot(xs, ys, color="#0b5c8c")
    axes.scatter(xs, ys, s=[12 + 4 * size for size in sizes], color="#0b5c8c", zorder=3)
    for x, y, size in zip(xs, ys, sizes, strict=True):
        axes.annotate(str(size), (x, y), textcoords="offset points", xytext=(7, -11), fontsize=8)
    axes.set(xlabel="zekerheid", ylabel="deel dat goed is", xlim=(0, 1.03), ylim=(0, 1.05))
    axes.set_title("Hoe zeker het model zegt te zijn, en hoe vaak het klopt (aantal erbij)", fontsize=8)
    axes.legend(loc="lower right", fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main() -> None:
    """Prints a line a threshold, and draws if asked."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("model", type=Path)
    arguments.add_argument("--plot", type=Path)
    given = arguments.parse_args()
    questions = [q for q in read_questions(given.file) if q.expected is None]
    understand = load(given.model)
    understood = [understand(question.text) for question in questions]
    answerable = {path.stem for path in (ROOT / "knowledge").glob("*/*.md")}
    print("answer at   " + "  ".join(f"{name:>10}" for name in OUTCOMES) + "    cost")
    for step in STEPS:
        thresholds = dataclasses.replace(Thresholds(), answer=step)
        counted = [
            outcome(question, at(each, thresholds), answerable)
            for question, each in zip(questions, understood, strict=True)
        ]
        share = {name: counted.count(name) / len(counted) for name in OUTCOMES}
        cost = WRONG * share["wrong"] + ASKED * share["clarified"] + MISSED * share["unanswered"]
        print(f"{step:9.2f}   " + "  ".join(f"{share[name]:10.3f}" for name in OUTCOMES) + f"   {cost:.3f}")
    if given.plot:
        pairs = [(each.guesses[0], q) for each, q in zip(understood, questions, strict=True) if each.guesses]
        plot(pairs, given.plot)


if __name__ == "__main__":
    main()
