"""Settings are checked at the start, and every one is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import SettingsError, load

ROOT = Path(__file__).resolve().parent.parent


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    used = set(re.findall(r'"(HELPDESK_[A-Z_]+)"', (ROOT / "bot/settings.py").read_text()))
    documented = set(re.findall(r"^(HELPDESK_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert used == documented


@pytest.mark.parametrize(
    ("env", "name"),
    [
        ({"HELPDESK_PORT": "web"}, "HELPDESK_PORT"),
        ({"HELPDESK_PORT": "70000"}, "HELPDESK_PORT"),
        ({"HELPDESK_PORT": "5005"}, "different ports"),
        ({"HELPDESK_HTTPS": "misschien"}, "HELPDESK_HTTPS"),
        ({"HELPDESK_HTTPS": "1"}, "HELPDESK_ALLOWED_ORIGINS"),
    ],
)
def test_a_wrong_setting_is_an_error_with_its_name(tmp_path: Path, env: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load({"HELPDESK_DATA_DIR": str(tmp_path), **env})


def test_secrets_are_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    env = {"HELPDESK_DATA_DIR": str(tmp_path)}
    first = load(env)
    assert first.rasa_token == load(env).rasa_token
    assert len(first.rasa_token) >= 32
    assert (tmp_path / "rasa-token.secret").stat().st_mode & 0o077 == 0
    assert first.rasa_token not in repr(first)
