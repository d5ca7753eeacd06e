"""Says which training examples equal, or nearly equal, a question that measures: ``python -m bench.overlap FILE``.

Nearly: a normalised edit distance under 0.15. Such an example would make the figures say nothing. Exit status 1 if there are any.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

NEAR = 0.15
DATA = Path(__file__).resolve().parent.parent / "data" / "nlu"


def examples() -> list[tuple[str, str]]:
    """All training examples as (intent, text in lower case)."""
    found = []
    for file in sorted(DATA.rglob("*.yml")):
        for block in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"] or ():
            found += [
                (block["intent"], line[2:].strip().lower()) for line in block["examples"].strip().splitlines()
            ]
    return found


def main() -> int:
    """Prints each pair that is too near."""
    questions = [
        json.loads(line)
        for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    known = examples()
    texts = [text for _, text in known]
    near = 0
    for question in questions:
        for text, distance, index in process.extract(
            question["text"].lower(),
            texts,
            scorer=Levenshtein.normalized_distance,
            score_cutoff=NEAR,
            limit=5,
        ):
            if distance < NEAR:
                near += 1
                print(
                    f"{question['id']}: too near to an example of {known[index][0]}: {text!r} (distance {distance:.2f})"
                )
    print(f"{len(questions)} questions held against {len(known)} examples: {near} too near")
    return 1 if near else 0


if __name__ == "__main__":
    raise SystemExit(main())
