"""Starts the action server on loopback only: ``rasa run actions`` itself listens on all addresses."""

from __future__ import annotations

from rasa_sdk.endpoint import create_app

from bot.bootstrap import services


def main() -> None:
    """Serves until stopped."""
    made = services()
    made.engine  # noqa: B018  The database is brought up to date before the first call.
    app = create_app("actions")
    app.run(host="127.0.0.1", port=made.settings.actions_port, workers=1, access_log=False)


if __name__ == "__main__":
    main()
