"""What an entry said before, the page that it is about, and the second ear's memory of a feed's listing page."""

import sqlalchemy as sa
from alembic import op

from bot.store.schema import Id, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("stamp", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("missed_by_feed", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index("ix_entries_feed_id_place", ["feed_id", "place"], unique=False)
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("index_known_url", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("index_due_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("index_failures", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("index_failure", sa.Text(), nullable=True))
    add_entry_versions()
    add_listed_links()


def add_entry_versions() -> None:
    op.create_table(
        "entry_versions",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_entry_versions_entry_id_entries"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_versions")),
    )
    op.create_index(op.f("ix_entry_versions_entry_id"), "entry_versions", ["entry_id"], unique=False)


def add_listed_links() -> None:
    op.create_table(
        "listed_links",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("feed_id", Id, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("polls", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name=op.f("fk_listed_links_feed_id_feeds"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_links")),
        sa.UniqueConstraint("feed_id", "place", name=op.f("uq_listed_links_feed_id_place")),
    )
