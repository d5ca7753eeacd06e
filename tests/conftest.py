"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.builders import Helpdesk, make_helpdesk
from tests.live import LiveHelpdesk, start, stop


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, databases.Server]]:
    with databases.servers(tmp_path_factory.mktemp("databases")) as found:
        yield found


@pytest.fixture(params=databases.KINDS)
def server(request: pytest.FixtureRequest, servers: dict[str, databases.Server]) -> databases.Server:
    """A test that asks for this, or for what is made of it below, runs once for each kind of database."""
    return servers[request.param]


@pytest.fixture
def database(server: databases.Server, tmp_path: Path) -> Iterator[str]:
    """The URL of a database in its newest form, for this test only."""
    url = server.fresh(tmp_path)
    yield url
    server.drop(url)


@pytest.fixture
def empty_database(server: databases.Server, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables, for this test only."""
    url = server.fresh(tmp_path, empty=True)
    yield url
    server.drop(url)


@pytest.fixture
def helpdesk(tmp_path: Path, database: str) -> Iterator[Helpdesk]:
    made = make_helpdesk(tmp_path, database)
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


def pytest_configure() -> None:
    """A PostgreSQL that was named and is not there fails at once: a half that quietly does not run proves nothing."""
    reason = databases.why_not()
    if reason:
        raise pytest.UsageError(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says it when only half was tested."""
    if not databases.ADDRESS:
        terminalreporter.write_line(databases.LEFT_OUT)
