"""One connection to an IMAP server: encrypted, bounded, read only; what goes wrong is told in sentences."""

import imaplib
import re
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from service.cli.mailboxes import is_sent_folder
from service.errors import InvalidInput

SECONDS = 60.0  # for any answer
MOST_BYTES = 25 * 1024**2  # of one mail
_SLACK = 64 * 1024
_PORTS = {"imaps": 993, "imap": 143}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SIZE = re.compile(rb"UID (\d+)[^)]*RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+)[^)]*UID (\d+)")
_LIST = re.compile(rb'\((?P<flags>[^)]*)\) (?:"[^"]*"|NIL) "?(?P<name>[^"]*)"?')


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where mails are fetched from; ``folder`` as people write it."""

    user: str
    host: str
    port: int
    tls: bool
    folder: str

    @property
    def name(self) -> str:
        """What is said of it; no password is in it."""
        return f"{self.user}@{self.host}/{self.folder}"


class BrokenOff(Exception):
    """The server went away or answered nonsense; another connection may do better."""


def mailbox_of(address: str) -> Mailbox:
    """A mailbox from ``imaps://user@host/INBOX``; ``imap://`` asks for STARTTLS.

    Raises InvalidInput(bad_imap_address, password_in_address).
    """
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in _PORTS or not parts.hostname or not parts.username or port == 0:
        raise InvalidInput(
            "bad_imap_address", "This is no address of a mailbox.", "Write imaps://user@host/INBOX."
        )
    if parts.password is not None:
        raise InvalidInput(
            "password_in_address",
            "An address with a password in it is seen by everybody in the list of processes.",
            "Leave it out; name its variable with --imap-password-env, or be asked.",
        )
    folder = unquote(parts.path.strip("/")) or "INBOX"
    tls = parts.scheme == "imaps"
    return Mailbox(unquote(parts.username), parts.hostname, port or _PORTS[parts.scheme], tls, folder)


@contextmanager
def connected(
    mailbox: Mailbox, password: str, *, insecure: bool, trust: ssl.SSLContext | None = None
) -> Iterator["Connection"]:
    """A signed-in connection. Raises InvalidInput for what will not change, BrokenOff for the rest."""
    trust = trust or ssl.create_default_context()
    with _told(mailbox):
        client = _open(mailbox, trust)
    try:
        with _told(mailbox):
            _secure(client, mailbox, trust, insecure=insecure)
            try:
                client.login(mailbox.user, password)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error:
                raise InvalidInput(
                    "imap_login", f"{mailbox.host} refuses the user or the password.", "Check both."
                ) from None
        yield Connection(client, mailbox)
    finally:
        with suppress(imaplib.IMAP4.error, OSError, ValueError):
            client.shutdown()


class Connection:
    """A mailbox as it is read; every method raises BrokenOff, or InvalidInput for what the server refuses."""

    def __init__(self, client: imaplib.IMAP4, mailbox: Mailbox) -> None:
        self._client = client
        self._mailbox = mailbox

    def examine(self, *, writable: bool = False) -> int:
        """Open the folder, read-only unless mails are to be moved; its UIDVALIDITY."""
        with _told(self._mailbox):
            kind, _ = self._client.select(_quoted(self._mailbox.folder), readonly=not writable)
            if kind != "OK":
                raise InvalidInput(
                    "imap_folder", f"There is no folder {self._mailbox.folder}.", "Check its name and case."
                )
            _, found = self._client.response("UIDVALIDITY")
        try:
            return int((found or [b"0"])[0] or b"0")
        except ValueError:
            return 0

    def is_sent(self) -> bool:
        """Whether the folder holds what was sent: by its special use (RFC 6154), else by its name."""
        with _told(self._mailbox):
            kind, lines = self._client.list('""', _quoted(self._mailbox.folder))
        for line in lines if kind == "OK" else ():
            match = _LIST.match(line) if isinstance(line, bytes) else None
            if match and b"\\sent" in match["flags"].lower():
                return True
        return is_sent_folder(self._mailbox.folder)

    def uids(self, *, after: int, since: date | None) -> list[int]:
        """Of the mails after a UID, in order; ``since`` is the day on which they came."""
        asked = ["UID", f"{after + 1}:*"]
        if since is not None:
            asked += ["SINCE", f"{since.day:02d}-{_MONTHS[since.month - 1]}-{since.year}"]
        with _told(self._mailbox):
            kind, found = self._client.uid("SEARCH", *asked)
            if kind != "OK":
                raise BrokenOff("the server cannot search")
        numbers = {
            int(one) for line in found if isinstance(line, bytes) for one in line.split() if one.isdigit()
        }
        return sorted(uid for uid in numbers if uid > after)  # n:* gives the last one whatever n is

    def sizes(self, uids: list[int]) -> dict[int, int]:
        """What the server says that these mails weigh, in bytes."""
        with _told(self._mailbox):
            _, found = self._client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
        sizes = {}
        for line in found:
            match = _SIZE.search(line) if isinstance(line, bytes) else None
            if match:
                sizes[int(match[1] or match[4])] = int(match[2] or match[3])
        return sizes

    def mail(self, uid: int) -> bytes | None:
        """One mail as it is, its flags left alone; None where it is gone."""
        with _told(self._mailbox):
            _, found = self._client.uid("FETCH", str(uid), "(UID BODY.PEEK[])")
        for part in found:
            if isinstance(part, tuple) and len(part) > 1 and isinstance(part[1], bytes):
                return part[1]
        return None

    def move(self, uid: int, folder: str) -> None:
        """Move a mail that was taken. Raises InvalidInput(imap_move)."""
        with _told(self._mailbox):
            _, lines = self._client.capability()  # more than before the login
            if b"MOVE" not in b" ".join(line for line in lines if isinstance(line, bytes)).upper().split():
                raise InvalidInput("imap_move", "The server cannot move mails.", "Leave --move-to out.")
            kind, _ = self._client.uid("MOVE", str(uid), _quoted(folder))
        if kind != "OK":
            raise InvalidInput("imap_move", f"A mail cannot be moved to {folder}.", "Make the folder first.")


class _Bounded(imaplib.IMAP4):
    """Reads no literal that is larger than a mail may be: the server says how large it is."""

    def read(self, size: int) -> bytes:
        """The next bytes. Raises abort for too many."""
        if size > MOST_BYTES + _SLACK:
            raise self.abort("a literal is too large")
        return super().read(size)


class _BoundedTls(imaplib.IMAP4_SSL):
    """The same, encrypted."""

    def read(self, size: int) -> bytes:
        """The next bytes. Raises abort for too many."""
        if size > MOST_BYTES + _SLACK:
            raise self.abort("a literal is too large")
        return super().read(size)


def _open(mailbox: Mailbox, trust: ssl.SSLContext) -> imaplib.IMAP4:
    if mailbox.tls:
        return _BoundedTls(mailbox.host, mailbox.port, ssl_context=trust, timeout=SECONDS)
    return _Bounded(mailbox.host, mailbox.port, timeout=SECONDS)


def _secure(client: imaplib.IMAP4, mailbox: Mailbox, trust: ssl.SSLContext, *, insecure: bool) -> None:
    if mailbox.tls:
        return
    if "STARTTLS" in client.capabilities:
        client.starttls(ssl_context=trust)
    elif not (insecure or _is_here(mailbox.host)):
        raise InvalidInput(
            "imap_unencrypted",
            f"{mailbox.host} offers no encryption, and the password would be read on the way.",
            "Use imaps://, or --imap-insecure in a network of your own.",
        )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _told(mailbox: Mailbox) -> Iterator[None]:
    """Errors of the library, which may hold what the server wrote, as ours."""
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise InvalidInput(
            "imap_certificate",
            f"The certificate of {mailbox.host} is not trusted.",
            "Add its authority to the system, or name it in SSL_CERT_FILE.",
        ) from None
    except (imaplib.IMAP4.error, OSError, EOFError, ValueError) as error:
        raise BrokenOff(_why(error)) from None


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it does not answer"
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens there"
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
        return "the connection broke off or cannot be made"
    return "it answers in a way that cannot be read"


def _quoted(folder: str) -> str:
    """A folder's name in modified UTF-7 (RFC 3501, 5.1.3), quoted."""
    encoded = re.sub(r"[^ -~]+", lambda run: "&" + _base64(run[0]) + "-", folder.replace("&", "&-"))
    return '"' + encoded.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _base64(text: str) -> str:
    return b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
