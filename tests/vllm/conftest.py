"""For tests with the real vLLM: tiny models, projects that are grown by the command line, and nothing left behind.

They need the environment that `make test-vllm` makes; plain `make test` does not look in here.
"""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.vllm import tiny

PATIENCE = 180.0
"""Seconds after which a run that does not end has failed its test."""
SHARED = Path("/dev/shm")
MARK = "ITTGEN_TEST"
"""A variable that every process of a test carries, by which those left behind are found."""
SETTINGS = {"OMP_NUM_THREADS": "1", "TORCHDYNAMO_DISABLE": "1", "VLLM_CPU_CI_ENV": "1"}
"""Two cores, other people's work on them, and a model of a million weights."""
ENGINE = "max_num_seqs = 64, enforce_eager = true, kv_cache_memory_bytes = 268435456"
GUIDANCE = 'structured_outputs_config = { backend = "guidance", disable_any_whitespace = true }'
TEACHER = """
use = "{use}"
model = "{model}"
dtype = "float32"
max_model_len = {context}
engine = {{ {engine} }}
{more}
"""
LISTED = "[A-Z][a-z]{2,8}( [a-z]{2,8}){4,8}"
"""What a task looks like, for a model that knows no words."""
PROPOSE = r"\n".join([rf"{LISTED}\.", *(rf"{n}\. {LISTED}\." for n in (10, 11, 12))])
GROWN = """
name = "grown"
seed = 11
seeds = "general"

[teachers.writer]
{teacher}
sampling = {{ temperature = {temperature}, max_tokens = 150, seed = 5, structured_outputs = {{ regex = '{propose}' }} }}

[teachers.teacher]
{teacher}
sampling = {{ temperature = {temperature}, max_tokens = 64, min_tokens = 4, seed = 9, stop = ["e", "a", "i"] }}

[[stage]]
name = "propose"
generator = {{ use = "self-instruct" }}
filter = [{{ use = "length" }}]
dedup = {{ rouge_l = 0.7, against = ["seeds", "pool"] }}
target = {target}
teacher = "writer"

[[stage]]
name = "answer"
source = "propose"
generator = {{ use = "distill" }}
filter = [{{ use = "empty" }}]
teacher = "teacher"
"""
DISTILLED = """
name = "distilled"
seed = 3
seeds = "tasks.jsonl"

[teacher]
{teacher}
sampling = {{ {sampling} }}

[[stage]]
name = "answer"
generator = {{ use = "distill", truncated = "keep" }}
"""


def teacher(model: Path | str, use: str = "vllm", *, context: int = 1024, engine: str = "", more: str = "") -> str:
    """The inside of a `[teacher]` table."""
    settings = ", ".join(filter(None, (ENGINE, engine)))
    return TEACHER.format(use=use, model=model, context=context, engine=settings, more=more)


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def sent(self) -> int:
        """Calls that were sent, by what progress says at the end of each stage."""
        ends = [line for line in self.err.splitlines() if ": done, " in line and " calls sent" in line]
        return sum(int(line.split(" calls sent")[0].split()[-1].replace(",", "")) for line in ends)


@dataclass(frozen=True)
class Project:
    """A folder with a recipe, grown by the command line in a process of its own."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def write(self, recipe: str) -> "Project":
        self.folder.mkdir(exist_ok=True)
        (self.folder / "recipe.toml").write_text(recipe)
        return self

    def tasks(self, *instructions: str) -> "Project":
        self.folder.mkdir(exist_ok=True)
        lines = (json.dumps({"id": f"t{n}", "instruction": text}) for n, text in enumerate(instructions))
        (self.folder / "tasks.jsonl").write_text("".join(f"{line}\n" for line in lines))
        return self

    def start(self, *arguments: str, verb: str = "grow") -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "ittgen", verb, "recipe.toml", *arguments]
        told = {**os.environ, **SETTINGS, **self.environment}
        heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a child of a background job ignores Ctrl-C
        try:
            return subprocess.Popen(
                command, cwd=self.folder, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        finally:
            signal.signal(signal.SIGINT, heard)

    def run(self, *arguments: str, verb: str = "grow") -> Done:
        return ended(self.start(*arguments, verb=verb))

    def grow(self, *arguments: str) -> Done:
        done = self.run("--progress", "plain", "--min-acceptance", "0", "--concurrency", "32", *arguments)
        assert done.code == 0, done.err
        return done

    def answers(self) -> list[dict[str, Any]]:
        """The stored answers with their requests' keys and instructions, in no order."""
        if not self.journal.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.journal}?mode=ro", uri=True)) as db:
            rows = db.execute("SELECT key, request, response, created FROM answers").fetchall()
        return [
            {"key": key, "request": json.loads(request), **json.loads(response), "created": created}
            for key, request, response, created in rows
        ]

    def wait_for_answers(self, count: int, process: subprocess.Popen[str]) -> None:
        """Block until so many answers are stored."""
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            try:
                if len(self.answers()) >= count:
                    return
            except sqlite3.OperationalError:  # its tables are being made
                pass
            time.sleep(0.02)
        raise AssertionError(f"{len(self.answers())} answers, not {count}: {ended(process)}")

    @property
    def journal(self) -> Path:
        return self.folder / ".ittgen" / "journal.sqlite"

    def log(self) -> str:
        return "\n".join(file.read_text() for file in sorted((self.folder / ".ittgen").glob("vllm*.log")))

    @property
    def version(self) -> Path:
        return sorted((self.folder / "data").glob("*/v*"))[-1]

    def manifest(self) -> dict[str, Any]:
        return dict(json.loads((self.version / "manifest.json").read_text()))

    def rows(self, part: str = "data") -> list[dict[str, Any]]:
        files = sorted(self.version.glob(f"{part}-*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def ended(process: subprocess.Popen[str]) -> Done:
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        raise
    return Done(process.returncode, out, err)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much memory the largest process took: what a machine needs for these tests."""
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    terminalreporter.write_line(f"the largest process took {largest:.2f} GiB")


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.make(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def fatal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model whose engine starts, and dies at the first request."""
    return tiny.make(tmp_path_factory.mktemp("models") / "fatal", head_size=16)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project; afterwards no process and no shared memory of its runs may be left."""
    mark, before = uuid.uuid4().hex, set(SHARED.iterdir())
    yield Project(tmp_path, {MARK: mark})
    assert not left(mark), "processes were left behind"
    assert not [file for file in set(SHARED.iterdir()) - before if not used(file.name)], "shared memory was left"


def left(mark: str) -> list[str]:
    """Command lines of processes that carry the mark, once they had a moment to end."""
    until = time.monotonic() + 20
    while found := [line for _, line in marked(mark)]:
        if time.monotonic() > until:
            return found
        time.sleep(0.1)
    return []


def marked(mark: str) -> Iterator[tuple[int, str]]:
    """(process id, command line) of every process that carries the mark."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                yield int(process.name), (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue


def used(segment: str) -> bool:
    """Whether a process uses the shared memory: then it belongs to somebody else's work."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if segment in (process / "maps").read_text():
                return True
        except OSError:
            continue
    return False
