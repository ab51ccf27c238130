"""What people change by hand: whose an interaction is, and what is tried again."""

import pytest

from service.store import customers, interactions, sources, task_lists, transcripts
from tests.service.dashboard.conftest import Site
from tests.service.dashboard.reading import read


def send(site: Site, path: str, **fields: str) -> tuple[int, str]:
    """Post a form as our page would; the status and where it leads, or the page."""
    token = read(site.browser.get("/tasks").text).find("input", name="csrf")[0].attributes["value"]
    answer = site.browser.post(path, data={"csrf": token, **fields})
    return answer.status_code, answer.headers.get("location", answer.text)


def customer_name(site: Site) -> str | None:
    """Whose the unreliable call is."""
    with site.database.reading() as session:
        row = interactions.get(session, site.seeded.unreliable)
        return customers.get(session, row.customer_id).name if row.customer_id else None


def test_an_interaction_is_attached_by_any_identifier_and_detached(own_site: Site) -> None:
    path = f"/interactions/{own_site.seeded.unreliable}/customer"
    status, location = send(own_site, path, kind="phone", value="(415) 555-2671")
    assert (status, location) == (303, f"/interactions/{own_site.seeded.unreliable}?done=attached")
    assert customer_name(own_site) == "Maria Alvarez"
    assert "now belongs to this customer" in own_site.get(location)
    assert send(own_site, f"{path}/detach")[0] == 303
    assert customer_name(own_site) is None


def test_nobody_known_by_it_is_told_unless_a_new_customer_is_wished(own_site: Site) -> None:
    path = f"/interactions/{own_site.seeded.unreliable}/customer"
    status, page = send(own_site, path, kind="email", value="new@example.com")
    assert status == 404
    assert "No customer is known by this." in page
    assert send(own_site, path, kind="email", value="new@example.com", create="yes")[0] == 303
    assert "new@example.com" in own_site.get(f"/interactions/{own_site.seeded.unreliable}")


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [("phone", "12", "This is not a phone number."), ("email", "x", "This is not an e-mail address.")],
)
def test_what_is_no_identifier_is_told(own_site: Site, kind: str, value: str, told: str) -> None:
    status, page = send(
        own_site, f"/interactions/{own_site.seeded.unreliable}/customer", kind=kind, value=value
    )
    assert status == 422
    assert told in page


def test_a_failed_task_is_tried_again(own_site: Site) -> None:
    status, location = send(
        own_site,
        f"/tasks/{own_site.seeded.failed_task}/redrive",
        back=f"/interactions/{own_site.seeded.failed}",
    )
    assert (status, location) == (303, f"/interactions/{own_site.seeded.failed}?done=redriven")
    with own_site.database.reading() as session:
        task = task_lists.latest(session, own_site.seeded.failed)
        assert task is not None
        assert task.state == "queued"
    page = own_site.get(location)
    assert "The task will be tried again." in page
    assert "Try again" not in page


def test_what_has_not_failed_is_not_tried_again(own_site: Site) -> None:
    send(own_site, f"/tasks/{own_site.seeded.failed_task}/redrive")
    status, page = send(own_site, f"/tasks/{own_site.seeded.failed_task}/redrive")
    assert status == 409
    assert "Only a failed task can be tried again." in page


def test_agent_and_customer_are_swapped_and_analysed_again(own_site: Site) -> None:
    path = f"/interactions/{own_site.seeded.call}"
    assert send(own_site, f"{path}/roles") == (303, f"{path}?done=roles_changed")
    page = read(own_site.get(f"{path}?done=roles_changed"))
    assert [turn.attributes["class"].split()[1] for turn in page.find("li", class_="turn")][:2] == [
        "customer",
        "agent",
    ]
    assert "The roles are changed." in page.text
    assert "In work: Analysis." in page.text
    with own_site.database.reading() as session:
        task = task_lists.latest(session, own_site.seeded.call)
        assert task is not None
        assert (task.stage, task.state) == ("analyze", "queued")


