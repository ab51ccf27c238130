"""What came of a condition or a rule: true, false or unknown (Kleene), why unknown, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_EVIDENCE = 50  # places of one rule in one interaction: more say nothing more


class Outcome(StrEnum):
    """How a rule ended on one interaction."""

    MATCHED = "matched"
    NOT_MATCHED = "not_matched"
    NOT_EVALUATED = "not_evaluated"


class Code(StrEnum):
    """Why a condition could not be evaluated."""

    UNRELIABLE = "unreliable_transcript"
    NO_TEXT = "no_text"
    PARTY_UNKNOWN = "party_unknown"
    NO_TIMES = "no_times"
    NOT_ANALYSED = "not_analysed"
    NOT_MEASURED = "not_measured"
    NOT_READ = "not_read"
    LANGUAGE_NOT_SUPPORTED = "language_not_supported"
    LANGUAGE_UNKNOWN = "language_unknown"
    NOT_A_NUMBER = "not_a_number"
    BELOW_THRESHOLD = "below_threshold"
    NO_SUCH_LIST = "no_such_phrase_list"
    NO_SUCH_RULE = "no_such_rule"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a condition holds: characters of a turn, a stretch of time, or a number measured.

    ``condition`` is its text in the rule; what has no place at all matches by the interaction as a whole.
    """

    condition: str
    turn: int | None = None
    start: int | None = None
    end: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    value: float | str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """``value`` None: unknown, for the reasons in ``codes``; ``evidence`` where it is true."""

    value: bool | None
    codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """As it is told."""
        if self.value is None:
            return Outcome.NOT_EVALUATED
        return Outcome.MATCHED if self.value else Outcome.NOT_MATCHED


NO = Verdict(False)


def unknown(*codes: Code) -> Verdict:
    """It cannot be told."""
    return Verdict(None, tuple(dict.fromkeys(codes)))


def yes(evidence: Sequence[Evidence] = ()) -> Verdict:
    """It holds."""
    return Verdict(True, (), tuple(evidence[:MOST_EVIDENCE]))


def all_of(verdicts: Sequence[Verdict]) -> Verdict:
    """True where all are; false where one is; else unknown."""
    if any(verdict.value is False for verdict in verdicts):
        return NO
    return _unknown(verdicts) or yes([one for verdict in verdicts for one in verdict.evidence])


def any_of(verdicts: Sequence[Verdict]) -> Verdict:
    """True where one is; false where all are; else unknown."""
    if found := [verdict for verdict in verdicts if verdict.value]:
        return yes([one for verdict in found for one in verdict.evidence])
    return _unknown(verdicts) or NO


def none_of(verdicts: Sequence[Verdict]) -> Verdict:
    """True where all are false, by absence; false where one is true; else unknown."""
    if any(verdict.value for verdict in verdicts):
        return NO
    return _unknown(verdicts) or yes()


def _unknown(verdicts: Sequence[Verdict]) -> Verdict | None:
    codes = [code for verdict in verdicts if verdict.value is None for code in verdict.codes]
    undecided = any(verdict.value is None for verdict in verdicts)
    return unknown(*codes) if undecided else None
