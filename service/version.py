"""Which version this is; apart, so that asking it loads nothing else."""

from importlib.metadata import PackageNotFoundError, version


def installed_version() -> str:
    """The number of the installed package."""
    try:
        return version("overtone")
    except PackageNotFoundError:
        return "unknown"