def test_each_voice_of_a_mono_recording_gets_its_role(own_site: Site) -> None:
    path = f"/interactions/{own_site.seeded.voices}"
    page = read(own_site.get(path))
    assert "sure to 72%" in page.text
    chosen = [select for select in page.find("select") if select.attributes["name"].startswith("speaker.")]
    assert [select.find("option", selected="")[0].attributes["value"] for select in chosen] == [
        "agent",
        "customer",
    ]
    assert send(own_site, f"{path}/roles", **{"speaker.0": "system", "speaker.1": "agent"})[0] == 303
    with own_site.database.reading() as session:
        parties = {turn.speaker: turn.party for turn in transcripts.turns(session, own_site.seeded.voices)}
    assert parties == {0: "system", 1: "agent"}
    again = read(own_site.get(path)).text
    assert "Roles set by hand." in again
    assert "sure to" not in again


def test_roles_that_cannot_be_swapped_are_told(own_site: Site) -> None:
    status, page = send(own_site, f"/interactions/{own_site.seeded.unreliable}/roles")
    assert status == 409
    assert "there is nothing to swap" in page


def test_a_source_is_set_and_removed_by_forms_alone(own_site: Site) -> None:
    fields = {
        "name": "pbx/east & co",
        "outbound.left": "customer",
        "outbound.right": "agent",
        "outbound.further": "2=system",
        "vocabulary": "Overtone\r\n\r\nKovács",
        "language": "hu",
        "translate": "yes",
        "originals": "delete",
    }
    status, location = send(own_site, "/sources", **fields)
    assert (status, location) == (303, "/sources?name=pbx%2Feast%20%26%20co&done=source_set")
    page = read(own_site.get(location))
    assert "Outbound: 0=customer 1=agent 2=system" in page.text
    with own_site.database.reading() as session:
        row = sources.get(session, fields["name"])
        assert (row.vocabulary, row.language, row.translate, row.keep_original) == (
            ["Overtone", "Kovács"],
            "hu",
            True,
            False,
        )
    etag = page.find("input", name="etag")[0].attributes["value"]
    assert send(own_site, "/sources", **(fields | {"etag": etag, "language": ""}))[0] == 303
    status, told = send(own_site, "/sources/remove", name=fields["name"], etag=etag)
    assert status == 412
    assert "Somebody else has changed it meanwhile." in told
    assert send(own_site, "/sources/remove", name=fields["name"])[0] == 303


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "a", "language": "../"},
        {"name": "a", "inbound.further": "left=me"},
    ],
)
def test_a_source_that_cannot_be_is_told_and_not_set(own_site: Site, fields: dict[str, str]) -> None:
    assert send(own_site, "/sources", **fields)[0] == 422
    with own_site.database.reading() as session:
        assert sources.list_all(session) == []


def test_a_reader_only_reads(own_site: Site) -> None:
    reader = own_site.stranger()
    assert reader.post("/login", data={"key": own_site.seeded.reading_token}).status_code == 303
    page = read(reader.get(f"/interactions/{own_site.seeded.failed}").text)
    assert [form.attributes["action"] for form in page.find("form")] == ["/logout"]
    token = page.find("input", name="csrf")[0].attributes["value"]
    for path in (
        f"/tasks/{own_site.seeded.failed_task}/redrive",
        f"/interactions/{own_site.seeded.call}/customer/detach",
        f"/interactions/{own_site.seeded.call}/roles",
        "/sources",
        "/sources/remove",
        "/phrases/lists",
        "/phrases/lists/remove",
        "/phrases/lists/apply",
        "/discovery/themes",
        "/facts/lists",
        "/facts/lists/remove",
        "/facts/lists/apply",
    ):
        answer = reader.post(path, data={"csrf": token})
        assert answer.status_code == 403
        assert "Your key does not allow this." in answer.text


def test_audio_is_served_in_ranges_and_only_the_playable_one(own_site: Site) -> None:
    path = f"/interactions/{own_site.seeded.call}/audio"
    answer = own_site.browser.get(path, headers={"range": "bytes=0-3"})
    assert (answer.status_code, answer.content) == (206, b"RIFF")
    assert answer.headers["content-type"] == "audio/wav"
    assert own_site.browser.get(f"/interactions/{own_site.seeded.mail}/audio").status_code == 404


def test_static_files_are_kept_by_browsers_and_nothing_else_is_given(own_site: Site) -> None:
    page = read(own_site.get("/tasks"))
    for link in [*page.find("link"), *page.find("script")]:
        path = link.attributes.get("href") or link.attributes["src"]
        answer = own_site.stranger().get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert own_site.stranger().get("/static/x/..%2Fpages.py").status_code == 404
    assert own_site.stranger().get("/static/x/pages.py").status_code == 404
