"""Who may do what: every route refuses without a key, and with a key that lacks its scope."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.api import openapi
from service.app import create_app
from service.settings import Settings
from service.store import keys
from service.store.database import now
from tests.service.api.one_database import database_url
from tests.service.api.sent import bearer

__all__ = ["database_url"]

SCOPES: dict[str, set[str]] = {  # any of these will do; admin always does
    "put_recording": {"ingest"},
    "post_recording": {"ingest"},
    "post_email": {"ingest"},
    "post_messages": {"ingest"},
    "get_task": {"ingest", "read"},
    "redrive_task": {"ingest"},
    "list_interactions": {"read"},
    "get_interaction": {"read"},
    "attach_customer": {"ingest"},
    "detach_customer": {"ingest"},
    "get_transcript": {"read"},
    "get_analysis": {"read"},
    "get_audio": {"read"},
    "get_original": {"read_sensitive"},
    "list_customers": {"read"},
    "get_customer": {"read"},
    "change_customer": {"ingest"},
    "add_customer_identifier": {"ingest"},
    "remove_customer_identifier": {"ingest"},
    "get_call_reason_trend": {"reports"},
    "get_emotion_trend": {"reports"},
    "list_call_reasons": {"read"},
    "put_transcript": {"ingest"},
    "post_transcript": {"ingest"},
    "post_vcon": {"ingest"},
    "post_import": {"ingest"},
    "list_imports": {"ingest", "read"},
    "get_import": {"ingest", "read"},
    "list_bad_rows": {"ingest", "read"},
    "get_import_report": {"ingest", "read"},
    "change_roles": {"ingest"},
    "transcribe_again": {"ingest"},
    "list_sources": {"read"},
    "get_source": {"read"},
    "put_source": set(),
    "delete_source": set(),
    "list_phrase_lists": {"read"},
    "get_phrase_list": {"read"},
    "put_phrase_list": set(),
    "delete_phrase_list": set(),
    "apply_phrase_list": set(),
    "check_redaction": set(),
    "get_redaction_check": set(),
    "get_phrase_hits": {"read"},
    "get_reason_corrections": {"read"},
    "put_reason_correction": {"ingest"},
    "delete_reason_correction": {"ingest"},
    "get_reason_accuracy": {"reports"},
    "list_reason_examples": {"read"},
    "post_reason_examples": set(),
    "post_turn_example": set(),
    "delete_reason_example": set(),
    "train_taxonomy": set(),
    "list_reason_models": {"read"},
    "get_reason_model": {"read"},
    "activate_reason_model": set(),
    "activate_shipped_reasons": set(),
    "rerun_call_reasons": set(),
    "get_rerun": {"read"},
    "list_taxonomies": {"read"},
    "get_taxonomy": {"read"},
    "put_taxonomy": set(),
    "delete_taxonomy": set(),
    "copy_taxonomy": set(),
    "edit_taxonomy": set(),
    "publish_taxonomy": set(),
    "list_taxonomy_versions": {"read"},
    "search_themes": set(),
    "accept_theme": set(),
    "list_themes": {"read"},
    "list_theme_members": {"read"},
    "get_new_words": {"reports"},
    "list_term_lists": {"read"},
    "get_term_list": {"read"},
    "put_term_list": set(),
    "delete_term_list": set(),
    "apply_term_lists": set(),
    "get_facts": {"read"},
    "get_summary": {"read"},
    "sum_up_archive": set(),
    "get_fact_trend": {"reports"},
    "list_rules": {"read"},
    "get_rule": {"read"},
    "list_rule_versions": {"read"},
    "put_rule": set(),
    "delete_rule": set(),
    "try_rule": {"read"},
    "get_rule_trial": {"read"},
    "apply_rule": set(),
    "list_rule_results": {"read"},
    "get_rule_results": {"read"},
    "mark_rule": {"ingest"},
    "unmark_rule": {"ingest"},
    "get_rule_trend": {"reports"},
    "list_archive_runs": {"read"},
    "get_archive_run": {"read"},
    "search": {"read"},
    "list_similar_interactions": {"read"},
    "search_phrases": {"read"},
    "search_sound": {"read_sensitive"},
    "get_phrase_run": {"read"},
    "list_run_hits": {"read"},
}
ALL = ("ingest", "read", "read_sensitive", "reports")


@dataclass(frozen=True)
class Door:
    """A caller without a key, and keys of any scopes."""

    client: TestClient
    app: FastAPI

    def make_key(self, *scopes: str) -> str:
        """A new key."""
        with self.app.state.database.transaction() as session:
            return keys.create(session, "test", scopes)[1]


def operations() -> list[tuple[str, str, str]]:
    """Operation id, method and path of every route under /v1, parameters filled in."""
    document: dict[str, Any] = openapi.document()
    found = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if path.startswith("/v1"):
                filled = re.sub(r"\{kind\}", "phone", path)
                filled = re.sub(r"\{value\}", "+12025550101", filled)
                filled = re.sub(r"\{number\}", "1", filled)
                filled = re.sub(r"\{\w+\}", str(UUID(int=7)), filled)
                found.append((operation["operationId"], method.upper(), filled))
    return found


def test_every_route_has_its_scope_here() -> None:
    assert {name for name, _, _ in operations()} == set(SCOPES)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Door]:
    """One service for all routes: nothing is there to be changed."""
    folder = tmp_path_factory.mktemp("door")
    shutil.copyfile(sqlite_template, folder / "overtone.db")
    app = create_app(Settings(data_dir=folder, broker="none", min_free_bytes=0))
    with TestClient(app) as client:
        yield Door(client, app)


@pytest.mark.parametrize(("name", "method", "path"), operations(), ids=lambda value: str(value)[:40])
def test_a_route_asks_for_a_key_with_its_scope(door: Door, name: str, method: str, path: str) -> None:
    anonymous, make_key = door.client, door.make_key
    without = anonymous.request(method, path)
    assert (without.status_code, without.json()["code"]) == (401, "missing_key")
    assert without.headers["WWW-Authenticate"].startswith("Bearer")
    lacking = [scope for scope in ALL if scope not in SCOPES[name]]
    refused = anonymous.request(method, path, headers=bearer(make_key(*lacking)))
    assert (refused.status_code, refused.json()["code"]) == (403, "missing_scope")
    for scope in (*SCOPES[name], "admin"):
        allowed = anonymous.request(method, path, headers=bearer(make_key(scope)))
        assert allowed.status_code not in (401, 403)


def test_a_key_that_is_over_is_no_key(anonymous: TestClient, app: FastAPI) -> None:
    with app.state.database.transaction() as session:
        revoked, first = keys.create(session, "revoked", ["read"])
        keys.revoke(session, revoked.id)
        _, second = keys.create(session, "expired", ["read"], now() - timedelta(seconds=1))
        _, third = keys.create(session, "wrong", ["read"])
    for token in (first, second, third[:-1] + ("a" if third[-1] != "a" else "b"), "x", ""):
        answer = anonymous.get("/v1/interactions", headers=bearer(token))
        assert answer.status_code == 401


def test_use_of_a_key_is_noted_once_a_minute(anonymous: TestClient, app: FastAPI, make_key: Any) -> None:
    token = make_key("read")
    noted = []
    for _ in range(3):
        assert anonymous.get("/v1/interactions", headers=bearer(token)).status_code == 200
        with app.state.database.reading() as session:
            noted.append(keys.list_all(session)[0].last_used_at)
    assert noted[0] is not None
    assert len(set(noted)) == 1
