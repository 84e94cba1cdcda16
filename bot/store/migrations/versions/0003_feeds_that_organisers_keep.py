"""What organisers say of feeds in chat, each feed's habit and what was told of its health; feeds being added."""

import sqlalchemy as sa
from alembic import op

import bot.store.schema

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = bot.store.schema.UtcDateTime
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("own", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("switched", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("removed_at", time(), nullable=True))
        batch_op.add_column(sa.Column("last_entry_at", time(), nullable=True))
        batch_op.add_column(sa.Column("usual_gap_seconds", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("long_gap_seconds", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("rhythm_at", time(), nullable=True))
        batch_op.add_column(sa.Column("told", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.create_table(
        "feed_drafts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", time(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("trial", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("ended_at", time(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_drafts")),
    )
    with op.batch_alter_table("feed_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_drafts_created_at"), ["created_at"], unique=False)
