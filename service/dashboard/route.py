"""The route class of every page: language, safe headers, and errors as pages instead of problem documents."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.dashboard.catalogue import LANGUAGES, negotiate
from service.dashboard.policy import protect
from service.dashboard.rendering import address, render
from service.dashboard.visitor import SignInNeeded
from service.errors import ServiceError

_LANGUAGE = "overtone_language"
_YEAR = 365 * 24 * 3600


class PageRoute(APIRoute):
    """Answers a person: signs them in, speaks their language, tells an error in a sentence."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler that FastAPI makes."""
        handle = super().get_route_handler()

        async def page(request: Request) -> Response:
            asked = request.query_params.get("lang")
            request.state.language = negotiate(
                asked, request.cookies.get(_LANGUAGE), request.headers.get("accept-language", "")
            )
            response = await _answer(handle, request)
            if asked in LANGUAGES:
                secure = request.url.scheme == "https"
                response.set_cookie(
                    _LANGUAGE, asked, max_age=_YEAR, samesite="lax", httponly=True, secure=secure
                )
            protect(response)
            return response

        return page


async def _answer(handle: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    try:
        return await handle(request)
    except SignInNeeded:
        return _to_sign_in(request)
    except RequestValidationError:
        return render(
            request,
            "problem.html",
            status=404,
            code="not_found",
            detail=None,
            remedy=None,
            problem_status=404,
        )
    except ServiceError as error:
        return render(
            request,
            "problem.html",
            status=error.status,
            code=error.code,
            detail=error.detail,
            remedy=error.remedy,
            problem_status=error.status,
        )


def _to_sign_in(request: Request) -> Response:
    """To the login, and after it back to the page that was asked for."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = wanted if request.method == "GET" and wanted != "/" else None
    return RedirectResponse(address("/login", next=back), 303)
