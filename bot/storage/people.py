"""Invitations and second factors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.storage import tables as t
from bot.storage.at_once import put


@dataclass(frozen=True)
class Invitation:
    """Somebody who may make an account."""

    login: str
    name: str
    role: str
    expires_at: datetime


@dataclass(frozen=True)
class SecondFactor:
    """What is known of somebody's second factor; ``nonce`` is where the secret is made from."""

    required: bool
    nonce: str | None
    confirmed: bool
    last_step: int


class People:
    """The invitations and second_factors tables."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def invite(self, token_hash: str, invitation: Invitation, invited_by: int) -> None:
        """Stores an invitation; an earlier one for the same login is replaced."""
        row = {
            "token_hash": token_hash,
            "login": invitation.login,
            "name": invitation.name,
            "role": invitation.role,
            "invited_by": invited_by,
            "expires_at": invitation.expires_at,
        }
        put(self._db, t.invitations, ["login"], row, change=row.keys() - {"login"})

    def invitation(self, token_hash: str, now: datetime) -> Invitation | None:
        """The invitation that a link opens, if it is still good."""
        i = t.invitations.c
        row = self._db.execute(
            select(t.invitations).where(i.token_hash == token_hash, i.expires_at > now)
        ).first()
        return Invitation(row.login, row.name, row.role, row.expires_at) if row else None

    def invitations(self, now: datetime) -> list[Invitation]:
        """The invitations that are still open."""
        i = t.invitations.c
        rows = self._db.execute(select(t.invitations).where(i.expires_at > now).order_by(i.login))
        return [Invitation(row.login, row.name, row.role, row.expires_at) for row in rows]

    def withdraw(self, login: str) -> bool:
        """Removes the invitation for a login; false if there was none (any more): a link works once."""
        done = self._db.execute(delete(t.invitations).where(t.invitations.c.login == login))
        return bool(done.rowcount)

    def second_factor(self, staff_id: int) -> SecondFactor:
        """Somebody's second factor; without a row it is required and not there yet."""
        row = self._db.execute(
            select(t.second_factors).where(t.second_factors.c.staff_id == staff_id)
        ).first()
        if row is None:
            return SecondFactor(required=True, nonce=None, confirmed=False, last_step=0)
        return SecondFactor(row.required, row.nonce, row.confirmed_at is not None, row.last_step)

    def _set(self, staff_id: int, **values: object) -> None:
        row = {"staff_id": staff_id, "required": True, "last_step": 0, **values}
        put(self._db, t.second_factors, ["staff_id"], row, change=values.keys())

    def set_required(self, staff_id: int, required: bool) -> None:
        """Whether an admin must have a second factor."""
        self._set(staff_id, required=required)

    def begin_second_factor(self, staff_id: int, nonce: str | None) -> None:
        """A new secret, to be confirmed with a code; ``None`` takes the second factor away."""
        self._set(staff_id, nonce=nonce, confirmed_at=None)

    def use_step(self, staff_id: int, step: int, at: datetime) -> bool:
        """Uses the code of a time step, which also confirms the secret; false if that code was used before."""
        f = t.second_factors
        done = self._db.execute(
            update(f)
            .where(f.c.staff_id == staff_id, f.c.last_step < step)
            .values(last_step=step, confirmed_at=at)
        )
        return bool(done.rowcount == 1)
