"""how far each message of bot and staff got on its way to the student"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "message_deliveries",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state in ('sent', 'delivered', 'read', 'failed', 'unknown')", name=op.f("ck_message_deliveries_state")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_message_deliveries_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "state", name=op.f("pk_message_deliveries")),
    )
    # Of what was said before nobody kept it; to call it "not fetched yet" would be untrue.
    op.execute(
        "INSERT INTO message_deliveries (message_id, state, at) "
        "SELECT id, 'unknown', at FROM messages WHERE author IN ('bot', 'human')"
    )


def downgrade() -> None:
    op.drop_table("message_deliveries")
