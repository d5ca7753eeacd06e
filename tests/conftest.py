"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Helpdesk, make_helpdesk
from tests.live import LiveHelpdesk, start, stop


@pytest.fixture
def helpdesk(tmp_path: Path) -> Iterator[Helpdesk]:
    made = make_helpdesk(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveHelpdesk]:
    """The whole helpdesk, really running; started once for all tests that need it."""
    running = start(tmp_path_factory.mktemp("live"))
    yield running
    stop(running)
    assert running.pids("bot") == [], "a stopped helpdesk leaves nothing behind"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: once Playwright's synchronous interface runs, no other event loop can start in this thread."""
    items.sort(key=lambda item: "browser" in item.path.parts)
