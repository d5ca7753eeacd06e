"""Full text search over transcripts and cases: SQLite FTS5 and PostgreSQL's Dutch text search behind one door."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.core.cases import Case, find_reference
from bot.core.messages import Message
from bot.storage import tables as t
from bot.storage.cases import case_of, select_cases
from bot.storage.messages import message_of

_WORD = re.compile(r"\w+")
MAX_WORDS = 8
_CASE_TEXT = " || ' ' || ".join(
    f"coalesce({column}, '')" for column in ("description", "school", "programme", "tried", "wish", "contact")
)
_SEARCHED = {"messages": "text", "cases": _CASE_TEXT}

_ACCENTS = "áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇ"
_PLAIN = "aaaaaaeeeeiiiiooooouuuuncaaaaaaeeeeiiiiooooouuuunc"
_SIGNS = "-+.,:;/@_#&=%~"
_FOLD = str.maketrans(_ACCENTS, _PLAIN)


def postgres_words(table: str) -> str:
    """SQL for the words of a row in PostgreSQL, as they are and as Dutch stems; a migration has an index on just this.

    Accents go, as in SQLite. Signs part words: PostgreSQL by itself keeps an address or a phone number in one piece.
    """
    plain = f"translate({_SEARCHED[table]}, '{_ACCENTS}{_SIGNS}', '{_PLAIN}{' ' * len(_SIGNS)}')"
    return f"(to_tsvector('simple', {plain}) || to_tsvector('dutch', {plain}))"


@dataclass(frozen=True)
class Filters:
    """What narrows a search; ``None`` means any, but of authors: people, since the bot says the same to everybody."""

    author: str | None = None
    state: str | None = None
    channel: str | None = None
    topic: str | None = None
    label: str | None = None
    since: datetime | None = None


def words_of(query: str) -> list[str]:
    """The words that are searched for, at most `MAX_WORDS`; signs mean nothing, so no query is a wrong one."""
    return [word.lower() for word in _WORD.findall(query)][:MAX_WORDS]


class Search:
    """Finds by the beginnings of words, all of which must occur; newest first.

    PostgreSQL also finds other forms of a Dutch word (``klacht`` for ``klachten``); SQLite has no Dutch stemmer, there the
    beginning must be the same.
    """

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._sqlite = connection.dialect.name == "sqlite"

    def messages(self, query: str, filters: Filters | None = None, limit: int = 200) -> list[Message]:
        """Messages that hold all words of ``query``; with no words none."""
        words, filters = words_of(query), filters or Filters()
        if not words:
            return []
        m, c = t.messages.c, t.conversations.c
        authors = [filters.author] if filters.author else ["student", "human"]
        where = [self._holds("messages", words), m.author.in_(authors)]
        where += [m.at >= filters.since] if filters.since else []
        where += [m.topic == filters.topic] if filters.topic else []
        if filters.label:
            labels = t.conversation_labels.c
            with_it = select(labels.conversation_id).where(labels.label == filters.label)
            where.append(m.conversation_id.in_(with_it))
        found = select(t.messages)
        if filters.state or filters.channel:
            found = found.join(t.conversations, c.id == m.conversation_id)
            where += [c.state == filters.state] if filters.state else []
            where += [c.channel == filters.channel] if filters.channel else []
        rows = self._db.execute(found.where(and_(*where)).order_by(m.id.desc()).limit(limit))
        return [message_of(row) for row in rows]

    def cases(self, query: str, statuses: list[str] | None = None, limit: int = 100) -> list[Case]:
        """Cases that hold all words of ``query``, or whose reference stands in it."""
        words, ref = words_of(query), find_reference(query)
        if not words:
            return []
        k = t.cases.c
        where: ColumnElement[bool] = self._holds("cases", words)
        if ref:
            _, year, number = ref.split("-")
            where = or_(where, and_(k.year == int(year), k.number == int(number)))
        found = select_cases().where(where).order_by(k.id.desc()).limit(limit)
        if statuses:
            found = found.where(k.status.in_(statuses))
        return [case_of(row) for row in self._db.execute(found)]

    def _holds(self, table: str, words: list[str]) -> ColumnElement[bool]:
        # Words are letters, digits and underscores only, and go in as parameters all the same.
        if self._sqlite:
            terms = " ".join(f'"{word}"*' for word in words)
            sql = f"{table}.id IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH :terms)"  # noqa: S608
            return text(sql).bindparams(terms=terms)  # type: ignore[return-value]
        # A word that Dutch leaves out of its index ("iemand") must occur too, so each is looked for both ways.
        each = [
            f"(to_tsquery('simple', :begin{n}) || to_tsquery('dutch', :stem{n}))" for n in range(len(words))
        ]
        values: dict[str, str] = {}
        for n, word in enumerate(word.translate(_FOLD).replace("_", " ") for word in words):
            values |= {f"begin{n}": f"'{word}':*", f"stem{n}": f"'{word}'"}
        # The columns are named without their table, so that this is the expression of the index to the letter.
        rows = f"SELECT id FROM {table} WHERE {postgres_words(table)} @@ ({' && '.join(each)})"  # noqa: S608
        return text(f"{table}.id IN ({rows})").bindparams(**values)  # type: ignore[return-value]


def snippet(content: str, query: str, around: int = 70) -> list[tuple[str, bool]]:
    """A piece of ``content`` with the first word that was found, as parts that say whether they were searched for."""
    words = words_of(query)
    if not words:
        return [(content[: 2 * around], False)]
    pattern = re.compile(
        r"\b(?:" + "|".join(re.escape(word[: max(4, len(word) - 2)]) for word in words) + r")\w*", re.I
    )
    first = pattern.search(content)
    start = max(0, first.start() - around) if first else 0
    piece = content[start : start + 3 * around]
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = 0
    for match in pattern.finditer(piece):
        parts += [(piece[at : match.start()], False), (match[0], True)]
        at = match.end()
    parts.append((piece[at:], False))
    if start + len(piece) < len(content):
        parts.append((" …", False))
    return [part for part in parts if part[0]]
