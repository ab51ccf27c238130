"""Mails on pages: their thread, their attachments, and those of machines; whatever stands in their names."""

from uuid import UUID

import pytest

from service.store import interactions, threads
from service.store.threads import MailPlace
from tests.service.dashboard.conftest import Site
from tests.service.store.made import later, make_interaction

SCRIPT = "<script>alert(1)</script>\u202egpj.exe\u200b"
LANGUAGES = ("en", "hu", "he")


@pytest.fixture
def mails(own_site: Site) -> list[UUID]:
    """A question, its answer and an automatic reply, hostile in every field."""
    with own_site.database.transaction() as session:
        found = []
        for number in range(3):
            row = make_interaction(
                session,
                channel="email",
                started_at=later(number),
                subject=SCRIPT,
                agent=SCRIPT,
                queue=SCRIPT,
                file_name=SCRIPT,
                attributes={SCRIPT: SCRIPT},
            )
            threads.join(session, row, MailPlace((f"{SCRIPT}{number}", f"{SCRIPT}0"), None, number > 0))
            attached = {"name": SCRIPT, "media_type": SCRIPT, "size": 2048, "inline": False}
            interactions.mark_transcribed(
                session, row.id, attachments=[attached, attached | {"code": "unreadable_audio"}]
            )
            found.append(row.id)
        interactions.mark_automatic(session, found[2], "auto_reply", is_contact=False)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_shows_its_thread_and_attachments_and_runs_nothing(
    own_site: Site, mails: list[UUID], language: str
) -> None:
    page = own_site.get(f"/interactions/{mails[0]}", lang=language)
    assert all(f"/interactions/{mail}" in page for mail in mails)
    assert page.count("2") >= 2
    assert "<script>alert" not in page
    assert "gpj.exe" in page


def test_signs_that_nobody_sees_are_taken_out_of_names_and_subjects(
    own_site: Site, mails: list[UUID]
) -> None:
    page = own_site.get(f"/interactions/{mails[0]}")
    heading = page.partition("<h1>")[2].partition("</h1>")[0]
    table = page.partition('id="attachments"')[2].partition("</table>")[0]
    assert "gpj.exe" in heading
    assert "gpj.exe" in table
    assert not set("\u202e\u200b") & set(heading + table)


def test_mails_of_machines_are_marked_and_can_be_asked_for(own_site: Site, mails: list[UUID]) -> None:
    assert "Automatic reply" in own_site.get(f"/interactions/{mails[2]}")
    asked = own_site.get("/interactions", automatic="yes")
    assert f"/interactions/{mails[2]}" in asked
    assert f"/interactions/{mails[0]}" not in asked
    assert f"/interactions/{mails[2]}" not in own_site.get("/interactions", automatic="no")
    day = later(0).date().isoformat()
    assert "1 automatic mail, not counted" in own_site.get("/", first=day, last=day)
