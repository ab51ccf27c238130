"""The full-text index, and a job that fills it from the archive."""

from alembic import op
from service.store.migrations import archive_job
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None



def upgrade() -> None:
    op.create_table('search_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('party', sa.String(length=16), nullable=False),
    sa.Column('words', sa.Text().with_variant(postgresql.TSVECTOR(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_search_entries_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entries'))
    )
    op.create_index(op.f('ix_search_entries_interaction_id'), 'search_entries', ['interaction_id'])
    if op.get_bind().dialect.name == 'postgresql':
        op.create_index('ix_search_entries_words', 'search_entries', ['words'], postgresql_using='gin')
    else:
        _create_fts()
    archive_job.queue('search_index', {'entries': 0})


def _create_fts() -> None:
    """The words are comparable already: FTS5 has to part them at blanks only, which its ascii tokenizer does."""
    op.execute("CREATE VIRTUAL TABLE search_words USING fts5("
               "words, content='search_entries', content_rowid='id', tokenize='ascii', prefix='2 3 4')")
    op.execute("CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN "
               "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END")
    op.execute("CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN "
               "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); END")


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE search_words')
    op.drop_table('search_entries')
