"""The views together, the detectors, and the texts of the answers as a view."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.nlu.knowledge_texts import knowledge_texts
from bot.nlu.model import Model
from bot.nlu.network import Shape

TEXTS = [
    "laptop kopen",
    "dure laptop",
    "laptop verplicht",
    "ziek op stage",
    "stage ziek melden",
    "ziek thuis stage",
]
LABELS = ["vraag/laptop"] * 3 + ["vraag/stage-ziek"] * 3
SMALL = Shape(hidden=16, rounds=20, batch=4)


def fit(knowledge: dict[str, str] | None = None) -> Model:
    return Model.fit(
        [*TEXTS, "hoi", "hallo", "hoi hoi"],
        [*LABELS, "crisis", "out_of_scope", "crisis"],
        knowledge,
        SMALL,
        jobs=1,
    )


def test_probabilities_make_one_and_the_right_label_is_first() -> None:
    model = fit()
    scores = model.log_probabilities(model.features.rows(["mijn laptop is duur"]))
    np.testing.assert_allclose(np.exp(scores).sum(), 1, rtol=1e-5)
    assert model.labels[scores[0].argmax()] == "vraag/laptop"


def test_training_twice_gives_the_same_model() -> None:
    first, second = fit(), fit()
    rows = first.features.rows(TEXTS)
    np.testing.assert_array_equal(first.log_probabilities(rows), second.log_probabilities(rows))


def test_the_text_of_an_answer_draws_a_question_to_its_topic() -> None:
    without, with_text = fit(), fit({"laptop": "stage"})
    column = with_text.labels.index("vraag/laptop")
    rows = without.features.rows(["stage"])
    assert with_text.log_probabilities(rows)[0, column] > without.log_probabilities(rows)[0, column]


def test_a_file_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    theme = tmp_path / "stage"
    theme.mkdir()
    (theme / "goed.md").write_text(
        "---\ntitle: Titel\nquestion: Vraag?\nkeywords: [een, 2]\n---\nTekst.\n", encoding="utf-8"
    )
    (theme / "fout.md").write_text("geen kop", encoding="utf-8")
    (theme / "kapot.md").write_text("---\ntitle: [\n---\nTekst.\n", encoding="utf-8")
    assert knowledge_texts(tmp_path) == {"goed": "Titel . Vraag? . een . 2 . Tekst.\n"}
    assert knowledge_texts(tmp_path / "weg") == {}
