"""Plays conversations with expected outcomes against a running helpdesk, and counts which turns came out right.

``python -m bench.dialogues FILE`` starts a helpdesk of its own. The file lists dialogues with turns: ``user`` (what the student
types),
``expect`` and ``also`` (outcomes that count), ``slot`` (the form question that the turn answers: the turn of the question that is
asked
is fed, in any order), ``staff`` (a reply from the desk), ``action`` (close, hand_back).
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from bot.staff_desk import close, hand_back, reply, take_over
from tests.builders import make_helpdesk
from tests.live import LiveHelpdesk, Student, start, stop

ASKS = {
    "Wat is er gebeurd": "description",
    "Op welke school": "school",
    "iets over je opleiding": "more",
    "Hoe kan JOB je bereiken": "contact",
    "Mag JOB dit bewaren": "consent",
    "Klopt dit": "confirm",
}


def outcomes(live: LiveHelpdesk, student: Student, heard: list[dict[str, Any]]) -> set[str]:
    """The names of what happened in the last turn, in the words of the file."""
    said = "\n".join(message["text"] for message in heard if message["author"] == "bot")
    state = live.scalar("select state from conversations where id = :id", id=student.conversation)
    found = {
        f"answered:{message['topic']}"
        for message in heard
        if message["topic"] and message["topic"] != "crisis"
    }
    if not said:
        found.add("waiting_for_human" if state in ("queue", "human") else "silent")
    raw = live.scalar(
        "select understanding from messages where conversation_id = :id and author = 'student' order by id desc limit 1",
        id=student.conversation,
    )
    known = json.loads(str(raw)) if raw else {}
    asked = next((slot for words, slot in ASKS.items() if words in said), None)
    if any(message["topic"] == "crisis" for message in heard):
        found.add("crisis_help")
    if "Bedoel je" in said or "anders zeggen" in said or "andere woorden" in said:
        found.add("asks_clarification")
    if state == "queue":
        found |= {"waiting_for_human", "handed_over", "hand_over"}
    if known.get("outcome") == "case_started":
        found |= {"case_form_started", "form_continues"}
    elif asked == "confirm":
        found |= {"form_shows_summary", "form_continues"}
    elif asked:
        found.add("form_continues")
    if asked:
        found |= {
            f"answers_in_form_then_returns:{name.split(':')[1]}"
            for name in found
            if name.startswith("answered:")
        }
    for words, name in (
        ("Je zaak is gemeld", "case_logged"),
        ("Er is geen zaak gemaakt", "case_cancelled"),
        ("only answer in Dutch", "english"),
        ("I only understand Dutch", "other_language"),
        ("weet ik niets van", "out_of_scope"),
        ("tekens. Er passen", "asks_clarification"),
    ):
        if words in said:
            found.add(name)
    intent = known.get("intent")
    return found | ({f"smalltalk:{intent}", str(intent)} if intent else {"smalltalk"})


def fits(wanted: str, found: set[str]) -> bool:
    """Whether an expected outcome is among what happened; ``answered:a+b`` wants both, or the second offered."""
    if wanted.startswith("answered:") and "+" in wanted:
        return any(f"answered:{topic}" in found for topic in wanted.removeprefix("answered:").split("+"))
    return wanted in found


def play(live: LiveHelpdesk, dialogue: dict[str, Any]) -> list[tuple[str, bool, str]]:
    """The turns of one dialogue: what was said, whether it came out right, and what happened."""
    desk = make_helpdesk(live.folder)
    student, results = live.student(), []
    left = list(dialogue["turns"])
    member = None
    slot: str | None = None
    while left:
        index = 0
        if "slot" in left[0]:
            index = next((i for i, turn in enumerate(left) if turn.get("slot") == slot), 0)
        turn = left.pop(index)
        if "user" not in turn:
            if member is None:
                member = desk.staff(f"bench-{dialogue['id']}", "Bench")
            if "staff" in turn:
                take_over(desk.tools, student.conversation, member)
                reply(desk.tools, student.conversation, member, turn["staff"], f"r{len(left)}")
            elif turn.get("action") == "close":
                close(desk.tools, student.conversation, member, "klaar")
            else:
                hand_back(desk.tools, student.conversation, member)
            student.heard()
            continue
        try:
            heard = student.say(turn["user"])
        except AssertionError as refused:
            heard = [{"author": "bot", "text": str(refused), "topic": None, "buttons": []}]
        said = "\n".join(message["text"] for message in heard)
        slot = next((name for words, name in ASKS.items() if words in said), None)
        found = outcomes(live, student, heard)
        wanted = [turn["expect"], *turn.get("also", [])]
        good = any(fits(each, found) for each in wanted)
        results.append((turn["user"][:60], good, f"wanted {wanted}, got {sorted(found)}"))
    return results


def main() -> None:
    """Plays the file and prints the turns that did not come out right."""
    dialogues = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))["dialogues"]
    with tempfile.TemporaryDirectory() as folder:
        live = start(Path(folder))
        try:
            right = total = whole = 0
            for dialogue in dialogues:
                results = play(live, dialogue)
                right += sum(good for _, good, _ in results)
                total += len(results)
                whole += all(good for _, good, _ in results)
                for said, good, why in results:
                    if not good:
                        print(f"{dialogue['id']}: {said!r}: {why}")
            print(f"turns right: {right} of {total}; dialogues right throughout: {whole} of {len(dialogues)}")
        finally:
            stop(live)


if __name__ == "__main__":
    main()
