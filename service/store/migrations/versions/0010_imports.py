"""Files of many interactions, and the lines of them that were not taken."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('imports',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('file_name', sa.String(length=255), nullable=True),
    sa.Column('blob_key', sa.String(length=80), nullable=False),
    sa.Column('blob_bytes', sa.BigInteger(), nullable=False),
    sa.Column('mapping', _JSON, nullable=False),
    sa.Column('encoding', sa.String(length=16), nullable=True),
    sa.Column('reached', sa.BigInteger(), nullable=False),
    sa.Column('imported', sa.Integer(), nullable=False),
    sa.Column('existing', sa.Integer(), nullable=False),
    sa.Column('bad', sa.Integer(), nullable=False),
    sa.Column('failure_code', sa.String(length=64), nullable=True),
    sa.Column('failure_detail', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imports'))
    )
    op.create_index(op.f('ix_imports_blob_key'), 'imports', ['blob_key'])
    op.create_table('import_bad_rows',
    sa.Column('import_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('first_line', sa.BigInteger(), nullable=False),
    sa.Column('last_line', sa.BigInteger(), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['imports.id'], name=op.f('fk_import_bad_rows_import_id_imports'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('import_id', 'number', name=op.f('pk_import_bad_rows'))
    )


def downgrade() -> None:
    op.drop_table('import_bad_rows')
    op.drop_index(op.f('ix_imports_blob_key'), table_name='imports')
    op.drop_table('imports')
