"""A worker's context on each database, with fake pipelines and no broker unless a test starts one."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from service.broker import open_broker
from service.jobs import Jobs
from service.store import interactions, tasks
from service.store.blobs import DirectoryBlobs
from service.store.database import Database
from tests.databases import (
    database,
    database_url,
    postgres_server,
    postgres_template,
    sqlite_template,
)
from tests.fakes import FakeAnalysis, FakeTranscription
from tests.service.store.made import new_interaction
from workers.context import Context, install
from workers.settings import WorkerSettings

__all__ = ["database", "database_url", "postgres_server", "postgres_template", "sqlite_template"]


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> WorkerSettings:
    """Quick ones, and no broker."""
    return WorkerSettings.model_validate(
        {
            "data_dir": tmp_path,
            "OVERTONE_DATABASE_URL": database_url,
            "broker": "none",
            "poll_seconds": 0.1,
            "lease_seconds": 1.0,
            "retry_seconds": 0.01,
            "reconcile_seconds": 0.2,
        }
    )


@pytest.fixture
def context(settings: WorkerSettings, database: Database) -> Iterator[Context]:
    """Installed as the context of this process."""
    jobs = Jobs(open_broker(settings))
    context = Context(
        settings,
        database,
        DirectoryBlobs(settings.blobs_dir),
        jobs,
        FakeTranscription,
        FakeAnalysis,  # type: ignore[arg-type] # found by the same names
    )
    install(context)
    yield context
    jobs.close()


def accept(
    context: Context,
    content: str,
    *,
    channel: str = "chat",
    metadata: Mapping[str, Any] | None = None,
    **known: Any,
) -> UUID:
    """An interaction with its blob and its first task, as intake makes them; the task's id."""
    with context.blobs.begin() as writer:
        writer.write(content.encode())
        blob = writer.commit()
    with context.database.transaction() as session:
        new = new_interaction(channel=channel, blob_key=blob.key, blob_bytes=blob.size, **(metadata or {}))
        row, _ = interactions.add(session, new)
        job_queue = "speech" if channel == "voice" else "text"
        return tasks.add(session, "transcribe", row.id, job_queue, **known).id


def chat(text: str) -> str:
    """A message document of one message from the customer."""
    return json.dumps({"channel": "chat", "messages": [{"party": "customer", "text": text}]})
