"""Starts the web application with uvicorn."""

from __future__ import annotations

import uvicorn

from bot.app import make_app
from bot.bootstrap import services


def main() -> None:
    """Serves until stopped. Open event streams are ended after a short grace."""
    made = services()
    uvicorn.run(
        make_app(made),
        host=made.settings.host,
        port=made.settings.port,
        # Addresses and paths of students stay out of the log; the proxy in front may count requests.
        access_log=False,
        # No web sockets here; and the newest ones need a library that Rasa holds back.
        ws="none",
        log_level="warning",
        proxy_headers=made.settings.https,
        timeout_graceful_shutdown=3,
        server_header=False,
    )


if __name__ == "__main__":
    main()
