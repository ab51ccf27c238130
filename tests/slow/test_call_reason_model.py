"""The shipped call-reason model: loaded as published, and sensible on sentences and calls of the field."""

import csv
from pathlib import Path

import pytest

from nlp.analysis import AnalysisPipeline, open_analysis
from nlp.call_reasons import ReasonModel, open_call_reasons
from nlp.encoder import open_encoder
from nlp.training.reason_augmentation import spoken
from nlp.transcript import Party, Transcript, Turn

pytestmark = pytest.mark.slow

MODELS = Path(__file__).resolve().parents[2] / "models"
UNSEEN = Path(__file__).with_name("unseen_reasons.tsv")
CALL = [
    (Party.AGENT, "Thank you for calling, this is Maria. How can I help?"),
    (Party.CUSTOMER, "Hi, yes, my name is John Fisher."),
    (Party.AGENT, "Hello John. Was anything wrong with your bill, or is it about a delivery?"),
    (Party.CUSTOMER, "I forgot my password and I can't log in to my account any more."),
    (Party.AGENT, "I see. Could you tell me your date of birth?"),
    (Party.CUSTOMER, "The third of May nineteen eighty."),
    (Party.CUSTOMER, "Oh, and I'd also like to book an appointment with an adviser for next week."),
    (Party.CUSTOMER, "That's all, thank you very much. Bye."),
]


@pytest.fixture(scope="module")
def model() -> ReasonModel:
    return open_call_reasons(MODELS, open_encoder(MODELS))


def unseen() -> list[dict[str, str]]:
    with UNSEEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("plain", [False, True])
def test_unseen_sentences(model: ReasonModel, *, plain: bool) -> None:
    rows = unseen()
    texts = [spoken(row["text"]) if plain else row["text"] for row in rows]
    found = model.predict([[(Party.CUSTOMER, text)] for text in texts])
    stated = [(row, reasons) for row, reasons in zip(rows, found, strict=True) if row["top"] != "none"]
    kept = [(row, reasons[0]) for row, reasons in stated if reasons]
    right = [row for row, reason in kept if (reason.parent or reason.name) == row["top"]]
    assert len(kept) >= 0.6 * len(stated)
    assert len(right) >= 0.85 * len(kept)
    assert all(not reasons for row, reasons in zip(rows, found, strict=True) if row["top"] == "none")


def test_a_call_has_its_reasons_with_their_turns(model: ReasonModel) -> None:
    (found,) = model.predict([CALL])
    assert [(reason.name, reason.turn) for reason in found] == [("Login or password", 3), ("New booking", 6)]


def test_small_talk_alone_is_no_reason(model: ReasonModel) -> None:
    assert model.predict(
        [[turn for turn in CALL if "password" not in turn[1] and "book" not in turn[1]]]
    ) == [()]


@pytest.fixture(scope="module")
def pipeline() -> AnalysisPipeline:
    return open_analysis(MODELS)


def mail(text: str, *, subject: str = "", quoted: str = "") -> Transcript:
    turn = Turn(Party.CUSTOMER, text, quoted=quoted)
    return Transcript("text", "1", (turn,), reliable=True, subject=subject)


def test_a_mails_reason_may_stand_in_its_subject(pipeline: AnalysisPipeline) -> None:
    found = pipeline.analyze(mail("Please see my number below. Thank you!", subject="Cancel my subscription"))
    assert [(reason.name, reason.turn) for reason in found.call_reasons] == [("Cancel a contract", None)]


def test_a_quoted_reason_is_not_the_mails(pipeline: AnalysisPipeline) -> None:
    found = pipeline.analyze(mail("Thank you, that is fine.", quoted="> I want to cancel my subscription."))
    assert (found.call_reasons, found.no_reason) == ((), "abstained")


def test_an_angry_customer_and_a_friendly_agent_are_kept_apart(pipeline: AnalysisPipeline) -> None:
    turns = (
        Turn(Party.CUSTOMER, "This is the third time I call about the same problem. I am furious!"),
        Turn(Party.AGENT, "I am so glad you called, thank you, I would love to help you with that."),
    )
    found = pipeline.analyze(Transcript("text", "1", turns, reliable=True))
    customer = {emotion.label for emotion in found.emotions_by_party["customer"]}
    assert customer & {"anger", "annoyance"}
    assert not {emotion.label for emotion in found.emotions_by_party["agent"]} & {"anger", "annoyance"}
    assert found.call_reasons[0].name == "Problem not solved"
    assert found.sentiment is not None
    assert found.sentiment < 0


def test_hungarian_is_not_supported(pipeline: AnalysisPipeline) -> None:
    found = pipeline.analyze(
        mail("Jó napot kívánok! Szeretném lemondani az előfizetésemet, kérem, segítsenek.")
    )
    assert (found.language, found.no_reason) == ("hu", "language_not_supported")
