"""The one place where the service is wired."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import anyio.to_thread
import structlog
from fastapi import FastAPI

from service import logs
from service.api import problems, routes
from service.api.envelope import Envelope
from service.api.metrics import Metrics
from service.broker import open_broker
from service.dashboard.pages import router as pages
from service.deps import Keyring
from service.intake.ledger import Ledger
from service.jobs import Jobs
from service.settings import Settings
from service.store.blobs import DirectoryBlobs
from service.store.database import open_database
from service.version import installed_version

_INTAKE_THREADS = 48  # of their own, so that uploads waiting for the disk keep no reader waiting

log = structlog.get_logger()


def create_app(settings: Settings) -> FastAPI:
    """The API and the pages on one data directory. Migrations run and the broker starts when it is served."""
    logs.configure(settings.log_level)
    database = open_database(settings.database)
    blobs = DirectoryBlobs(settings.blobs_dir)
    broker = open_broker(settings)
    metrics = Metrics(database, blobs, broker)
    app = FastAPI(
        title="Overtone",
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
        generate_unique_id_function=routes.operation_id,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.database = database
    app.state.blobs = blobs
    app.state.broker = broker
    app.state.jobs = Jobs(broker)
    app.state.keyring = Keyring(database)
    app.state.metrics = metrics
    app.state.ledger = Ledger(database)
    app.state.intake_threads = anyio.CapacityLimiter(_INTAKE_THREADS)
    problems.install(app)
    routes.install(app, installed_version())
    app.include_router(pages, include_in_schema=False)
    app.add_middleware(Envelope, metrics=metrics)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    await anyio.to_thread.run_sync(app.state.database.migrate)
    await anyio.to_thread.run_sync(app.state.broker.start)
    log.info("serving", database=app.state.database.url_kind, broker=app.state.broker.how)
    yield
    app.state.jobs.close()
    await anyio.to_thread.run_sync(app.state.broker.stop)
    app.state.database.close()
