"""Build our own nl_core_news_sm: treebank files in, a tested wheel out.

    python build.py TREEBANK_DIR --out DIR [--steps convert train assemble evaluate package]

TREEBANK_DIR holds train, dev, aug, seed, test_alpino and test_lassy (.conllu) and ner-gold-146.json, or a
folder `derived` that does. DIR receives everything that is made; each step reads what the step before it left
there. The README one folder up describes the files, the result, and what it is not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Before numpy is loaded: on matrices this small, threads cost more than they bring.
os.environ["OMP_NUM_THREADS"] = "1"

import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example, biluo_tags_to_spans
from spacy.vocab import Vocab

RECIPE = Path(__file__).resolve().parent
PIPELINE = ["tok2vec", "morphologizer", "tagger", "parser", "lemmatizer", "attribute_ruler", "ner"]

TRAINING_FILES = ("train", "aug", "seed")
TEST_FILES = ("test_alpino", "test_lassy")
NER_GOLD = "ner-gold-146.json"

# Sentences per training document. Running text is joined, so that the parser learns where a sentence ends;
# student messages stand alone, as they come in.
SENTENCES_PER_DOC = {"train": 10, "dev": 10, "test_alpino": 10, "test_lassy": 10, "aug": 2, "seed": 1}

# In the files, "not annotated" is a word of its own, because CoNLL-U's "_" already means "empty".
MISSING_TAG, MISSING_LEMMA, MISSING_HEAD = "MISS", "MISSLEM", "MISSDEP"

# Shorter sentences ("Zie ook:") are in every text; a longer one in training and test alike is a leak.
LEAK_MIN_WORDS = 5

# name of a figure -> key in spaCy's scores, published figure of the official 3.7.0, the figure to reach here
FIGURES: dict[str, tuple[str, float, float | None]] = {
    "TAG": ("tag_acc", 93.9, 90.9),
    "POS": ("pos_acc", 95.7, 93.2),
    "MORPH": ("morph_acc", 95.0, None),
    "LEMMA": ("lemma_acc", 95.0, 91.7),
    "UAS": ("dep_uas", 85.4, None),
    "LAS": ("dep_las", 80.1, 71.7),
}
# Measured by its makers on gold entities of NLP Town that are not at hand: beside ours only as a rough guide.
OFFICIAL_NER_F = 72.9


class BuildError(Exception):
    """The build cannot go on; the message says what to do, on one line."""


@dataclass(frozen=True)
class Folders:
    """Where the input is, and where each step leaves its result."""

    treebank: Path
    out: Path

    @property
    def corpus(self) -> Path:
        return self.out / "corpus"

    @property
    def model(self) -> Path:
        return self.out / "model"

    @property
    def scores(self) -> Path:
        return self.out / "scores.json"

    def source(self, name: str) -> Path:
        """The treebank file `name`; BuildError if it is not there."""
        path = self.treebank / name
        if not path.is_file():
            raise BuildError(f"{path} is missing")
        return path

    def trained(self, part: str) -> Path:
        """The best model of `main` or `ner`; BuildError if that has not been trained yet."""
        path = self.out / part / "model-best"
        if not path.is_dir():
            raise BuildError(f"{path} is missing: run the step train first")
        return path


# --- convert --------------------------------------------------------------------------------------


def read_sentences(path: Path) -> Iterator[list[list[str]]]:
    """Yield the sentences of a CoNLL-U file, each a list of words in ten columns; skip other lines."""
    sentence: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        columns = line.split("\t")
        if not line.strip():
            if sentence:
                yield sentence
            sentence = []
        elif len(columns) == 10 and columns[0].isdigit():
            sentence.append(columns)


def entity_tag(misc: str) -> str:
    """The BILUO tag in a MISC column (`name=B-ORG|SpaceAfter=No` -> `B-ORG`), or `O`."""
    return next((part[len("name=") :] for part in misc.split("|") if part.startswith("name=")), "O")


def to_doc(sentence: list[list[str]], vocab: Vocab) -> Doc:
    """One annotated Doc for one sentence; what the file marks as not annotated is missing in the Doc."""
    _, words, lemmas, poses, tags, feats, heads, deps, _, miscs = zip(*sentence, strict=True)
    annotated_tree = MISSING_HEAD not in deps
    doc = Doc(
        vocab,
        words=list(words),
        spaces=["SpaceAfter=No" not in misc.split("|") for misc in miscs],
        tags=["" if tag == MISSING_TAG else tag for tag in tags],
        pos=["" if pos == "_" else pos for pos in poses],
        lemmas=["" if lemma == MISSING_LEMMA else lemma for lemma in lemmas],
        heads=[int(head) - 1 if head != "0" else i for i, head in enumerate(heads)]
        if annotated_tree
        else None,
        deps=["ROOT" if dep == "root" else dep for dep in deps] if annotated_tree else None,
        sent_starts=None if annotated_tree else [i == 0 for i in range(len(words))],
    )
    token: Any  # spaCy's type stubs leave out set_morph
    for token, pos, feat in zip(doc, poses, feats, strict=True):
        # Without a part of speech, an empty set of features would be read as "has none" and learnt.
        if pos != "_":
            token.set_morph("" if feat == "_" else feat)
    if annotated_tree:
        doc.ents = tuple(biluo_tags_to_spans(doc, [entity_tag(misc) for misc in miscs]))
    return doc


def words_of(sentence: list[list[str]]) -> tuple[str, ...]:
    """The sentence as compared for leaks: lower case, letters and digits only."""
    bare = ("".join(filter(str.isalnum, columns[1].casefold())) for columns in sentence)
    return tuple(word for word in bare if word)


def check_no_leak(sentences: dict[str, list[list[list[str]]]]) -> None:
    """Raise BuildError if a test sentence is also in a file that the model learns from or is chosen on."""
    tested = {words_of(sentence) for name in TEST_FILES for sentence in sentences[name]}
    for name in (*TRAINING_FILES, "dev"):
        seen = {words_of(sentence) for sentence in sentences[name]} & tested
        leaks = [words for words in seen if len(words) >= LEAK_MIN_WORDS]
        if leaks:
            raise BuildError(
                f"{len(leaks)} test sentences are also in {name}.conllu: the scores would mean nothing"
            )


def convert(folders: Folders) -> None:
    """CoNLL-U -> spaCy's binary format: main and ner training sets, dev, and the tests."""
    names = (*TRAINING_FILES, "dev", *TEST_FILES)
    sentences = {name: list(read_sentences(folders.source(f"{name}.conllu"))) for name in names}
    check_no_leak(sentences)
    vocab = spacy.blank("nl").vocab
    docs: dict[str, list[Doc]] = {}
    for name in names:
        size = SENTENCES_PER_DOC[name]
        single = [to_doc(sentence, vocab) for sentence in sentences[name]]
        groups = [single[i : i + size] for i in range(0, len(single), size)]
        docs[name] = [group[0] if len(group) == 1 else join(group) for group in groups]
        print(f"{name}: {len(single)} sentences, {sum(map(len, single))} tokens")
    folders.corpus.mkdir(parents=True, exist_ok=True)
    # The student messages have no entity labels, so they do not teach the entity recogniser.
    for name, parts in {
        "main_train": TRAINING_FILES,
        "ner_train": ("train", "aug"),
        "dev": ("dev",),
        **{name: (name,) for name in TEST_FILES},
    }.items():
        DocBin(docs=[doc for part in parts for doc in docs[part]]).to_disk(folders.corpus / f"{name}.spacy")


