"""What is told of a message is what is truly known, in whatever order the reports came."""

from datetime import datetime, timedelta, timezone

import pytest

from bot.core.delivery import Delivery, furthest
from bot.desk.words import DELIVERIES

SAVED_AT = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)


def at(minutes: int) -> datetime:
    return SAVED_AT + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({}, (Delivery.SAVED, SAVED_AT)),
        ({Delivery.SENT: at(1)}, (Delivery.SENT, at(1))),
        ({Delivery.READ: at(2), Delivery.SENT: at(3)}, (Delivery.READ, at(2))),
        ({Delivery.SENT: at(1), Delivery.DELIVERED: at(2)}, (Delivery.DELIVERED, at(2))),
        ({Delivery.SENT: at(1), Delivery.FAILED: at(2)}, (Delivery.FAILED, at(2))),
        ({Delivery.FAILED: at(1), Delivery.READ: at(2)}, (Delivery.READ, at(2))),
        ({Delivery.UNKNOWN: at(0)}, (Delivery.UNKNOWN, at(0))),
        ({Delivery.UNKNOWN: at(0), Delivery.READ: at(9)}, (Delivery.READ, at(9))),
    ],
)
def test_the_furthest_state_counts_with_its_own_time(
    states: dict[Delivery, datetime], expected: tuple[Delivery, datetime]
) -> None:
    assert furthest(states, SAVED_AT) == expected


def test_every_state_has_words() -> None:
    assert set(DELIVERIES) == set(Delivery)
    assert len(set(DELIVERIES.values())) == len(Delivery)
