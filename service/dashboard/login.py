"""Signing in with an API key, and out again."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.dashboard.policy import is_own, own_path
from service.dashboard.rendering import address, render
from service.dashboard.route import PageRoute
from service.dashboard.visitor import Form, OwnForm, cookie_name, token
from service.deps import DatabaseDep, SettingsDep
from service.errors import Forbidden
from service.store import keys, sessions

router = APIRouter(route_class=PageRoute)


@router.get("/login", name="login_page")
def show(request: Request, next: str | None = None) -> Response:  # noqa: A002 - the name in the address
    """The form."""
    return render(request, "login.html", wanted=own_path(next), refused=None)


@router.post("/login", name="login_form")
def sign_in(request: Request, fields: Form, database: DatabaseDep, settings: SettingsDep) -> Response:
    """Change a key of scope read for a login of some hours."""
    if not is_own(request):
        raise Forbidden(
            "forged_form", "This form did not come from our page.", "Open the page and try again."
        )
    wanted = own_path(fields.get("next"))
    with database.transaction() as session:
        key = keys.authenticate(session, fields.get("key", ""))
        if key is None or not keys.allows(key, keys.Scope.READ):
            refused = "bad_key" if key is None else "missing_scope"
            return render(request, "login.html", status=401, wanted=wanted, refused=refused)
        keys.note_use(session, key.id)
        secret, _ = sessions.create(session, key.id, settings.session_hours)
    response = RedirectResponse(wanted, 303)
    response.set_cookie(
        cookie_name(request),
        secret,
        max_age=settings.session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )
    return response


@router.post("/logout", name="logout_form")
def sign_out(request: Request, fields: OwnForm, database: DatabaseDep) -> Response:
    """End the login, here and in the store."""
    with database.transaction() as session:
        sessions.end(session, token(request) or "")
    response = RedirectResponse(address("/login"), 303)
    response.delete_cookie(
        cookie_name(request), path="/", secure=request.url.scheme == "https", httponly=True
    )
    return response
