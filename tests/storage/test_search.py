"""Search finds the same on every database: beginnings of Dutch words, all of them, whatever signs and accents stand around."""

from __future__ import annotations

import string

import pytest

from bot.core.cases import CaseDraft
from bot.helpdesk import open_case
from bot.storage.search import MAX_WORDS, Filters, words_of
from tests.builders import Helpdesk

BY_STUDENT = Filters(author="student")


def found(helpdesk: Helpdesk, query: str, filters: Filters = BY_STUDENT, limit: int = 200) -> list[str]:
    with helpdesk.tools.look() as uow:
        return [message.text for message in uow.search.messages(query, filters, limit)]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("De studentenraad vergadert", "studentenraad"),
        ("Er zijn klachten over mijn begeleider", "klacht"),
        ("Ik wil naar een andere school", "school"),
        ("Mijn loopbaanbegeleider is weg", "loopbaan"),
    ],
)
def test_every_beginning_of_a_word_finds_it(helpdesk: Helpdesk, said: str, word: str) -> None:
    """Somebody who types finds more with each letter, also where a stem is spelt otherwise (raad, rad)."""
    helpdesk.student(helpdesk.conversation(), said)
    for length in range(2, len(word) + 1):
        assert found(helpdesk, word[:length]) == [said], word[:length]
    assert found(helpdesk, word[1:]) == []


def test_words_that_dutch_is_full_of_must_occur_like_all_others(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    helpdesk.student(conversation, "Ik heb een vraag over mijn stage")
    helpdesk.student(conversation, "Kan iemand van de school mijn vraag lezen?")
    assert found(helpdesk, "vraag iemand") == ["Kan iemand van de school mijn vraag lezen?"]
    assert len(found(helpdesk, "mijn")) == 2
    assert found(helpdesk, "niet mijn stage") == []


@pytest.mark.parametrize(
    ("said", "query"),
    [
        ("Ik krijg geen financiële hulp", "financiele"),
        ("Ik krijg geen financiele hulp", "financiële"),
        ("De CRÈME van het café", "creme cafe"),
        ("Bel 06-12345678 na vieren", "12345678"),
        ("Bel 06-12345678 na vieren", "06-12345678"),
        ("Mail naar yara@voorbeeld.org aub", "voorbeeld"),
        ("Mail naar yara@voorbeeld.org aub", "yara@voorbeeld.org"),
        ("Zie https://www.school.nl/pad/regels", "school regels"),
        ("Ik heb een 5,5 voor stage-uren", "stage uren"),
        ("bbl/bol, wat is het verschil?", "bol"),
        ("BOL of BBL", "bbl"),
    ],
)
def test_signs_and_accents_are_in_nobodys_way(helpdesk: Helpdesk, said: str, query: str) -> None:
    helpdesk.student(helpdesk.conversation(), said)
    assert found(helpdesk, query) == [said]


def test_the_newest_comes_first_and_a_limit_keeps_the_newest(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    for number in range(4):
        helpdesk.student(conversation, f"stage {number}")
    assert found(helpdesk, "stage", limit=2) == ["stage 3", "stage 2"]


def test_postgresql_also_finds_other_forms_of_a_word(helpdesk: Helpdesk) -> None:
    helpdesk.student(helpdesk.conversation(), "Ik heb een klacht over het examen")
    forms = [found(helpdesk, query) != [] for query in ("klachten", "examens", "klachtenboek")]
    assert forms == ([False] * 3 if helpdesk.engine.dialect.name == "sqlite" else [True, True, False])


def test_no_sign_of_any_script_makes_a_query_a_wrong_one(helpdesk: Helpdesk) -> None:
    helpdesk.student(helpdesk.conversation(), "stage")
    odd = "²ªº١のー𝟙ǅßıİ­_" + string.punctuation
    for sign in odd:
        found(helpdesk, sign)
        found(helpdesk, f"{sign}a{sign} b{sign}c")
    assert found(helpdesk, "x" * 3_000) == []


def test_a_case_is_found_by_every_field_that_people_wrote(helpdesk: Helpdesk) -> None:
    fields = {
        "school": "Deltion",
        "programme": "Kapper niveau 3",
        "tried": "gemaild",
        "wish": "excuses",
        "contact": "yara@voorbeeld.org",
    }
    draft = CaseDraft(helpdesk.conversation(), "m1", "Al maanden niets", "website", consent=True, **fields)
    case = open_case(helpdesk.tools, draft)
    with helpdesk.tools.look() as uow:
        for query in ("maanden", "delt", "kapper 3", "gemaild", "excuses", "voorbeeld", "maanden deltion"):
            assert [each.id for each in uow.search.cases(query)] == [case.id], query
        assert uow.search.cases("maanden utrecht") == []


def test_postgresql_searches_with_its_index(helpdesk: Helpdesk) -> None:
    """The question must be the index's own expression to the letter; else every search would read every message ever said."""
    words = words_of("stage school mijn vraag over een lange zoekvraag met te veel woorden")
    assert len(words) == MAX_WORDS
    if helpdesk.engine.dialect.name == "sqlite":
        return
    with helpdesk.tools.look() as uow:
        db = uow._connection
        # The tables are nearly empty: leave it no other way than the index, if it can use that.
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            db.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        for table in ("messages", "cases"):
            asked = uow.search._holds(table, words).compile(db.engine, compile_kwargs={"literal_binds": True})
            plan = db.exec_driver_sql(f"EXPLAIN SELECT 1 FROM {table} WHERE {asked}").scalars().all()
            assert any(f"ix_{table}_search" in line for line in plan), plan
