"""Names of datasets and versions lead to their folders, or to a message that helps."""

from pathlib import Path

import pytest

from ittgen.errors import VersionError
from ittgen.versions.folder import names, resolve, versions


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder in ("alpaca/v0001", "alpaca/v0003", "alpaca/v10000", "evolved/v0001", "alpaca/.tmp-1-a-b", "notes"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "alpaca/v0009").write_text("no folder")
    (tmp_path / "alpaca/v007").mkdir()
    (tmp_path / "alpaca/v00003").mkdir()
    return tmp_path


def test_only_folders_with_versions_are_datasets(home: Path) -> None:
    assert names(home) == ["alpaca", "evolved"]
    assert versions(home, "alpaca") == [1, 3, 10000]
    assert versions(home, "notes") == versions(home, "unheard-of") == names(home / "nowhere") == []


@pytest.mark.parametrize(
    ("ref", "folder"),
    [
        ("alpaca", "v10000"),
        ("alpaca@latest", "v10000"),
        ("alpaca@3", "v0003"),
        ("alpaca@v3", "v0003"),
        ("alpaca@v0003", "v0003"),
    ],
)
def test_a_reference_leads_to_its_folder(home: Path, ref: str, folder: str) -> None:
    assert resolve(home, ref) == home / "alpaca" / folder


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("alpacca", r'no dataset "alpacca" in .* \(did you mean "alpaca"\?\)'),
        ("zzz", r"known: alpaca, evolved"),
        ("../alpaca", "no dataset"),
        ("alpaca@2", r"no version 2 \(versions: 1, 3, 10000\)"),
        ("alpaca@newest", 'a number or "latest", not "newest"'),
    ],
)
def test_a_wrong_reference_is_told_what_there_is(home: Path, ref: str, message: str) -> None:
    with pytest.raises(VersionError, match=message):
        resolve(home, ref)


def test_without_any_dataset_the_message_says_so(tmp_path: Path) -> None:
    with pytest.raises(VersionError, match="no datasets yet"):
        resolve(tmp_path / "nowhere", "alpaca")
