"""What makes a file unusable: one plain line with the place, never a traceback."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.knowledge import HumanNeed, LawSource, Part, Review, Variant, WebSource
from bot.knowledge_files.loader import KnowledgeBase


def entry_of(knowledge, topic="schorsing"):
    base = KnowledgeBase(knowledge.path)
    assert base.errors() == ()
    return base.entry(topic)


def only_problem(knowledge):
    [problem] = list(KnowledgeBase(knowledge.path).errors())
    assert "Traceback" not in problem.message
    assert "\n" not in problem.message
    return problem


def test_a_good_folder_has_no_problems(knowledge) -> None:
    assert knowledge.found() == []


def test_an_entry_carries_all_that_the_file_says(knowledge) -> None:
    knowledge.entry(
        valid_until="2027-07-31",
        uncertain="\n  - hoe lang het duurt",
        variants='\n  bbl: "Bij bbl ook."\n  onder_18: "Je ouders krijgen ook een brief."',
    )
    entry = entry_of(knowledge)
    assert (entry.id, entry.theme, entry.title) == (
        "schorsing",
        "rechten",
        "Schorsing: je mag even niet naar school",
    )
    assert entry.human is HumanNeed.OFFER
    assert entry.human_when == ("je onder de 18 bent en je ouders van niets weten",)
    assert entry.reviewed == date(2026, 11, 22)
    assert entry.valid_until == date(2027, 7, 31)
    assert entry.uncertain == ("hoe lang het duurt",)
    assert dict(entry.variants) == {
        Variant.BBL: "Bij bbl ook.",
        Variant.UNDER_18: "Je ouders krijgen ook een brief.",
    }
    assert entry.short.startswith("Ja, dat mag. Een schorsing duurt **hooguit twee weken**.")
    assert entry.steps == (
        "Vraag om de brief met de reden.",
        "Mail je mentor en vraag hoe je de les bijhoudt.",
    )
    assert entry.parts[0] == Part(
        "Hoe lang duurt het?", "Hooguit twee weken. Duurt het langer? Vraag dan waarom."
    )


def test_a_law_becomes_a_source_with_title_link_and_dates(knowledge) -> None:
    [source] = entry_of(knowledge).sources
    assert isinstance(source, LawSource)
    assert source.title == "Wet educatie en beroepsonderwijs, artikel 8.1.7c"
    assert source.url.endswith("BWBR0007625&artikel=8.1.7c&z=2026-01-01&g=2026-01-01")
    assert (source.seen, source.law_read, source.current) == (date(2026, 11, 22), date(2026, 1, 1), True)


def test_a_page_becomes_a_source_with_the_day_it_was_seen(knowledge) -> None:
    [source] = entry_of(knowledge, "stage-uren").sources
    assert isinstance(source, WebSource)
    assert (source.title, source.seen, source.about) == (
        "Rijksoverheid: werktijden",
        date(2026, 11, 21),
        "de uren",
    )


def test_a_reviewed_text_says_by_whom_and_when(knowledge) -> None:
    assert entry_of(knowledge).review == Review(done=False)
    assert entry_of(knowledge, "verwijdering").review == Review(done=True, by="Sam", at=date(2026, 11, 20))


def test_an_article_number_is_text_however_it_is_written(knowledge) -> None:
    """Plain YAML reads 3b as text, 10 as a number and 5:15 as 315 minutes."""
    knowledge.entry(sources="\n  - law: LPW\n    article: 10\n    about: uitschrijven")
    assert entry_of(knowledge).sources[0].article == "10"


def test_words_that_yaml_takes_for_yes_and_no_stay_words(knowledge) -> None:
    knowledge.entry(keywords="[no, yes, on, 2026, 1:30]")
    assert entry_of(knowledge).keywords == ("no", "yes", "on", "2026", "1:30")


def test_capitals_in_a_code_of_a_law_do_not_matter(knowledge) -> None:
    knowledge.entry(sources="\n  - law: web\n    article: 8.1.7c\n    about: duur")
    assert entry_of(knowledge).sources[0].code == "WEB"


def test_a_law_named_as_a_whole_needs_no_article(knowledge) -> None:
    knowledge.entry(sources="\n  - law: Arbowet\n    about: veilig werken")
    assert entry_of(knowledge).sources[0].title == "Arbeidsomstandighedenwet"


def test_a_step_may_go_on_over_several_rows(knowledge) -> None:
    text = "Ja.\n\n## Wat kun je nu doen\n1. Vraag om\n   de brief.\n2. Mail.\n\n"
    text += "## Meer uitleg\n### A?\nB.\n### C?\nD.\n"
    knowledge.entry(body=text)
    assert entry_of(knowledge).steps == ("Vraag om de brief.", "Mail.")


def test_files_from_windows_are_read_too(knowledge) -> None:
    text = Path(knowledge.file("schorsing")).read_text()
    knowledge.write("rechten/schorsing.md", ("\ufeff" + text).replace("\n", "\r\n").encode())
    assert entry_of(knowledge).label == "Schorsing"


@pytest.mark.parametrize(
    ("raw", "line", "code"),
    [
        ("Ja, dat mag.", 1, "no-header"),
        ("", 1, "no-header"),
        ("---\ntitle: x\nJa, dat mag.", 1, "no-header"),
        ("---\n---\nJa.", 1, "wrong-type"),
        ("---\n- een\n- twee\n---\nJa.", 1, "wrong-type"),
        ("---\ntitle: Schorsing: even niet\n---\nJa.", 2, "yaml"),
        ('---\nlabel: x\ntitle: "open\n---\nJa.', 3, "yaml"),
        ("---\nlabel: x\nlabel: y\n---\nJa.", 3, "yaml"),
        ("---\nlabel: x\n\ttitle: y\n---\nJa.", 3, "yaml"),
        ("---\nlabel: x\nkeywords: [*a, b]\n---\nJa.", 3, "yaml"),
        ("---\nlabel: &a [*a]\n---\nJa.", 2, "yaml"),
        ("---\nlabel: x\nreviewed: 2026-02-30\n---\nJa.", 3, "yaml"),
        ("---\n? [a]\n: b\n---\nJa.", 2, "yaml"),
        ("---\nlabel: \x07\n---\nJa.", 2, "yaml"),
        ("---\nlabel: " + "[" * 3000 + "\n---\nJa.", 2, "yaml"),
    ],
)
def test_a_bad_header_gives_one_line_with_its_place(knowledge, raw, line, code) -> None:
    knowledge.entry(raw=raw)
    problem = only_problem(knowledge)
    assert (problem.line, problem.code) == (line, code)


@pytest.mark.parametrize(
    "key", ["title", "label", "question", "keywords", "human", "reviewed", "review", "sources"]
)
def test_a_missing_key_is_named(knowledge, key) -> None:
    knowledge.entry(**{key: None})
    assert f"'{key}'" in only_problem(knowledge).message


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "[a, b]"),
        ("label", '""'),
        ("keywords", "geschorst"),
        ("keywords", "[a, {b: c}]"),
        ("human", "soms"),
        ("human_when", "ja"),
        ("reviewed", "gisteren"),
        ("review", "open"),
        ("review", "{state: klaar}"),
        ("valid_until", "volgend jaar"),
        ("variants", "[bbl]"),
        ("variants", '{bbl: ""}'),
        ("variants", "{mbo: x}"),
        ("sources", "[]"),
        ("sources", "[WEB]"),
        ("see_also", "verwijdering"),
        ("keyword", "[typefout]"),
    ],
)
def test_a_value_of_the_wrong_kind_is_reported_on_its_line(knowledge, key, value) -> None:
    knowledge.entry(**{key: value})
    rows = Path(knowledge.file("schorsing")).read_text().split("\n")
    assert rows[only_problem(knowledge).line - 1].startswith(f"{key}:")


def test_a_review_that_is_done_says_by_whom_and_when(knowledge) -> None:
    knowledge.entry(review="{state: done, by: null, at: null}")
    assert sorted(problem.message for problem in KnowledgeBase(knowledge.path).errors()) == [
        "'at' ontbreekt; schrijf een datum als 2026-11-22",
        "'by' ontbreekt; vul het in",
    ]


@pytest.mark.parametrize(
    ("source", "line", "code"),
    [
        ("law: XYZ\n    article: 1", 9, "unknown-law"),
        ("law: WEB\n    about: x", 9, "missing"),
        ("law: WEB\n    article: 8.1.7c\n    lid: 3", 11, "unknown-key"),
        ("title: Page\n    seen: 2026-11-22", 9, "missing"),
        ("title: Page\n    url: www.duo.nl\n    seen: 2026-11-22", 10, "url"),
        ("title: Page\n    url: javascript:alert(1)\n    seen: 2026-11-22", 10, "url"),
        ("title: Page\n    url: https://duo.nl", 9, "missing"),
    ],
)
def test_a_source_that_is_not_complete_is_reported_on_its_line(knowledge, source, line, code) -> None:
    knowledge.entry(human_when="[je twijfelt]", sources=f"\n  - {source}")
    problem = only_problem(knowledge)
    assert (problem.line, problem.code) == (line, code)


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ("## Wat kun je nu doen\n1. Vraag.\n", "no-short-answer", "korte antwoord"),
        ("Ja.\n\n## Stappen\n1. Vraag.\n", "heading", "Stappen"),
        ("Ja.\n\n# Kop\nx\n", "heading", "Kop"),
        ("Ja.\n\n### Vraag?\nx\n", "heading", "Vraag?"),
        ("Ja.\n\n## Wat kun je nu doen\nVraag het eerst.\n", "loose-text", "stappen"),
        ("Ja.\n\n## Meer uitleg\nLosse tekst.\n### A?\nB.\n", "loose-text", "vraag"),
        ("Ja.\n\n## Meer uitleg\n### A?\n\n### B?\nC.\n", "empty-part", "antwoord"),
        ("Ja.\n\n## Meer uitleg\n### A?\nB.\n## Meer uitleg\n### C?\nD.\n", "double-section", "twee keer"),
    ],
)
def test_a_body_that_is_built_otherwise_is_reported(knowledge, body, code, words) -> None:
    knowledge.entry(body=body)
    problem = only_problem(knowledge)
    assert problem.code == code
    assert words in problem.message


def test_a_problem_in_the_body_is_reported_on_its_line(knowledge) -> None:
    knowledge.entry(body="Ja.\n\n## Stappen\n1. Vraag.\n")
    rows = Path(knowledge.file("schorsing")).read_text().split("\n")
    assert rows[only_problem(knowledge).line - 1] == "## Stappen"
