"""full text search over messages and cases"""

from alembic import op

revision = "0002"
down_revision = "0001"

CASE_COLUMNS = ("description", "school", "programme", "tried", "wish", "contact")

# PostgreSQL: accents go and signs part words, then the words as they are and their Dutch stems. `bot.storage.search` asks for
# just this expression, else the index would not be used; a test looks.
ACCENTS = "áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇ"
PLAIN = "aaaaaaeeeeiiiiooooouuuuncaaaaaaeeeeiiiiooooouuuunc"
SIGNS = "-+.,:;/@_#&=%~"


def _postgres(table: str, content: str) -> None:
    plain = f"translate({content}, '{ACCENTS}{SIGNS}', '{PLAIN}{' ' * len(SIGNS)}')"
    words = f"(to_tsvector('simple', {plain}) || to_tsvector('dutch', {plain}))"
    op.execute(f"CREATE INDEX ix_{table}_search ON {table} USING gin ({words})")


def _sqlite(table: str, columns: tuple[str, ...]) -> None:
    names = ", ".join(columns)
    new = ", ".join(f"new.{column}" for column in columns)
    old = ", ".join(f"old.{column}" for column in columns)
    # External content: the text itself stands in one place, so that erasing it there is enough.
    op.execute(
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content='{table}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(
        f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN "
        f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.id, {new}); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN "
        f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.id, {old}); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {names} ON {table} BEGIN "
        f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.id, {old}); "
        f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.id, {new}); END"
    )
    op.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
    version = tuple(int(part) for part in op.get_bind().exec_driver_sql("SELECT sqlite_version()").scalar().split("."))
    if version >= (3, 42):
        # Without it the words of an erased message stay in the index until it is merged some day.
        op.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('secure-delete', 1)")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite("messages", ("text",))
        _sqlite("cases", CASE_COLUMNS)
        return
    _postgres("messages", "text")
    _postgres("cases", " || ' ' || ".join(f"coalesce({column}, '')" for column in CASE_COLUMNS))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in ("cases", "messages"):
            for kind in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER {table}_fts_{kind}")
            op.execute(f"DROP TABLE {table}_fts")
        return
    op.execute("DROP INDEX ix_cases_search")
    op.execute("DROP INDEX ix_messages_search")
