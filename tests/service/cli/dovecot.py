"""A real IMAP server on loopback: Dovecot, run by this user in a folder of the test."""

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.requirements import lacking

PASSWORD = "opensesame"
_CONFIG = """
protocols = imap
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/log
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
first_valid_gid = 0
ssl = yes
ssl_cert = <{root}/cert.pem
ssl_key = <{root}/key.pem
mail_location = maildir:{root}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Post {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Done {{
    auto = create
  }}
  mailbox "Kész & jó" {{
    auto = create
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server; ``root`` is its folder, ``certificate`` what its clients must trust."""

    root: Path
    plain: int
    tls: int
    owner: tuple[int, int]  # of the mails

    @property
    def certificate(self) -> Path:
        """Its own, signed by itself."""
        return self.root / "cert.pem"

    def deliver(self, content: bytes, *, folder: str = "") -> None:
        """Put a mail into the inbox or another folder, as a mail server does."""
        box = self.root / "mail" / folder
        for name in ("cur", "new", "tmp"):
            (box / name).mkdir(parents=True, exist_ok=True)
        number = len(list((box / "new").iterdir())) + len(list((box / "cur").iterdir()))
        aside = box / "tmp" / f"{time.time_ns()}.{number}.test"
        aside.write_bytes(content)
        for path in (box, *(box / name for name in ("cur", "new", "tmp")), aside):
            os.chown(path, *self.owner)
        aside.rename(box / "new" / aside.name)


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """A server for as long as the block lasts; the test is skipped where there is none."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None or shutil.which("openssl") is None:
        lacking("imap", "dovecot (Debian's dovecot-imapd) or openssl is not installed")
    with tempfile.TemporaryDirectory(prefix="dovecot-") as name:
        root = Path(name)
        root.chmod(0o755)  # run by root, its processes are other users
        server = _configured(root)
        process = subprocess.Popen([str(program), "-F", "-c", str(root / "dovecot.conf")])
        try:
            _wait(server.plain, process, root / "log")
            yield server
        finally:
            process.terminate()
            process.wait(10)


def _configured(root: Path) -> Dovecot:
    is_root = os.getuid() == 0
    user, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
    nobody = pwd.getpwnam("nobody")
    owner = (nobody.pw_uid, nobody.pw_gid) if is_root else (os.getuid(), os.getgid())
    server = Dovecot(root, _free_port(), _free_port(), owner)
    _make_certificate(root)
    for folder in (root / "mail", root / "home"):
        folder.mkdir()
        os.chown(folder, *owner)
    written = _CONFIG.format(
        root=root,
        internal="dovecot" if is_root else user,
        login="dovenull" if is_root else user,
        group="dovecot" if is_root else group,
        uid=owner[0],
        gid=owner[1],
        password=PASSWORD,
        plain=server.plain,
        tls=server.tls,
    )
    (root / "dovecot.conf").write_text(written, encoding="utf-8")
    return server


def _make_certificate(root: Path) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    command += ["-keyout", str(root / "key.pem"), "-out", str(root / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else "nothing"
    raise RuntimeError(f"dovecot did not start: {said[-500:]}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
