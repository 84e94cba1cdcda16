"""What entries are about, by subject and day, and an index of their words."""

import sqlalchemy as sa
from alembic import op

import bot.store.schema

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Only what belongs to a story can be told, so nothing else is indexed. The text itself stays in `entries`.
SQLITE = (
    "DROP TABLE IF EXISTS entry_words",
    """
    CREATE VIRTUAL TABLE entry_words USING fts5(
        title, summary, content='entries', content_rowid='id', tokenize='porter unicode61'
    )
    """,
    """
    INSERT INTO entry_words(rowid, title, summary)
        SELECT id, title, summary FROM entries WHERE story_id IS NOT NULL
    """,
    """
    CREATE TRIGGER entry_words_added AFTER INSERT ON entries WHEN new.story_id IS NOT NULL BEGIN
        INSERT INTO entry_words(rowid, title, summary) VALUES (new.id, new.title, new.summary);
    END
    """,
    """
    CREATE TRIGGER entry_words_changed AFTER UPDATE OF title, summary, story_id ON entries BEGIN
        INSERT INTO entry_words(entry_words, rowid, title, summary)
            SELECT 'delete', old.id, old.title, old.summary WHERE old.story_id IS NOT NULL;
        INSERT INTO entry_words(rowid, title, summary)
            SELECT new.id, new.title, new.summary WHERE new.story_id IS NOT NULL;
    END
    """,
    """
    CREATE TRIGGER entry_words_gone AFTER DELETE ON entries WHEN old.story_id IS NOT NULL BEGIN
        INSERT INTO entry_words(entry_words, rowid, title, summary)
            VALUES ('delete', old.id, old.title, old.summary);
    END
    """,
)
# PostgreSQL refuses a tsvector of a megabyte, and with it the entry: a long text's beginning is enough.
POSTGRESQL = (
    """
    ALTER TABLE entries ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', left(title, 10000)), 'A')
        || setweight(to_tsvector('english', left(summary, 100000)), 'C')
    ) STORED
    """,
    "CREATE INDEX ix_entries_words ON entries USING gin (words) WHERE story_id IS NOT NULL",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER entry_words_added",
        "DROP TRIGGER entry_words_changed",
        "DROP TRIGGER entry_words_gone",
        "DROP TABLE entry_words",
    ),
    "postgresql": ("ALTER TABLE entries DROP COLUMN words",),
}


def upgrade() -> None:
    op.create_table(
        "entry_subjects",
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("dated_at", bot.store.schema.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_entry_subjects_entry_id_entries"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("entry_id", "subject", name=op.f("uq_entry_subjects_entry_id_subject")),
    )
    op.create_index("ix_entry_subjects_subject_dated_at", "entry_subjects", ["subject", "dated_at", "entry_id"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    for statement in UNDO[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("entry_subjects")
