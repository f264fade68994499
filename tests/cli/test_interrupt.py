"""Ctrl-C: a process of its own, a teacher on loopback that holds its answers back, and SIGINT."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import RECIPE, Run
from tests.openai_server import OpenAIServer

GROW = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may start us with it ignored
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


def test_the_first_interrupt_lets_answers_land_and_the_next_run_goes_on(
    server: OpenAIServer, run: Run, folder: Path
) -> None:
    with server, growing(server, folder) as process:
        process.send_signal(signal.SIGINT)
        server.hold.set()  # type: ignore[union-attr]  # it has one
        out, err = process.communicate(timeout=30)
        assert process.returncode == 130 and out == ""
        assert "ittgen: interrupted" in err and "Traceback" not in err and "propose: stopped at" in err
        paid = dict(server.billed)
        assert len(paid) >= 2
        assert run("status", "recipe.toml").code == 0
        done = run("grow", "recipe.toml", "-q")
        assert done.out == "data/demo/v0001\n", done.err
        assert set(server.billed.values()) == {1} and paid.keys() < server.billed.keys()


def test_the_second_interrupt_leaves_at_once(server: OpenAIServer, folder: Path) -> None:
    with server, growing(server, folder) as process:
        for _ in range(20):  # how soon the first was taken in cannot be seen from here
            process.send_signal(signal.SIGINT)
            try:
                process.wait(0.3)
                break
            except subprocess.TimeoutExpired:
                continue
        _, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "Traceback" not in err and "ittgen: interrupted" in err
        assert not server.billed
