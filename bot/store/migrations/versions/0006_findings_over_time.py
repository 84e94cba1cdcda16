"""When a published story's page is read again, and what it said the last time, beside what readers were sent."""

import sqlalchemy as sa
from alembic import op

import bot.store.schema

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reread_at", bot.store.schema.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("reread_failures", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.create_index(batch_op.f("ix_stories_reread_at"), ["reread_at"], unique=False)
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("latest", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("last_read_at", bot.store.schema.UtcDateTime(), nullable=True))
