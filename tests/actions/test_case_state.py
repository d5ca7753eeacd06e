"""What a student hears who asks for the state of a case that JOB joined with another."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import case as case_actions
from bot.core.cases import Case, CaseDraft, CaseStatus, access_code
from bot.helpdesk import open_case, start_conversation
from bot.staff_cases import join_case
from bot.staff_desk import move_case
from bot.storage.staff import StaffMember
from tests.builders import make_services


def test_with_the_code_of_a_joined_case_one_hears_with_which_and_how_that_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_services(tmp_path)
    monkeypatch.setattr(case_actions, "services", lambda: made)

    def case(words: str) -> Case:
        conversation_id, _ = start_conversation(made.tools, "website")
        draft = CaseDraft(conversation_id, words, words, "website", contact="yara@example.org", consent=True)
        return open_case(made.tools, draft)

    head, joined = case("een"), case("twee")
    with made.tools.begin() as uow:
        staff_id = uow.staff.add("noor", "Noor", "-", "handler", made.tools.now())
        uow.commit()
    noor = StaffMember(staff_id, "noor", "Noor", "handler", disabled=False)
    join_case(made.tools, head.reference, joined.reference, noor, head.version)
    move_case(made.tools, head.id, noor, CaseStatus.IN_PROGRESS, head.version + 1)

    def asked(sender: str, words: str) -> str:
        latest = {"text": words, "intent": {"name": "case_status"}}
        tracker = Tracker(sender, {}, latest, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        case_actions.ActionCaseStatus().run(dispatcher, tracker, {})
        return " ".join(str(message["custom"].get("text", "")) for message in dispatcher.messages)

    code = access_code(made.settings.secret_key, joined.reference)
    line = (
        f"**{joined.reference}** is samengevoegd met **{head.reference}**. Zo staat die ervoor: "
        "iemand van JOB is ermee bezig"
    )
    assert line in asked("elsewhere", f"hoe staat het met {joined.reference} {code}?")
    assert joined.conversation_id
    assert line in asked(joined.conversation_id, "hoe staat mijn zaak ervoor?")
    assert "Ik kan die zaak zo niet vinden" in asked("elsewhere", f"hoe staat het met {joined.reference}?")
    made.engine.dispose()
