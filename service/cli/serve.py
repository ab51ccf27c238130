"""`overtone serve`: the API and the pages in one process."""

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from typing import Annotated

import typer
import uvicorn

from service.app import create_app
from service.settings import Settings


def installed_version() -> str:
    """The version of the installed package."""
    try:
        return package_version("overtone")
    except PackageNotFoundError:
        return "unknown"


def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on (OVERTONE_HOST)")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on (OVERTONE_PORT)")] = None,
) -> None:
    """Serve the API and the dashboard."""
    settings = Settings()
    uvicorn.run(
        create_app(settings),
        host=host or settings.host,
        port=settings.port if port is None else port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=10,
    )
