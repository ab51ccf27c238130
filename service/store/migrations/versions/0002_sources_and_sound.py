"""Sources, what the sound of a recording tells, and originals that may be deleted."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
_TO_DELETE = sa.text("NOT keep_original AND original_deleted_at IS NULL")


def upgrade() -> None:
    op.create_table('sources',
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('channel_maps', _JSON, nullable=False),
    sa.Column('vocabulary', _JSON, nullable=False),
    sa.Column('language', sa.String(length=16), nullable=True),
    sa.Column('translate', sa.Boolean(), nullable=False),
    sa.Column('keep_original', sa.Boolean(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_sources'))
    )
    with op.batch_alter_table('interactions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pauses', _JSON, nullable=True))
        batch_op.add_column(sa.Column('keep_original', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('original_deleted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_interactions_blob_key'), ['blob_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_interactions_playback_key'), ['playback_key'], unique=False)
        batch_op.create_index('ix_interactions_originals_to_delete', ['transcribed_at'], unique=False, sqlite_where=_TO_DELETE, postgresql_where=_TO_DELETE)

    with op.batch_alter_table('transcripts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('languages', _JSON, nullable=False, server_default=sa.text("'{}'")))
        batch_op.add_column(sa.Column('role_confidence', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('sound', _JSON, nullable=True))

    with op.batch_alter_table('turns', schema=None) as batch_op:
        batch_op.add_column(sa.Column('speaker', sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('turns', schema=None) as batch_op:
        batch_op.drop_column('speaker')

    with op.batch_alter_table('transcripts', schema=None) as batch_op:
        batch_op.drop_column('sound')
        batch_op.drop_column('role_confidence')
        batch_op.drop_column('languages')

    with op.batch_alter_table('interactions', schema=None) as batch_op:
        batch_op.drop_index('ix_interactions_originals_to_delete')
        batch_op.drop_index(batch_op.f('ix_interactions_playback_key'))
        batch_op.drop_index(batch_op.f('ix_interactions_blob_key'))
        batch_op.drop_column('original_deleted_at')
        batch_op.drop_column('keep_original')
        batch_op.drop_column('pauses')

    op.drop_table('sources')