def join(docs: list[Doc]) -> Doc:
    """The documents as one, in order."""
    joined = Doc.from_docs(docs)
    if joined is None:
        raise BuildError("an empty group of sentences")
    return joined


# --- train, assemble ------------------------------------------------------------------------------


def spacy_command(*arguments: str | Path) -> None:
    """Run `python -m spacy ...` in this environment; BuildError if it fails."""
    command = [sys.executable, "-m", "spacy", *map(str, arguments)]
    if subprocess.run(command, check=False).returncode != 0:
        raise BuildError(f"spacy {arguments[0]} failed; its own message is above")


def train(folders: Folders) -> None:
    """Train the shared pipeline, then the entity recogniser: about half an hour on one idle core."""
    for part in ("main", "ner"):
        spacy_command(
            "train",
            RECIPE / f"{part}.cfg",
            "--output",
            folders.out / part,
            "--paths.train",
            folders.corpus / f"{part}_train.spacy",
            "--paths.dev",
            folders.corpus / "dev.spacy",
        )


def assemble(folders: Folders) -> None:
    """Put both trained parts in one pipeline with the official order of components, and say what it is."""
    nlp = spacy.load(folders.trained("main"))
    ruler: Any = nlp.add_pipe("attribute_ruler")
    # The treebanks have no tokens of white space; the official package tags them so.
    ruler.add(patterns=[[{"IS_SPACE": True}]], attrs={"TAG": "_SP", "POS": "SPACE"})
    nlp.add_pipe("ner", source=spacy.load(folders.trained("ner")))
    if nlp.pipe_names != PIPELINE:
        raise BuildError(f"the pipeline is {nlp.pipe_names}, not {PIPELINE}")
    nlp.meta.update(json.loads((RECIPE / "meta.json").read_text(encoding="utf-8")))
    # What training left here was measured on dev, and of one part only.
    nlp.meta["performance"] = {}
    # Where the training files lay on this machine is nobody's business.
    nlp.config["paths"].update(train=None, dev=None)
    save(nlp, folders.model)


