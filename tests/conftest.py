"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Helpdesk, make_helpdesk


@pytest.fixture
def helpdesk(tmp_path: Path) -> Iterator[Helpdesk]:
    made = make_helpdesk(tmp_path)
    yield made
    made.engine.dispose()
