"""The enabled rules made ready for one new interaction, and applied to it once it is analysed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from service.rules.case import Library
from service.rules.facts import Heard
from service.store import rule_facts, rule_results, rules
from service.store.analyses import NewAnalysis
from service.store.database import Session
from service.store.rule_results import RuleResult
from service.store.tables import InteractionRow, RuleRow, TranscriptRow, TurnRow


@dataclass(frozen=True, slots=True)
class Ready:
    """The rules, what they speak of by name, and what was heard in the recording."""

    rules: Sequence[RuleRow]
    library: Library
    heard: Sequence[Heard]

    def applied(
        self,
        row: InteractionRow,
        transcript: TranscriptRow,
        turns: Sequence[TurnRow],
        analysis: NewAnalysis,
        *,
        time_zone: str,
        language: str | None,
    ) -> list[RuleResult]:
        """The result of each rule; ``language`` is what was found where the interaction does not say it."""
        if not self.rules:
            return []
        facts = rule_facts.of_new(
            row, transcript, turns, analysis, time_zone=time_zone, language=language, heard=self.heard
        )
        return rule_results.evaluated(self.rules, facts, self.library)


def ready(session: Session, interaction_id: UUID) -> Ready:
    """Read what is needed before an interaction is analysed."""
    found = rules.enabled(session)
    if not found:
        return Ready((), Library(), ())
    heard = rule_facts.heard(session, [interaction_id])
    return Ready(found, rules.library(session), heard.get(interaction_id, ()))