def save(nlp: Language, path: Path) -> None:
    """Write the pipeline and its licence notice to `path`, in place of what was there."""
    shutil.rmtree(path, ignore_errors=True)
    nlp.to_disk(path)
    sources = "".join(
        f"- {source['name']}, by {source['author']}; {source['license']}; {source['url']}\n"
        for source in nlp.meta["sources"]
    )
    (path / "LICENSE").write_text(
        "This model is licensed under CC BY-SA 4.0: https://creativecommons.org/licenses/by-sa/4.0/\n"
        f"It was trained on, and is adapted from:\n{sources}{nlp.meta['notes']}\n",
        encoding="utf-8",
    )


# --- evaluate -------------------------------------------------------------------------------------


def evaluate(folders: Folders) -> None:
    """Score the assembled model on what it has not seen, time it, and write scores.json."""
    if not folders.model.is_dir():
        raise BuildError(f"{folders.model} is missing: run the step assemble first")
    nlp = spacy.load(folders.model)
    examples = {name: list(test_examples(nlp, folders.corpus / f"{name}.spacy")) for name in TEST_FILES}
    measured = {name: nlp.evaluate(part) for name, part in examples.items()}
    overall = nlp.evaluate([example for part in examples.values() for example in part])
    entities = nlp.evaluate(list(gold_entities(nlp, folders.source(NER_GOLD))))
    result = {
        "model": f"nl_core_news_sm {nlp.meta['version']}",
        "spacy": spacy_version,
        "test": {
            "sentences": sum(
                1 for part in examples.values() for example in part for _ in example.reference.sents
            ),
            "figures": {
                name: {"ours": percent(overall[key]), "official_published": official, "to_reach": target}
                for name, (key, official, target) in FIGURES.items()
            },
            "halves": {
                part: {name: percent(scores[key]) for name, (key, _, _) in FIGURES.items()}
                for part, scores in measured.items()
            },
        },
        "entities": {
            "gold": NER_GOLD,
            "precision": percent(entities["ents_p"]),
            "recall": percent(entities["ents_r"]),
            "f": percent(entities["ents_f"]),
            "official_published_f_on_other_gold": OFFICIAL_NER_F,
            "f_per_type": {
                label: percent(score["f"]) for label, score in sorted(entities["ents_per_type"].items())
            },
        },
        "milliseconds_per_message": time_messages(nlp, folders.source("seed.conllu")),
    }
    nlp.meta["performance"] = {key: overall[key] for key, _, _ in FIGURES.values()} | {
        key: entities[key] for key in ("ents_p", "ents_r", "ents_f")
    }
    save(nlp, folders.model)
    write_scores(folders.scores, result)
    for name, (key, _, target) in FIGURES.items():
        if target is not None and percent(overall[key]) < target:
            print(f"{name} is {percent(overall[key])}, below the {target} to reach", file=sys.stderr)


