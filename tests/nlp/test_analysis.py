"""The second pipeline: what is found in which turn, and why sometimes nothing can be."""

from typing import Any

import pytest

from nlp.analysis import LONGEST_TURN, Analysis
from nlp.characteristics import Thresholds
from nlp.transcript import Party, Transcript, Turn
from tests.nlp.analysis_fakes import WordEmotions, pipeline
from tests.nlp.bag_of_words import WordCounter

AGENT, CUSTOMER, UNKNOWN, SYSTEM = Party.AGENT, Party.CUSTOMER, Party.UNKNOWN, Party.SYSTEM


def transcript(*turns: tuple[Party, str], **fields: Any) -> Transcript:
    made = tuple(Turn(party, text) for party, text in turns)
    return Transcript("text", "1", made, **{"reliable": True, **fields})


def recording(*turns: tuple[Party, str], **fields: Any) -> Transcript:
    made = tuple(
        Turn(party, text, start_ms=1000 * number, end_ms=1000 * number + 900)
        for number, (party, text) in enumerate(turns)
    )
    return Transcript("sphinx", "1", made, **{"reliable": True, "duration_ms": 9000, **fields})


def analyzed(*turns: tuple[Party, str], **fields: Any) -> Analysis:
    return pipeline().analyze(transcript(*turns, **fields))


def labels(analysis: Analysis) -> list[str]:
    return [emotion.label for emotion in analysis.emotions or ()]


def test_reasons_emotions_and_sentiment_of_a_conversation() -> None:
    found = analyzed((AGENT, "what joy to help"), (CUSTOMER, "it is late and that is anger"))
    assert [(reason.name, reason.turn) for reason in found.call_reasons] == [("Late", 1)]
    assert found.no_reason is None
    assert labels(found) == ["anger"]
    assert found.sentiment == -4.0
    assert {party: value.score for party, value in found.sentiment_by_party.items()} == {
        "agent": 3.0,
        "customer": -4.0,
    }
    assert [turn.sentiment for turn in found.turns] == [3.0, -4.0]
    assert set(found.emotions_by_party) == {"agent", "customer"}
    assert found.language == "en"


def test_an_emotion_is_as_strong_as_in_its_strongest_turn_and_neutral_gives_way() -> None:
    found = analyzed((CUSTOMER, "hello to you"), (CUSTOMER, "anger at this"), (CUSTOMER, "anger again !!!"))
    assert [(emotion.label, round(emotion.score, 2)) for emotion in found.emotions] == [("anger", 0.9)]


def test_only_neutral_stays_neutral() -> None:
    assert labels(analyzed((CUSTOMER, "my parcel is here"))) == ["neutral"]


def test_where_nobody_is_the_customer_all_parties_count() -> None:
    found = analyzed((UNKNOWN, "anger about a late parcel"), (UNKNOWN, "joy to help you"))
    assert labels(found) == ["anger", "joy"]
    assert found.sentiment == -0.5
    assert found.call_reasons[0].name == "Late"


def test_a_silent_customer_has_no_sentiment_whatever_the_agent_says() -> None:
    found = analyzed((AGENT, "joy to all"), (CUSTOMER, "  "))
    assert (found.sentiment, labels(found)) == (None, [])


def test_abstaining_is_said() -> None:
    assert analyzed((CUSTOMER, "hello my friend")).no_reason == "abstained"


def test_an_unreliable_transcript_is_not_guessed_from() -> None:
    found = analyzed((CUSTOMER, "it is late and that is anger"), reliable=False)
    assert found.no_reason == "unreliable"
    assert (found.call_reasons, found.emotions, found.sentiment) == ((), None, None)
    assert [turn.sentiment for turn in found.turns] == [None]


@pytest.mark.parametrize("turns", [[], [(CUSTOMER, " ")], [(SYSTEM, "your parcel is late")]])
def test_without_a_customers_text_there_is_none(turns: list[tuple[Party, str]]) -> None:
    assert analyzed(*turns, reliable=None).no_reason == "no_text"


def test_an_agent_alone_on_a_recording_states_no_reason_but_a_note_does() -> None:
    said = (AGENT, "your parcel is late")
    assert pipeline().analyze(recording(said)).no_reason == "no_text"
    assert [reason.name for reason in analyzed(said).call_reasons] == ["Late"]


def test_another_language_is_not_supported() -> None:
    found = analyzed((CUSTOMER, "deutsch: late"), (CUSTOMER, "oh anger"))
    assert (found.language, found.no_reason) == ("de", "language_not_supported")
    assert (found.emotions, found.sentiment) == (None, None)


