"""The workers' settings of the recogniser, for the commands that hear or look for one without a worker."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class RecogniserSettings(BaseSettings):
    """``OVERTONE_ENGINE``, ``..._WEIGHTS_DIR`` and ``..._ALLOW_DOWNLOAD``, as the workers read them."""

    model_config = SettingsConfigDict(env_prefix="OVERTONE_", extra="ignore")

    engine: str = "auto"
    weights_dir: Path | None = None
    allow_download: bool = True


def recogniser_arguments() -> list[str]:
    """The settings as arguments of ``python -m nlp``; what the user types after them goes first."""
    settings = RecogniserSettings()
    folder = ["--weights", str(settings.weights_dir)] if settings.weights_dir else []
    download = [] if settings.allow_download else ["--no-download"]
    return ["--engine", settings.engine, *folder, *download]
