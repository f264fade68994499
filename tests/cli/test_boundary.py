"""The one place where exceptions become messages and exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ittgen.cli import guarded
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
