"""Notes, labels, follow-up, colleagues, saved replies: what staff adds to a conversation."""

from datetime import timedelta

from bot.core.conversation import State
from bot.core.messages import Effect
from bot.helpdesk import forget
from bot.staff_desk import take_over
from tests.desk.conftest import Desk


def test_a_note_is_for_colleagues_and_the_one_who_is_mentioned_finds_it(desk: Desk) -> None:
    desk.staff("noor", "Noor de Vries")
    desk.staff("sam", "Sam Jansen")
    conversation_id = desk.waiting()
    noor, sam, at = desk.browser("noor"), desk.browser("sam"), f"/desk/conversations/{conversation_id}"
    noor.get(at)
    saved = noor.post(f"{at}/notes", htmx=True, text="@Sam weet jij dit? Mijn bsn is 123456782.")
    assert saved.headers["hx-trigger"] == "desk-saved"
    assert "@Sam weet jij dit? Mijn bsn is [bsn verwijderd]." in saved.text
    assert "weet jij dit" not in " ".join(desk.said(conversation_id, "system") + desk.said(conversation_id))

    assert conversation_id in sam.get("/desk/inbox/mentioned").text
    assert conversation_id not in noor.get("/desk/inbox/mentioned").text
    sam.get(at)
    assert conversation_id in sam.get("/desk/inbox/mentioned").text
    sam.post(f"{at}/mentions-seen", csrf=sam.field("csrf"))
    assert conversation_id not in sam.get("/desk/inbox/mentioned").text


def test_labels_go_on_once_and_off_again_and_hold_no_personal_data(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.waiting()
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    browser.get(at)
    for label in ("Stage  ", "stage"):
        assert browser.post(f"{at}/labels", label=label).status_code == 303
    with desk.made.tools.look() as uow:
        assert uow.work.labels(conversation_id) == ["stage"]
    for label in ("", "x" * 41, "0612345678", "jan@example.org"):
        assert browser.post(f"{at}/labels", htmx=True, label=label).status_code == 422
    browser.post(f"{at}/labels/remove", label="stage")
    with desk.made.tools.look() as uow:
        assert uow.work.labels(conversation_id) == []


def test_a_follow_up_shows_on_its_day(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.waiting()
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    browser.get(at)
    due = (desk.clock().date() + timedelta(days=2)).isoformat()
    browser.post(f"{at}/follow-up", due=due)
    assert conversation_id not in browser.get("/desk/inbox/due").text
    desk.clock.forward(days=2)
    browser = desk.browser("noor")
    assert conversation_id in browser.get("/desk/inbox/due").text
    browser.post(f"{at}/follow-up", due="")
    assert conversation_id not in browser.get("/desk/inbox/due").text
    assert browser.post(f"{at}/follow-up", htmx=True, due="2020-01-01").status_code == 422
    assert browser.post(f"{at}/follow-up", htmx=True, due="morgen").status_code == 422


def test_a_conversation_can_be_given_to_a_colleague_who_sees_it_as_new(desk: Desk) -> None:
    noor, sam = desk.staff("noor", "Noor"), desk.staff("sam", "Sam")
    conversation_id = desk.waiting()
    take_over(desk.made.tools, conversation_id, noor)
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    browser.get(at)
    browser.post(f"{at}/assign", to=sam.id)
    now = desk.get(conversation_id)
    assert (now.state, now.assignee_id, now.unread) == (State.HUMAN, sam.id, True)
    assert desk.said(conversation_id, "system")[-1] == "Sam van JOB praat verder met je."
    assert browser.post(f"{at}/assign", htmx=True, to=9_999).status_code == 422
    assert browser.post(f"{desk_of(desk.conversation())}/assign", htmx=True, to=sam.id).status_code == 409


def desk_of(conversation_id: str) -> str:
    return f"/desk/conversations/{conversation_id}"


def test_a_topic_that_the_bot_got_wrong_is_corrected(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.conversation()
    message = desk.student(conversation_id, "mijn baas betaalt niks")
    guesses = [{"label": "vraag/bsa", "confidence": 0.5}]
    desk.bot(message, "Antwoord", Effect("understood", {"outcome": "answered", "guesses": guesses}))
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}/topic/{message.id}"
    assert '<option value="stagevergoeding">' in browser.get(at).text
    assert browser.post(at, htmx=True, topic="bestaat-niet").status_code == 422
    assert browser.post(at, htmx=True, topic="stagevergoeding").status_code == 200
    assert "echt onderwerp:" in browser.get(f"/desk/conversations/{conversation_id}").text
    other = f"/desk/conversations/{desk.conversation()}/topic/{message.id}"
    assert browser.post(other, htmx=True, csrf=browser.field("csrf"), topic="bsa").status_code == 404


def test_saved_replies_and_answers_are_found_to_insert(desk: Desk) -> None:
    desk.staff()
    browser = desk.browser("noor")
    assert browser.post("/desk/replies", title="Groet", text="Hoi, fijn dat je schrijft!").status_code == 303
    assert "Hoi, fijn dat je schrijft!" in browser.get("/desk/insert").text
    found = browser.get("/desk/insert?q=bindend studieadvies").text
    assert "kennis" in found
    assert "Bron: " in found
    assert "Groet" not in found
    browser.get("/desk/replies")
    browser.post("/desk/replies/drop", id=browser.field("id"))
    assert "nog geen vaste antwoorden" in browser.get("/desk/replies").text
    assert browser.post("/desk/replies", title="", text="x").status_code == 422


def test_who_looks_along_is_shown_to_the_others(desk: Desk) -> None:
    desk.staff("noor", "Noor")
    sam = desk.staff("sam", "Sam")
    conversation_id = desk.waiting()
    with desk.made.tools.begin() as uow:
        uow.work.look(conversation_id, sam.id, desk.clock())
        uow.work.look(conversation_id, sam.id, desk.clock())
        uow.commit()
    page = f"/desk/conversations/{conversation_id}/side"
    assert "Sam kijkt nu mee" in desk.browser("noor").get(page).text
    assert "kijkt nu mee" not in desk.browser("sam").get(page).text
    desk.clock.forward(seconds=26)
    assert "kijkt nu mee" not in desk.browser("noor").get(page).text


def test_all_of_it_goes_when_the_conversation_is_erased(desk: Desk) -> None:
    noor = desk.staff()
    conversation_id = desk.waiting()
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    browser.get(at)
    browser.post(f"{at}/notes", text="@noor een notitie")
    browser.post(f"{at}/labels", label="stage")
    with desk.made.tools.begin() as uow:
        uow.work.look(conversation_id, noor.id, desk.clock())
        uow.commit()
    forget(desk.made.tools, conversation_id)
    with desk.made.engine.connect() as db:
        for table in ("notes", "note_mentions", "conversation_labels", "follow_ups", "presence"):
            assert db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0, table
    assert browser.post(f"{at}/notes", htmx=True, text="te laat").status_code == 404
