"""Analysing: an interaction's turns become call reasons, emotions, sentiment and characteristics."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from service.errors import NotFound
from service.store import (
    analyses,
    facts,
    interactions,
    phrase_hits,
    phrase_lists,
    picks,
    reason_models,
    rule_application,
    rule_results,
    tasks,
    transcripts,
    written_summaries,
)
from service.store.analyses import NewAnalysis, NewEmotion, NewFinding
from service.store.reason_models import Pinned
from service.store.tasks import Claim, DueTask
from workers.context import Analysing, Context, Report
from workers.facts import facts_in, listed
from workers.gists import keep
from workers.picks import picked
from workers.reason_pins import pinned_reasons
from workers.transcript_rows import transcript_of
from workers.written import written

if TYPE_CHECKING:  # at run time it would load the models' libraries
    from nlp.analysis import Analysis


def analyze(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Read, compute, write: the findings and the interaction's state in one fenced transaction."""
    with context.database.reading() as session:
        interaction = interactions.get(session, claim.subject_id)
        made = transcripts.get(session, interaction.id)
        turns = transcripts.turns(session, interaction.id)
        lists = phrase_lists.list_all(session)
        terms = listed(session)
        rules = rule_application.ready(session, interaction.id)
        own = reason_models.pinned(session)
    if made is None:
        raise NotFound("transcript_not_found", "There is no transcript to analyse.")

    transcript = transcript_of(interaction, made, turns)
    models = context.analysing(own)
    analysis = models.analyze(transcript)
    found = _findings(analysis, models, own)
    zone, region, language = context.settings.time_zone, context.settings.phone_region, analysis.language
    named = facts_in(transcript, interaction, terms, region=region, language=language)
    hits = phrase_hits.matched(lists, turns, duration_ms=interaction.duration_ms)
    outcomes = rules.applied(interaction, made, turns, found, time_zone=zone, language=language)
    told = written(context.settings.summary_command, transcript)
    report(1.0)

    with context.database.transaction() as session:
        tasks.finish(session, claim)
        analyses.replace(session, interaction.id, found)
        row = interactions.mark_analyzed(session, interaction.id)
        phrase_hits.replace(session, interaction.id, hits)
        facts.replace(session, interaction.id, named)
        rule_results.replace(session, interaction.id, outcomes)
        picks.replace(session, interaction.id, picked(analysis.summary))
        written_summaries.replace(session, interaction.id, told)
        keep(session, interaction.id, context.analysis.encoder, analysis.gist)
        row.language = row.language or analysis.language  # a mail or chat seldom says its own
    return ()


def _findings(analysis: "Analysis", models: Analysing, own: Pinned | None) -> NewAnalysis:
    found = pinned_reasons(analysis.call_reasons, analysis.no_reason, models, own)
    return replace(
        found,
        sentiment=analysis.sentiment,
        sentiment_by_party={party: _plain(value) for party, value in analysis.sentiment_by_party.items()},
        characteristics=_plain(analysis.characteristics),
        models=analysis.models,
        thresholds=analysis.thresholds,
        emotions=[
            NewEmotion(party=party, label=emotion.label, score=emotion.score)
            for party, emotions in analysis.emotions_by_party.items()
            for emotion in emotions
        ],
        findings=[
            NewFinding(
                sentiment=turn.sentiment,
                emotions=None
                if turn.emotions is None
                else [{"label": emotion.label, "score": emotion.score} for emotion in turn.emotions],
            )
            for turn in analysis.turns
        ],
    )


def _plain(value: Any) -> Mapping[str, Any]:
    """A value of the models as names and numbers."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value or {}
