"""How much more examples bring: `python -m bench.learning_curve FILE` (about ten minutes)."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from bench.examples import ROOT, examples, hits, part
from bot.evaluation import read_questions
from bot.nlu.knowledge_texts import knowledge_texts
from bot.nlu.model import Model

SIZES = (32, 64, 96, 128, 192, 256, None)


def main() -> None:
    """Prints a line a size: examples a topic, right topic first, right topic among the first three."""
    questions = [q for q in read_questions(Path(sys.argv[1])) if q.expected is None]
    every, knowledge = examples(), knowledge_texts(ROOT / "knowledge")
    print("examples a label   first   of three")
    for size in SIZES:
        texts, labels = part(every, size)
        model = Model.fit(texts, labels, knowledge)
        scores = model.log_probabilities(model.features.rows([q.text for q in questions]))
        ranked = [[model.labels[index] for index in row] for row in np.argsort(-scores, axis=1)]
        first, three = hits(ranked, questions)
        print(f"{size or 'all':>16}   {first:.3f}   {three:.3f}", flush=True)


if __name__ == "__main__":
    main()