def test_a_turn_in_another_language_is_left_out() -> None:
    found = analyzed((CUSTOMER, "deutsch anger"), (CUSTOMER, "the parcel is lost"), language="en")
    assert found.call_reasons[0].turn == 1
    assert [turn.sentiment for turn in found.turns] == [None, 0.0]


def test_each_model_reads_the_languages_it_knows() -> None:
    found = analyzed(
        (CUSTOMER, "magyar anger"), (CUSTOMER, "deutsch anger"), (CUSTOMER, "magyar talán"), language="hu"
    )
    assert found.no_reason == "language_not_supported"
    assert [turn.sentiment for turn in found.turns] == [-4.0, None, None]
    assert [turn.emotions for turn in found.turns] == [None, None, None]
    assert found.emotions is None


def test_what_was_not_read_hides_nothing_of_what_was() -> None:
    found = analyzed((CUSTOMER, "magyar talán"), (CUSTOMER, "it is late"), (AGENT, "magyar anger"))
    assert labels(found) == ["neutral"]
    assert [turn.emotions is None for turn in found.turns] == [True, False, True]


def test_a_short_turn_in_other_letters_is_not_taken_for_english() -> None:
    found = analyzed((CUSTOMER, "спасибо, злость"), (CUSTOMER, "anger"))
    assert [turn.sentiment for turn in found.turns] == [None, -4.0]


def test_what_the_recogniser_heard_is_the_language() -> None:
    assert analyzed((CUSTOMER, "ja"), language="de").no_reason == "language_not_supported"


def test_a_mails_subject_counts_and_is_no_turn() -> None:
    found = analyzed((CUSTOMER, "please help me soon"), subject="invoice")
    assert [(reason.name, reason.turn) for reason in found.call_reasons] == [("Invoice", None)]
    found = analyzed((CUSTOMER, "the parcel is lost"), subject="hello")
    assert [(reason.name, reason.turn) for reason in found.call_reasons] == [("Lost", 0)]


@pytest.mark.parametrize("answer", ["Re: ", "RE:", "Fwd: ", "AW: ", "Re[2]: ", "Vá: "])
def test_the_subject_of_an_answer_belongs_to_the_history(answer: str) -> None:
    found = analyzed((CUSTOMER, "thank you very much"), subject=f"{answer}invoice")
    assert (found.call_reasons, found.no_reason) == ((), "abstained")


def test_quoted_history_is_not_read() -> None:
    turn = Turn(CUSTOMER, "thank you very much", quoted="my parcel is late", signature="Late & Lost Ltd.")
    assert pipeline().analyze(Transcript("text", "1", (turn,), reliable=True)).no_reason == "abstained"


def test_many_transcripts_are_read_together() -> None:
    emotions, encoder = WordEmotions(), WordCounter()
    found = pipeline(emotions, encoder).analyze_many(
        [
            transcript((CUSTOMER, "it is late")),
            transcript((CUSTOMER, "it is lost"), reliable=False),
            transcript((CUSTOMER, "i was charged"), (SYSTEM, "chat ended")),
        ]
    )
    assert [[reason.name for reason in one.call_reasons] for one in found] == [["Late"], [], ["Charge"]]
    assert (emotions.calls, encoder.calls) == ([["it is late", "i was charged"]],) * 2
    assert [len(one.turns) for one in found] == [1, 1, 2]


def test_no_transcripts() -> None:
    assert pipeline().analyze_many([]) == []


def test_an_endless_turn_is_read_up_to_a_limit() -> None:
    emotions = WordEmotions()
    pipeline(emotions).analyze(transcript((CUSTOMER, "late " * LONGEST_TURN)))
    assert [len(text) for text in emotions.calls[0]] == [LONGEST_TURN]


def test_versions_thresholds_and_characteristics_are_given() -> None:
    found = pipeline().analyze(recording((AGENT, "hello my friend"), (CUSTOMER, "it is late")))
    assert set(found.models) == {"encoder", "call_reasons", "emotion", "sentiment"}
    assert found.thresholds["call_reasons.primary"] == 0.7
    assert found.thresholds["emotion.joy"] == 0.5
    assert found.characteristics.turns == {"agent": 1, "customer": 1}


def test_the_lengths_that_count_are_set_once_for_all_interactions() -> None:
    found = pipeline(measured_from=Thresholds(non_talk_ms=1_500)).analyze(recording((AGENT, "hello")))
    assert found.characteristics.non_talk_threshold_ms == 1_500
