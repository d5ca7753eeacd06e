"""Migrations go both ways and lead to the tables as the code knows them."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from bot.storage import migrate
from bot.storage.engine import make_engine
from bot.storage.tables import metadata
from bot.storage.unit_of_work import UnitOfWork

VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"


def ours(name: str | None, kind: str, _: object) -> bool:
    """Not the tables of SQLite itself and of its full text search."""
    return kind != "table" or not ("_fts" in (name or "") or (name or "").startswith("sqlite_"))


def readable(item: object, _name: str | None, kind: str, *_: object) -> bool:
    """SQLAlchemy does not see what a foreign key that came with ALTER TABLE does on delete; a test of its own looks."""
    return kind != "foreign_key_constraint" or item.column_keys != ["merged_into_id"]  # type: ignore[attr-defined]


def test_up_down_and_up_again(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'm.db'}")
    migrate.upgrade(engine)
    migrate.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    migrate.upgrade(engine)
    migrate.upgrade(engine)


def test_every_table_that_a_repository_uses_is_known_here() -> None:
    """Importing the unit of work imports every repository, also those that bring tables of their own."""
    assert UnitOfWork
    assert {"messages", "audit_trail"} <= set(metadata.tables)


def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'm.db'}")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": ours, "include_object": readable}
        )
        assert compare_metadata(context, metadata) == []


def test_a_joined_case_goes_with_the_case_it_was_joined_with(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'm.db'}")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        keys = connection.exec_driver_sql("PRAGMA foreign_key_list(cases)").mappings().all()
    assert ("cases", "CASCADE") in [
        (key["table"], key["on_delete"]) for key in keys if key["from"] == "merged_into_id"
    ]


def test_names_are_ordered_and_form_one_line() -> None:
    names = sorted(path.stem for path in VERSIONS.glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    for number, name in enumerate(names[1:], 2):
        assert f'down_revision = "{number - 1:04d}"' in (VERSIONS / f"{name}.py").read_text()
