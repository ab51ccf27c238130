"""Finds Whisper weights on this machine, and fetches them where that is allowed and possible."""

import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SIZES = (
    "small",
    "base",
    "small.en",
    "base.en",
    "tiny",
    "tiny.en",
    "medium",
    "medium.en",
    "turbo",
    "large-v3-turbo",
)
LARGE = (
    "large-v3",
    "large-v2",
    "large-v1",
    "large",
    "distil-large-v3",
    "distil-small.en",
    "distil-medium.en",
)
KNOWN_SIZES = frozenset(SIZES + LARGE)
DOWNLOADED_SIZE = "base"  # 145 MB, keeps up with calls on two cores
OFFLINE_AFTER_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Weights:
    """A checkpoint file of openai-whisper or a folder of faster-whisper."""

    engine: str
    size: str
    path: Path


def find_weights(folder: Path | None) -> list[Weights]:
    """All weights in ``folder``, then in the usual caches; faster-whisper first, by preferred size."""
    found: list[Weights] = []
    for place in [folder] if folder is not None else []:
        found += by_preference([*faster_whisper_in(place), *whisper_in(place)])
    cached = [*faster_whisper_in(hub_cache()), *whisper_in(whisper_cache())]
    return found + by_preference(cached)


def by_preference(weights: list[Weights]) -> list[Weights]:
    """faster-whisper before whisper, then the order of SIZES, unknown sizes last."""
    order = {size: at for at, size in enumerate(SIZES + LARGE)}
    return sorted(
        weights, key=lambda found: (found.engine != "faster-whisper", order.get(found.size, len(order)))
    )


def whisper_in(folder: Path) -> Iterator[Weights]:
    """openai-whisper's files: <size>.pt."""
    for path in sorted(folder.glob("*.pt")) if folder.is_dir() else ():
        yield Weights("whisper", path.stem, path)


def faster_whisper_in(folder: Path) -> Iterator[Weights]:
    """Folders with model.bin: converted by hand, or snapshots in a Hugging Face cache."""
    if not folder.is_dir():
        return
    for pattern in ("*/model.bin", "models--*/snapshots/*/model.bin"):
        for path in sorted(folder.glob(pattern)):
            model = path.parent
            if (model / "tokenizer.json").is_file() and (model / "config.json").is_file():
                yield Weights("faster-whisper", size_of(model), model)


def size_of(model: Path) -> str:
    """``small`` of models--Systran--faster-whisper-small/snapshots/abc or of faster-whisper-small."""
    folder = model.parents[1].name if model.parent.name == "snapshots" else model.name
    return folder.rsplit("faster-whisper-", 1)[-1].rsplit("faster-", 1)[-1]


def whisper_cache() -> Path:
    """Where openai-whisper keeps its downloads."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"


def hub_cache() -> Path:
    """Where huggingface_hub keeps its downloads."""
    home = (
        os.environ.get("HF_HOME")
        or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huggingface"
    )
    return Path(os.environ.get("HF_HUB_CACHE") or Path(home) / "hub")


def fetch(engine: str, size: str, folder: Path | None) -> Weights | None:
    """Download weights into ``folder`` or the engine's cache; None where the network does not give them."""
    return fetch_faster_whisper(size, folder) if engine == "faster-whisper" else fetch_whisper(size, folder)


def fetch_faster_whisper(size: str, folder: Path | None) -> Weights | None:
    """From the Hugging Face hub (or HF_ENDPOINT)."""
    endpoint = os.environ.get("HF_ENDPOINT") or "https://huggingface.co"
    if os.environ.get("HF_HUB_OFFLINE", "0") not in ("0", "") or not reachable(endpoint):
        return None
    # The hub client is heavy and only needed to download.
    from faster_whisper.utils import download_model  # noqa: PLC0415

    try:
        path = download_model(size, cache_dir=None if folder is None else str(folder))
    except (OSError, ValueError, RuntimeError):  # httpx and hub errors derive from these
        return None
    return Weights("faster-whisper", size, Path(path))


def fetch_whisper(size: str, folder: Path | None) -> Weights | None:
    """From OpenAI's storage; whisper checks the sha256."""
    # torch comes with it: only where a download is wanted.
    import whisper  # noqa: PLC0415

    url = whisper._MODELS.get(size)
    if url is None or not reachable(url):
        return None
    try:
        path = whisper._download(url, str(folder or whisper_cache()), False)
    except (OSError, RuntimeError):
        return None
    return Weights("whisper", size, Path(path))


def reachable(url: str) -> bool:
    """Whether the server answers within three seconds: an offline machine must not wait for minutes."""
    request = urllib.request.Request(url, method="HEAD")  # noqa: S310 - https constants or HF_ENDPOINT
    try:
        with urllib.request.urlopen(request, timeout=OFFLINE_AFTER_SECONDS):  # noqa: S310
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500 and error.code != 407 and error.code != 403
    except OSError:
        return False
