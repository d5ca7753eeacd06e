"""Who speaks now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation import TRANSITIONS, State, Step, bot_may_speak, next_state
from bot.core.errors import Conflict


def test_every_state_leads_back_to_the_bot() -> None:
    for state in State:
        reached = {state}
        for _ in State:
            reached |= {to for (at, _), to in TRANSITIONS.items() if at in reached}
        assert State.BOT in reached


def test_the_bot_speaks_in_one_state_only() -> None:
    assert [state for state in State if bot_may_speak(state)] == [State.BOT]


@given(st.sampled_from(State), st.sampled_from(Step))
def test_what_is_not_in_the_table_is_refused(state: State, step: Step) -> None:
    if (state, step) in TRANSITIONS:
        assert next_state(state, step) is TRANSITIONS[state, step]
    else:
        with pytest.raises(Conflict):
            next_state(state, step)


def test_a_students_message_never_takes_a_conversation_from_a_human() -> None:
    assert next_state(State.HUMAN, Step.STUDENT_WRITES) is State.HUMAN
    assert next_state(State.QUEUE, Step.STUDENT_WRITES) is State.QUEUE
