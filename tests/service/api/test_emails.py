"""E-mails over HTTP: placed by their head."""

from starlette.testclient import TestClient

from tests.service.api.sent import mail, said


def found(client: TestClient, content: bytes, **fields: object) -> dict[str, object]:
    """The interaction that a mail became."""
    answer = client.post("/v1/emails", content=content, headers=said(**fields) if fields else {})
    assert answer.status_code == 202, answer.text
    interaction: dict[str, object] = client.get(answer.json()["interaction"]).json()
    return interaction


def known_by(client: TestClient, interaction: dict[str, object]) -> set[str]:
    """What the interaction's customer is known by."""
    customer = client.get(f"/v1/customers/{interaction['customer_id']}").json()
    return {one["value"] for one in customer["identifiers"]}


def test_a_customers_mail_is_inbound(client: TestClient) -> None:
    interaction = found(client, mail(Message_ID="<1@example.com>"))
    assert (interaction["channel"], interaction["direction"]) == ("email", "inbound")
    assert interaction["external_id"] == interaction["thread"] == "1@example.com"
    assert interaction["started_at"] == "2026-03-03T09:00:00Z"
    assert interaction["subject"] is None  # until it is redacted
    assert known_by(client, interaction) == {"ada@example.com"}
    assert client.get(f"/v1/customers/{interaction['customer_id']}").json()["name"] == "Ada Byron"


def test_an_answer_of_ours_is_outbound_and_of_the_same_customer_and_thread(client: TestClient) -> None:
    first = found(client, mail(Message_ID="<1@example.com>"))
    second = found(
        client,
        mail(
            From="Kim <kim@support.centre.example>",
            To="boss@centre.example, =?utf-8?q?Ada_B?= <ADA@example.com>",
            References="<1@example.com> <2@centre.example>",
        ),
    )
    assert (second["direction"], second["thread"]) == ("outbound", "1@example.com")
    assert second["customer_id"] == first["customer_id"]


def test_a_mail_among_ourselves_is_nobodys(client: TestClient) -> None:
    interaction = found(client, mail(From="kim@centre.example", To="lee@centre.example"))
    assert (interaction["direction"], interaction["customer_id"]) == ("internal", None)
    assert interaction["is_contact"] is False


def test_what_is_said_goes_before_what_is_read(client: TestClient) -> None:
    interaction = found(
        client,
        mail(),
        external_id="mail-1",
        started_at="2026-04-01T00:00:00Z",
        customer={"phone": "+12025550101", "email": "other@example.com"},
    )
    assert (interaction["external_id"], interaction["started_at"]) == ("mail-1", "2026-04-01T00:00:00Z")
    assert known_by(client, interaction) == {"+12025550101", "other@example.com"}


def test_a_phone_that_is_said_joins_the_address_that_is_read(client: TestClient) -> None:
    assert known_by(client, found(client, mail(), customer={"phone": "+12025550101"})) == {
        "+12025550101",
        "ada@example.com",
    }


def test_a_said_direction_turns_the_sides(client: TestClient) -> None:
    interaction = found(client, mail(To="bob@example.org"), direction="outbound")
    assert interaction["direction"] == "outbound"
    assert known_by(client, interaction) == {"bob@example.org"}


def test_a_poor_head_is_enough(client: TestClient) -> None:
    interaction = found(client, b"Subject: hello\n\nwhere is my parcel?\n")
    assert (interaction["direction"], interaction["customer_id"], interaction["thread"]) == (None, None, None)
    assert len(str(interaction["external_id"])) == 64


def test_the_same_mail_again_is_no_new_work(client: TestClient) -> None:
    content = mail()
    first = client.post("/v1/emails", content=content)
    again = client.post("/v1/emails", content=content)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.headers["Location"] == again.headers["Location"]


def test_a_mail_may_come_as_a_form(client: TestClient) -> None:
    answer = client.post("/v1/emails", files={"file": ("complaint.eml", mail())})
    assert client.get(answer.json()["interaction"]).json()["file_name"] == "complaint.eml"
