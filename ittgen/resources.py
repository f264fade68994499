"""Where the packaged prompts, seeds and presets are: inside the wheel, or beside the package in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """The folder that holds `prompts/`, `seeds/` and `presets/`."""
    packed = _PACKAGE / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent


def prompts() -> Path:
    return root() / "prompts"


def seeds() -> Path:
    return root() / "seeds"


def presets() -> Path:
    return root() / "presets"
