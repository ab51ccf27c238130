"""What every answer carries: a request id and safe headers; each request is logged and counted."""

import re
import time
import traceback
from collections.abc import Mapping
from types import TracebackType
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api import problems
from service.api.metrics import Metrics

SAFE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
        "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",  # personal data; what may be kept says so itself
}
_STRICT_TRANSPORT = "max-age=31536000"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_CLIENT_GONE = 499  # nobody is sent this; it tells logs and metrics that the client went away

log = structlog.get_logger()


class Envelope:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=exchange.request_id)
        started = time.perf_counter()
        try:
            await self._app(scope, receive, exchange.send)
        except ClientDisconnect:
            exchange.status = _CLIENT_GONE
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets a problem and the log a trace
            await exchange.fail(error)
        finally:
            self._note(scope, exchange.status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "name", None) or "unmatched"
        self._metrics.request(scope["method"], route, status, seconds)
        log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))


class _Exchange:
    """One request and what was sent for it so far."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.status = 500
        self._request = Request(scope, receive)
        self._scope, self._receive, self._send = scope, receive, send
        self._started = False
        self._replaced = False
        asked = self._request.headers.get("x-request-id", "")
        self.request_id = asked if _REQUEST_ID.fullmatch(asked) else uuid4().hex
        self._request.state.request_id = self.request_id

    async def send(self, message: Message) -> None:
        """Send with the headers added; a plain error, as libraries write them, becomes a problem."""
        if self._replaced:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            if message["status"] >= 400 and headers.get("content-type", "").startswith("text/plain"):
                await self._replace(message["status"], headers)
                return
            self._start(message["status"], headers)
        await self._send(message)

    async def fail(self, error: Exception) -> None:
        """Nobody expected ``error``: its kind and place are logged, not its words, maybe a customer's."""
        log.error("unexpected_error", error=type(error).__name__, trace=frames(error.__traceback__))
        if not self._started:
            answer = problems.unexpected(self._request, error)
            await answer(self._scope, self._receive, self.send)

    async def _replace(self, status: int, headers: MutableHeaders) -> None:
        kept = {name: headers[name] for name in ("allow", "content-range") if name in headers}
        await problems.by_status(self._request, status, kept)(self._scope, self._receive, self.send)
        self._replaced = True

    def _start(self, status: int, headers: MutableHeaders) -> None:
        self._started = True
        self.status = status
        headers["X-Request-Id"] = self.request_id
        for name, value in SAFE_HEADERS.items():
            headers.setdefault(name, value)
        if self._scope.get("scheme") == "https":
            headers.setdefault("Strict-Transport-Security", _STRICT_TRANSPORT)


def frames(trace: TracebackType | None) -> list[str]:
    """Where an error came from, file, line and function, without values."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-12:]]
