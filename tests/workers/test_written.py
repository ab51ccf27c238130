"""A summary by the user's own command, within limits."""

from pathlib import Path

import pytest

from nlp.transcript import Party, Transcript, Turn
from service.store import picks, tasks, written_summaries
from service.store.written_summaries import Written
from tests.workers.conftest import accept, chat
from workers.context import Context
from workers.loop import drain
from workers.written import written

SAID = Transcript("x", "1", (Turn(Party.CUSTOMER, "Kérem, é [NAME]"),), language="hu", reliable=True)


def test_without_a_command_nothing_is_written() -> None:
    assert written("", SAID) is None
    assert written("  ", SAID) is None


def test_the_command_gets_the_redacted_turns_as_json() -> None:
    given = '{"language": "hu", "turns": [{"party": "customer", "text": "Kérem, é [NAME]"}]}'
    assert written("/bin/cat", SAID) == Written("cat", text=given)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ("/no/such/program", "summary_command_missing"),
        ("/bin/false", "summary_command_failed"),
        ("/bin/true", "summary_command_failed"),
        ("/bin/sleep 60", "summary_command_late"),
        ("/bin/cat /dev/zero", "summary_too_long"),
        ("/bin/cat 'open", "summary_command_missing"),
        ("/bin/echo\0x", "summary_command_missing"),
    ],
)
def test_what_goes_wrong_with_it_is_a_code(command: str, error: str) -> None:
    found = written(command, SAID, seconds=0.3)
    assert found is not None
    assert (found.text, found.error) == (None, error)


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    found = written(f"/bin/echo $HOME; touch {tmp_path}/made", SAID)
    assert found is not None
    assert found.text == f"$HOME; touch {tmp_path}/made"
    assert not list(tmp_path.iterdir())


def test_it_is_not_asked_about_what_cannot_be_trusted() -> None:
    doubtful = Transcript("x", "1", SAID.turns, reliable=False)
    assert written("/bin/cat", doubtful) == Written("cat", error="not_measurable")
    assert written("/bin/cat", Transcript("x", "1", ())) == Written("cat", error="not_measurable")


def test_passwords_of_the_worker_are_not_shown_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:secret@nowhere.invalid/there")
    found = written("/usr/bin/env", SAID)
    assert found is not None
    assert "secret" not in (found.text or "")


def test_its_text_is_stored_apart_from_the_picks(context: Context) -> None:
    context.settings = context.settings.model_copy(update={"summary_command": "/bin/echo <b>short</b>"})
    task = accept(context, chat("My parcel is late. Sorry."))
    drain(context)

    with context.database.reading() as session:
        one = tasks.view(session, task).interaction_id
        row = written_summaries.of(session, one)
        assert row is not None
        assert (row.text, row.made_by, row.error) == ("<b>short</b>", "echo", None)
        assert [pick.text for pick in picks.of(session, one).values()] == ["My parcel is late"]
