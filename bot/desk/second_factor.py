"""Codes from an app (TOTP). The secret is made from the helpdesk's key and a nonce: the database alone is not enough."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import secrets

import pyotp
import segno

from bot.core.errors import BadInput
from bot.helpdesk import Tools
from bot.storage.staff import StaffMember

ISSUER = "JOB-helpdesk"
STEP_S = 30


def secret_of(key: str, staff_id: int, nonce: str) -> str:
    """The secret as an app wants it (base32)."""
    raw = hmac.new(key.encode(), f"totp:{staff_id}:{nonce}".encode(), hashlib.sha256).digest()[:20]
    return base64.b32encode(raw).decode()


def begin(tools: Tools, staff: StaffMember) -> None:
    """Makes a new secret; it counts when a code has confirmed it."""
    with tools.begin() as uow:
        if uow.people.second_factor(staff.id).confirmed:
            raise BadInput("second_factor", "Je hebt al een tweede stap.")
        uow.people.begin_second_factor(staff.id, secrets.token_urlsafe(24))
        uow.commit()


def use_code(tools: Tools, key: str, staff_id: int, code: str) -> bool:
    """Whether ``code`` is right now (or one step ago, or ahead). A right code confirms the secret, and works once."""
    digits = "".join(code.split())
    now = tools.now()
    with tools.begin() as uow:
        factor = uow.people.second_factor(staff_id)
        if factor.nonce is None or len(digits) != 6 or not digits.isdigit():
            return False
        totp = pyotp.TOTP(secret_of(key, staff_id, factor.nonce))
        current = int(now.timestamp()) // STEP_S
        for step in (current, current - 1, current + 1):
            if hmac.compare_digest(totp.at(step * STEP_S), digits):
                used = uow.people.use_step(staff_id, step, now)
                uow.commit()
                return used
    return False


def qr_svg(secret: str, login: str) -> str:
    """The picture to scan, as inline SVG without styles of its own."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    out = io.BytesIO()
    segno.make(uri, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        border=2,
        scale=5,
        dark="#000",
        light="#fff",
        omitsize=True,
    )
    return out.getvalue().decode()
