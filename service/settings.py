"""Every setting of the service, read once from the environment."""

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from ``OVERTONE_*`` variables (``DATABASE_URL`` and ``REDIS_URL`` also without prefix); frozen."""

    model_config = SettingsConfigDict(
        env_prefix="OVERTONE_", frozen=True, extra="ignore", validate_by_name=True
    )

    data_dir: Path = Field(Path("data"), description="Folder of the database, blobs and broker socket")
    database_url: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("OVERTONE_DATABASE_URL", "DATABASE_URL"),
        description="PostgreSQL URL; without it SQLite in the data directory",
    )
    redis_url: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("OVERTONE_REDIS_URL", "REDIS_URL"),
        description="Redis or Valkey URL; without it the embedded broker",
    )
    broker: Literal["auto", "embedded", "none"] = Field(
        "auto", description="auto: REDIS_URL, else embedded, else none; none: workers poll the table"
    )
    models_dir: Path = Field(
        Path(__file__).resolve().parent.parent / "models", description="Folder of the trained artefacts"
    )
    host: str = Field("127.0.0.1", description="Address the API listens on")
    port: int = Field(8080, ge=0, le=65535, description="Port the API listens on")
    time_zone: str = Field("UTC", description="IANA zone in which days, weeks and months are cut")
    phone_region: str = Field("US", description="Region of phone numbers written without a country code")
    own_domains: tuple[str, ...] = Field((), description="Mail domains of the centre itself (JSON list)")
    own_addresses: tuple[str, ...] = Field((), description="Mail addresses of the centre itself (JSON list)")
    max_recording_bytes: int = Field(512 * 1024**2, description="Largest recording accepted, in bytes")
    max_message_bytes: int = Field(
        25 * 1024**2, description="Largest mail or message document accepted, in bytes"
    )
    max_vcon_bytes: int = Field(
        64 * 1024**2, description="Largest vCon accepted, in bytes; one is read in memory as a whole"
    )
    max_import_bytes: int = Field(
        1024**3, description="Largest file of rows accepted for an import, in bytes"
    )
    max_audio_seconds: int = Field(4 * 3600, description="Longest recording decoded, in seconds")
    keep_originals: bool = Field(
        True,
        description="false: a recording is deleted once it is transcribed; a source may differ",
    )
    min_free_bytes: int = Field(256 * 1024**2, description="Uploads are refused below this free disk space")
    lease_seconds: float = Field(60.0, gt=0, description="A worker silent for longer loses its task")
    poll_seconds: float = Field(2.0, gt=0, description="How often an idle worker looks at the task table")
    max_attempts: int = Field(3, ge=1, description="Attempts before a task is dead and waits for a re-drive")
    session_hours: int = Field(12, ge=1, description="How long a dashboard login lasts")
    die_with_parent: bool = Field(False, description="End at once when the starting process ends (Linux)")
    log_level: str = Field("INFO", description="Lowest level that is logged")

    @cached_property
    def database(self) -> str:
        """The database URL in force."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'overtone.db'}"

    @property
    def blobs_dir(self) -> Path:
        """Where the directory blob store lies."""
        return self.data_dir / "blobs"

    @property
    def reasons_dir(self) -> Path:
        """Models of call reasons that users trained, a folder for each taxonomy."""
        return self.data_dir / "reasons"

    @property
    def tmp_dir(self) -> Path:
        """Files of work in hand; what a killed worker leaves here is removed after a day."""
        return self.data_dir / "tmp"

    @property
    def checkpoints_dir(self) -> Path:
        """What unfinished transcriptions have recognised so far, one file a task, named by its id."""
        return self.data_dir / "checkpoints"

    @property
    def run_dir(self) -> Path:
        """Sockets and pid files."""
        return self.data_dir / "run"
