"""Which datasets and versions there are, and where. Knows folder names, not what is inside.

data/alpaca-mini/v0003 is "alpaca-mini@3"; the highest number is "alpaca-mini@latest", or just "alpaca-mini".
"""

import re
from pathlib import Path

from ittgen.errors import VersionError, nearest

VERSION = re.compile(r"v[0-9]{4,}")
"""A version's folder."""


def folder_name(version: int) -> str:
    """3 -> "v0003"."""
    return f"v{version:04d}"


def names(home: Path) -> list[str]:
    """Datasets that have at least one version, in alphabetical order."""
    if not home.is_dir():
        return []
    return sorted(folder.name for folder in home.iterdir() if versions(home, folder.name))


def versions(home: Path, name: str) -> list[int]:
    """The numbers of a dataset's versions, lowest first; empty where there is none."""
    folder = home / name
    if not folder.is_dir():
        return []
    numbers = [int(child.name[1:]) for child in folder.iterdir() if VERSION.fullmatch(child.name)]
    return sorted(number for number in set(numbers) if (folder / folder_name(number)).is_dir())


def resolve(home: Path, ref: str) -> Path:
    """The folder behind "NAME", "NAME@3", "NAME@v3", "NAME@latest" or a version's own path, "data/NAME/v0003".

    Raises VersionError, which names the nearest dataset or the versions there are.
    """
    if "/" in ref and VERSION.fullmatch(Path(ref).name) and Path(ref).is_dir():
        return Path(ref)
    name, _, wanted = ref.partition("@")
    known = names(home)
    if name not in known:
        hint = nearest(name, known) or _no_datasets(home)
        raise VersionError(f'there is no dataset "{name}" in {home}{hint}')
    numbers = versions(home, name)
    return home / name / folder_name(_number(ref, wanted, numbers))


def _no_datasets(home: Path) -> str:
    if home.is_dir():
        return "; there are no datasets yet, grow one first"
    return "; there is no such folder and there are no datasets yet: grow one first, or name another folder with --data"


def _number(ref: str, wanted: str, numbers: list[int]) -> int:
    if wanted in ("", "latest"):
        return numbers[-1]
    digits = re.fullmatch(r"v?([0-9]+)", wanted)
    if digits is None:
        raise VersionError(f'"{ref}": a version is a number or "latest", not "{wanted}"')
    if (number := int(digits[1])) not in numbers:
        there = ", ".join(map(str, numbers))
        raise VersionError(f'"{ref}": there is no version {number} (versions: {there})')
    return number
