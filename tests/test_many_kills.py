"""Killed again and again, or interrupted: what was answered and stored is never asked again, and every row comes.

The bill is the server's, which outlives every run: how often each request was asked for and answered whole.
"""

import os
import signal
import subprocess
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from ittgen.chance import below, seeded
from ittgen.interrupts import MOMENT
from tests.openai_server import PATIENCE, Body, OpenAIServer
from tests.projects import Project, ended

CONCURRENCY = 8
BESIDE = ("--concurrency", str(CONCURRENCY))
TASKS = 300
KILLS = 10
TAKEN = "SIGINT taken"
GROW = f"""
import signal
import sys

def take(number, frame):
    print("{TAKEN}", file=sys.stderr, flush=True)
    raise KeyboardInterrupt

signal.signal(signal.SIGINT, take)  # also where a shell starts us with it ignored
from ittgen.cli import main

main(sys.argv[1:])
"""
FIRST = 20
"""Requests that are answered before the server holds all others back."""


def answer(body: Body) -> tuple[str, str]:
    return "As you wish.", "stop"


class Killer:
    """Kills a process at the n-th moment since it was aimed: a request that comes, or one that is answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._left = 0

    def aim(self, process: subprocess.Popen[str], after: int) -> None:
        with self._lock:
            self._process, self._left = process, after

    def moment(self, *_: object) -> None:
        with self._lock:
            self._left -= 1
            if self._process and self._left == 0:
                os.kill(self._process.pid, signal.SIGKILL)


def test_ten_kills_in_a_row_cost_what_was_in_flight_at_most(tmp_path: Path) -> None:
    killer, rng = Killer(), seeded("ten moments")
    with OpenAIServer(answer, faults=killer.moment, answered=killer.moment) as server:
        project = Project(tmp_path, server.base_url, tasks=TASKS)
        bills: list[Counter[str]] = []
        stored: list[set[str]] = []
        for _ in range(KILLS + 1):
            before = +server.billed
            process = project.start("grow", "recipe.toml", "--progress", "none", *BESIDE)
            if len(bills) < KILLS:
                killer.aim(process, after=1 + below(rng, 2 * TASKS // KILLS))
            done = ended(process)
            bills.append(server.billed - before)
            stored.append(project.stored())
            assert done.code == (-signal.SIGKILL if len(bills) <= KILLS else 0), done.err
    assert len(project.rows()) == TASKS and project.sound() and not project.baseless()
    for run in range(KILLS):
        assert stored[run] <= stored[run + 1], "no kill takes away what was stored"
        later = sum(bills[run + 1 :], Counter[str]())
        assert not later.keys() & stored[run], "what was received and stored is never bought again"
        assert len(bills[run].keys() & later.keys()) <= CONCURRENCY, "only what was in flight is"
    assert server.billed.total() - len(server.billed) <= KILLS * CONCURRENCY


def test_a_kill_at_any_of_the_first_moments_leaves_a_journal_to_go_on_with(tmp_path: Path) -> None:
    killer = Killer()
    with OpenAIServer(answer, faults=killer.moment, answered=killer.moment) as server:
        project = Project(tmp_path, server.base_url, tasks=12)
        for after in (1, 2, 3):
            process = project.start("grow", "recipe.toml", "--progress", "none", "--concurrency", "1")
            killer.aim(process, after)
            assert ended(process).code == -signal.SIGKILL
            assert project.sound()
        assert project.grow("--concurrency", "1").code == 0
    assert len(project.rows()) == 12
    assert server.billed.total() - len(server.billed) <= 3


class Holding:
    """Answers the first requests, and holds the others back until it is let go."""

    def __init__(self) -> None:
        self.full = threading.Event()
        """As many as may be in flight are."""
        self.let_go = threading.Event()

    def __call__(self, number: int, body: Body) -> None:
        if number == FIRST + CONCURRENCY:
            self.full.set()
        if number > FIRST:
            self.let_go.wait(PATIENCE)


def interrupt(process: subprocess.Popen[str]) -> None:
    """Press Ctrl-C, and wait until Python has noticed."""
    process.send_signal(signal.SIGINT)
    assert process.stderr
    while TAKEN not in process.stderr.readline():
        assert process.poll() is None


def start(project: Project, holding: Holding) -> subprocess.Popen[str]:
    """A run with all its places taken by requests that the server holds back."""
    process = project.start("grow", "recipe.toml", "--progress", "json", *BESIDE, python=("-c", GROW))
    assert holding.full.wait(PATIENCE)
    return process


def until_stopping(process: subprocess.Popen[str]) -> None:
    """Read on until the run says that it admits no more."""
    assert process.stderr
    while '"stopping"' not in process.stderr.readline():
        assert process.poll() is None


def test_interrupted_once_every_answer_in_flight_is_stored_and_none_is_bought_again(tmp_path: Path) -> None:
    holding = Holding()
    with OpenAIServer(answer, faults=holding) as server:
        project = Project(tmp_path, server.base_url, tasks=100)
        process = start(project, holding)
        interrupt(process)
        until_stopping(process)
        holding.let_go.set()
        done = ended(process)
        assert done.code == 130 and "Traceback" not in done.err
        assert len(server.requests) == FIRST + CONCURRENCY, "nothing more is sent"
        assert project.stored() == set(server.billed) and len(server.billed) == FIRST + CONCURRENCY
        assert project.grow().code == 0
    assert len(project.rows()) == 100 and set(server.billed.values()) == {1}


@pytest.mark.parametrize("signals", [2, 3])
def test_interrupted_again_it_leaves_without_the_answers_and_a_sound_journal(tmp_path: Path, signals: int) -> None:
    holding = Holding()
    with OpenAIServer(answer, faults=holding) as server:
        project = Project(tmp_path, server.base_url, tasks=100)
        process = start(project, holding)
        interrupt(process)
        until_stopping(process)
        for _ in range(signals - 1):
            with suppress(subprocess.TimeoutExpired):
                process.wait(MOMENT + 0.1)  # what follows within a moment is the same press
            process.send_signal(signal.SIGINT)
        done = ended(process)
        assert done.code == 130 and "Traceback" not in done.err
        assert not holding.let_go.is_set() and len(server.billed) == FIRST, "it waited for nobody"
        assert project.sound() and project.stored() == set(server.billed)
        holding.let_go.set()
        stored, asked = project.stored(), len(server.requests)
        assert project.grow().code == 0
        again = {headers["idempotency-key"] for headers, _ in server.requests[asked:]}
    assert len(project.rows()) == 100
    assert not again & stored and len(again) == 100 - FIRST
