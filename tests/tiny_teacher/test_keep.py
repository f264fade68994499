"""The tiny teacher is trained once for what it is made of, and never left half made."""

import shutil
from pathlib import Path

import pytest

from tests.tiny_teacher import keep


class Trainer:
    """Makes the folder of a model, and counts how often."""

    def __init__(self) -> None:
        self.trained = 0

    def __call__(self, folder: Path) -> None:
        self.trained += 1
        folder.mkdir()
        (folder / "config.json").write_text("{}")


@pytest.fixture(autouse=True)
def released(monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries need not be installed to tell models apart."""
    monkeypatch.setattr(keep, "version", lambda name: "1.0")


def test_it_is_trained_when_it_is_not_there_and_kept(tmp_path: Path) -> None:
    train = Trainer()
    folder = keep.ready(tmp_path / "cache", train)
    assert folder == keep.ready(tmp_path / "cache", train) and train.trained == 1
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [folder.name]
    assert [path.name for path in folder.iterdir()] == ["config.json"]


def test_a_training_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted(folder: Path) -> None:
        Trainer()(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keep.ready(tmp_path, interrupted)
    assert list(tmp_path.iterdir()) == []


def test_where_another_process_was_faster_its_model_stays(tmp_path: Path) -> None:
    place = keep.ready(tmp_path / "elsewhere", Trainer()).name

    def overtaken(folder: Path) -> None:
        Trainer()(folder)
        (tmp_path / place).mkdir()
        (tmp_path / place / "theirs").touch()

    assert [path.name for path in keep.ready(tmp_path, overtaken).iterdir()] == ["theirs"]


@pytest.mark.parametrize("name", keep.SOURCES)
def test_a_changed_source_is_another_teacher(name: str, tmp_path: Path) -> None:
    here = shutil.copytree(keep.HERE, tmp_path / "copy")
    assert keep.fingerprint(here) == keep.fingerprint()
    (here / name).write_text((here / name).read_text() + "\n")
    assert keep.fingerprint(here) != keep.fingerprint()


def test_another_release_of_a_library_is_another_teacher(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keep.fingerprint()
    monkeypatch.setattr(keep, "version", lambda name: "2.0" if name == "torch" else "1.0")
    assert keep.fingerprint() != before


def test_every_file_that_decides_the_weights_is_a_source() -> None:
    files = {path.name for path in keep.HERE.iterdir() if path.suffix in (".py", ".toml")}
    others = {"keep.py", "__main__.py", "recipe.toml"} | {name for name in files if name.startswith("test_")}
    assert files - others == set(keep.SOURCES)
