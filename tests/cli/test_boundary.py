"""The one place where exceptions become messages and exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ittgen.cli import guarded, main
from ittgen.cli.codes import BUG, INTERRUPTED, PIPE_CLOSED
from ittgen.errors import DamagedError, IttgenError, RecipeError, Stopped, TeacherError
from ittgen.versions.freeze import freeze
from tests.versions.samples import content, example


def raising(error: BaseException) -> int:
    def run() -> None:
        raise error

    return guarded(run)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RecipeError("recipe x: wrong"), 2),
        (DamagedError("data is damaged"), 1),
        (TeacherError("no server"), 3),
        (Stopped("the budget is reached"), 3),
        (Stopped("interrupted", interrupted=True), 130),
    ],
)
def test_an_error_of_ours_is_one_line_and_its_exit_code(
    capsys: pytest.CaptureFixture[str], error: IttgenError, code: int
) -> None:
    assert raising(error) == code
    assert capsys.readouterr() == ("", f"ittgen: {error}\n")


def test_an_interrupt_outside_of_growing_is_130(capsys: pytest.CaptureFixture[str]) -> None:
    assert raising(KeyboardInterrupt()) == INTERRUPTED == 130
    assert capsys.readouterr().err == "ittgen: interrupted\n"


def test_a_bug_is_one_line_and_its_traceback_is_shown_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ITTGEN_TRACEBACK", raising=False)
    assert raising(ZeroDivisionError("division by zero")) == BUG
    (line,) = capsys.readouterr().err.splitlines()
    assert "bug" in line and "ZeroDivisionError: division by zero" in line
    monkeypatch.setenv("ITTGEN_TRACEBACK", "1")
    assert raising(ZeroDivisionError("division by zero")) == BUG
    assert "Traceback" in capsys.readouterr().err


def test_a_fault_with_a_note_is_the_components_whom_the_note_names(capsys: pytest.CaptureFixture[str]) -> None:
    error = ValueError("no such river")
    error.add_note('stage "propose", slot 3: the filter "mine:Rivers" raised')
    assert raising(error) == BUG
    (line,) = capsys.readouterr().err.splitlines()
    assert 'the filter "mine:Rivers" raised: ValueError: no such river' in line and "bug" not in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize("args", [["--help"], ["export", "small", "messages"]])
def test_a_full_disk_behind_stdout_is_no_bug(tmp_path: Path, buffered: str, args: list[str]) -> None:
    freeze(tmp_path / "data", content([example(i) for i in range(3)]))
    environment = {**os.environ, "PYTHONUNBUFFERED": buffered}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ittgen", *args], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True,
            env=environment,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "ittgen: cannot write to stdout: No space left on device\n")


def test_a_closed_stdout_is_no_bug(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import os, sys; os.close(1); os.execv(sys.executable, sys.argv[1:])"]
    command += [sys.executable, "-m", "ittgen", "ls"]
    done = subprocess.run(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (0, "")


INTERRUPTED_IMPORT = """
import sys, ittgen.cli

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            raise KeyboardInterrupt

assert "typer" not in sys.modules
sys.meta_path.insert(0, Finder())
ittgen.cli.main(["ls"])
"""


def test_an_interrupt_while_modules_are_imported_prints_no_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED_IMPORT], stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (130, "ittgen: interrupted\n")


def test_an_interrupt_in_the_midst_of_a_verb_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    def press(home: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ittgen.versions.folder.names", press)
    with pytest.raises(SystemExit) as exit:
        main(["ls"])
    assert (exit.value.code, capsys.readouterr().err) == (INTERRUPTED, "ittgen: interrupted\n")


@pytest.mark.parametrize("rows", [3, 3000], ids=["at the last flush", "while printing"])
def test_a_reader_who_leaves_ends_the_verb_quietly(tmp_path: Path, rows: int) -> None:
    freeze(tmp_path / "data", content([example(i) for i in range(rows)]))
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "ittgen", "export", "small", "messages"]
    try:
        done = subprocess.run(command, cwd=tmp_path, stdout=write, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (PIPE_CLOSED, "")
