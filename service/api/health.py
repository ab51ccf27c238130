"""Whether the service lives, can work, and what it is; without a key and without customers' data."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from pydantic import BaseModel, Field

from service.api.metrics import Metrics
from service.broker import Broker
from service.deps import BlobsDep, DatabaseDep, SettingsDep
from service.store.blobs import Blobs
from service.store.database import Database
from service.version import installed_version

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Check(BaseModel):
    """One part that the service stands on."""

    status: Literal["ok", "degraded", "failed"]
    detail: str


class Readiness(BaseModel):
    """``degraded``: works, though slower or not for long; ``failed``: send no work here."""

    status: Literal["ok", "degraded", "failed"]
    checks: dict[str, Check] = Field(description="database, blobs and broker")


class Version(BaseModel):
    """What is running."""

    name: Literal["overtone"]
    version: str
    api: Literal["v1"]


async def _broker(request: Request) -> Broker:
    broker: Broker = request.app.state.broker
    return broker


async def _metrics(request: Request) -> Metrics:
    found: Metrics = request.app.state.metrics
    return found


@router.get("/livez")
async def livez() -> Alive:
    """The process answers; nothing else is looked at."""
    return Alive(status="ok")


@router.get("/readyz", responses={503: {"model": Readiness, "description": "Not ready"}})
def readyz(
    response: Response,
    database: DatabaseDep,
    blobs: BlobsDep,
    settings: SettingsDep,
    broker: Annotated[Broker, Depends(_broker)],
) -> Readiness:
    """Database, blob store and broker; without a broker the service works, workers only wake later."""
    checks = {
        "database": _database(database),
        "blobs": _blobs(blobs, settings.min_free_bytes),
        "broker": _bell(broker),
    }
    found = {check.status for check in checks.values()}
    status: Literal["ok", "degraded", "failed"] = (
        "failed" if "failed" in found else "degraded" if "degraded" in found else "ok"
    )
    response.status_code = 503 if status == "failed" else 200
    return Readiness(status=status, checks=checks)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(found: Annotated[Metrics, Depends(_metrics)]) -> Response:
    """Counters and gauges for Prometheus."""
    return Response(found.text(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


@router.get("/version")
async def get_version() -> Version:
    """What is running."""
    return Version(name="overtone", version=installed_version(), api="v1")


def _database(database: Database) -> Check:
    try:
        if database.is_current():
            return Check(status="ok", detail=f"{database.version()}, schema up to date")
        return Check(status="failed", detail="The schema is older or newer than this program.")
    except Exception as error:  # noqa: BLE001 - every driver has errors of its own
        return Check(status="failed", detail=f"The database does not answer ({type(error).__name__}).")


def _blobs(blobs: Blobs, min_free_bytes: int) -> Check:
    try:
        writer = blobs.begin()
        writer.write(b"ready?")
        writer.abort()
        free = blobs.free_bytes()
    except OSError as error:
        return Check(status="failed", detail=f"The blob store cannot be written to ({type(error).__name__}).")
    if free < min_free_bytes:
        return Check(status="failed", detail="The disk is nearly full; uploads are refused.")
    return Check(status="ok", detail=f"{free / 1024**3:.1f} GiB free")


def _bell(broker: Broker) -> Check:
    if broker.how == "none":
        return Check(status="degraded", detail="No broker: workers look at the task table.")
    if broker.is_up():
        return Check(status="ok", detail=f"{broker.how} answers")
    return Check(
        status="degraded", detail="The broker does not answer: workers look at the task table meanwhile."
    )
