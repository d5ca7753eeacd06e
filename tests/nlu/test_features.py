"""Texts as rows of numbers."""

from __future__ import annotations

import numpy as np

from bot.nlu.features import Features

TEXTS = ["mijn stage stopt", "mijn stage begint", "de toets begint", "de toets stopt"]


def test_rows_have_the_same_width_and_a_bounded_length() -> None:
    features = Features().fit(TEXTS)
    rows = features.rows(["mijn stage", "iets heel anders", ""])
    assert rows.shape == (3, features.size)
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1)).A.ravel()
    assert (lengths <= np.sqrt(2) + 1e-6).all()
    assert lengths[2] == 0


def test_unknown_words_make_the_known_ones_count_less() -> None:
    features = Features().fit(TEXTS)
    column = features.blocks[0].index["stage"]
    alone, among = features.rows(["stage", "stage xylofoon quark zebra"])[:, column].toarray().ravel()
    assert among < alone


def test_a_typo_shares_pieces_with_the_right_word() -> None:
    features = Features().fit(TEXTS)
    right, typo, other = features.rows(["toets", "toest", "stage"]).toarray()
    assert right @ typo > right @ other
