"""the trail of a case is append-only, as the audit trail is since 0004"""

from alembic import op

revision = "0008"
down_revision = "0007"

SAYS = "the trail of a case is append-only"


def upgrade() -> None:
    # A row goes only with its case: on a cascade the case is gone before its trail is. So a case can be erased as a whole,
    # while no line of a case that exists can be taken out or changed.
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER case_events_no_update BEFORE UPDATE ON case_events BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )
        op.execute(
            "CREATE TRIGGER case_events_no_delete BEFORE DELETE ON case_events "
            "WHEN EXISTS (SELECT 1 FROM cases WHERE cases.id = OLD.case_id) "
            f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION case_events_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN IF NOT EXISTS (SELECT 1 FROM cases WHERE cases.id = OLD.case_id) THEN RETURN OLD; END IF; "
        f"END IF; RAISE EXCEPTION '{SAYS}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER case_events_append_only BEFORE UPDATE OR DELETE ON case_events "
        "FOR EACH ROW EXECUTE FUNCTION case_events_append_only()"
    )
    op.execute(
        "CREATE TRIGGER case_events_no_truncate BEFORE TRUNCATE ON case_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION case_events_append_only()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER case_events_no_delete")
        op.execute("DROP TRIGGER case_events_no_update")
        return
    op.execute("DROP TRIGGER case_events_no_truncate ON case_events")
    op.execute("DROP TRIGGER case_events_append_only ON case_events")
    op.execute("DROP FUNCTION case_events_append_only()")
