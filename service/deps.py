"""What a route may ask for: the wired parts, a session, and the caller whose key has a scope."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes

from service.errors import Forbidden, Unauthorized
from service.jobs import Jobs
from service.settings import Settings
from service.store import keys
from service.store.blobs import Blobs
from service.store.database import Database, Session

_USE_NOTED_EVERY = 60.0
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="overtone"'}
_bearer = HTTPBearer(auto_error=False, bearerFormat="ovt_...", scheme_name="ApiKey")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: an API key by its public id, and what it allows."""

    key_id: str
    name: str
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        """Whether the key has the scope; ``admin`` has every one."""
        return scope in self.scopes or keys.Scope.ADMIN in self.scopes


class Keyring:
    """Tells callers by their tokens and notes, once a minute and process, that a key is in use."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: dict[str, float] = {}
        self._lock = threading.Lock()

    def caller(self, token: str) -> Caller | None:
        """The caller of a token; None if it is wrong, revoked or expired."""
        with self._database.reading() as session:
            row = keys.authenticate(session, token)
        if row is None:
            return None
        if not keys.use_is_noted(row) and self._is_my_turn(row.id):
            with self._database.transaction() as session:
                keys.note_use(session, row.id)
        return Caller(row.id, row.name, frozenset(row.scopes))

    def _is_my_turn(self, key_id: str) -> bool:
        """One of fifty simultaneous requests writes; the others need not wait for it."""
        moment = time.monotonic()
        with self._lock:
            if moment - self._noted.get(key_id, -_USE_NOTED_EVERY) < _USE_NOTED_EVERY:
                return False
            self._noted[key_id] = moment
            return True


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


async def _blobs(request: Request) -> Blobs:
    blobs: Blobs = request.app.state.blobs
    return blobs


async def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


def _reading(database: Annotated[Database, Depends(_database)]) -> Iterator[Session]:
    with database.reading() as session:
        yield session


def _writing(database: Annotated[Database, Depends(_database)]) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


def caller(
    request: Request,
    wanted: SecurityScopes,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Caller:
    """The caller, whose key has one of the ``wanted`` scopes. Raises Unauthorized, Forbidden.

    It is a dependency, and no route declares a body: so it is asked before a byte of the body is read.
    """
    if given is None:
        raise Unauthorized(
            "missing_key",
            "The request carries no API key.",
            "Send `Authorization: Bearer ovt_...`; `overtone keys create` makes one.",
            headers=_CHALLENGE,
        )
    keyring: Keyring = request.app.state.keyring
    found = keyring.caller(given.credentials)
    if found is None:
        raise Unauthorized(
            "invalid_key",
            "The API key is wrong, revoked or expired.",
            "Use a key that `overtone keys list` shows as valid.",
            headers=_CHALLENGE,
        )
    if wanted.scopes and not any(found.may(scope) for scope in wanted.scopes):
        needed = " or ".join(wanted.scopes)
        raise Forbidden("missing_scope", f"This needs a key with scope {needed}.", "Use another key.")
    request.state.key_id = found.key_id  # the log names it
    return found


SettingsDep = Annotated[Settings, Depends(_settings)]
DatabaseDep = Annotated[Database, Depends(_database)]
BlobsDep = Annotated[Blobs, Depends(_blobs)]
JobsDep = Annotated[Jobs, Depends(_jobs)]
# The exit runs before the answer is sent: a commit that fails must not be answered with 200.
SessionDep = Annotated[Session, Depends(_reading, scope="function")]
WritingDep = Annotated[Session, Depends(_writing, scope="function")]
