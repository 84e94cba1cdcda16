"""What organisers do: roles, invitations, whole drafts, corrections and withdrawals, a stop for all; figures by day."""

import sqlalchemy as sa
from alembic import op

import bot.store.schema

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

REFUSED = "the audit is only ever added to"
# REPLACE erases a row without asking the trigger that guards against that.
REPLACED = "CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit WHEN NEW.id IN (SELECT id FROM audit)"
# The tests' servers empty their tables as replicas, where triggers rest.
GUARDS = {
    "sqlite": (
        f"CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
        f"CREATE TRIGGER audit_is_not_erased BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
        f"{REPLACED} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    ),
    "postgresql": (
        f"""
        CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{REFUSED}'; END $$
        """,
        """
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
        """,
    ),
}


def upgrade() -> None:
    moment, number = bot.store.schema.UtcDateTime, bot.store.schema.Id
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("frozen_at", moment(), nullable=True))
        batch_op.add_column(sa.Column("frozen_by", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("messages", schema=None) as batch_op:
        for name in ("paused_at", "withdrawn_at", "corrected_at"):
            batch_op.add_column(sa.Column(name, moment(), nullable=True))
    with op.batch_alter_table("message_texts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attachment", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("cards", schema=None) as batch_op:
        for name in ("reminded_at", "escalated_at"):
            batch_op.add_column(sa.Column(name, moment(), nullable=True))
        batch_op.add_column(sa.Column("similar", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
    with op.batch_alter_table("broadcasts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("draft", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
        batch_op.add_column(sa.Column("editor_id", sa.BigInteger(), nullable=True))
        for name in ("submitted_at", "expires_at", "progress_at"):
            batch_op.add_column(sa.Column(name, moment(), nullable=True))
        batch_op.add_column(sa.Column("training", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("retry_of", number, nullable=True))
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ask", sa.String(64), nullable=True))
    op.create_table(
        "edits",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("story_id", number, nullable=False),
        sa.Column("card_id", number, nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("ask", sa.String(64), nullable=True),
        sa.Column("base", sa.String(64), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("ended_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_edits_story_id_stories"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edits")),
    )
    op.create_table(
        "organisers",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("since_at", moment(), nullable=False),
        sa.Column("removed_at", moment(), nullable=True),
        sa.Column("removed_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_organisers")),
    )
    op.create_table(
        "invites",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("inviter_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("expires_at", moment(), nullable=False),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.Column("used_at", moment(), nullable=True),
        sa.Column("ended_at", moment(), nullable=True),
        sa.Column("outcome", sa.String(16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invites")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_invites_secret_digest")),
    )
    op.create_table(
        "amendments",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("message_id", number, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("texts", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("tell", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("digest", sa.String(64), server_default=sa.text("''"), nullable=False),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", moment(), nullable=True),
        sa.Column("position", number, server_default=sa.text("0"), nullable=False),
        sa.Column("changed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("ended_at", moment(), nullable=True),
        sa.Column("body", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("marked", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("in_flight", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("told_id", number, nullable=True),
        sa.Column("progress_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_amendments_message_id_messages"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
    )
    op.create_index("ix_amendments_state", "amendments", ["state"])
    op.create_index("ix_amendments_message_id", "amendments", ["message_id"])
    op.create_table(
        "daily_figures",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("figure", sa.String(32), nullable=False),
        sa.Column("name", sa.String(128), server_default=sa.text("''"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.UniqueConstraint("day", "figure", "name", name=op.f("uq_daily_figures_day_figure_name")),
    )
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
