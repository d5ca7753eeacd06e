"""what JOB says of an answer, what students say of it, and counts that outlive the messages"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "answer_reviews",
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_answer_reviews_staff_id"),
        sa.PrimaryKeyConstraint("topic", "version", name="pk_answer_reviews"),
    )
    op.create_table(
        "answer_switches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_answer_switches_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_switches"),
    )
    op.create_index("ix_answer_switches_topic", "answer_switches", ["topic"])
    op.create_table(
        "answer_feedback",
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_answer_feedback"),
    )
    op.create_index("ix_answer_feedback_topic", "answer_feedback", ["topic"])
    op.create_table(
        "turn_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "channel", "topic", "outcome", name="pk_turn_counts"),
    )
    op.create_table(
        "human_waits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("queued_at", UtcDateTime(), nullable=False),
        sa.Column("waited_s", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_human_waits"),
    )
    op.create_index("ix_human_waits_queued_at", "human_waits", ["queued_at"])


def downgrade() -> None:
    for table in ("human_waits", "turn_counts", "answer_feedback", "answer_switches", "answer_reviews"):
        op.drop_table(table)
