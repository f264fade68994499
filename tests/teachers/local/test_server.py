"""Servers that a run starts, watches and stops: real processes, with a few lines of Python in the place of vLLM."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ittgen.errors import TeacherError, TransientError, UsageError
from ittgen.teachers.local.server import Server

PATIENCE = 30.0
SERVES = "import signal, sys; print('ready', flush=True); signal.pause()"


def server(tmp_path: Path, code: str, *arguments: str) -> Server:
    return Server([sys.executable, "-c", code, *arguments], dict(os.environ), tmp_path / "server.log", 8000)


async def answers() -> None:
    """An answer."""


async def test_a_server_is_ready_when_it_really_answers(tmp_path: Path) -> None:
    served, tries = server(tmp_path, SERVES), iter([TransientError("not yet"), TransientError("not yet"), None])

    async def tried() -> None:
        if error := next(tries):
            raise error

    served.start()
    await served.ready(tried, PATIENCE)
    served.check()
    await served.stop()
    assert next(tries, "none left") == "none left"


async def test_one_that_ends_before_it_answers_says_why(tmp_path: Path) -> None:
    served = server(tmp_path, "raise ValueError('No available memory for the cache blocks')")

    async def never() -> None:
        raise TransientError("not yet")

    served.start()
    with pytest.raises(UsageError) as told:
        await served.ready(never, PATIENCE)
    assert "cannot start (exit code 1): not enough memory" in str(told.value) and "server.log" in str(told.value)
    await served.stop()


async def test_one_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    served = server(tmp_path, SERVES)

    async def never() -> None:
        raise TransientError("not yet")

    served.start()
    with pytest.raises(UsageError, match=r"did not answer within 0\.1 s"):
        await served.ready(never, 0.1)
    await served.stop()


async def test_one_that_dies_is_told_with_the_end_of_its_log_also_with_exit_code_0(tmp_path: Path) -> None:
    served = server(tmp_path, "print('first\\nlast words', flush=True)")
    served.start()
    assert served._process
    served._process.wait(PATIENCE)
    with pytest.raises(TeacherError) as told:
        served.check()
    assert "ended (exit code 0)" in str(told.value) and "\n  last words" in str(told.value)
    await served.stop()


@pytest.fixture
def pids(tmp_path: Path) -> Iterator[Path]:
    """A folder in which processes leave their numbers."""
    place = tmp_path / "pids"
    place.mkdir()
    yield place
    left = [int(file.name) for file in place.iterdir() if runs(int(file.name))]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left, "processes were left behind"


def runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be seen off does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


NOTED = "import os, pathlib, signal, subprocess, sys; pathlib.Path(sys.argv[1], str(os.getpid())).touch(); "


def noted(pids: Path) -> bool:
    """Wait until a process has left its number."""
    until = threading.Event()
    for _ in range(int(PATIENCE / 0.05)):
        if list(pids.iterdir()):
            return True
        until.wait(0.05)
    return False


async def test_stopping_ends_the_server(tmp_path: Path, pids: Path) -> None:
    served = server(tmp_path, f"{NOTED} signal.pause()", str(pids))
    served.start()
    assert noted(pids)
    await served.stop()


async def test_stopping_ends_what_the_server_left_of_its_own_processes(
    tmp_path: Path, pids: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ittgen.teachers.local.server.GRACE", 1.5)
    child = f"{NOTED} signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.pause()"
    parent = f"{NOTED} subprocess.Popen([sys.executable, '-c', sys.argv[2], sys.argv[1]]); signal.pause()"
    served = server(tmp_path, parent, str(pids), child)
    served.start()
    until = threading.Event()
    while len(list(pids.iterdir())) < 2:
        until.wait(0.05)
    await served.stop()


def test_a_run_that_is_killed_takes_its_server_along(tmp_path: Path, pids: Path) -> None:
    code = (
        "import asyncio, os, pathlib, sys; from ittgen.teachers.local.server import Server;"
        "s = Server([sys.executable, '-c', sys.argv[1], sys.argv[2]], dict(os.environ), pathlib.Path(sys.argv[3]), 1);"
        "s.start(); print(s._process.pid, flush=True); asyncio.run(asyncio.sleep(600))"
    )
    arguments = [f"{NOTED} signal.pause()", str(pids), str(tmp_path / "log")]
    run = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)
    assert run.stdout
    keeper = int(run.stdout.readline())
    assert noted(pids)
    run.kill()
    run.communicate()
    until = threading.Event()
    while Path(f"/proc/{keeper}/stat").exists():
        until.wait(0.05)
