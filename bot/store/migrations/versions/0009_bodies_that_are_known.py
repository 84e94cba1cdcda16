"""The last body of each feed by its digest, and how long it asked to be left alone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("body_digest", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("ttl_seconds", sa.Float(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.drop_column("ttl_seconds")
        batch_op.drop_column("body_digest")
