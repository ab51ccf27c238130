"""Who looks at a page: a login made with an API key, kept in the store and named by a cookie."""

import hmac
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends
from starlette.requests import Request

from service.dashboard.policy import is_own
from service.deps import DatabaseDep
from service.errors import Forbidden, TooLarge
from service.store import keys, sessions

COOKIE = "overtone_session"
MAX_FORM_BYTES = 64 * 1024


class SignInNeeded(Exception):
    """No login, or one that has ended."""


@dataclass(frozen=True)
class Visitor:
    """A signed-in reader; ``csrf`` must come back with every form."""

    key_name: str
    may_write: bool
    may_hear_all: bool
    may_administer: bool
    csrf: str

    def must_write(self) -> None:
        """Raise Forbidden unless the key they signed in with may change something."""
        if not self.may_write:
            raise Forbidden(
                "missing_scope", "This needs a key with scope ingest.", "Sign in with another key."
            )

    def must_administer(self) -> None:
        """Raise Forbidden unless the key they signed in with is an administrator's."""
        if not self.may_administer:
            raise Forbidden(
                "missing_scope", "This needs a key with scope admin.", "Sign in with another key."
            )


def cookie_name(request: Request) -> str:
    """Over HTTPS the browser itself guards the name: only this host can have set it."""
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


def token(request: Request) -> str | None:
    """What the cookie carries."""
    return request.cookies.get(cookie_name(request))


def signed_in(request: Request, database: DatabaseDep) -> Visitor:
    """The visitor of this request. Raises SignInNeeded, Forbidden."""
    carried = token(request)
    if not carried:
        raise SignInNeeded
    with database.reading() as session:
        found = sessions.authenticate(session, carried)
    if found is None:
        raise SignInNeeded
    login, key = found
    if not keys.allows(key, keys.Scope.READ):
        raise Forbidden("missing_scope", "This key may not read.", "Sign in with a key of scope read.")
    visitor = Visitor(
        key.name,
        keys.allows(key, keys.Scope.INGEST),
        keys.allows(key, keys.Scope.READ_SENSITIVE),
        keys.allows(key, keys.Scope.ADMIN),
        login.csrf,
    )
    request.state.visitor = visitor
    return visitor


async def form(request: Request) -> dict[str, str]:
    """The fields of a posted form, the last of each name. Raises TooLarge."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_FORM_BYTES:
            raise TooLarge("form_too_large", "The form is larger than any of ours.")
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50)
    return {name: values[-1].strip() for name, values in fields.items()}


def own_form(
    request: Request,
    visitor: Annotated[Visitor, Depends(signed_in)],
    fields: Annotated[dict[str, str], Depends(form)],
) -> dict[str, str]:
    """The fields of a form that this visitor sent from our own page. Raises Forbidden."""
    sent = fields.pop("csrf", "")
    if not is_own(request) or not hmac.compare_digest(sent.encode(), visitor.csrf.encode()):
        raise Forbidden(
            "forged_form", "This form did not come from our page.", "Open the page and try again."
        )
    return fields


Reader = Annotated[Visitor, Depends(signed_in)]
Form = Annotated[dict[str, str], Depends(form)]
OwnForm = Annotated[dict[str, str], Depends(own_form)]
