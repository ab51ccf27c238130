"""Every error leaves as an RFC 9457 problem: a stable code, a sentence, what to do, no customer text."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from service.errors import ServiceError
from service.intake.metadata import FieldError, field_errors

MEDIA_TYPE = "application/problem+json"


class ProblemField(BaseModel):
    """One field that was refused; what was in it is not repeated."""

    model_config = ConfigDict(extra="forbid")

    field: str = Field(description="Where it stands, dotted: `customer.phone`, `query.limit`")
    code: str
    detail: str


class Problem(BaseModel):
    """RFC 9457 problem document."""

    type: str = Field(description="`urn:overtone:problem:` and the code")
    title: str
    status: int
    detail: str
    code: str = Field(description="Stable: programs may depend on it")
    remedy: str = Field(description="What to do about it")
    request_id: str
    errors: list[ProblemField]


_BY_STATUS: Mapping[int, tuple[str, str, str]] = {
    400: ("bad_request", "The request cannot be read.", "Check it against /openapi.json."),
    401: ("missing_key", "The request carries no key.", "Send `Authorization: Bearer ovt_...`."),
    403: ("forbidden", "The key may not do this.", "Use a key that has the scope."),
    404: ("not_found", "There is nothing at this address.", "Check the path against /openapi.json."),
    405: (
        "method_not_allowed",
        "The address does not take this method.",
        "See the `Allow` header of this answer.",
    ),
    413: ("too_large", "The body is larger than is taken here.", "Send less at a time."),
    415: ("unsupported_media", "The body's type is not taken here.", "Check the Content-Type."),
    416: ("range_not_satisfiable", "The range lies outside the recording.", "See `Content-Range`."),
    500: (
        "internal_error",
        "Something went wrong here; nothing that was accepted is lost.",
        "Try again; if it stays, give the administrator the request_id.",
    ),
    503: (
        "temporarily_unavailable",
        "The database does not answer just now.",
        "Try again after the seconds in `Retry-After`.",
    ),
}


_PASSING = ("OperationalError", "TimeoutError")  # by name: only the store knows the classes


def problem(  # every field of the document is a parameter
    request: Request,
    status: int,
    *,
    code: str,
    detail: str,
    remedy: str = "",
    errors: Iterable[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """One problem document as the answer to ``request``."""
    body = Problem(
        type=f"urn:overtone:problem:{code}",
        title=_title(status),
        status=status,
        detail=detail,
        code=code,
        remedy=remedy,
        request_id=getattr(request.state, "request_id", ""),
        errors=[ProblemField(field=e.field, code=e.code, detail=e.detail) for e in errors],
    )
    return JSONResponse(body.model_dump(), status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def by_status(request: Request, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem for a bare status such as 404 or 405."""
    nearest = status if status in _BY_STATUS else 400 if status < 500 else 500
    code, detail, remedy = _BY_STATUS[nearest]
    return problem(request, status, code=code, detail=detail, remedy=remedy, headers=headers)


def unexpected(request: Request, error: Exception) -> JSONResponse:
    """The problem for an error that nobody foresaw; a database that is away or busy may be asked again."""
    passing = type(error).__name__ in _PASSING and type(error).__module__.startswith("sqlalchemy")
    return by_status(request, 503, {"Retry-After": "5"}) if passing else by_status(request, 500)


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


async def _service_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ServiceError)  # noqa: S101 - what it is registered for
    return problem(
        request,
        error.status,
        code=error.code,
        detail=error.detail,
        remedy=error.remedy,
        errors=getattr(error, "errors", ()),
        headers=error.headers,
    )


async def _validation_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what it is registered for
    errors = field_errors(error.errors())
    return problem(
        request,
        422,
        code=errors[0].code if errors else "invalid_request",
        detail=f"{errors[0].field}: {errors[0].detail}" if errors else "The request is not valid.",
        remedy="Correct the fields named in `errors`; /openapi.json describes them.",
        errors=errors,
    )


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    return by_status(request, error.status_code, error.headers)


def install(app: FastAPI) -> None:
    """Answer every error of ``app`` with a problem."""
    app.add_exception_handler(ServiceError, _service_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """``responses`` of a route: the problems it can answer with, beside those that every route has."""
    return {
        status: {
            "description": _title(status),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in (401, 403, 422, *statuses)
    }
