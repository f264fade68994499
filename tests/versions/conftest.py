"""A data folder, and a version in it."""

from pathlib import Path

import pytest

from ittgen.versions.freeze import Frozen, freeze
from tests.versions.samples import content, example, rejections


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def frozen(home: Path) -> Frozen:
    """Ten rows, three rejections."""
    return freeze(home, content([example(n) for n in range(10)], rejections()))
