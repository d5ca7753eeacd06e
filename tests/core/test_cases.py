"""References and states of a case."""

from __future__ import annotations

import pytest

from bot.core.cases import ALLOWED, CaseStatus, access_code, check_move, code_fits, find_reference, reference
from bot.core.errors import Conflict


def test_a_reference_has_year_and_number() -> None:
    assert reference(2026, 42) == "JOB-2026-00042"


@pytest.mark.parametrize(
    "text", ["JOB-2026-00042", "job 2026 42", "mijn zaak job-2026-42 graag", "JOB202600042"]
)
def test_a_reference_is_found_however_it_is_typed(text: str) -> None:
    assert find_reference(text) == "JOB-2026-00042"


def test_no_reference_is_found_in_other_words() -> None:
    assert find_reference("mijn job in 2026") is None


def test_a_new_case_cannot_become_new_again() -> None:
    with pytest.raises(Conflict):
        check_move(CaseStatus.CLOSED, CaseStatus.NEW)
    assert all(CaseStatus.NEW not in allowed for allowed in ALLOWED.values())


def test_only_the_code_of_a_case_opens_it() -> None:
    code = access_code("secret", "JOB-2026-00042")
    assert code_fits("secret", "JOB-2026-00042", f"hoe staat het met job-2026-00042 {code.lower()}?")
    assert not code_fits("secret", "JOB-2026-00043", code)
    assert not code_fits("another secret", "JOB-2026-00042", code)
    assert not code_fits("secret", "JOB-2026-00042", "geen code hier")
