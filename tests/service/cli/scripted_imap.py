"""An IMAP server that misbehaves as a test wishes: it speaks just enough, and then does its worst."""

import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

# What the server does instead of an answer to FETCH of a mail; it returns False to hang up.
Trick = Callable[[socket.socket, bytes, bytes], bool]


@dataclass
class ScriptedImap:
    """Mails by UID and tricks by UID; ``connections`` counts those that came."""

    mails: Mapping[int, bytes]
    tricks: Mapping[int, Trick] = field(default_factory=dict)
    sizes: Mapping[int, int] = field(default_factory=dict)
    connections: int = 0
    commands: list[bytes] = field(default_factory=list)
    port: int = 0

    def serve(self, peer: socket.socket) -> None:
        """One connection to its end."""
        self.connections += 1
        with peer, peer.makefile("rb") as lines:
            peer.sendall(b"* OK ready\r\n")
            for line in lines:
                self.commands.append(line)
                tag, _, rest = line.strip().partition(b" ")
                if not self._answer(peer, tag, rest):
                    return

    def _answer(self, peer: socket.socket, tag: bytes, command: bytes) -> bool:
        upper = command.upper()
        fetched = re.match(rb"UID FETCH (\d+) \(UID BODY", upper)
        if fetched:
            uid = int(fetched[1])
            if uid in self.tricks:
                return self.tricks[uid](peer, tag, self.mails[uid])
            peer.sendall(literal(uid, self.mails[uid]) + tag + b" OK done\r\n")
            return True
        peer.sendall(self._lines(upper) + tag + b" OK done\r\n")
        return not upper.startswith(b"LOGOUT")

    def _lines(self, command: bytes) -> bytes:
        if command.startswith(b"CAPABILITY"):
            return b"* CAPABILITY IMAP4REV1\r\n"
        if command.startswith((b"EXAMINE", b"SELECT")):
            return b"* OK [UIDVALIDITY 7] ok\r\n"
        if command.startswith(b"UID SEARCH"):
            return b"* SEARCH " + b" ".join(str(uid).encode() for uid in self.mails) + b"\r\n"
        if command.startswith(b"UID FETCH"):
            sizes = {uid: self.sizes.get(uid, len(mail)) for uid, mail in self.mails.items()}
            return b"".join(b"* 1 FETCH (UID %d RFC822.SIZE %d)\r\n" % one for one in sizes.items())
        return b""


def literal(uid: int, mail: bytes, size: int | None = None) -> bytes:
    """A mail as a server sends it, with a size that may be a lie."""
    told = len(mail) if size is None else size
    return b"* 1 FETCH (UID %d BODY[] {%d}\r\n" % (uid, told) + mail + b")\r\n"


@contextmanager
def listening(server: ScriptedImap) -> Iterator[None]:
    """The server on a port of loopback, always the same one, as long as the block lasts."""
    with socket.create_server(("127.0.0.1", server.port)) as socket_:
        server.port = socket_.getsockname()[1]
        socket_.settimeout(0.05)
        over = threading.Event()
        thread = threading.Thread(target=_accept, args=(socket_, server, over), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(5)


def _accept(socket_: socket.socket, server: ScriptedImap, over: threading.Event) -> None:
    while not over.is_set():
        try:
            peer, _ = socket_.accept()
        except TimeoutError:
            continue
        peer.settimeout(5)
        try:
            server.serve(peer)
        except OSError:
            continue
