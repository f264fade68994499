"""A disk that is full and a journal that cannot be written: a clear stop, and no answer counts that was not stored.

The full disk is a limit on the size of files, which any system has, and where one may be mounted a small disk indeed.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.openai_server import Body, OpenAIServer
from tests.projects import Project

TASKS = 200
CONCURRENCY = 8
BESIDE = ("--concurrency", str(CONCURRENCY), "--progress", "none")
ROOM = 400 * 1024
"""Bytes that the journal has, of the several times as many that it wants."""
LONG = "A long answer. " * 200

LIMITED = f"""
import resource
import sys

from ittgen.cli import main

resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM}))
main(sys.argv[1:])
"""
SMALL_DISK = f"""
mkdir .ittgen && mount -t tmpfs -o size={ROOM} none .ittgen || exit 99
"$@"
code=$?
cp -a .ittgen kept
exit $code
"""
POWERLESS = """
import ctypes
import os
import sys

if os.geteuid() == 0:  # root may write whatever it likes, unless it gives that up
    libc, header = ctypes.CDLL(None), (ctypes.c_uint32 * 2)(0x20080522, 0)
    powers = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, powers) == 0
    override = 1 << 1
    powers[0] &= ~override
    powers[1] &= ~override
    assert libc.capset(header, powers) == 0
from ittgen.cli import main

main(sys.argv[1:])
"""


def answer(body: Body) -> tuple[str, str]:
    return f"{body['messages'][-1]['content']} {LONG}", "stop"


def filled_by_limit(project: Project) -> tuple[int, str]:
    done = project.run("grow", "recipe.toml", *BESIDE, python=("-c", LIMITED))
    return done.code, done.err


def filled_by_size(project: Project) -> tuple[int, str]:
    """In a file system of its own, seen by nobody else; its content is kept."""
    if not shutil.which("unshare"):
        pytest.skip("no unshare, so no small disk")
    command = ["unshare", "-rm", "sh", "-c", SMALL_DISK, "sh", sys.executable, "-m", "ittgen", "grow", "recipe.toml"]
    done = subprocess.run([*command, *BESIDE], cwd=project.folder, capture_output=True, text=True, check=False)
    if not (project.folder / "kept").exists():
        pytest.skip(f"no small disk may be mounted here: {done.stderr.strip()}")
    (project.folder / ".ittgen").rmdir()
    (project.folder / "kept").rename(project.folder / ".ittgen")
    return done.returncode, done.stderr


@pytest.mark.parametrize("fill", [filled_by_limit, filled_by_size])
def test_a_full_disk_stops_the_run_and_afterwards_exactly_the_missing_answers_are_asked_for(
    tmp_path: Path, fill: Callable[[Project], tuple[int, str]]
) -> None:
    with OpenAIServer(answer) as server:
        project = Project(tmp_path, server.base_url, tasks=TASKS)
        code, said = fill(project)
        assert code == 3, said
        assert said.count("ittgen: ") == 1 == said.count("\n") and "Traceback" not in said
        assert "journal" in said and "free some space, then run again" in said
        stored, billed = project.stored(), Counter(server.billed)
        assert project.sound() and 0 < len(stored) < TASKS
        assert not project.baseless(), "no row is made of an answer that was not stored"
        assert not (tmp_path / "data").exists()
        lost = billed.keys() - stored
        assert len(lost) <= 2 * CONCURRENCY, "those that had come and those that were on the wire, and no more"
        done = project.grow()
        assert done.code == 0, done.err
    assert set((server.billed - billed).keys()) == set(server.billed) - stored, "exactly those that are missing"
    assert len(project.rows()) == TASKS
    assert {key for key, count in server.billed.items() if count > 1} == lost


def test_the_disk_is_full_before_the_first_answer(tmp_path: Path) -> None:
    little = LIMITED.replace(str(ROOM), "4096")
    with OpenAIServer(answer) as server:
        project = Project(tmp_path, server.base_url, tasks=3)
        done = project.run("grow", "recipe.toml", *BESIDE, python=("-c", little))
        assert done.code in (2, 3) and "Traceback" not in done.err
        assert done.err.startswith("ittgen: journal ") and not server.requests
        assert project.grow().code == 0
    assert len(project.rows()) == 3


def test_a_disk_that_is_full_when_a_version_is_written_leaves_none_and_asks_nothing_again(tmp_path: Path) -> None:
    with OpenAIServer(answer) as server:
        project = Project(tmp_path, server.base_url, tasks=TASKS)
        assert project.grow().code == 0
        rows = project.rows()
        shutil.rmtree(tmp_path / "data")
        done = project.run("grow", "recipe.toml", *BESIDE, python=("-c", LIMITED))
        assert done.code not in (0, 70) and "Traceback" not in done.err
        assert done.err.startswith("ittgen: ") and done.err.count("\n") == 1 and "data" in done.err
        assert not list(tmp_path.glob("data/link/v*"))
        assert project.grow().code == 0
        assert project.rows() == rows and len(server.requests) == TASKS


@pytest.fixture
def begun(tmp_path: Path) -> Project:
    """A project with some answers in its journal."""
    with OpenAIServer(answer) as server:
        project = Project(tmp_path / "begun", server.base_url, tasks=5)
        assert project.grow().code == 0
    return project


def read_only_file(project: Project) -> None:
    for path in (project.folder / ".ittgen").iterdir():
        path.chmod(0o444)


def read_only_database(project: Project) -> None:
    (project.folder / ".ittgen" / "journal.sqlite").chmod(0o444)


def read_only_folder(project: Project) -> None:
    (project.folder / ".ittgen").chmod(0o555)


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
@pytest.mark.parametrize("forbid", [read_only_file, read_only_database, read_only_folder])
def test_a_read_only_journal_is_refused_before_anything_is_sent(
    begun: Project, forbid: Callable[[Project], None]
) -> None:
    stored = begun.stored()
    forbid(begun)
    with OpenAIServer(answer) as server:
        Project(begun.folder, server.base_url, tasks=10)
        done = begun.run("grow", "recipe.toml", *BESIDE, python=("-c", POWERLESS))
        assert done.code in (2, 3) and "Traceback" not in done.err
        assert done.err.count("\n") == 1 and ".ittgen" in done.err
        assert "cannot be written" in done.err or "Make it writable" in done.err
        assert not server.requests
        assert begun.stored() == stored
        for path in (begun.folder / ".ittgen", *(begun.folder / ".ittgen").iterdir()):
            path.chmod(0o755)
        assert begun.grow().code == 0 and len(server.requests) == 5
