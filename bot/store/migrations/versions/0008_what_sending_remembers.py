"""What sending remembers: a lowered rate, whom Telegram calls gone, totals of erased rows; indexes for claims."""

import sqlalchemy as sa
from alembic import op

import bot.store.schema

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("slowed_to", sa.Float(), server_default=sa.text("1"), nullable=False))
        batch_op.add_column(sa.Column("slowed_at", bot.store.schema.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("gone_card_id", bot.store.schema.Id, nullable=True))
        batch_op.add_column(sa.Column("gone_judged_at", bot.store.schema.UtcDateTime(), nullable=True))
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_at", bot.store.schema.UtcDateTime(), nullable=True))
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_deliveries_open")
    for state, columns in {"pending": ["urgency", "due_at"], "claimed": ["claimed_at"]}.items():
        where = sa.text(f"state = '{state}'")
        op.create_index(f"ix_deliveries_{state}", "deliveries", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "message_totals",
        sa.Column("message_id", bot.store.schema.Id, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_message_totals_message_id_messages"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("message_id", "state", name=op.f("uq_message_totals_message_id_state")),
    )
    op.create_table(
        "endings",
        sa.Column("subscriber_id", bot.store.schema.Id, nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("at", bot.store.schema.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscribers.id"],
            name=op.f("fk_endings_subscriber_id_subscribers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscriber_id", name=op.f("pk_endings")),
    )
