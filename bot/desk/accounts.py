"""Staff accounts and logins: argon2id passwords, sessions by a random token of which only the hash is stored."""

from __future__ import annotations

import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.exc import IntegrityError

from bot.core.errors import BadInput, Conflict, NotFound
from bot.helpdesk import Tools, hash_token
from bot.storage.staff import StaffMember, StaffSession

MIN_PASSWORD = 12
"""Least length in characters. Length counts, not kinds of characters (NIST SP 800-63B, 5.1.1)."""
SESSION = timedelta(hours=12)
ROLES = ("handler", "editor", "admin")

_hasher = PasswordHasher()
# Checked when the login is unknown, so that the answer takes as long as for a known one.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def check_password(password: str) -> None:
    """Raises `BadInput` if the password is too short or far too long."""
    if not MIN_PASSWORD <= len(password) <= 200:
        raise BadInput("password", f"Een wachtwoord heeft minstens {MIN_PASSWORD} tekens (hoogstens 200).")


def add_account(
    tools: Tools,
    login: str,
    name: str,
    password: str,
    role: str = "handler",
    *,
    second_factor_required: bool = True,
    invited: bool = False,
) -> int:
    """Makes an account; gives its id. Raises `BadInput` or `Conflict` (the login exists).

    An admin must set up a second factor at the first login, unless ``second_factor_required`` is false. ``invited`` uses
    up the invitation for the login, in the same transaction.
    """
    login, name = login.strip().lower(), name.strip()
    if not login or not name or len(login) > 120 or len(name) > 120:
        raise BadInput("login", "Geef een login en een naam, elk hoogstens 120 tekens.")
    if role not in ROLES:
        raise BadInput("role", f"Kies een rol: {', '.join(ROLES)}.")
    check_password(password)
    try:
        with tools.begin() as uow:
            if invited and not uow.people.withdraw(login):
                raise Conflict("Deze uitnodiging is al gebruikt.")
            staff_id = uow.staff.add(login, name, _hasher.hash(password), role, tools.now())
            uow.people.set_required(staff_id, second_factor_required)
            uow.commit()
    except IntegrityError:
        raise Conflict(f"Er is al een account met de login {login}.") from None
    return staff_id


def add_demo_account(tools: Tools) -> str | None:
    """On a database without accounts: makes one and gives its password; else ``None``."""
    with tools.look() as uow:
        if uow.staff.count():
            return None
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    # It tries things out on a machine where nothing is real yet; a second factor may be set up, but need not.
    add_account(tools, "demo", "Demo Bestuurslid", password, "admin", second_factor_required=False)
    return password


def disable_account(tools: Tools, login: str) -> None:
    """Closes an account and ends its sessions. Raises `NotFound`."""
    with tools.begin() as uow:
        found = uow.staff.by_login(login.strip().lower())
        if found is None:
            raise NotFound(f"Er is geen account met de login {login}.")
        uow.staff.disable(found[0].id, tools.now())
        uow.commit()


def check_login(tools: Tools, login: str, password: str) -> StaffMember | None:
    """The person with this login and password, or ``None``; takes as long for an unknown login as for a known one."""
    with tools.look() as uow:
        found = uow.staff.by_login(login.strip().lower())
    member, stored = found if found else (None, _NOBODY)
    try:
        _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return None
    if member is None or member.disabled:
        return None
    if _hasher.check_needs_rehash(stored):
        with tools.begin() as uow:
            uow.staff.set_password_hash(member.id, _hasher.hash(password))
            uow.commit()
    return member


def open_session(tools: Tools, staff_id: int) -> str:
    """Logs somebody in whose login was checked; gives the session's token."""
    token, now = secrets.token_urlsafe(32), tools.now()
    with tools.begin() as uow:
        uow.staff.open_session(staff_id, hash_token(token), secrets.token_urlsafe(24), now, now + SESSION)
        uow.audit.add(now, staff_id, "login")
        uow.commit()
    return token


def change_password(tools: Tools, staff: StaffMember, old: str, new: str, keep: str) -> None:
    """Sets a new password and ends the other logins. ``keep`` is the token hash of the one that goes on."""
    if check_login(tools, staff.login, old) is None:
        raise BadInput("password", "Je huidige wachtwoord klopt niet.")
    check_password(new)
    with tools.begin() as uow:
        uow.staff.set_password_hash(staff.id, _hasher.hash(new))
        uow.staff.close_sessions(staff.id, keep)
        uow.commit()


def reset_second_factor(tools: Tools, login: str) -> None:
    """Takes a lost second factor away and ends the sessions; an admin sets up a new one at the next login."""
    with tools.begin() as uow:
        found = uow.staff.by_login(login.strip().lower())
        if found is None:
            raise NotFound(f"Er is geen account met de login {login}.")
        uow.people.begin_second_factor(found[0].id, None)
        uow.staff.close_sessions(found[0].id)
        uow.commit()


def session_of(tools: Tools, token: str | None) -> StaffSession | None:
    """The login that a cookie opens, if it is still good."""
    if not token:
        return None
    with tools.look() as uow:
        return uow.staff.session(hash_token(token), tools.now())


def log_out(tools: Tools, token: str) -> None:
    """Ends a login."""
    with tools.begin() as uow:
        uow.staff.close_session(hash_token(token))
        uow.commit()
