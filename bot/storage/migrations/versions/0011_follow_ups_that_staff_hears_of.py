"""a day to look at a case again, and whether staff was told that the day came"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("follow_ups", sa.Column("notified_at", UtcDateTime()))
    # Days that came before this existed stand in the desk already; nobody wants a mail for each of them now.
    op.execute("UPDATE follow_ups SET notified_at = CURRENT_TIMESTAMP WHERE due <= CURRENT_DATE")
    op.create_table(
        "case_follow_ups",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("notified_at", UtcDateTime()),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_follow_ups_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_case_follow_ups_staff_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_follow_ups")),
    )
    op.create_index("ix_case_follow_ups_due", "case_follow_ups", ["due"])


def downgrade() -> None:
    op.drop_table("case_follow_ups")
    op.drop_column("follow_ups", "notified_at")
