"""One mail's bytes to a Mail; runs in the limited child, since traps make parsers run for minutes."""

from email import policy
from email.message import Message
from email.parser import BytesParser

from nlp.messages import headers, quotes, signatures
from nlp.messages.automatic import recognised
from nlp.messages.mail import Mail
from nlp.messages.structure import Parts
from nlp.messages.wording import FORWARDS, fold

MAX_TEXT = 200_000  # characters kept of the new text, and of the quoted


def parse(content: bytes) -> Mail:
    """The mail; raises UnreadableMessage, or RecursionError and MemoryError on traps."""
    message = _message(content)
    parts = Parts(message)
    sender = headers.addresses(message, "From")
    author = sender[0].name if sender else ""
    subject = headers.text_of(message.get("Subject"))[:998]
    whole = parts.text[: 4 * MAX_TEXT]
    text, quoted, signature = _divided(whole, author, said_forward=_says_forward(subject))
    return Mail(
        subject=subject,
        text=text[:MAX_TEXT],
        quoted=quoted[:MAX_TEXT],
        signature=signature[:MAX_TEXT],
        from_=sender[0] if sender else None,
        to=headers.addresses(message, "To"),
        cc=headers.addresses(message, "Cc"),
        date=headers.date(message),
        message_id=headers.message_id(message),
        references=headers.references(message),
        attachments=tuple(parts.attachments),
        languages=headers.languages(message),
        automatic=recognised(message, subject, text),
        truncated=parts.truncated or len(parts.text) > 4 * MAX_TEXT or len(text) > MAX_TEXT,
    )


def attachment(content: bytes, position: int) -> bytes | None:
    """The decoded bytes of one attachment; raises as ``parse`` does."""
    return Parts(_message(content)).content(position)


def _message(content: bytes) -> Message:
    # compat32 leaves headers as they are: the newer policies parse them eagerly, which takes quadratic time.
    return BytesParser(policy=policy.compat32).parsebytes(content)


def _divided(whole: str, author: str, *, said_forward: bool) -> tuple[str, str, str]:
    """New text, quoted text, signature; a forward without a word of its own is read as its content."""
    new, quoted = quotes.stretches_of(whole)
    text, signature = signatures.separate_stretches(new, author=author)
    if not text and (inner := quotes.forwarded(quoted, said=said_forward)):
        new, quoted = quotes.stretches_of(inner)
        text, inner_signature = signatures.separate_stretches(new)
        signature = inner_signature or signature
    return text, quoted, signature


def _says_forward(subject: str) -> bool:
    return fold(subject.partition(":")[0].strip()) in FORWARDS
