"""notes, labels, follow-up dates, saved replies, corrected topics, and who looks at what now"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_notes_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_notes_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_conversation_id", "notes", ["conversation_id"])
    op.create_table(
        "note_mentions",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name="fk_note_mentions_note_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_note_mentions_staff_id"),
        sa.PrimaryKeyConstraint("note_id", "staff_id", name="pk_note_mentions"),
    )
    op.create_index("ix_note_mentions_staff_id_seen_at", "note_mentions", ["staff_id", "seen_at"])
    op.create_table(
        "conversation_labels",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_conversation_labels_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "label", name="pk_conversation_labels"),
    )
    op.create_table(
        "follow_ups",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_follow_ups_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_follow_ups_staff_id"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_follow_ups"),
    )
    op.create_index("ix_follow_ups_due", "follow_ups", ["due"])
    op.create_table(
        "saved_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_saved_replies_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_replies"),
    )
    op.create_table(
        "topic_corrections",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_topic_corrections_message_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_topic_corrections_staff_id"),
        sa.PrimaryKeyConstraint("message_id", name="pk_topic_corrections"),
    )
    op.create_table(
        "presence",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_presence_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_presence_staff_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", "staff_id", name="pk_presence"),
    )


def downgrade() -> None:
    for table in (
        "presence", "topic_corrections", "saved_replies", "follow_ups", "conversation_labels", "note_mentions", "notes",
    ):  # fmt: skip
        op.drop_table(table)
