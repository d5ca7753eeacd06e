"""The desk's routes."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette

from bot.bootstrap import Services


def desk_app(made: Services, wake: Callable[[], None]) -> Starlette:
    """The desk as an application of its own, mounted at ``/desk``."""
    return Starlette(routes=[])
