"""Phrases over the archive: a list applied to its transcripts, or words sought in its recordings."""

from uuid import UUID

import structlog

from nlp.errors import NlpError
from nlp.recording_options import RecordingOptions
from nlp.transcript import Party, Transcript
from service.errors import NotFound
from service.store import archive_walk, phrase_hits, phrase_runs, tasks, transcripts
from service.store.database import Session
from service.store.phrase_hits import NewHit
from service.store.phrase_runs import RunHit
from service.store.tables import InteractionRow, PhraseListRow, PhraseRunRow
from service.store.tasks import Claim, DueTask, Fenced
from workers.context import Context, Report
from workers.transcript_rows import heard_phrases, stretches, transcript_of

BATCH = 50
NOT_SOUGHT, FOREIGN = "spoken_phrase_not_sought", "spoken_phrases_english_only"

log = structlog.get_logger()


def apply_list(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Seek a list's phrases in every transcript, a batch in a transaction; a killed worker costs a batch."""
    while True:
        with context.database.reading() as session:
            run = phrase_runs.get(session, claim.subject_id)
            listed = _list(session, run)
            rows = phrase_runs.following(session, run, limit=BATCH)
            turns = {row.id: transcripts.turns(session, row.id) for row in rows}
        found: dict[UUID, list[NewHit]] = {
            row.id: phrase_hits.matched([listed], turns[row.id], duration_ms=row.duration_ms) for row in rows
        }
        with context.database.transaction() as session:
            run = _held(session, claim)
            for row in rows:
                run.hits_before += phrase_hits.replace(session, row.id, found[row.id], only=listed.id)
                run.hits_after += len(found[row.id])
                archive_walk.reach(run, row)
            if len(rows) < BATCH:
                return _finished(session, claim, run)
        report(min(1.0, run.done / max(run.total, 1)))


def seek_in_sound(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Seek phrases in every recording whose original is kept; a recording that cannot be read is counted."""
    while True:
        with context.database.reading() as session:
            run = phrase_runs.get(session, claim.subject_id)
            rows = phrase_runs.following(session, run, limit=1)
            known = _transcript(session, rows[0]) if rows else None
        heard = _heard(context, run, rows[0], known) if rows else []
        with context.database.transaction() as session:
            run = _held(session, claim)
            if not rows:
                return _finished(session, claim, run)
            if heard is None:
                run.skipped += 1
            else:
                phrase_runs.add_hits(session, run, rows[0].id, heard)
            archive_walk.reach(run, rows[0])
        report(min(1.0, run.done / max(run.total, 1)))


def _transcript(session: Session, row: InteractionRow) -> Transcript | None:
    made = transcripts.get(session, row.id)
    return None if made is None else transcript_of(row, made, transcripts.turns(session, row.id))


def _heard(
    context: Context, run: PhraseRunRow, row: InteractionRow, known: Transcript | None
) -> list[RunHit] | None:
    """The phrases in one recording; None where it is gone, unreadable or in a language that is not searched.

    Raises NlpError for a phrase that nobody can seek: no hits would say that it was not said.
    """
    channel_map = row.channel_map or {}
    options = RecordingOptions(
        channel_map={int(number): Party(party) for number, party in channel_map.items()} or None,
        language=row.language,
        pauses=stretches(row.pauses or ()),
        spoken_phrases=tuple(run.phrases),
    )
    try:
        path = context.blobs.path(row.blob_key)
        found, notices = context.transcription.spoken_phrases(path, options, known=known)
    except (NlpError, NotFound, FileNotFoundError) as error:
        log.info("recording_skipped", interaction=str(row.id), reason=type(error).__name__)
        return None
    for notice in notices:
        if notice.code == NOT_SOUGHT:
            raise NlpError(notice.code, notice.detail, "Write it in other words.")
    if not found and any(notice.code == FOREIGN for notice in notices):
        return None
    hits = [
        RunHit(
            phrase=hit.query,
            party=hit.party,
            start_ms=hit.start_ms,
            end_ms=hit.end_ms,
            score=hit.score,
        )
        for hit in heard_phrases(found)
    ]
    return [hit for hit in hits if run.party in (None, hit.party)]


def _list(session: Session, run: PhraseRunRow) -> PhraseListRow:
    row = session.get(PhraseListRow, run.list_id)
    if row is None:
        raise NotFound("phrase_list_not_found", "The phrase list was deleted meanwhile.")
    return row


def _held(session: Session, claim: Claim) -> PhraseRunRow:
    """The job, if it is still this worker's. Raises Fenced."""
    if not tasks.heartbeat(session, claim):
        raise Fenced(str(claim.task_id))
    return phrase_runs.get(session, claim.subject_id)


def _finished(session: Session, claim: Claim, run: PhraseRunRow) -> tuple[DueTask, ...]:
    archive_walk.end(run)
    tasks.finish(session, claim)
    return ()
