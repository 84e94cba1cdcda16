"""What organisers said of entries and of stories; stories that were put into one, and new turns of earlier ones."""

import sqlalchemy as sa
from alembic import op

import bot.store.schema

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into", key, nullable=True))
        batch_op.add_column(sa.Column("follows_story_id", key, nullable=True))
        batch_op.create_index(batch_op.f("ix_stories_merged_into"), ["merged_into"], unique=False)
    op.create_table(
        "labels",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("entry_id", key, nullable=False),
        sa.Column("label", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("made_at", bot.store.schema.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_labels_entry_id_entries"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_labels_entry_id")),
    )
    op.create_table(
        "pairs",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("first_id", key, nullable=False),
        sa.Column("second_id", key, nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("made_at", bot.store.schema.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["stories.id"], name=op.f("fk_pairs_first_id_stories"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["stories.id"], name=op.f("fk_pairs_second_id_stories"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairs")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_pairs_first_id_second_id")),
    )
