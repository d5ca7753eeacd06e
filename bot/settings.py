"""The environment as one checked object. Every name also stands in ``.env.example``."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.handover import OfficeHours

OFFICE_HOURS = "ma-vr 10:00-17:00"
ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting is missing or wrong. The message names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    """What can be set from outside. Defaults serve one machine with SQLite and nothing else to install."""

    data_dir: Path
    database_url: str
    rasa_database_url: str
    knowledge_dir: Path
    models_dir: Path
    host: str = "127.0.0.1"
    port: int = 8000
    rasa_port: int = 5005
    actions_port: int = 5055
    rasa_token: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    allowed_origins: tuple[str, ...] = ("*",)
    https: bool = False
    reviewed_only: bool = False
    office_hours: OfficeHours = field(default_factory=lambda: OfficeHours.parse(OFFICE_HOURS))
    notify_urls: tuple[str, ...] = field(default=(), repr=False)
    public_url: str = "http://127.0.0.1:8000"
    rasa_timeout_s: float = 20.0
    messages_per_minute: int = 20
    conversations_per_minute: int = 300
    human_silence_hours: int = 24
    answer_within_minutes: int = 60

    @property
    def rasa_url(self) -> str:
        """Where Rasa listens; never a public address."""
        return f"http://127.0.0.1:{self.rasa_port}"


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    raw = env.get(name, "").strip()
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise SettingsError(f"{name}={raw!r} is not a whole number. Set a number or leave it out.") from None
    if value <= 0:
        raise SettingsError(f"{name}={raw} must be above zero.")
    return value


def _flag(env: Mapping[str, str], name: str) -> bool:
    raw = env.get(name, "").strip().lower()
    if raw in ("", "0", "no", "false", "nee"):
        return False
    if raw in ("1", "yes", "true", "ja"):
        return True
    raise SettingsError(f"{name}={raw!r} must be 1 or 0.")


def _words(env: Mapping[str, str], name: str, default: str = "") -> tuple[str, ...]:
    return tuple(word.strip() for word in env.get(name, default).split(",") if word.strip())


def _hours(env: Mapping[str, str], name: str) -> OfficeHours:
    try:
        return OfficeHours.parse(env.get(name) or OFFICE_HOURS)
    except ValueError as error:
        raise SettingsError(f"{name}: {error}.") from None


def _kept_secret(data_dir: Path, name: str) -> str:
    """A secret that survives restarts: made once, readable by the owner only."""
    path = data_dir / f"{name}.secret"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = secrets.token_urlsafe(32)
        try:
            with open(
                os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
            ) as file:
                file.write(fresh)
        except FileExistsError:
            # Another process of ours was first.
            return path.read_text(encoding="ascii").strip()
        return fresh


def load(env: Mapping[str, str] | None = None) -> Settings:
    """The settings from ``env`` (by default the process environment).

    Raises `SettingsError` with the name of the setting that is wrong.
    """
    env = os.environ if env is None else env
    data_dir = Path(env.get("HELPDESK_DATA_DIR") or ROOT / "var").resolve()
    port = _number(env, "HELPDESK_PORT", 8000)
    https = _flag(env, "HELPDESK_HTTPS")
    origins = _words(env, "HELPDESK_ALLOWED_ORIGINS", "*")
    if https and "*" in origins:
        raise SettingsError(
            "HELPDESK_ALLOWED_ORIGINS must name the sites that load the widget when HELPDESK_HTTPS=1 (comma-separated)."
        )
    ports = {
        "HELPDESK_PORT": port,
        "HELPDESK_RASA_PORT": _number(env, "HELPDESK_RASA_PORT", 5005),
        "HELPDESK_ACTIONS_PORT": _number(env, "HELPDESK_ACTIONS_PORT", 5055),
    }
    if len(set(ports.values())) != 3:
        raise SettingsError(f"{', '.join(ports)} must be three different ports.")
    for name, value in ports.items():
        if value > 65535:
            raise SettingsError(f"{name}={value} is not a port (1 to 65535).")
    return Settings(
        data_dir=data_dir,
        database_url=env.get("HELPDESK_DATABASE_URL") or f"sqlite:///{data_dir / 'helpdesk.db'}",
        rasa_database_url=env.get("HELPDESK_RASA_DATABASE_URL") or f"sqlite:///{data_dir / 'rasa.db'}",
        knowledge_dir=Path(env.get("HELPDESK_KNOWLEDGE_DIR") or ROOT / "knowledge"),
        models_dir=Path(env.get("HELPDESK_MODELS_DIR") or ROOT / "models"),
        host=env.get("HELPDESK_HOST") or "127.0.0.1",
        port=port,
        rasa_port=ports["HELPDESK_RASA_PORT"],
        actions_port=ports["HELPDESK_ACTIONS_PORT"],
        rasa_token=env.get("HELPDESK_RASA_TOKEN") or _kept_secret(data_dir, "rasa-token"),
        secret_key=env.get("HELPDESK_SECRET_KEY") or _kept_secret(data_dir, "secret-key"),
        allowed_origins=origins,
        https=https,
        reviewed_only=_flag(env, "HELPDESK_REVIEWED_ONLY"),
        office_hours=_hours(env, "HELPDESK_OFFICE_HOURS"),
        notify_urls=_words(env, "HELPDESK_NOTIFY_URLS"),
        public_url=(env.get("HELPDESK_PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
        rasa_timeout_s=float(_number(env, "HELPDESK_RASA_TIMEOUT_S", 20)),
        messages_per_minute=_number(env, "HELPDESK_MESSAGES_PER_MINUTE", 20),
        conversations_per_minute=_number(env, "HELPDESK_CONVERSATIONS_PER_MINUTE", 300),
        human_silence_hours=_number(env, "HELPDESK_HUMAN_SILENCE_HOURS", 24),
        answer_within_minutes=_number(env, "HELPDESK_ANSWER_WITHIN_MINUTES", 60),
    )
