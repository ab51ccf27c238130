"""`overtone serve`: the API and the pages in one process."""

from typing import Annotated

import typer

from service.lifeline import end_with_parent
from service.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on (OVERTONE_HOST)")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on (OVERTONE_PORT)")] = None,
) -> None:
    """Serve the API and the dashboard."""
    import uvicorn  # noqa: PLC0415 - the web application takes seconds to load, which other verbs need not wait for

    from service.app import create_app  # noqa: PLC0415

    settings = Settings()
    if settings.die_with_parent:
        end_with_parent()
    uvicorn.run(
        create_app(settings),
        host=host or settings.host,
        port=settings.port if port is None else port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=10,
    )
