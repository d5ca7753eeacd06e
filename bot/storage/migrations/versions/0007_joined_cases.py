"""a case can be joined with another case of the same person"""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    # Plain SQL that both databases know. Alembic's way for SQLite copies the table, and the copy has no search triggers.
    op.execute(
        "ALTER TABLE cases ADD COLUMN merged_into_id INTEGER "
        "CONSTRAINT fk_cases_merged_into_id REFERENCES cases (id) ON DELETE CASCADE "
        "CONSTRAINT ck_cases_merged_into_another CHECK (merged_into_id <> id)"
    )
    op.create_index("ix_cases_merged_into_id", "cases", ["merged_into_id"])


def downgrade() -> None:
    op.drop_index("ix_cases_merged_into_id", "cases")
    op.execute("ALTER TABLE cases DROP COLUMN merged_into_id")
