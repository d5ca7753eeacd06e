"""A BSN is masked; other numbers are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.privacy import BSN_MASK, is_bsn, mask_bsn


@pytest.mark.parametrize("text", ["111222333", "bsn: 111.222.333", "111 222 333", "123456782!"])
def test_a_bsn_is_taken_out(text: str) -> None:
    assert BSN_MASK in mask_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "06 12345678",
        "0612345678",
        "+31612345678",
        "0800-2000",
        "123456789",
        "JOB-2026-00042",
        "1600 uur",
        "000000000",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_bsn(text) == text


@given(st.integers(min_value=10_000_000, max_value=999_999_999))
def test_no_number_that_passes_the_eleven_test_survives(number: int) -> None:
    digits = str(number)
    if is_bsn(digits) and not digits.startswith("06"):
        assert digits not in mask_bsn(f"mijn nummer is {digits} hoor")


@given(st.text(max_size=200))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask_bsn(mask_bsn(text)) == mask_bsn(text)
