"""Cases and their trail: rows to core objects and back. Nothing here decides anything, and nothing commits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.core.cases import Case, CaseDraft, CaseStatus, reference
from bot.core.errors import Conflict
from bot.core.merging import PHONE_TAIL, contact_key, same_person
from bot.storage import tables as t
from bot.storage.at_once import Lock, hold

_head = t.cases.alias("head")


def select_cases() -> Select:
    """All cases, each with the reference of the one it was joined with; to be narrowed, and read with `case_of`."""
    return select(t.cases, _head.c.year.label("head_year"), _head.c.number.label("head_number")).select_from(
        t.cases.outerjoin(_head, _head.c.id == t.cases.c.merged_into_id)
    )


def case_of(row: Row) -> Case:
    """A row of `select_cases` as a case."""
    return Case(
        id=row.id,
        reference=reference(row.year, row.number),
        status=CaseStatus(row.status),
        created_at=row.created_at,
        updated_at=row.updated_at,
        channel=row.channel,
        description=row.description,
        conversation_id=row.conversation_id,
        school=row.school,
        contact=row.contact,
        topic=row.topic,
        programme=row.programme,
        pathway=row.pathway,
        tried=row.tried,
        wish=row.wish,
        owner_id=row.owner_id,
        version=row.version,
        merged_into=reference(row.head_year, row.head_number) if row.head_year else None,
    )


class Cases:
    """The cases table and its trail."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def by_source(self, source_message_id: str) -> Case | None:
        """The case that this message confirmed before, if it did."""
        row = self._db.execute(select_cases().where(t.cases.c.source_message_id == source_message_id)).first()
        return case_of(row) if row else None

    def add(self, draft: CaseDraft, at: datetime, year: int) -> Case:
        """Stores a case under the next number of ``year``."""
        hold(self._db, Lock.CASE_NUMBER, year)
        highest = self._db.execute(select(func.max(t.cases.c.number)).where(t.cases.c.year == year)).scalar()
        result = self._db.execute(
            insert(t.cases).values(
                year=year,
                number=(highest or 0) + 1,
                conversation_id=draft.conversation_id,
                source_message_id=draft.source_message_id,
                status=CaseStatus.NEW.value,
                channel=draft.channel,
                description=draft.description,
                school=draft.school,
                contact=draft.contact,
                topic=draft.topic,
                programme=draft.programme,
                pathway=draft.pathway,
                tried=draft.tried,
                wish=draft.wish,
                consent_at=at,
                created_at=at,
                updated_at=at,
            )
        )
        case_id = int(result.inserted_primary_key[0])
        self.add_event(case_id, at, "created")
        stored = self.get(case_id)
        assert stored is not None
        return stored

    def get(self, case_id: int) -> Case | None:
        """One case."""
        row = self._db.execute(select_cases().where(t.cases.c.id == case_id)).first()
        return case_of(row) if row else None

    def by_reference(self, ref: str) -> Case | None:
        """The case with a reference such as ``JOB-2026-00042``; ``None`` also for what is no reference."""
        match = re.fullmatch(r"JOB-(\d{4})-(\d{5,9})", ref)
        if match is None:
            return None
        year, number = match.groups()
        row = self._db.execute(
            select_cases().where(t.cases.c.year == int(year), t.cases.c.number == int(number))
        ).first()
        return case_of(row) if row else None

    def of_conversation(self, conversation_id: str) -> list[Case]:
        """The cases that were logged in a conversation, newest first."""
        rows = self._db.execute(
            select_cases().where(t.cases.c.conversation_id == conversation_id).order_by(t.cases.c.id.desc())
        )
        return [case_of(row) for row in rows]

    def joined_with(self, case_id: int) -> list[Case]:
        """The cases that were joined with this one, by number."""
        rows = self._db.execute(
            select_cases().where(t.cases.c.merged_into_id == case_id).order_by(t.cases.c.id)
        )
        return [case_of(row) for row in rows]

    def of_same_person(self, case_: Case, limit: int = 10) -> list[Case]:
        """Other cases of the person of ``case_`` that can be joined with it, newest first."""
        k, key = t.cases.c, contact_key(case_.contact)
        same = [k.conversation_id == case_.conversation_id] if case_.conversation_id else []
        if key and key.startswith("tel:"):
            plain = k.contact
            for sign in (" ", "-", "(", ")", ".", "/"):
                plain = func.replace(plain, sign, "")
            same.append(plain.like(f"%{key[-PHONE_TAIL:]}"))
        elif key:
            same.append(func.lower(func.trim(k.contact)) == key)
        if not same:
            return []
        leads = select(_head.c.merged_into_id).where(_head.c.merged_into_id.is_not(None))
        rows = self._db.execute(
            select_cases()
            .where(or_(*same), k.id != case_.id, k.merged_into_id.is_(None), k.id.not_in(leads))
            .order_by(k.id.desc())
            .limit(limit)
        )
        return [each for each in map(case_of, rows) if same_person(case_, each)]

    def in_states(self, statuses: Iterable[CaseStatus] | None = None, limit: int = 200) -> list[Case]:
        """Cases in these states (all without), newest first; those that were joined with another are left out."""
        query = (
            select_cases()
            .where(t.cases.c.merged_into_id.is_(None))
            .order_by(t.cases.c.id.desc())
            .limit(limit)
        )
        if statuses is not None:
            query = query.where(t.cases.c.status.in_([status.value for status in statuses]))
        return [case_of(row) for row in self._db.execute(query)]

    def counts(self) -> dict[CaseStatus, int]:
        """How many cases there are in each state that has any; those that were joined with another do not count."""
        k = t.cases.c
        rows = self._db.execute(
            select(k.status, func.count().label("n")).where(k.merged_into_id.is_(None)).group_by(k.status)
        )
        return {CaseStatus(row.status): int(row.n) for row in rows}

    def counts_since(self, since: datetime, until: datetime) -> dict[CaseStatus, int]:
        """How many cases of this time are in each state now; a joined one is where the one it was joined with is."""
        k = t.cases.c
        status = func.coalesce(_head.c.status, k.status)
        rows = self._db.execute(
            select(status.label("status"), func.count().label("n"))
            .select_from(t.cases.outerjoin(_head, _head.c.id == k.merged_into_id))
            .where(k.created_at >= since, k.created_at < until)
            .group_by(status)
        )
        return {CaseStatus(row.status): int(row.n) for row in rows}

    def change(self, case_: Case, at: datetime, **values: Any) -> Case:
        """Writes ``values``; raises `Conflict` if someone changed the case since it was read."""
        plain = {key: getattr(value, "value", value) for key, value in values.items()}
        done = self._db.execute(
            update(t.cases)
            .where(t.cases.c.id == case_.id, t.cases.c.version == case_.version)
            .values(**plain, updated_at=at, version=case_.version + 1)
        )
        if done.rowcount != 1:
            raise Conflict("Iemand anders heeft deze zaak net veranderd. Ververs de pagina.")
        fresh = self.get(case_.id)
        assert fresh is not None
        return fresh

    def add_event(
        self,
        case_id: int,
        at: datetime,
        kind: str,
        staff_id: int | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """Adds a line to the trail; ``data`` holds codes, never text of a student."""
        self._db.execute(
            insert(t.case_events).values(
                case_id=case_id, at=at, kind=kind, staff_id=staff_id, data=data or {}
            )
        )

    def events(self, case_id: int) -> list[dict[str, Any]]:
        """The trail of a case, oldest first."""
        rows = self._db.execute(
            select(t.case_events, t.staff.c.name.label("staff_name"))
            .outerjoin(t.staff, t.staff.c.id == t.case_events.c.staff_id)
            .where(t.case_events.c.case_id == case_id)
            .order_by(t.case_events.c.id)
        )
        return [dict(row._mapping) for row in rows]