def percent(score: float) -> float:
    """A share as a percentage with one decimal."""
    return round(100 * score, 1)


def write_scores(path: Path, scores: dict[str, Any]) -> None:
    """Write scores.json, and show it."""
    text = json.dumps(scores, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    print(text)


def test_examples(nlp: Language, path: Path) -> Iterator[Example]:
    """The test as raw text beside its annotation: our own tokenizer's mistakes count."""
    for reference in DocBin().from_disk(path).get_docs(nlp.vocab):
        # Silver entities are no measure.
        reference.ents = ()
        yield Example(nlp.make_doc(reference.text), reference)


def gold_entities(nlp: Language, path: Path) -> Iterator[Example]:
    """The hand-annotated sentences, tokens given; a row: file, index, words, no-space flags, entities."""
    for _, _, words, joined, entities in json.loads(path.read_text(encoding="utf-8")):
        spaces = [not flag for flag in joined]
        reference = Doc(nlp.vocab, words=words, spaces=spaces)
        reference.ents = tuple(Span(reference, start, end, label=label) for start, end, label in entities)
        yield Example(Doc(nlp.vocab, words=words, spaces=spaces), reference)


def time_messages(nlp: Language, path: Path, rounds: int = 7) -> dict[str, float]:
    """Milliseconds for one short student message, one at a time on one core: the best of several rounds."""
    texts = sorted({" ".join(columns[1] for columns in sentence) for sentence in read_sentences(path)})
    return {
        "all components": best_time(nlp, texts, rounds),
        "without parser, ner and tagger": best_time_without(nlp, texts, rounds, ["parser", "ner", "tagger"]),
    }


def best_time_without(nlp: Language, texts: list[str], rounds: int, disabled: list[str]) -> float:
    """As best_time, with some components switched off."""
    with nlp.select_pipes(disable=disabled):
        return best_time(nlp, texts, rounds)


def best_time(nlp: Language, texts: list[str], rounds: int) -> float:
    """Mean milliseconds per text in the fastest round: the one that other work disturbed least."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for text in texts:
            nlp(text)
        times.append(1000 * (time.perf_counter() - start) / len(texts))
    return round(min(times), 2)


# --- package --------------------------------------------------------------------------------------


def package(folders: Folders) -> None:
    """Build the wheel, and add its name, size and hash to scores.json; BuildError if not evaluated."""
    if not folders.scores.is_file():
        raise BuildError(f"{folders.scores} is missing: run the step evaluate first")
    # The wheel's time stamps come from here, so the same model gives the same hash.
    os.environ["SOURCE_DATE_EPOCH"] = "1700000000"
    built = folders.out / "package"
    shutil.rmtree(built, ignore_errors=True)
    built.mkdir()
    spacy_command("package", folders.model, built, "--build", "wheel", "--force")
    wheel = next(built.glob("*/dist/*.whl"))
    shutil.copy2(wheel, folders.out / wheel.name)
    data = wheel.read_bytes()
    scores = json.loads(folders.scores.read_text(encoding="utf-8"))
    scores["wheel"] = {"file": wheel.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    write_scores(folders.scores, scores)


STEPS: dict[str, Callable[[Folders], None]] = {
    "convert": convert,
    "train": train,
    "assemble": assemble,
    "evaluate": evaluate,
    "package": package,
}


def main(arguments: Iterable[str] | None = None) -> int:
    """The command line: 0 when every step succeeded, 1 with one line on standard error when one did not."""
    parser = argparse.ArgumentParser(
        description="Build our own nl_core_news_sm from a folder of treebank files."
    )
    parser.add_argument("treebank", metavar="TREEBANK_DIR", type=Path, help="folder of the treebank files")
    parser.add_argument("--out", required=True, type=Path, help="folder for all results; made if needed")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=list(STEPS), help="default: all of them")
    options = parser.parse_args(None if arguments is None else list(arguments))
    derived = options.treebank / "derived"
    folders = Folders(treebank=derived if derived.is_dir() else options.treebank, out=options.out.resolve())
    try:
        for name, step in STEPS.items():
            if name in options.steps:
                step(folders)
    except BuildError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
