"""The promise that costs money when it breaks: killed at any moment, run again, nothing lost and nothing paid twice.

Everything is real: the command line in a process of its own, killed with SIGKILL while it talks to an HTTP server,
which counts what it is asked by request key.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ittgen.chance import below, seeded
from tests.openai_server import OpenAIServer

CONCURRENCY = 8
EXAMPLES = Path(__file__).parent.parent / "examples"
RECIPE = """
name = "crash"
seed = 5
seeds = "general"

[teacher]
{teacher}

[[stage]]
name = "propose"
generator = {{ use = "self-instruct" }}
filter = [{{ use = "length" }}]
dedup = {{ rouge_l = 0.7 }}
target = 60

[[stage]]
name = "instances"
source = "propose"
generator = {{ use = "instances" }}
filter = [{{ use = "empty" }}, {{ use = "output-equals-input" }}, {{ use = "ends-with-colon" }}]
"""


class Project:
    """A folder with a recipe, grown by the command line."""

    def __init__(self, folder: Path, teacher: str) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        (folder / "recipe.toml").write_text(RECIPE.format(teacher=teacher))

    def start(self, *options: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "ittgen", "grow", "recipe.toml", "--progress", "none", *options]
        return subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def grow(self, *options: str) -> str:
        """Run to the end; the version's path."""
        process = self.start(*options)
        out, err = process.communicate()
        assert process.returncode == 0, err
        return out.splitlines()[-1]

    def stored(self) -> set[str]:
        """Keys of the answers in the journal."""
        db = sqlite3.connect(f"file:{self.folder}/.ittgen/journal.sqlite?mode=ro", uri=True)
        keys = {key for (key,) in db.execute("SELECT key FROM answers")}
        db.close()
        return keys

    def manifest(self, version: str) -> dict[str, Any]:
        return dict(json.loads((self.folder / version / "manifest.json").read_text()))

    def rows(self, version: str) -> list[dict[str, Any]]:
        files = sorted((self.folder / version).glob("data-*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def over_http(server: OpenAIServer) -> str:
    return f'use = "openai"\nmodel = "procedural"\nbase_url = "{server.base_url}"'


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[dict[str, Any]], int]:
    """Digest, rows and number of calls of a run that nobody disturbs, one call at a time."""
    with OpenAIServer() as server:
        project = Project(tmp_path_factory.mktemp("alone"), over_http(server))
        version = project.grow("--concurrency", "1")
        return project.manifest(version)["digest"], project.rows(version), len(server.requests)


@pytest.mark.parametrize("concurrency", [8, 64])
def test_one_digest_at_any_concurrency(tmp_path: Path, alone: tuple[str, Any, int], concurrency: int) -> None:
    with OpenAIServer() as server:
        project = Project(tmp_path, over_http(server))
        version = project.grow("--concurrency", str(concurrency))
        assert project.manifest(version)["digest"] == alone[0]
        assert server.counts.total() == len(server.counts), "no question is asked twice"


class Killer:
    """Kills a process when the server is asked for the n-th time since the process was started."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.left = 0

    def aim(self, process: subprocess.Popen[str], after: int) -> None:
        self.left, self.process = after, process

    def __call__(self, number: int, body: Mapping[str, Any]) -> None:
        self.left -= 1
        if self.process and self.left == 0:
            os.kill(self.process.pid, signal.SIGKILL)


def test_killed_five_times_nothing_is_lost_and_no_answer_is_bought_twice(
    tmp_path: Path, alone: tuple[str, Any, int]
) -> None:
    killer, rng = Killer(), seeded("when to kill")
    with OpenAIServer(faults=killer) as server:
        project = Project(tmp_path, over_http(server))
        had: list[set[str]] = []
        for _ in range(5):
            asked = len(server.requests)
            killer.aim(project.start("--concurrency", str(CONCURRENCY)), after=5 + below(rng, alone[2] // 7))
            assert killer.process
            killer.process.communicate()
            assert killer.process.returncode == -signal.SIGKILL
            again = {headers["idempotency-key"] for headers, _ in server.requests[asked:]}
            assert not again & set().union(*had), "what was stored is never asked again"
            had.append(project.stored())
        killer.process = None
        asked = len(server.requests)
        version = project.grow("--concurrency", str(CONCURRENCY))
        again = {headers["idempotency-key"] for headers, _ in server.requests[asked:]}
        assert not again & had[-1]
        assert project.manifest(version)["digest"] == alone[0]
        twice = server.counts.total() - len(server.counts)
        assert twice <= 5 * CONCURRENCY, "only what was in flight at a kill"


def test_the_same_command_again_asks_nothing_and_makes_no_version(tmp_path: Path) -> None:
    with OpenAIServer() as server:
        project = Project(tmp_path, over_http(server))
        first = project.grow()
        asked = len(server.requests)
        assert project.grow() == first
        assert len(server.requests) == asked
        assert [p.name for p in sorted((tmp_path / "data" / "crash").iterdir())] == ["v0001"]


def test_a_higher_target_gives_what_it_alone_gives_and_pays_nothing_twice(
    tmp_path: Path, alone: tuple[str, Any, int]
) -> None:
    with OpenAIServer() as server:
        project = Project(tmp_path, over_http(server))
        project.grow("--target", "30")
        version = project.grow("--target", "60")
        assert project.manifest(version)["digest"] == alone[0]
        assert server.counts.total() == len(server.counts)


def test_the_procedural_teacher_gives_the_same_rows_in_process_and_over_http(
    tmp_path: Path, alone: tuple[str, list[dict[str, Any]], int]
) -> None:
    project = Project(tmp_path, 'use = "procedural"')
    rows = project.rows(project.grow())
    assert [{**row, "provenance": None} for row in rows] == [{**row, "provenance": None} for row in alone[1]]


def test_full_recipe_has_one_digest_at_any_concurrency_and_after_three_kills(tmp_path: Path) -> None:
    recipe = (EXAMPLES / "full.toml").read_text()
    killer, rng, digests = Killer(), seeded("when to kill full.toml"), {}
    with OpenAIServer(faults=killer) as server:
        over = ["--set", f'teacher={{ use = "openai", model = "procedural", base_url = "{server.base_url}" }}']
        for concurrency in (1, 8, 64):
            project = Project(tmp_path / str(concurrency), "")
            (project.folder / "recipe.toml").write_text(recipe)
            for _ in range(3 if concurrency == 8 else 0):
                killer.aim(project.start("--concurrency", "8", *over), after=10 + below(rng, 150))
                assert killer.process
                killer.process.communicate()
                assert killer.process.returncode == -signal.SIGKILL
            killer.process = None
            digests[concurrency] = project.manifest(project.grow("--concurrency", str(concurrency), *over))["digest"]
    assert len(set(digests.values())) == 1, digests


def test_a_teacher_that_only_refuses_stops_the_run_and_says_so(tmp_path: Path) -> None:
    with OpenAIServer(reply=lambda body: ("I'm sorry, but I can't help with that.", "refusal")) as server:
        process = Project(tmp_path, over_http(server)).start("--concurrency", "4")
        _, said = process.communicate()
    assert process.returncode == 3
    assert "refusal 50" in said and said.count("I'm sorry") == 3
    assert len(server.requests) < 70
    assert not (tmp_path / "data" / "crash").exists()
