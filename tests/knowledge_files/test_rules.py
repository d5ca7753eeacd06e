"""Each rule of docs/knowledge-format.md: what it lets through, what it stops, and where it points."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

HERE = "schorsing.md"


def row(knowledge, line: int) -> str:
    return Path(knowledge.file("schorsing")).read_text().split("\n")[line - 1]


def only(knowledge, today: date | None = None) -> tuple[str, str]:
    """The one problem of the folder: its code, and the row of schorsing.md that it points to."""
    [(file, line, code)] = knowledge.found(today) if today else knowledge.found()
    assert file == HERE
    return code, row(knowledge, line)


def body(
    short: str = "Ja, dat mag.", steps: list[str] | None = None, parts: dict[str, str] | None = None
) -> str:
    steps = ["Vraag om de brief."] if steps is None else steps
    parts = {"Hoe lang?": "Twee weken.", "Wie helpt?": "Je mentor."} if parts is None else parts
    return "\n".join(
        [short, "", "## Wat kun je nu doen"]
        + [f"{number}. {step}" for number, step in enumerate(steps, start=1)]
        + ["", "## Meer uitleg"]
        + [f"### {question}\n{answer}\n" for question, answer in parts.items()]
    )


def words(length: int) -> str:
    """Easy sentences, exactly `length` characters."""
    text = "Kijk het na. " * (length // 13 + 1)
    return text[: length - 1].rstrip(" .").ljust(length - 1, "x") + "."


# Lengths and numbers


@pytest.mark.parametrize(("key", "limit"), [("title", 60), ("label", 20)])
def test_a_name_has_a_greatest_length(knowledge, key, limit) -> None:
    knowledge.entry(**{key: "a" * limit})
    assert knowledge.found() == []
    knowledge.entry(**{key: "a" * (limit + 1)})
    assert only(knowledge) == ("too-long", f"{key}: {'a' * (limit + 1)}")


def test_the_short_answer_fits_a_phone_screen(knowledge) -> None:
    knowledge.entry(body=body(short=words(600)))
    assert knowledge.found() == []
    knowledge.entry(body=body(short=words(601)))
    assert only(knowledge) == ("too-long", words(601))


def test_signs_and_addresses_do_not_count_for_the_length(knowledge) -> None:
    knowledge.entry(body=body(short=words(592) + " **Dat** [DUO](https://www.duo.nl/particulier)"))
    assert knowledge.found() == []


def test_an_answer_for_a_group_has_a_greatest_length(knowledge) -> None:
    knowledge.entry(variants=f'{{bbl: "{words(500)}"}}')
    assert knowledge.found() == []
    knowledge.entry(variants=f'{{bbl: "{words(501)}"}}')
    assert only(knowledge)[0] == "too-long"


def test_a_step_has_a_greatest_length(knowledge) -> None:
    knowledge.entry(body=body(steps=["Vraag het.", words(250)]))
    assert knowledge.found() == []
    knowledge.entry(body=body(steps=["Vraag het.", words(251)]))
    assert only(knowledge) == ("too-long", f"2. {words(251)}")


def test_a_question_and_its_answer_have_a_greatest_length(knowledge) -> None:
    knowledge.entry(body=body(parts={"a" * 59 + "?": words(800), "Wie helpt?": "Je mentor."}))
    assert knowledge.found() == []
    knowledge.entry(body=body(parts={"a" * 60 + "?": "Ja.", "Wie helpt?": "Je mentor."}))
    assert only(knowledge) == ("too-long", f"### {'a' * 60}?")
    knowledge.entry(body=body(parts={"Hoe lang?": words(801), "Wie helpt?": "Je mentor."}))
    assert only(knowledge) == ("too-long", words(801))


def test_all_parts_together_have_a_greatest_length(knowledge) -> None:
    lengths = [700, 699, 698, 697, 696]
    knowledge.entry(
        body=body(parts={f"Vraag {n}?": chr(97 + n) + words(length)[1:] for n, length in enumerate(lengths)})
    )
    codes = {code for _, _, code in knowledge.found()}
    assert "too-long" not in codes
    lengths = [740, 720, 700, 690, 680]
    knowledge.entry(
        body=body(parts={f"Vraag {n}?": chr(97 + n) + words(length)[1:] for n, length in enumerate(lengths)})
    )
    assert [row(knowledge, line) for _, line, code in knowledge.found() if code == "too-long"] == [
        "## Meer uitleg"
    ]


def test_a_short_answer_of_three_paragraphs_is_a_warning(knowledge) -> None:
    knowledge.entry(body=body(short="Ja.\n\nDat mag.\n\nVraag het."))
    assert only(knowledge) == ("paragraphs", "Ja.")


@pytest.mark.parametrize(("count", "good"), [(0, False), (1, True), (6, True), (7, False)])
def test_there_are_one_to_six_steps(knowledge, count, good) -> None:
    knowledge.entry(body=body(steps=[f"Vraag {n}." for n in range(count)]))
    assert [code for _, _, code in knowledge.found()] == ([] if good else ["count"])


@pytest.mark.parametrize(("count", "good"), [(1, False), (2, True), (7, True), (8, False)])
def test_there_are_two_to_seven_parts(knowledge, count, good) -> None:
    knowledge.entry(body=body(parts={f"Vraag {n}?": "Ja." for n in range(count)}))
    assert [code for _, _, code in knowledge.found()] == ([] if good else ["count"])


@pytest.mark.parametrize(("count", "good"), [(4, False), (5, True), (25, True), (26, False)])
def test_there_are_five_to_twenty_five_keywords(knowledge, count, good) -> None:
    knowledge.entry(keywords="[" + ", ".join(f"woord{n}" for n in range(count)) + "]")
    assert [code for _, _, code in knowledge.found()] == ([] if good else ["count"])


def test_a_keyword_stands_there_once(knowledge) -> None:
    knowledge.entry(keywords="[geschorst, time-out, schorsen, brief, Geschorst]")
    assert only(knowledge)[0] == "double-keyword"


# WhatsApp


def test_a_short_answer_with_long_addresses_must_still_fit_one_message_with_buttons(knowledge) -> None:
    link = "[de pagina](https://www.duo.nl/" + "a" * 600 + ")"
    knowledge.entry(body=body(short=words(300) + " " + link))
    assert knowledge.found() == []
    knowledge.entry(body=body(short=words(500) + " " + link))
    assert only(knowledge)[0] == "whatsapp"


def test_an_answer_for_a_group_must_fit_one_message_with_buttons(knowledge) -> None:
    knowledge.entry(variants=f'{{bbl: "{words(400)} [de pagina](https://www.duo.nl/{"a" * 700})"}}')
    assert only(knowledge)[0] == "whatsapp"


def test_the_steps_must_fit_one_message(knowledge) -> None:
    knowledge.entry(
        body=body(steps=[f"Vraag {n} bij [de pagina](https://duo.nl/{'a' * 800})." for n in range(6)])
    )
    assert only(knowledge) == ("whatsapp", "## Wat kun je nu doen")


def test_a_part_must_fit_one_message(knowledge) -> None:
    parts = {"Hoe lang?": f"Zie [de pagina](https://duo.nl/{'a' * 4100}).", "Wie helpt?": "Je mentor."}
    knowledge.entry(body=body(parts=parts))
    assert only(knowledge) == ("whatsapp", "### Hoe lang?")


# Markup


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kijk ![foto](https://duo.nl/a.png)", "image"),
        ("Kijk <b>hier</b> goed.", "html"),
        ("<!-- weg --> Ja.", "html"),
        ("| a | b |", "table"),
        ("Typ `dit` over.", "code"),
        ("> Zo staat het er.", "quote"),
        ("- een\n  - twee", "list"),
        ("* een", "list"),
        ("Kijk *goed* rond.", "italic"),
        ("Kijk bij [klik hier](https://duo.nl).", "link-text"),
        ("Kijk [hier](https://duo.nl).", "link-text"),
        ("Kijk bij [deze link](https://duo.nl).", "link-text"),
        ("Kijk bij [https://duo.nl](https://duo.nl).", "link-text"),
        ("Kijk bij https://duo.nl.", "bare-url"),
        ("Kijk bij www.duo.nl.", "bare-url"),
        ("Kijk bij [DUO](www.duo.nl).", "broken-link"),
        ("Kijk bij [DUO](javascript:alert).", "broken-link"),
        ("Dat is ** vet ** gezegd.", "broken-bold"),
        ("Dat mag NIET.", "capitals"),
        ("Dat is BELANGRIJK.", "capitals"),
        ("Druk op de groene knop.", "colour"),
    ],
)
def test_markup_that_not_everybody_can_use_is_reported_where_it_stands(knowledge, text, code) -> None:
    knowledge.entry(body=body(parts={"Hoe lang?": f"Twee weken.\n\n{text}", "Wie helpt?": "Je mentor."}))
    problems = knowledge.found()
    assert code in [found for _, _, found in problems]
    assert row(knowledge, problems[0][1]) in text.split("\n")


@pytest.mark.parametrize("text", ["# Kop", "## Kop"])
def test_a_heading_in_an_answer_for_a_group_is_reported(knowledge, text) -> None:
    knowledge.entry(variants=f'\n  bbl: "{text}"')
    assert only(knowledge) == ("heading", f'  bbl: "{text}"')


def test_a_line_across_is_reported(knowledge) -> None:
    knowledge.entry(body=body(parts={"Hoe lang?": "Twee weken.\n\n***\n\nJa.", "Wie helpt?": "Je mentor."}))
    assert ("rule", "***") in [(code, row(knowledge, line)) for _, line, code in knowledge.found()]


@pytest.mark.parametrize(
    "text",
    [
        "Zie [de regels bij DUO](https://duo.nl/lesgeld).",
        "Kijk op duo.nl of mail info@jobmbo.nl.",
        "Vraag het aan **DUO**, SBB of JOB. De OOK bestaat niet meer.",
        "Neem mee:\n- je brief\n- je pas",
        "Het kost minder dan < 10 euro.",
        "Een groene school is ook een school.",
    ],
)
def test_ordinary_markup_passes(knowledge, text) -> None:
    knowledge.entry(body=body(parts={"Hoe lang?": text, "Wie helpt?": "Je mentor."}))
    assert knowledge.found() == []


def test_markup_in_a_title_is_reported_too(knowledge) -> None:
    knowledge.entry(title="Schorsing <b>nu</b>")
    assert only(knowledge)[0] == "html"


# Language


def test_a_sentence_of_more_than_25_words_is_a_warning(knowledge) -> None:
    knowledge.entry(body=body(short="Ja. " + "Dat " + "mag " * 23 + "wel."))
    assert knowledge.found() == []
    knowledge.entry(body=body(short="Ja. " + "Dat " + "mag " * 24 + "wel."))
    assert only(knowledge)[0] == "long-sentence"


@pytest.mark.parametrize("text", ["Dat mag u niet.", "Bel uw school.", "Uw mentor helpt."])
def test_a_student_is_not_addressed_formally(knowledge, text) -> None:
    knowledge.entry(body=body(parts={"Hoe lang?": text, "Wie helpt?": "Je mentor."}))
    assert only(knowledge) == ("formal", text)


def test_a_letter_to_the_school_may_be_formal(knowledge) -> None:
    knowledge.entry(body=body(steps=['Schrijf: "Ik vraag u om uw besluit."']))
    assert knowledge.found() == []


def test_hard_text_is_a_warning(knowledge) -> None:
    knowledge.entry(
        body=body(
            short="Medezeggenschapsbevoegdheden verwezenlijken onderwijskwaliteitsverbeteringen.",
            steps=["Inventariseer studentenvertegenwoordigersverantwoordelijkheden."],
        )
    )
    assert "hard-to-read" in [code for _, _, code in knowledge.found()]


@pytest.mark.parametrize("step", ["Je mail je mentor.", "De school belt.", "Het gaat vanzelf."])
def test_a_step_begins_with_what_you_do(knowledge, step) -> None:
    knowledge.entry(body=body(steps=[step]))
    assert only(knowledge) == ("no-verb", f"1. {step}")


@pytest.mark.parametrize(
    "short", ["Lees de OER.", "Dat staat in de POK.", "Vraag je slb'er.", "Je krijgt een bsa."]
)
def test_an_abbreviation_is_explained_where_it_first_stands(knowledge, short) -> None:
    knowledge.entry(body=body(short=short))
    assert only(knowledge) == ("jargon", short)


@pytest.mark.parametrize(
    "short",
    [
        "Lees de onderwijs- en examenregeling (OER). In de OER staat alles.",
        "Lees de OER (het boekje met regels van je opleiding).",
        "Dat staat in je praktijkovereenkomst, de POK.",
    ],
)
def test_an_abbreviation_that_is_explained_may_be_used(knowledge, short) -> None:
    knowledge.entry(body=body(short=short))
    assert knowledge.found() == []


# Words, dates and sources in the header


def test_the_question_is_a_question(knowledge) -> None:
    knowledge.entry(question="Over schorsing")
    assert only(knowledge) == ("question", "question: Over schorsing")


def test_a_part_that_is_no_question_is_a_warning(knowledge) -> None:
    knowledge.entry(body=body(parts={"Hoe lang": "Twee weken.", "Wie helpt?": "Je mentor."}))
    assert only(knowledge) == ("question", "### Hoe lang")


def test_who_offers_a_human_says_when(knowledge) -> None:
    knowledge.entry(human_when=None)
    assert only(knowledge)[0] == "human-when"
    knowledge.entry(human="never", human_when=None)
    assert knowledge.found() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"reviewed": "2026-11-23"},
        {"review": "{state: done, by: Sam, at: 2026-11-23}"},
        {"sources": "\n  - title: DUO\n    url: https://duo.nl\n    seen: 2026-11-23\n    about: geld"},
    ],
)
def test_a_day_that_is_still_to_come_is_an_error(knowledge, changes) -> None:
    knowledge.entry(**changes)
    code, text = only(knowledge)
    assert code == "future-date"
    assert "2026-11-23" in text


def test_an_answer_past_its_last_day_is_a_warning(knowledge) -> None:
    knowledge.entry(valid_until="2026-11-22")
    assert knowledge.found(date(2026, 11, 22)) == []
    assert only(knowledge, date(2026, 11, 23)) == ("expired", "valid_until: 2026-11-22")


def test_an_end_before_the_review_is_an_error(knowledge) -> None:
    knowledge.entry(valid_until="2026-07-31")
    assert only(knowledge) == ("valid-until", "valid_until: 2026-07-31")


def test_a_text_that_nobody_looked_at_for_a_year_is_a_warning(knowledge) -> None:
    assert knowledge.found(date(2027, 11, 22)) == []
    assert [code for _, _, code in knowledge.found(date(2027, 11, 23))] == ["old-review"] * 3


def test_an_article_that_was_read_passes_and_an_unknown_one_is_an_error(knowledge) -> None:
    knowledge.entry(sources="\n  - law: WEB\n    article: 7.4.8a\n    about: x")
    assert only(knowledge) == ("unknown-article", "    article: 7.4.8a")


def test_an_article_that_was_only_named_is_a_warning(knowledge) -> None:
    page = "\n  - title: DUO\n    url: https://duo.nl\n    seen: 2026-11-22\n    about: geld"
    knowledge.entry(sources='\n  - law: AVG\n    article: "15"\n    about: inzage' + page)
    assert only(knowledge) == ("article-not-read", '    article: "15"')


def test_a_law_as_a_whole_is_a_warning_and_with_an_article_an_error(knowledge) -> None:
    page = "\n  - title: DUO\n    url: https://duo.nl\n    seen: 2026-11-22\n    about: geld"
    knowledge.entry(sources="\n  - law: Arbowet\n    about: veilig" + page)
    assert only(knowledge)[0] == "article-not-read"
    knowledge.entry(sources='\n  - law: Arbowet\n    article: "3"\n    about: veilig' + page)
    assert only(knowledge)[0] == "unknown-article"


def test_an_answer_that_leans_on_old_law_alone_is_a_warning(knowledge) -> None:
    old = '\n  - law: LPW\n    article: "10"\n    about: uitschrijven'
    knowledge.entry(sources=old)
    assert only(knowledge)[0] == "old-law-only"
    knowledge.entry(sources=old + "\n  - law: WEB\n    article: 8.1.7c\n    about: duur")
    assert knowledge.found() == []


def test_a_page_without_https_is_a_warning(knowledge) -> None:
    knowledge.entry(sources="\n  - title: DUO\n    url: http://duo.nl\n    seen: 2026-11-22\n    about: geld")
    assert only(knowledge)[0] == "http"


def test_a_source_says_which_claim_it_carries(knowledge) -> None:
    knowledge.entry(sources="\n  - law: WEB\n    article: 8.1.7c")
    assert only(knowledge)[0] == "no-about"


def test_the_reading_date_of_a_law_is_not_written_by_hand(knowledge) -> None:
    knowledge.entry(body=body(short="Ja. Zo stond het in de wet op 1 januari 2026."))
    assert only(knowledge)[0] == "law-date"


# Entries together


def test_every_topic_has_a_file(knowledge) -> None:
    os.remove(knowledge.file("stage-uren"))
    [problem] = knowledge.check().errors
    assert (Path(problem.file).name, problem.line, problem.code) == ("topics.yml", 5, "missing-file")
    assert knowledge.file("stage-uren") in problem.message


def test_a_file_without_a_topic_is_an_error(knowledge) -> None:
    knowledge.write("rechten/vergeten.md", "---\n---\n")
    assert knowledge.found() == [("vergeten.md", 1, "unknown-file")]


def test_a_file_in_the_folder_of_another_theme_is_told_where_it_belongs(knowledge) -> None:
    os.renames(knowledge.file("stage-uren"), knowledge.path / "rechten" / "stage-uren.md")
    problems = knowledge.check().errors
    assert sorted(problem.code for problem in problems) == ["missing-file", "unknown-file"]
    assert any("hoort bij het thema stage" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("links", "code"),
    [
        ("[bestaat-niet]", "unknown-topic"),
        ("[schorsing]", "self-link"),
        ("[verwijdering, verwijdering]", "double-link"),
    ],
)
def test_links_lead_to_other_topics_that_exist(knowledge, links, code) -> None:
    knowledge.entry(see_also=links)
    assert only(knowledge) == (code, f"see_also: {links}")


@pytest.mark.parametrize("count", [0, 6])
def test_an_answer_has_one_to_five_links(knowledge, count) -> None:
    knowledge.entry(
        see_also="[" + ", ".join(["verwijdering", "stage-uren", "a", "b", "c", "d"][:count]) + "]"
    )
    assert "count" in [code for _, _, code in knowledge.found()]


@pytest.mark.parametrize("key", ["title", "label"])
def test_no_two_answers_have_the_same_name(knowledge, key) -> None:
    knowledge.entry(**{key: "Zelfde"})
    knowledge.entry("stage-uren", **{key: "zelfde"})
    [problem] = knowledge.check().errors
    assert (Path(problem.file).name, problem.code) == ("stage-uren.md", f"double-{key}")
    assert "schorsing" in problem.message


SAME = (
    "Je krijgt een brief met de reden. Lees die goed. Maak binnen zes weken bezwaar als je het oneens bent."
)


def test_a_text_that_is_nearly_that_of_another_answer_is_a_warning(knowledge) -> None:
    knowledge.entry(body=body(short=SAME))
    knowledge.entry(
        "verwijdering",
        body=body(short="Soms.", parts={"Hoe?": SAME.replace("goed", "rustig"), "Wie?": "Bel."}),
    )
    [problem] = knowledge.check().warnings
    assert (Path(problem.file).name, problem.code) == ("verwijdering.md", "alike")
    assert "schorsing" in problem.message


def test_short_texts_may_be_the_same(knowledge) -> None:
    knowledge.entry(
        body=body(parts={"Hoe lang?": "Vraag het je mentor.", "Wie helpt?": "Vraag het je mentor."})
    )
    assert knowledge.found() == []


# The lists themselves


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("", 1, "wrong-type"),
        ("rechten: [schorsing]", 1, "wrong-type"),
        ("rechten:\n  Schorsing!: x", 2, "topic-id"),
        ("rechten:\n  a: x\nstage:\n  a: y", 4, "topic-id"),
        ("rechten:\n  a:", 2, "wrong-type"),
        ("rechten:\n  a: b: c", 2, "yaml"),
    ],
)
def test_a_bad_list_of_topics_is_reported_on_its_line(knowledge, text, line, code) -> None:
    knowledge.write("topics.yml", text)
    assert knowledge.found() == [("topics.yml", line, code)]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("[]", 1, "wrong-type"),
        ("seen: 2026-11-22\nlaws:\n  WEB: {name: x, current: true}", 3, "missing"),
        ("seen: 2026-11-22\nlaws:\n  WEB: {name: x, current: true, bwb: 123}", 3, "bwb"),
        ("seen: 2026-11-22\nlaws:\n  WEB: {name: x, current: ja, bwb: BWBR0007625}", 3, "wrong-type"),
        (
            "seen: 2026-11-22\nlaws:\n  WEB: {name: x, current: true, bwb: BWBR0007625, artikelen: []}",
            3,
            "unknown-key",
        ),
        (
            "seen: 2026-11-22\nlaws:\n  WEB: {name: x, current: true, bwb: BWBR0007625, texts: {1: x}}",
            3,
            "wrong-type",
        ),
        ("laws:\n  WEB: {name: x, current: true, bwb: BWBR0007625}", 1, "missing"),
        ("seen: [", 1, "yaml"),
    ],
)
def test_a_bad_list_of_laws_is_reported_on_its_line(knowledge, text, line, code) -> None:
    knowledge.write("laws.yml", text)
    assert knowledge.found() == [("laws.yml", line, code)]


@pytest.mark.parametrize("name", ["topics.yml", "laws.yml"])
def test_a_list_that_is_missing_is_an_error(knowledge, name) -> None:
    os.remove(knowledge.path / name)
    assert knowledge.found() == [(name, 1, "missing-file")]


def test_a_file_that_cannot_be_read_is_an_error(knowledge) -> None:
    knowledge.write("rechten/schorsing.md", "geëmigreerd".encode("latin-1"))
    assert knowledge.found() == [("schorsing.md", 1, "encoding")]
