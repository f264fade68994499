"""Ctrl-C: a process of its own, a teacher on loopback that holds its answers back, and SIGINT."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ittgen.interrupts import MOMENT, Presses, heard_once
from tests.cli.conftest import RECIPE, Run
from tests.openai_server import OpenAIServer

TAKEN = "SIGINT taken"
GROW = f"""
import signal, sys
def take(number, frame):
    print("{TAKEN}", file=sys.stderr, flush=True)
    raise KeyboardInterrupt
signal.signal(signal.SIGINT, take)  # also where a shell starts us with it ignored
from ittgen.cli import main
main(["grow", "recipe.toml", "--concurrency", "3", "--progress", "plain"])
"""


@pytest.fixture
def server() -> OpenAIServer:
    return OpenAIServer(noise=0.0, hold=threading.Event())


@contextmanager
def growing(server: OpenAIServer, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that grows the recipe, with two requests on the wire; never outlives its test."""
    teacher = f'use = "openai"\nmodel = "m"\nbase_url = "{server.base_url}"'
    text = RECIPE.replace('use = "procedural"\nnoise = 0.3', teacher).replace("target = 12", "target = 40")
    (folder / "recipe.toml").write_text(text)
    command = [sys.executable, "-c", GROW]
    with subprocess.Popen(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            server.wait_for(2)
            yield process
        finally:
            process.kill()


def interrupt(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C, and wait until Python has noticed; what the process said until then."""
    process.send_signal(signal.SIGINT)
    assert process.stderr
    said = ""
    while TAKEN not in said:
        said += process.stderr.readline()
    return said


def rest(process: subprocess.Popen[str]) -> str:
    """What the process says until it ends."""
    assert process.stderr
    said = process.stderr.read()
    process.wait(30)
    return said


def test_the_first_interrupt_lets_answers_land_and_the_next_run_goes_on(
    server: OpenAIServer, run: Run, folder: Path
) -> None:
    with server, growing(server, folder) as process:
        interrupt(process)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.2)
        server.hold.set()  # type: ignore[union-attr]  # it has one
        said = rest(process)
        assert process.returncode == 130
        assert "ittgen: interrupted" in said and "Traceback" not in said and "propose: stopped at" in said
        paid = dict(server.billed)
        assert len(paid) == 2 and not (folder / "data").exists()
        assert run("status", "recipe.toml").code == 0
        done = run("grow", "recipe.toml", "-q")
        assert done.out == "data/demo/v0001\n", done.err
        assert set(server.billed.values()) == {1} and paid.keys() < server.billed.keys()


def test_a_terminated_run_lands_and_commits_and_says_so_by_143(server: OpenAIServer, folder: Path) -> None:
    with server, growing(server, folder) as process:
        process.send_signal(signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.2)
        server.hold.set()  # type: ignore[union-attr]  # it has one
        said = rest(process)
        assert process.returncode == 143
        assert "ittgen: interrupted" in said and "Traceback" not in said and "propose: stopped at" in said
        assert len(server.billed) == 2


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_that_comes_twice_at_once_is_one(
    server: OpenAIServer, folder: Path, number: signal.Signals, code: int
) -> None:
    """As GNU timeout sends it: to the process, and to its group."""
    with server, growing(server, folder) as process:
        process.send_signal(number)
        process.send_signal(number)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.2)
        process.send_signal(number)
        server.hold.set()  # type: ignore[union-attr]  # it has one
        said = rest(process)
        assert process.returncode == code
        assert "Traceback" not in said and "at once" not in said and "propose: stopped at" in said
        assert len(server.billed) == 2, "what was in flight landed"


def test_whoever_goes_on_pressing_is_heard_again_after_a_moment() -> None:
    times = iter([10.0, 10.1, 10.4, 10.5, 10.9, 11.0])
    presses = Presses(clock=lambda: next(times))
    assert [presses.new() for _ in range(6)] == [True, False, False, True, False, True]
    assert MOMENT == 0.5


def test_handlers_are_given_back_and_an_ignored_signal_stays_ignored() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    ignored = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        mine = signal.getsignal(signal.SIGINT)
        times = iter([10.0, 10.1, 12.0])
        with heard_once(Presses(clock=lambda: next(times))):
            for _ in range(3):
                signal.raise_signal(signal.SIGINT)
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
        assert heard == [signal.SIGINT, signal.SIGINT] and signal.getsignal(signal.SIGINT) is mine
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, ignored)


def test_the_second_interrupt_leaves_at_once_and_the_journal_is_sound(
    server: OpenAIServer, run: Run, folder: Path
) -> None:
    with server, growing(server, folder) as process:
        interrupt(process)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(MOMENT + 0.1)
        interrupt(process)
        said = rest(process)
        assert process.returncode == 130
        assert "Traceback" not in said and "ittgen: interrupted" in said
        assert not server.billed
        told = run("status", "recipe.toml", "--json")
        assert told.code == 0 and told.json["holder"] == ""
        server.hold.set()  # type: ignore[union-attr]  # it has one
        assert run("grow", "recipe.toml", "-q").out == "data/demo/v0001\n"
