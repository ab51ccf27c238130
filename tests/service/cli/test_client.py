"""What `overtone ingest` sends and what it makes of the answer, over a real connection."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from service.cli.client import Client
from service.cli.collect import Item


class _Refusing(HTTPServer):
    """Refuses whatever comes, and keeps the headers it came with."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.seen: list[dict[str, str]] = []


class _Answer(BaseHTTPRequestHandler):
    server: _Refusing

    def do_PUT(self) -> None:
        self._refuse()

    def do_POST(self) -> None:
        self._refuse()

    def _refuse(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append({name.lower(): value for name, value in self.headers.items()})
        body = json.dumps({"code": "external_content", "detail": "It lies elsewhere.", "remedy": "Bring it."})
        self.send_response(422)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal of the tests."""


@pytest.fixture
def service() -> Iterator[_Refusing]:
    server = _Refusing()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join(10)
    server.server_close()


def test_the_file_name_goes_along_and_a_refusal_says_what_to_do(service: _Refusing, tmp_path: Path) -> None:
    file = tmp_path / 'Kép "1".wav'
    file.write_bytes(b"sound")
    with Client(f"http://127.0.0.1:{service.server_port}", "key") as client:
        (sent,) = client.send(Item("recording", file.name, file, "audio/wav"))
    assert (sent.accepted, sent.code, sent.detail) == (
        False,
        "external_content",
        "It lies elsewhere. Bring it.",
    )
    assert service.seen[0]["content-disposition"] == "attachment; filename*=UTF-8''K%C3%A9p%20%221%22.wav"
