from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from bot.core.knowledge import (
    Entry,
    HumanNeed,
    Law,
    LawSource,
    Part,
    Review,
    Variant,
    WebSource,
    dutch_date,
)

PAGE = WebSource(
    title="DUO: lesgeld", url="https://duo.nl/lesgeld", seen=date(2026, 11, 22), about="wie betaalt"
)
WEB = Law(
    code="WEB",
    name="Wet educatie en beroepsonderwijs",
    current=True,
    read=date(2026, 1, 1),
    bwb="BWBR0007625",
    articles=frozenset({"8.1.7c"}),
)


def an_entry(**changes: object) -> Entry:
    entry = Entry(
        id="lesgeld",
        theme="rechten",
        title="Lesgeld",
        label="Lesgeld",
        question="Moet ik lesgeld betalen?",
        keywords=("lesgeld",),
        human=HumanNeed.OFFER,
        human_when=("je niet kunt betalen",),
        sources=(PAGE,),
        reviewed=date(2026, 11, 22),
        review=Review(done=False),
        see_also=("lesgeld-terug",),
        short="Ja, vanaf 18 jaar.",
        steps=("Kijk op duo.nl.",),
        parts=(Part("Hoeveel?", "Dat verschilt per jaar."),),
        variants={Variant.BBL: "Nee, bij bbl is het cursusgeld."},
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def a_law_source(**changes: object) -> LawSource:
    source = LawSource(
        title=WEB.title("8.1.7c"),
        url=WEB.link("8.1.7c"),
        seen=date(2026, 11, 22),
        about="duur",
        code="WEB",
        article="8.1.7c",
        law_read=date(2026, 1, 1),
        current=True,
    )
    return replace(source, **changes)  # type: ignore[arg-type]


def test_a_date_is_written_in_dutch_whatever_the_machine_speaks() -> None:
    assert dutch_date(date(2026, 1, 1)) == "1 januari 2026"
    assert dutch_date(date(2027, 12, 31)) == "31 december 2027"


def test_a_group_with_its_own_answer_gets_that_one() -> None:
    assert an_entry().short_for(Variant.BBL) == "Nee, bij bbl is het cursusgeld."


def test_a_group_without_its_own_answer_gets_the_general_one() -> None:
    assert an_entry().short_for(Variant.BOL) == "Ja, vanaf 18 jaar."
    assert an_entry().short_for(None) == "Ja, vanaf 18 jaar."


def test_an_answer_is_valid_through_its_last_day() -> None:
    entry = an_entry(valid_until=date(2027, 7, 31))
    assert not entry.expired(date(2027, 7, 31))
    assert entry.expired(date(2027, 8, 1))


def test_an_answer_without_an_end_never_expires() -> None:
    assert not an_entry().expired(date(2099, 1, 1))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Anders"},
        {"question": "Anders?"},
        {"short": "Nee."},
        {"steps": ()},
        {"parts": (Part("Hoeveel?", "Veel."),)},
        {"variants": {Variant.BOL: "Nee, bij bbl is het cursusgeld."}},
        {"sources": ()},
    ],
)
def test_the_version_changes_with_what_a_student_reads(changes: dict[str, object]) -> None:
    assert an_entry(**changes).version != an_entry().version


@pytest.mark.parametrize(
    "changes",
    [
        {"keywords": ("geld",)},
        {"reviewed": date(2027, 1, 1)},
        {"review": Review(done=True, by="Sam", at=date(2027, 1, 1))},
        {"human": HumanNeed.ALWAYS},
        {"see_also": ("oer",)},
    ],
)
def test_the_version_stays_when_only_the_paperwork_changes(changes: dict[str, object]) -> None:
    assert an_entry(**changes).version == an_entry().version


def test_the_version_sees_where_one_text_ends_and_the_next_begins() -> None:
    assert an_entry(steps=("a", "bc")).version != an_entry(steps=("ab", "c")).version


def test_an_entry_cannot_be_changed_by_who_reads_it() -> None:
    entry = an_entry()
    with pytest.raises(FrozenInstanceError):
        entry.short = "Nee."  # type: ignore[misc]
    with pytest.raises(TypeError):
        entry.variants[Variant.BOL] = "Nee."  # type: ignore[index]


def test_an_entry_can_be_a_key() -> None:
    assert {an_entry(): 1}[an_entry()] == 1


def test_a_page_says_when_it_was_seen() -> None:
    assert PAGE.line == "DUO: lesgeld (bekeken op 22 november 2026)"


def test_a_law_says_of_which_day_the_text_is() -> None:
    assert (
        a_law_source().line
        == "Wet educatie en beroepsonderwijs, artikel 8.1.7c (wettekst van 1 januari 2026)"
    )


def test_an_old_law_text_says_that_it_is_old() -> None:
    line = a_law_source(current=False, law_read=date(2018, 7, 28)).line
    assert line.endswith("(oude wettekst, van 28 juli 2018)")


def test_an_article_that_nobody_read_does_not_pass_for_read() -> None:
    assert "niet nagelezen" in a_law_source(law_read=None).line


def test_the_line_of_sources_names_each_once() -> None:
    entry = an_entry(sources=(PAGE, a_law_source(), replace(PAGE, about="iets anders")))
    assert entry.sources_line == f"{PAGE.line}; {a_law_source().line}"


def test_a_current_law_links_to_the_article_in_the_text_that_was_read() -> None:
    assert WEB.link("8.1.7c") == (
        "https://wetten.overheid.nl/jci1.3:c:BWBR0007625&artikel=8.1.7c&z=2026-01-01&g=2026-01-01"
    )


def test_an_old_law_links_to_the_article_in_the_text_of_today() -> None:
    old = replace(WEB, current=False)
    assert old.link("8.1.7c") == "https://wetten.overheid.nl/jci1.3:c:BWBR0007625&artikel=8.1.7c"


def test_an_article_with_a_colon_is_safe_in_a_link() -> None:
    assert "&artikel=5%3A15&" in WEB.link("5:15")


def test_a_law_from_elsewhere_links_to_its_own_page() -> None:
    avg = Law(
        code="AVG", name="AVG", current=False, url="https://eur-lex.europa.eu/avg", cited=frozenset({"15"})
    )
    assert avg.link("15") == "https://eur-lex.europa.eu/avg"


def test_an_article_read_in_another_text_has_that_day() -> None:
    law = replace(WEB, articles=frozenset({"1", "2"}), texts={"2": date(2015, 8, 1)})
    assert law.read_on("1") == date(2026, 1, 1)
    assert law.read_on("2") == date(2015, 8, 1)
    assert law.read_on("3") is None


def test_a_law_named_as_a_whole_has_no_article_in_its_title() -> None:
    arbowet = Law(code="Arbowet", name="Arbeidsomstandighedenwet", current=False, bwb="BWBR0010346")
    assert arbowet.whole
    assert arbowet.title("") == "Arbeidsomstandighedenwet"
    assert arbowet.link("") == "https://wetten.overheid.nl/jci1.3:c:BWBR0010346"
