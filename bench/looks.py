"""Each way of looking at a message by itself: `python -m bench.looks FILE [--most 128]` (about a quarter of an hour).

Prints for every look the share of right topics by three-fold cross-validation over the examples (``--most`` a label), and on the
questions of FILE: the right topic first, and among the first three. What won is in `bot.nlu`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from bench.examples import ROOT, examples, hits, part
from bot.core.answering import TOPIC_PREFIX
from bot.evaluation import read_questions
from bot.nlu.features import Features
from bot.nlu.knowledge_texts import knowledge_texts
from bot.nlu.text import plain, words

Texts = Sequence[str]
Look = Callable[[Texts, Sequence[str], Texts], tuple[list[str], np.ndarray]]
"""Training texts, their labels, texts to judge -> labels, scores (a row a text)."""


def linear(rows: csr_matrix, labels: Sequence[str], asked: csr_matrix) -> tuple[list[str], np.ndarray]:
    """A linear SVM on rows."""
    model = LinearSVC(C=0.5, tol=0.02, random_state=0).fit(rows, labels)
    return list(model.classes_), model.decision_function(asked)


def vectors(*vectorizers: CountVectorizer) -> Look:
    """A linear SVM on what scikit-learn's vectorizers make."""

    def look(texts: Texts, labels: Sequence[str], asked: Texts) -> tuple[list[str], np.ndarray]:
        rows = hstack([each.fit_transform(texts) for each in vectorizers]).tocsr()
        return linear(rows, labels, hstack([each.transform(asked) for each in vectorizers]).tocsr())

    return look


def ours(change: Callable[[Texts, Texts], tuple[Texts, Texts]] | None = None) -> Look:
    """A linear SVM on our features, after ``change`` of the texts."""

    def look(texts: Texts, labels: Sequence[str], asked: Texts) -> tuple[list[str], np.ndarray]:
        if change:
            texts, asked = change(texts, asked)
        features = Features().fit(texts)
        return linear(features.rows(texts), labels, features.rows(asked))

    return look


def spelled(texts: Texts, asked: Texts) -> tuple[Texts, Texts]:
    """Unknown words of five letters or more become the known word at one change from them, the most frequent first."""
    known = Counter(word for text in texts for word in words(text))
    pool = [word for word, count in known.most_common() if count >= 3 and len(word) >= 4]

    @cache
    def mend(word: str) -> str:
        if len(word) < 5 or known[word]:
            return word
        found = process.extractOne(word, pool, scorer=Levenshtein.distance, score_cutoff=1)
        return found[0] if found else word

    return texts, [" ".join(map(mend, words(text))) for text in asked]


def split(texts: Texts, asked: Texts) -> tuple[Texts, Texts]:
    """Compounds are followed by their two parts, if both are known words ("stageplek stage plek")."""
    known = Counter(word for text in texts for word in words(text))

    @cache
    def parts(word: str) -> str:
        cuts = [(min(known[word[:i]], known[word[i:].removeprefix("s")]), i) for i in range(4, len(word) - 3)]
        best = max(cuts, default=(0, 0))
        return f"{word} {word[: best[1]]} {word[best[1] :].removeprefix('s')}" if best[0] >= 5 else word

    return [" ".join(map(parts, words(text))) for text in texts], [
        " ".join(map(parts, words(text))) for text in asked
    ]


def lemmas(texts: Texts, asked: Texts) -> tuple[Texts, Texts]:
    """The lemmas of the Dutch model instead of the words."""
    import spacy

    model = spacy.load("nl_core_news_sm", exclude=["parser", "ner"])
    made = [
        " ".join(token.lemma_ for token in document) for document in model.pipe(map(plain, [*texts, *asked]))
    ]
    return made[: len(texts)], made[len(texts) :]


def retrieval(texts: Texts, labels: Sequence[str], asked: Texts) -> tuple[list[str], np.ndarray]:
    """No classifier: likeness to title, keywords and text of each answer."""
    features = Features().fit(texts)
    answers = {TOPIC_PREFIX + topic: text for topic, text in knowledge_texts(ROOT / "knowledge").items()}
    known = normalize(features.rows(list(answers.values())))
    return list(answers), (normalize(features.rows(asked)) @ known.T).toarray()


def word(**options: object) -> TfidfVectorizer:
    """Words and word pairs."""
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, **options)


def pieces() -> TfidfVectorizer:
    """Pieces of words."""
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)


LOOKS: dict[str, Look] = {
    "word counts": vectors(CountVectorizer(ngram_range=(1, 2), binary=True)),
    "words, TF-IDF": vectors(word()),
    "pieces of words, TF-IDF": vectors(pieces()),
    "words and pieces, TF-IDF": vectors(word(), pieces()),
    "our plain words and features": ours(),
    "  with lemmas for words": ours(lemmas),
    "  with compounds split": ours(split),
    "  with spelling corrected": ours(spelled),
    "texts of the answers alone": retrieval,
}


def main() -> None:
    """Prints a line a look."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--most", type=int, default=128, help="examples a label")
    given = arguments.parse_args()
    questions = [q for q in read_questions(given.file) if q.expected is None]
    texts, labels = part(examples(), given.most)
    wanted = np.array(labels)
    topic = np.char.startswith(wanted, TOPIC_PREFIX)
    print(f"{len(texts)} examples, {len(questions)} questions")
    print(f"{'':32} cross-validated   first   of three")
    for name, look in LOOKS.items():
        right = []
        folds = StratifiedKFold(3, shuffle=True, random_state=0).split(texts, wanted)
        for train, test in folds:
            test = test[topic[test]]
            known, scores = look([texts[i] for i in train], wanted[train], [texts[i] for i in test])
            right.append(np.mean(np.array(known)[scores.argmax(axis=1)] == wanted[test]))
        known, scores = look(texts, labels, [q.text for q in questions])
        ranked = [[known[index] for index in row] for row in np.argsort(-scores, axis=1)]
        first, three = hits(ranked, questions)
        print(f"{name:32} {np.mean(right):15.3f}   {first:.3f}   {three:.3f}", flush=True)


if __name__ == "__main__":
    main()
