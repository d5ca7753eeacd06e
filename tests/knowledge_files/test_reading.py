from __future__ import annotations

import pytest
from textstat.textstat import textstatistics

from bot.knowledge_files.entry_file import Reading
from bot.knowledge_files.reading import flesch_douma, syllables
from bot.knowledge_files.rules.texts import Text, blocks, sentences, words_in

EASY = ["De kat zit op de mat.", "Het is een mooie dag.", "Wij gaan naar zee."]
HARD = [
    "Het bevoegd gezag stelt een regeling vast voor de behandeling van bezwaarschriften inzake toelating."
]


def test_the_score_is_that_of_textstat_for_dutch_where_both_see_the_same_sentences() -> None:
    statistics = textstatistics()
    statistics.set_lang("nl")
    assert flesch_douma(EASY) == pytest.approx(statistics.flesch_reading_ease(" ".join(EASY)), abs=0.01)


def test_the_score_is_the_formula_of_douma() -> None:
    # 4 words, 5 syllables, 1 sentence
    assert flesch_douma(["De mentor helpt je."]) == pytest.approx(206.84 - 0.93 * 4 - 77 * 5 / 4)


def test_easy_text_scores_higher_than_hard_text() -> None:
    easy, hard = flesch_douma(EASY), flesch_douma(HARD)
    assert easy is not None
    assert hard is not None
    assert easy > 100
    assert hard < 50


def test_no_words_have_no_score() -> None:
    assert flesch_douma([]) is None
    assert flesch_douma(["…"]) is None


@pytest.mark.parametrize(
    ("word", "count"), [("je", 1), ("student", 2), ("schoolkosten", 3), ("medezeggenschapsstatuut", 7)]
)
def test_syllables_are_those_of_dutch(word, count) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ja. Dat mag.", 2),
        ("Mag dat? Ja! Soms.", 3),
        ("Zie artikel 8.1.7c van de wet.", 1),
        ("Het kost € 1.000 per jaar.", 1),
        ("Kijk op duo.nl bij lesgeld.", 1),
        ("Neem iets mee, bijv. Je pas.", 1),
        ("Zie art. 8 van de wet.", 1),
        ('Zeg: "Dat wil ik niet." Loop dan weg.', 2),
        ("Neem mee:\nje brief", 2),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, count) -> None:
    assert len(sentences(text)) == count


def test_a_number_an_address_and_an_abbreviation_are_one_word() -> None:
    assert words_in("Vraag je slb'er naar artikel 8.1.7c, of kijk op duo.nl.") == [
        "Vraag", "je", "slb'er", "naar", "artikel", "8.1.7c", "of", "kijk", "op", "duo.nl",
    ]  # fmt: skip


def test_a_text_falls_apart_in_paragraphs_and_list_items_with_their_lines() -> None:
    text = Text("short", 10, "Een\nnog een\n\n- twee\n- drie\n\n**Vier**")
    assert [(block.line, block.words) for block in blocks(text)] == [
        (10, "Een nog een"),
        (13, "twee"),
        (14, "drie"),
        (16, "Vier"),
    ]


def test_a_value_without_a_line_points_to_what_is_around_it() -> None:
    reading = Reading("x.md", lines={"": 2, "sources": 7, "sources.1": 9})
    assert reading.line("sources.1.article") == 9
    assert reading.line("sources.3") == 7
    assert reading.line("title") == 2
