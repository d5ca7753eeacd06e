"""Search finds what was said and what was reported, shows where, and forgets what was erased."""

import pytest

from bot.helpdesk import forget
from bot.storage.search import Filters, snippet, words_of
from tests.desk.conftest import Desk

BY_STUDENT = Filters(author="student")


def found(desk: Desk, query: str, filters: Filters = BY_STUDENT) -> list[str]:
    with desk.made.tools.look() as uow:
        return [message.text for message in uow.search.messages(query, filters)]


def test_all_words_must_occur_and_the_beginning_of_a_word_is_enough(desk: Desk) -> None:
    desk.conversation("Mijn stageplek is failliet gegaan", "Ik zoek een nieuwe stage")
    assert found(desk, "stage") == ["Ik zoek een nieuwe stage", "Mijn stageplek is failliet gegaan"]
    assert found(desk, "STAGE failliet") == ["Mijn stageplek is failliet gegaan"]
    assert found(desk, "plek") == []


def test_filters_narrow_the_answer(desk: Desk) -> None:
    waiting = desk.waiting("stage is zwaar")
    desk.conversation("stage is leuk")
    assert found(desk, "stage", Filters("student", state="queue")) == ["stage is zwaar"]
    assert "Ik vraag iemand." in found(desk, "vraag iemand", Filters(author="bot"))
    assert found(desk, "vraag iemand") == []
    desk.clock.forward(days=10)
    desk.student(waiting, "stage is nog zwaarder")
    assert found(desk, "stage", Filters("student", since=desk.clock())) == ["stage is nog zwaarder"]


@pytest.mark.parametrize(
    "query", ['"', "*", "a AND", "NEAR(", "(", "'; drop table messages", "-", "co:l", "ë", "x" * 500]
)
def test_no_query_is_a_wrong_one(desk: Desk, query: str) -> None:
    desk.staff()
    assert desk.browser("noor").client.get("/desk/search", params={"q": query}).status_code == 200


def test_what_was_erased_is_not_found_and_not_in_the_index(desk: Desk) -> None:
    conversation_id = desk.conversation("Zeldzaamwoord in een gesprek")
    assert found(desk, "zeldzaamwoord")
    forget(desk.made.tools, conversation_id)
    assert found(desk, "zeldzaamwoord") == []
    if desk.made.engine.dialect.name == "sqlite":
        # Its index is a table with the words in it; that of PostgreSQL goes by the rows that are there.
        with desk.made.engine.connect() as db:
            pages = db.exec_driver_sql("SELECT block FROM messages_fts_data").scalars()
            assert not [page for page in pages if b"zeldzaamwoord" in page]


def test_cases_are_found_by_words_and_by_reference(desk: Desk) -> None:
    case = desk.case("Al maanden geen begeleiding", school="Deltion")
    with desk.made.tools.look() as uow:
        for query in ("begeleiding", "deltion", case.reference, "job 2026 1"):
            assert [each.id for each in uow.search.cases(query)] == [case.id], query


def test_the_page_shows_where_it_was_found(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.conversation("Ik krijg <geen> vergoeding voor mijn stage")
    page = desk.browser("noor").get("/desk/search?q=vergoeding").text
    assert "Ik krijg &lt;geen&gt; <mark>vergoeding</mark> voor mijn stage" in page
    assert f"/desk/conversations/{conversation_id}#m-" in page
    assert "1 gesprek en 0 zaken gevonden" in page
    assert "Niets gevonden" in desk.browser("noor").get("/desk/search?q=onvindbaar").text


def test_words_and_snippets() -> None:
    assert words_of("Stage-uren, bbl?") == ["stage", "uren", "bbl"]
    assert snippet("een twee drie", "twee") == [("een ", False), ("twee", True), (" drie", False)]
    assert snippet("kort", "") == [("kort", False)]
