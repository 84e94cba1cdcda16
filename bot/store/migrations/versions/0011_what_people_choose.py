"""What people choose: digests, quiet hours, pauses, a cap; what waits for a digest; what they marked."""

import sqlalchemy as sa
from alembic import op

import bot.store.schema

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment, number = bot.store.schema.UtcDateTime, bot.store.schema.Id
    with op.batch_alter_table("subscribers", schema=None) as batch_op:
        for name in ("language_chosen", "silent", "urgent_at_once"):
            batch_op.add_column(sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("digest_hour", sa.Integer(), server_default=sa.text("8"), nullable=False))
        batch_op.add_column(sa.Column("digest_day", sa.Integer(), server_default=sa.text("0"), nullable=False))
        for name in ("quiet_from", "quiet_until", "calls_per_week"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("constituency", sa.String(128), nullable=True))
        for name in ("paused_until", "away_from", "away_until"):
            batch_op.add_column(sa.Column(name, moment(), nullable=True))
    with op.batch_alter_table("subscriptions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("frequency", sa.String(8), server_default=sa.text("'now'"), nullable=False))
    op.create_table(
        "digest_items",
        sa.Column("subscriber_id", number, nullable=False),
        sa.Column("message_id", number, nullable=False),
        sa.Column("subscription_id", number, nullable=True),
        sa.Column("held_at", moment(), nullable=False),
        sa.Column("due_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscribers.id"],
            name=op.f("fk_digest_items_subscriber_id_subscribers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_digest_items_message_id_messages"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name=op.f("fk_digest_items_subscription_id_subscriptions"),
            ondelete="SET NULL",
        ),
        sa.UniqueConstraint("subscriber_id", "message_id", name=op.f("uq_digest_items_subscriber_id_message_id")),
    )
    op.create_index("ix_digest_items_message_id", "digest_items", ["message_id"])
    op.create_index("ix_digest_items_due_at", "digest_items", ["due_at"])
    op.create_table(
        "digest_stories",
        sa.Column("message_id", number, nullable=False),
        sa.Column("alert_message_id", number, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_digest_stories_message_id_messages"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["alert_message_id"],
            ["messages.id"],
            name=op.f("fk_digest_stories_alert_message_id_messages"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "message_id", "alert_message_id", name=op.f("uq_digest_stories_message_id_alert_message_id")
        ),
    )
    op.create_index("ix_digest_stories_alert_message_id", "digest_stories", ["alert_message_id"])
    op.create_table(
        "marks",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("subscriber_id", number, nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("action", sa.String(64), server_default=sa.text("''"), nullable=False),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("made_at", moment(), nullable=False),
        sa.Column("remind_at", moment(), nullable=True),
        sa.Column("follow_up_at", moment(), nullable=True),
        sa.Column("replied", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name=op.f("fk_marks_subscriber_id_subscribers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
        sa.UniqueConstraint("subscriber_id", "subject", name=op.f("uq_marks_subscriber_id_subject")),
    )
    op.create_index("ix_marks_remind_at", "marks", ["remind_at"])
    op.create_index("ix_marks_follow_up_at", "marks", ["follow_up_at"])
    op.create_index("ix_marks_subject_mark", "marks", ["subject", "mark"])
