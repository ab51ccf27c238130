"""The manifest names the files; nothing that differs is used."""

from pathlib import Path

import pytest

from nlp.artifacts import Artifact, digests, read_manifest, register
from nlp.errors import MissingArtifact


def written(models: Path, name: str = "mood") -> Artifact:
    (models / name).mkdir(parents=True)
    (models / name / "head.json").write_text("{}", "utf-8")
    artifact = Artifact(
        name, "1.2", digests(models / name, "head.json"), 'Apache "2"', "own", {"f1": 0.5}, {"f1": 0.4}
    )
    register(models, artifact)
    return artifact


def test_entry_comes_back_as_it_was_written(tmp_path: Path) -> None:
    artifact = written(tmp_path)
    assert read_manifest(tmp_path).artifact("mood") == artifact


def test_registering_keeps_other_entries(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, "other")
    assert set(read_manifest(tmp_path).artifacts) == {"mood", "other"}


def test_verified_file_is_found(tmp_path: Path) -> None:
    written(tmp_path)
    assert read_manifest(tmp_path).path("mood", "head.json").read_text("utf-8") == "{}"


@pytest.mark.parametrize(("name", "file"), [("absent", "head.json"), ("mood", "absent.json")])
def test_what_is_not_named_is_missing(tmp_path: Path, name: str, file: str) -> None:
    written(tmp_path)
    with pytest.raises(MissingArtifact) as caught:
        read_manifest(tmp_path).path(name, file)
    assert caught.value.code == "missing_artifact"
    assert caught.value.remedy


def test_changed_file_is_refused(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "mood" / "head.json").write_text("{ }", "utf-8")
    with pytest.raises(MissingArtifact) as caught:
        read_manifest(tmp_path).path("mood", "head.json")
    assert caught.value.code == "corrupt_artifact"


def test_deleted_file_is_missing(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "mood" / "head.json").unlink()
    with pytest.raises(MissingArtifact, match="missing_artifact"):
        read_manifest(tmp_path).path("mood", "head.json")


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(MissingArtifact, match="missing_artifact"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "content", ["[mood", "mood = 1", "[mood]\nversion='1'", "[mood]\nversion='1'\nfiles=3"]
)
def test_malformed_manifest(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.toml").write_text(content, "utf-8")
    with pytest.raises(MissingArtifact, match="corrupt_artifact"):
        read_manifest(tmp_path)
