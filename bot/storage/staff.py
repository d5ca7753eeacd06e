"""Staff accounts and their sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.storage import tables as t


@dataclass(frozen=True)
class StaffMember:
    """A board member or employee who may use the desk. ``role``: handler, editor or admin."""

    id: int
    login: str
    name: str
    role: str
    disabled: bool


@dataclass(frozen=True)
class StaffSession:
    """A login. ``csrf_token`` stands in every form of the desk."""

    staff: StaffMember
    csrf_token: str
    expires_at: datetime
    created_at: datetime
    token_hash: str
    second_factor_missing: bool = False
    """An admin who must set up a second factor before anything else."""

    @property
    def id(self) -> str:
        """Names the session in a form; opens nothing."""
        return hashlib.sha256(f"session:{self.token_hash}".encode()).hexdigest()[:16]


def _member(row: Row) -> StaffMember:
    return StaffMember(row.id, row.login, row.name, row.role, row.disabled_at is not None)


class StaffAccounts:
    """The staff and staff_sessions tables."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, login: str, name: str, password_hash: str, role: str, at: datetime) -> int:
        """Stores an account; gives its id. The login is unique."""
        result = self._db.execute(
            insert(t.staff).values(
                login=login, name=name, password_hash=password_hash, role=role, created_at=at
            )
        )
        return int(result.inserted_primary_key[0])

    def count(self) -> int:
        """How many accounts there are, disabled ones too."""
        return int(self._db.execute(select(func.count()).select_from(t.staff)).scalar_one())

    def list(self) -> list[StaffMember]:
        """All accounts by login."""
        return [_member(row) for row in self._db.execute(select(t.staff).order_by(t.staff.c.login))]

    def get(self, staff_id: int) -> StaffMember | None:
        """One account."""
        row = self._db.execute(select(t.staff).where(t.staff.c.id == staff_id)).first()
        return _member(row) if row else None

    def by_login(self, login: str) -> tuple[StaffMember, str] | None:
        """The account with a login, and its password hash."""
        row = self._db.execute(select(t.staff).where(t.staff.c.login == login)).first()
        return (_member(row), row.password_hash) if row else None

    def set_password_hash(self, staff_id: int, password_hash: str) -> None:
        """Replaces the password hash (also when its parameters are renewed)."""
        self._db.execute(update(t.staff).where(t.staff.c.id == staff_id).values(password_hash=password_hash))

    def disable(self, staff_id: int, at: datetime) -> None:
        """Closes an account and ends its sessions; what it did stays."""
        self._db.execute(update(t.staff).where(t.staff.c.id == staff_id).values(disabled_at=at))
        self._db.execute(delete(t.staff_sessions).where(t.staff_sessions.c.staff_id == staff_id))

    def open_session(
        self, staff_id: int, token_hash: str, csrf_token: str, at: datetime, expires_at: datetime
    ) -> None:
        """Stores a login under the hash of its token."""
        self._db.execute(
            insert(t.staff_sessions).values(
                token_hash=token_hash,
                staff_id=staff_id,
                csrf_token=csrf_token,
                created_at=at,
                last_seen_at=at,
                expires_at=expires_at,
            )
        )

    def _sessions(self, *where: object) -> Sequence[StaffSession]:
        f, x = t.second_factors.c, t.staff_sessions.c
        rows = self._db.execute(
            select(
                t.staff,
                x.csrf_token,
                x.expires_at,
                x.token_hash,
                x.created_at.label("since"),
                f.required,
                f.confirmed_at,
            )
            .join(t.staff_sessions, x.staff_id == t.staff.c.id)
            .outerjoin(t.second_factors, f.staff_id == t.staff.c.id)
            .where(*where)
            .order_by(x.created_at.desc())
        )
        return [
            StaffSession(
                _member(row),
                row.csrf_token,
                row.expires_at,
                row.since,
                row.token_hash,
                row.role == "admin" and row.required is not False and row.confirmed_at is None,
            )
            for row in rows
        ]

    def session(self, token_hash: str, now: datetime) -> StaffSession | None:
        """The login of a token, unless it ended or the account is closed."""
        x = t.staff_sessions.c
        found = self._sessions(
            x.token_hash == token_hash, x.expires_at > now, t.staff.c.disabled_at.is_(None)
        )
        return found[0] if found else None

    def sessions_of(self, staff_id: int, now: datetime) -> Sequence[StaffSession]:
        """Somebody's logins that are open now, newest first."""
        x = t.staff_sessions.c
        return self._sessions(x.staff_id == staff_id, x.expires_at > now)

    def close_sessions(self, staff_id: int, keep: str = "") -> None:
        """Ends all logins of somebody, except the one with the token hash ``keep``."""
        x = t.staff_sessions.c
        self._db.execute(delete(t.staff_sessions).where(x.staff_id == staff_id, x.token_hash != keep))

    def set_role(self, staff_id: int, role: str) -> None:
        """Gives somebody another role."""
        self._db.execute(update(t.staff).where(t.staff.c.id == staff_id).values(role=role))

    def close_session(self, token_hash: str) -> None:
        """Ends a login."""
        self._db.execute(delete(t.staff_sessions).where(t.staff_sessions.c.token_hash == token_hash))
