"""What was written, as turns: a mail's new text, the messages of a chat."""

from collections.abc import Sequence
from datetime import datetime

from nlp.messages import Mail, Message
from nlp.transcript import Notice, Party, Turn


def mail_turns(mail: Mail, author: Party) -> tuple[Turn, ...]:
    """One turn of what the author wrote, be it in the subject; none if nothing was written."""
    text = mail.text if mail.text.strip() or mail.quoted else mail.subject
    turn = Turn(author, text, quoted=mail.quoted, signature=mail.signature)
    return (turn,) if text.strip() else ()


def mail_notices(mail: Mail) -> tuple[Notice, ...]:
    """What the reader must know of a mail: that a machine sent it, and by what that was seen."""
    if mail.automatic is None:
        return ()
    return (Notice(mail.automatic.kind.value, f"No person wrote this mail: seen by {mail.automatic.sign}."),)


def message_turns(messages: Sequence[Message]) -> list[Turn]:
    """One turn for each message, timed from the first one that has a time."""
    begin = min((message.sent_at for message in messages if message.sent_at), default=None)
    times = [_milliseconds_after(begin, message.sent_at) for message in messages]
    return [
        Turn(message.party, message.text, start_ms=at, end_ms=at)
        for message, at in zip(messages, times, strict=True)
    ]


def _milliseconds_after(begin: datetime | None, moment: datetime | None) -> int | None:
    if begin is None or moment is None:
        return None
    return round((moment - begin).total_seconds() * 1000)
