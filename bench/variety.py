"""How varied the training examples are: `python -m bench.variety` (some seconds, a line a theme; ``--topics``: a line a topic).

``once``: share of the different words of a label that stand in one of its examples only. ``nearest``: mean overlap (Jaccard, 0 to 1)
of an example's words with those of the example of the same label that is most like it. ``opening``: share of the examples that begin
with the pair of words with which most of them begin.
"""

from __future__ import annotations

import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from bench.examples import ROOT, examples
from bot.nlu.text import words


@dataclass(frozen=True)
class Variety:
    """The figures of one label."""

    examples: int
    length: float
    once: float
    nearest: float
    opening: float


def variety(texts: Sequence[str]) -> Variety:
    """The figures of the examples of one label."""
    tokens = [words(text) for text in texts]
    in_examples = Counter(word for each in tokens for word in set(each))
    rows = CountVectorizer(analyzer=set, binary=True).fit_transform(tokens).astype(np.float32)
    shared = (rows @ rows.T).toarray()
    sizes = np.asarray(rows.sum(axis=1)).ravel()
    overlap = shared / np.maximum(sizes[:, None] + sizes[None, :] - shared, 1)
    np.fill_diagonal(overlap, 0)
    openings = Counter(tuple(each[:2]) for each in tokens)
    return Variety(
        len(texts),
        statistics.mean(map(len, tokens)),
        sum(count == 1 for count in in_examples.values()) / len(in_examples),
        float(overlap.max(axis=1).mean()),
        openings.most_common(1)[0][1] / len(texts),
    )


def main() -> None:
    """Prints the table."""
    theme_of = {path.stem: path.parent.name for path in (ROOT / "data/nlu").glob("*/*.yml")}
    found = {label: variety(texts) for label, texts in examples().items()}
    groups: dict[str, list[Variety]] = defaultdict(list)
    for label, figures in found.items():
        name = label.rpartition("/")[2]
        groups[name if "--topics" in sys.argv else theme_of.get(name, "dialoog")].append(figures)
    print(f"{'':32} labels examples a label  words    once  nearest  opening")
    for name, rows in sorted(groups.items()):
        low, high = min(row.examples for row in rows), max(row.examples for row in rows)
        mean = [
            statistics.mean(getattr(row, field) for row in rows)
            for field in ("length", "once", "nearest", "opening")
        ]
        print(
            f"{name:32} {len(rows):6} {sum(row.examples for row in rows):8} {low:3}-{high:<5}"
            f"{mean[0]:6.1f} {mean[1]:7.2f} {mean[2]:8.2f} {mean[3]:8.3f}"
        )


if __name__ == "__main__":
    main()
