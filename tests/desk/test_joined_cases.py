"""Cases of one student can be joined and taken apart; nothing is lost, and no line of the trail can be changed."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from bot import staff_cases, staff_desk
from bot.core.cases import Case, CaseDraft, CaseStatus
from bot.core.errors import Conflict
from bot.helpdesk import forget, open_case
from bot.storage import tables as t
from tests.desk.conftest import Browser, Desk
from tests.desk.test_audit import trail
from tests.desk.test_races import at_once

CONTACT = "06 12345678"


def case(desk: Desk, reference: str) -> Case:
    with desk.made.tools.look() as uow:
        found = uow.cases.by_reference(reference)
    assert found is not None
    return found


def events(desk: Desk, case_: Case) -> list[tuple[str, object]]:
    with desk.made.tools.look() as uow:
        return [(event["kind"], event["data"].get("case")) for event in uow.cases.events(case_.id)]


def two(desk: Desk) -> tuple[Case, Case, Browser]:
    """Two cases with one contact, and somebody who looks at the first."""
    desk.staff()
    one, other = desk.case("Eerste", contact=CONTACT), desk.case("Tweede", contact="+31 6 1234 5678")
    browser = desk.browser("noor")
    browser.get(f"/desk/cases/{one.reference}")
    return one, other, browser


def join(desk: Desk, browser: Browser, head: Case, joined: Case | str, **form: object):  # type: ignore[no-untyped-def]
    browser.get(f"/desk/cases/{head.reference}")
    other = joined if isinstance(joined, str) else joined.reference
    version = case(desk, head.reference).version
    return browser.post(f"/desk/cases/{head.reference}/merge", version=version, other=other, **form)


def test_a_case_with_the_same_contact_or_from_the_same_conversation_is_suggested(desk: Desk) -> None:
    one, other, browser = two(desk)
    assert one.conversation_id
    same = open_case(desk.made.tools, CaseDraft(one.conversation_id, "m2", "Derde", "website", consent=True))
    desk.case("Van iemand anders", contact="ander@example.org")
    page = browser.get(f"/desk/cases/{one.reference}").text
    assert f'aria-label="Samenvoegen: {other.reference}"' in page
    assert f'aria-label="Samenvoegen: {same.reference}"' in page
    assert "zelfde contact" in page
    assert "zelfde gesprek" in page
    assert "Van iemand anders" not in page


def test_a_joined_case_leaves_the_lists_keeps_its_trail_and_says_where_it_went(desk: Desk) -> None:
    one, other, browser = two(desk)
    answer = join(desk, browser, one, other)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/desk/cases/{one.reference}?joined={other.reference}",
    )
    page = browser.get(answer.headers["location"]).text
    assert f"{other.reference} is samengevoegd met deze zaak." in page
    assert "Ongedaan maken" in page
    listed = browser.get("/desk/cases").text
    assert f"/desk/cases/{one.reference}" in listed
    assert f"/desk/cases/{other.reference}" not in listed
    assert 'Open <span class="count">1</span>' in listed
    assert f"samengevoegd met {one.reference}" in browser.get(f"/desk/cases/{other.reference}").text
    assert f"samengevoegd met {one.reference}" in browser.get("/desk/search?q=tweede").text
    assert events(desk, other) == [("created", None), ("joined", one.reference)]
    assert events(desk, one) == [("created", None), ("took_in", other.reference)]
    changed = [line for line in trail(desk) if line[1] == "cases/merge"]
    assert changed == [("Noor", "cases/merge", other.reference), ("Noor", "cases/merge", one.reference)]


def test_it_is_undone_on_the_same_page_and_is_then_as_it_was(desk: Desk) -> None:
    one, other, browser = two(desk)
    staff_desk.move_case(
        desk.made.tools, other.id, desk.staff("sam", "Sam"), CaseStatus.WAITING, other.version
    )
    browser.get(join(desk, browser, one, other).headers["location"])
    undone = browser.post(
        f"/desk/cases/{other.reference}/unmerge",
        version=case(desk, other.reference).version,
        at=one.reference,
    )
    assert undone.headers["location"] == f"/desk/cases/{one.reference}"
    back = case(desk, other.reference)
    assert (back.merged_into, back.status) == (None, CaseStatus.WAITING)
    assert f"/desk/cases/{other.reference}" in browser.get("/desk/cases").text
    assert events(desk, other)[-2:] == [("joined", one.reference), ("parted", one.reference)]
    assert events(desk, one)[-2:] == [("took_in", other.reference), ("let_go", other.reference)]
    assert [line[1:] for line in trail(desk) if line[1] == "cases/unmerge"] == [
        ("cases/unmerge", one.reference),
        ("cases/unmerge", other.reference),
    ]
    again = browser.post(f"/desk/cases/{other.reference}/unmerge", version=back.version)
    assert (again.status_code, "niet (meer) samengevoegd" in again.text) == (409, True)


def test_no_chain_and_no_circle(desk: Desk) -> None:
    one, other, browser = two(desk)
    third = desk.case("Derde", contact=CONTACT)
    join(desk, browser, one, other)
    for head, joined, words in (
        (other, third, f"zelf samengevoegd met {one.reference}"),
        (other, one, f"zelf samengevoegd met {one.reference}"),
        (third, other, f"al samengevoegd met {one.reference}"),
        (third, one, f"Open {one.reference} en voeg deze zaak daar toe"),
        (one, one, "Dit is dezelfde zaak"),
    ):
        answer = join(desk, browser, head, joined)
        assert answer.status_code in (409, 422)
        assert words in answer.text
    assert case(desk, one.reference).merged_into is None
    assert case(desk, third.reference).merged_into is None


def test_a_case_of_somebody_else_asks_for_a_tick_and_a_wrong_number_is_said_in_one_line(desk: Desk) -> None:
    one, _, browser = two(desk)
    stranger = desk.case("Van iemand anders", contact="ander@example.org")
    refused = join(desk, browser, one, stranger)
    assert refused.status_code == 422
    assert "Zet het vinkje als je dat zeker weet." in refused.text
    assert f'value="{stranger.reference}"' in refused.text
    assert join(desk, browser, one, stranger, sure="ja").status_code == 303
    assert "Er is geen zaak met nummer JOB-2026-00099." in join(desk, browser, one, "job 2026 99").text
    assert "Typ het nummer" in join(desk, browser, one, "die ene").text


def test_a_joined_case_has_no_state_of_its_own(desk: Desk) -> None:
    one, other, browser = two(desk)
    join(desk, browser, one, other)
    browser.get(f"/desk/cases/{other.reference}")
    refused = browser.post(
        f"/desk/cases/{other.reference}/status", status="closed", version=case(desk, other.reference).version
    )
    assert refused.status_code == 409
    assert f"samengevoegd met {one.reference}. Verander de stand daar." in refused.text
    with desk.made.tools.look() as uow:
        fresh = uow.cases.get(one.id)
    assert fresh is not None
    staff_desk.move_case(desk.made.tools, one.id, desk.staff("sam", "Sam"), CaseStatus.CLOSED, fresh.version)
    with desk.made.tools.look() as uow:
        counts = uow.cases.counts_since(one.created_at, desk.clock().replace(year=2027))
    assert counts == {CaseStatus.CLOSED: 2}


def test_of_two_who_join_two_cases_the_other_way_round_at_once_one_wins(desk: Desk) -> None:
    noor, sam = desk.staff("noor", "Noor"), desk.staff("sam", "Sam")
    tools = desk.made.tools
    for _ in range(5):
        one, other = desk.case("Eerste", contact=CONTACT), desk.case("Tweede", contact=CONTACT)
        results = at_once(
            lambda a=one, b=other: staff_cases.join_case(tools, a.reference, b.reference, noor, a.version),  # type: ignore[misc]
            lambda a=one, b=other: staff_cases.join_case(tools, b.reference, a.reference, sam, b.version),  # type: ignore[misc]
        )
        assert len([result for result in results if isinstance(result, Conflict)]) == 1
        joined = [case(desk, each.reference).merged_into for each in (one, other)]
        assert joined.count(None) == 1


def test_who_joins_what_a_colleague_just_changed_is_refused(desk: Desk) -> None:
    one, other, browser = two(desk)
    staff_desk.move_case(desk.made.tools, one.id, desk.staff("sam", "Sam"), CaseStatus.WAITING, one.version)
    answer = browser.post(f"/desk/cases/{one.reference}/merge", version=one.version, other=other.reference)
    assert answer.status_code == 409
    assert case(desk, other.reference).merged_into is None


def test_no_line_of_a_trail_can_be_changed_or_taken_out(desk: Desk) -> None:
    desk.case()
    for statement in (update(t.case_events).values(kind="x"), delete(t.case_events)):
        with pytest.raises(DBAPIError, match="append-only"), desk.made.engine.begin() as db:
            db.execute(statement)


def test_erasing_goes_on_working_a_conversation_leaves_its_cases_and_a_case_takes_its_trail(
    desk: Desk,
) -> None:
    one, other, browser = two(desk)
    join(desk, browser, one, other)
    assert one.conversation_id
    forget(desk.made.tools, one.conversation_id)
    assert case(desk, one.reference).conversation_id is None
    assert len(events(desk, one)) == 2
    with desk.made.engine.begin() as db:
        db.execute(delete(t.cases).where(t.cases.c.id == one.id))
    with desk.made.engine.connect() as db:
        assert db.execute(text("SELECT count(*) FROM cases")).scalar() == 0, "the joined case goes along"
        assert db.execute(text("SELECT count(*) FROM case_events")).scalar() == 0
