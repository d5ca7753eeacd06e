"""What a form of the desk sent: read with a limit, checked against other sites."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from bot.core.errors import BadInput, NotAllowed

MAX_FORM = 64 * 1024
"""Largest form in bytes: 4,000 characters of any script, percent-encoded, with room to spare."""

MAX_NUMBER = 2**31 - 1
"""The largest number that a row can have."""

Form = dict[str, str]


def clean(value: str) -> str:
    """Without zero characters: nobody types them, and PostgreSQL refuses them even in a question."""
    return value.replace("\0", "")


async def read_form(request: Request) -> Form:
    """The fields of a posted form; of a field that comes twice the last one. Raises `BadInput`."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM:
            raise BadInput("body_too_large", "Dat is te veel tekst voor één keer.")
    try:
        fields = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=100)
        return {name: clean(value) for name, value in fields}
    except (UnicodeDecodeError, ValueError):
        raise BadInput("form", "Dit formulier is niet te lezen.") from None


def check_origin(request: Request) -> None:
    """Raises `NotAllowed` if a browser says that the request comes from another site. Holds before any login, too."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise NotAllowed("Dit formulier komt van een andere site en is geweigerd.")
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise NotAllowed("Dit formulier komt van een andere site en is geweigerd.")


def check_token(given: str, expected: str) -> None:
    """Raises `NotAllowed` unless the form carries the token that its page was made with."""
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise NotAllowed("Deze pagina is verlopen. Ververs de pagina en probeer het opnieuw.")


def number(form: Form, name: str) -> int:
    """A field as a whole number from 0 on. Raises `BadInput`."""
    try:
        value = int(form.get(name, ""))
    except ValueError:
        value = -1
    if not 0 <= value <= MAX_NUMBER:
        raise BadInput(name, "Dit formulier is niet volledig. Ververs de pagina.")
    return value
