"""Messages to learn from, and the examples that came of them"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "review_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("suggested", sa.String(60)),
        sa.Column("state", sa.String(10), server_default="open", nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", UtcDateTime()),
        sa.CheckConstraint("state in ('open', 'used', 'dropped')", name=op.f("ck_review_items_state")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_review_items_message_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_review_items_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_items")),
        sa.UniqueConstraint("message_id", name=op.f("uq_review_items_message_id")),
    )
    op.create_index("ix_review_items_state_id", "review_items", ["state", "id"])
    op.create_table(
        "training_examples",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intent", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Integer()),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("exported_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["added_by"], ["staff.id"], name=op.f("fk_training_examples_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_examples")),
    )


def downgrade() -> None:
    op.drop_table("training_examples")
    op.drop_index("ix_review_items_state_id", "review_items")
    op.drop_table("review_items")
