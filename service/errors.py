"""Errors the service answers with; each is an HTTP status, a stable code and a sentence.

ServiceError
├── InvalidInput 400/422   ├── Unauthorized 401   ├── Forbidden 403   ├── NotFound 404
├── Conflict 409           ├── PreconditionFailed 412   ├── TooLarge 413   ├── UnsupportedMedia 415
└── TooBusy 429
"""

from collections.abc import Mapping


class ServiceError(Exception):
    """An expected failure that reaches the caller as a problem document (RFC 9457)."""

    status = 500

    def __init__(
        self, code: str, detail: str, remedy: str = "", *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.remedy = remedy
        self.headers = dict(headers or {})


class InvalidInput(ServiceError):
    """What was sent cannot be accepted as it is."""

    status = 422


class Unauthorized(ServiceError):
    """No key, or not a valid one."""

    status = 401


class Forbidden(ServiceError):
    """The key lacks the scope."""

    status = 403


class NotFound(ServiceError):
    """No such thing, or not for this caller."""

    status = 404


class Conflict(ServiceError):
    """It contradicts what is already there."""

    status = 409


class PreconditionFailed(ServiceError):
    """The thing has changed since the caller read it."""

    status = 412


class TooLarge(ServiceError):
    """Over a size limit."""

    status = 413


class UnsupportedMedia(ServiceError):
    """Not a kind of file that is taken."""

    status = 415


class TooBusy(ServiceError):
    """Too much work waiting; come back later."""

    status = 429
