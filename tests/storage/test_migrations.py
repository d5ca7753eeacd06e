"""Migrations go both ways, on every database, and lead to the tables as the code knows them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from bot.storage import migrate
from bot.storage.engine import make_engine
from bot.storage.tables import metadata
from bot.storage.unit_of_work import UnitOfWork
from tests.builders import ROOT

VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"
NAMES = sorted(path.stem for path in VERSIONS.glob("0*.py"))


@pytest.fixture
def engine(empty_database: str) -> Iterator[Engine]:
    """On a database without tables."""
    made = make_engine(empty_database)
    yield made
    made.dispose()


def ours(name: str | None, kind: str, _: object) -> bool:
    """Not the tables of SQLite itself and of its full text search, nor the search indexes: SQLAlchemy cannot compare these."""
    own = {"table": ("_fts", "sqlite_"), "index": ("_search",)}.get(kind, ())
    return not any(part in (name or "") for part in own)


def readable(item: object, _name: str | None, kind: str, *_: object) -> bool:
    """SQLAlchemy does not see what a foreign key that came with ALTER TABLE does on delete; a test of its own looks."""
    return kind != "foreign_key_constraint" or item.column_keys != ["merged_into_id"]  # type: ignore[attr-defined]


def contents(engine: Engine) -> set[tuple[str, ...]]:
    """Everything in the database that has a name: tables with columns, indexes, rules, triggers, functions."""
    seen = inspect(engine)
    found = {
        ("column", table, column["name"], str(column["type"]), str(column["nullable"]))
        for table in seen.get_table_names()
        for column in seen.get_columns(table)
    }
    ask = "SELECT type, tbl_name, name FROM sqlite_master"
    if engine.dialect.name == "postgresql":
        ask = (
            "SELECT 'index', tablename, indexname FROM pg_indexes WHERE schemaname = 'public' "
            "UNION SELECT 'rule', conrelid::regclass::text, conname FROM pg_constraint WHERE conrelid <> 0 AND connamespace = "
            "'public'::regnamespace UNION SELECT 'trigger', tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal "
            "UNION SELECT 'function', '', proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
    with engine.connect() as connection:
        found |= {tuple(row) for row in connection.exec_driver_sql(ask)}
    # What alembic and SQLite keep for themselves.
    return {each for each in found if not {"alembic_version", "sqlite_sequence"} & set(each)}


def test_every_migration_goes_up_down_and_up_again(engine: Engine) -> None:
    before = contents(engine)
    assert before == set()
    for number, name in enumerate(NAMES, 1):
        migrate.upgrade(engine, f"{number:04d}")
        after = contents(engine)
        assert after != before, name
        migrate.downgrade(engine, f"{number - 1:04d}" if number > 1 else "base")
        assert contents(engine) == before, f"{name} leaves something behind, or takes too much away"
        migrate.upgrade(engine, f"{number:04d}")
        assert contents(engine) == after, name
        before = after


def test_all_the_way_down_leaves_nothing_and_up_twice_changes_nothing(engine: Engine) -> None:
    migrate.upgrade(engine)
    newest = contents(engine)
    migrate.downgrade(engine, "base")
    assert contents(engine) == set()
    migrate.upgrade(engine)
    migrate.upgrade(engine)
    assert contents(engine) == newest


def test_processes_that_start_together_bring_the_database_up_once(empty_database: str) -> None:
    """The web and the actions do, at the very first start."""
    code = (
        "import sys; from bot.storage import migrate; from bot.storage.engine import make_engine; "
        "print('there', flush=True); sys.stdin.readline(); migrate.upgrade(make_engine(sys.argv[1]))"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, empty_database]
    pipe = subprocess.PIPE
    both = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) for _ in range(2)]
    for process in both:
        assert process.stdout
        assert process.stdout.readline() == "there\n"
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        process.communicate(timeout=60)
    assert [process.returncode for process in both] == [0, 0]


def test_every_table_that_a_repository_uses_is_known_here() -> None:
    """Importing the unit of work imports every repository, also those that bring tables of their own."""
    assert UnitOfWork
    assert {"messages", "audit_trail"} <= set(metadata.tables)


def test_the_migrations_make_the_tables_that_the_code_uses(engine: Engine) -> None:
    migrate.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": ours, "include_object": readable}
        )
        assert compare_metadata(context, metadata) == []


def test_a_joined_case_goes_with_the_case_it_was_joined_with(engine: Engine) -> None:
    migrate.upgrade(engine)
    ask = 'SELECT "from", "table", on_delete FROM pragma_foreign_key_list(\'cases\')'
    if engine.dialect.name == "postgresql":
        ask = (
            "SELECT a.attname, c.confrelid::regclass::text, CASE c.confdeltype WHEN 'c' THEN 'CASCADE' END FROM pg_constraint c "
            "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.conrelid = 'cases'::regclass AND c.contype = 'f'"
        )
    with engine.connect() as connection:
        keys = [tuple(row) for row in connection.exec_driver_sql(ask)]
    assert ("merged_into_id", "cases", "CASCADE") in keys


def test_names_are_ordered_and_form_one_line() -> None:
    assert [name[:4] for name in NAMES] == [f"{number:04d}" for number in range(1, len(NAMES) + 1)]
    for number, name in enumerate(NAMES[1:], 2):
        assert f'down_revision = "{number - 1:04d}"' in (VERSIONS / f"{name}.py").read_text()
