"""Signatures leave the text; closing words inside a text do not."""

import pytest

from nlp.messages import signatures


@pytest.mark.parametrize(
    "signature",
    [
        "--\nJo Doe\nAcme Ltd.",
        "Best regards,\nJo",
        "Thanks,\n\nJo Doe\nHead of Things\n+1 212 555 0142",
        "Cheers, Jo",
        "Sent from my iPhone",
        "Get Outlook for iOS",
        "Üdvözlettel,\nKovács Jó",
        "Mit freundlichen Grüßen\nJo",
        "Cordialement,\nJo",
        "Un saludo,\nJo",
        "בברכה,\nיוסי",
        "Von meinem iPhone gesendet",
        "Thanks in advance for your help,\nJo",
        "בתודה מראש ובברכה,\nיעל",
        "Many thanks and kind regards\nJo",
        "Köszönettel és üdvözlettel,\nAnna",
        "Elküldve a Samsung Galaxy okostelefonomról.",
        "This message is confidential and for the addressee only.",
    ],
)
def test_takes_the_signature_off(signature: str) -> None:
    text, found = signatures.separate(f"The lamp is broken. Please help.\n\n{signature}")
    assert text == "The lamp is broken. Please help."
    assert found == signature


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for your help. It works now.",
        "Thanks,\nbut this did not help at all and I would like to have my money back as soon as possible.",
        "a fix -- this is not a signature\nand more",
        "Thank you",
    ],
)
def test_leaves_sentences_alone(text: str) -> None:
    assert signatures.separate(text) == (text, "")


def test_the_authors_name_begins_a_signature() -> None:
    assert signatures.separate("It broke.\n\nJo\n555 0142", author="Jo Doe") == ("It broke.", "Jo\n555 0142")
    assert signatures.separate("It broke.\nJo knows", author="Jo Doe") == ("It broke.\nJo knows", "")
