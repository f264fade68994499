"""Projects for tests of what is promised: tasks to distil, grown by the command line in a process of its own.

    project = Project(tmp_path, server.base_url, tasks=500)
    done = project.grow()
    assert done.code == 0 and len(project.rows()) == 500

Knows the files a run leaves behind and how a run ended; nothing of servers.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 120.0
"""Seconds after which a run that does not end has failed its test."""
VARIABLE = "PROJECT_KEY"
"""The environment variable that the recipes read the key from, where they read one."""
RECIPE = """
name = "link"
seed = 5
seeds = "tasks.jsonl"

[teacher]
use = "openai"
model = "loopback"
{teacher}

[[stage]]
name = "answer"
generator = {{ use = "distill" }}
filter = [{{ use = "empty" }}]
"""


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    err: str


class Project:
    """A folder with tasks and a recipe."""

    def __init__(self, folder: Path, base_url: str, *, tasks: int = 500, teacher: str = "") -> None:
        """`teacher`: further options of the teacher, as TOML; with endpoints in it `base_url` is empty."""
        self.folder = folder
        folder.mkdir(exist_ok=True)
        lines = (json.dumps({"id": f"task-{n}", "instruction": task(n)}) for n in range(tasks))
        (folder / "tasks.jsonl").write_text("".join(f"{line}\n" for line in lines))
        where = f'base_url = "{base_url}"\n' if base_url else ""
        (folder / "recipe.toml").write_text(RECIPE.format(teacher=where + teacher))

    def start(
        self, *words: str, env: Mapping[str, str] | None = None, python: Sequence[str] = ("-m", "ittgen")
    ) -> subprocess.Popen[str]:
        """`start("try", "recipe.toml")`: the command line in a process of its own."""
        command = [sys.executable, *python, *words]
        around = {**os.environ, "NO_PROXY": "127.0.0.1", **(env or {})}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.folder, env=around, stdout=pipe, stderr=pipe, text=True)

    def run(self, *words: str, env: Mapping[str, str] | None = None, python: Sequence[str] = ("-m", "ittgen")) -> Done:
        """The same to its end."""
        return ended(self.start(*words, env=env, python=python))

    def grow(self, *options: str, env: Mapping[str, str] | None = None) -> Done:
        """`grow` without progress."""
        return self.run("grow", "recipe.toml", "--progress", "none", *options, env=env)

    def rows(self) -> list[dict[str, Any]]:
        """The rows of the newest version."""
        return self._lines("data")

    def rejected(self) -> list[dict[str, Any]]:
        """What the newest version rejected."""
        return self._lines("rejected")

    def stored(self) -> set[str]:
        """Keys of the answers in the journal; none where there is no journal."""
        if not self._journal.exists():
            return set()
        return {key for (key,) in self._query("SELECT key FROM answers")}

    def asked_by(self) -> Counter[str]:
        """Answers in the journal by the endpoint that gave them."""
        return Counter(name for (name,) in self._query("SELECT json_extract(response, '$.endpoint') FROM answers"))

    def baseless(self) -> set[str]:
        """Keys of answers that rows or rejections are made of and that the journal does not have."""
        return {key for (key,) in self._query("SELECT key FROM asked EXCEPT SELECT key FROM answers")}

    def sound(self) -> bool:
        """Whether SQLite finds the journal whole."""
        return self._query("PRAGMA integrity_check") == [("ok",)]

    def files(self) -> list[Path]:
        """Everything in the folder but what the test itself put there."""
        own = {self.folder / "tasks.jsonl", self.folder / "recipe.toml"}
        return [path for path in sorted(self.folder.rglob("*")) if path.is_file() and path not in own]

    @property
    def _journal(self) -> Path:
        return self.folder / ".ittgen" / "journal.sqlite"

    def _query(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self._journal}?mode=ro", uri=True)) as db:
            return db.execute(query).fetchall()

    def _lines(self, kind: str) -> list[dict[str, Any]]:
        versions = sorted((self.folder / "data" / "link").glob("v*"))
        files = sorted(versions[-1].glob(f"{kind}-*.jsonl")) if versions else []
        return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def task(number: int) -> str:
    """The instruction of a task; no two are alike."""
    return f"Describe thing number {number}."


def ended(process: subprocess.Popen[str]) -> Done:
    """How the process ends. It never outlives the test."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    return Done(process.returncode, out, err)
