"""The packaged seeds "general", known by heart: what people wrote as answers to them is right, so they can be evolved.

A seed becomes a task of a family of its own, without templates. Reads one file, once; where it is missing, no seed is
known.
"""

import json
from functools import cache, lru_cache

from ittgen import resources
from ittgen.teachers.procedural.family import Family, Task
from ittgen.text import digest

SEED = "a seed of this project"
"""The beginning of the name of such families."""


@lru_cache(maxsize=1024)
def recall(prose: str, below: str) -> Task | None:
    """The seed whose instruction and input, blanks apart, stand in a text; None where there is none."""
    text = _plain(f"{prose} {below}")
    alike = (text, _plain(f"{prose.removesuffix('.')} {below}"))
    return next((task for task in map(_seeds().get, alike) if task), None)


@cache
def edition() -> str:
    """Changes with the seeds, and with them the answers."""
    return digest([[name, task.solve("")] for name, task in _seeds().items()])[:8]


@cache
def _seeds() -> dict[str, Task]:
    path = resources.seeds() / "general.jsonl"
    rows = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {key: task for row in map(json.loads, rows) for key, task in _tasks(row)}


def _tasks(row: dict[str, object]) -> list[tuple[str, Task]]:
    found = []
    for instance in row["instances"]:  # type: ignore[attr-defined]  # a list of objects, as tests/test_seeds.py checks
        key = _plain(f"{row['instruction']} {instance['input']}")
        found.append((key, _task(f"{SEED}: {row['id']}", key, instance["output"])))
    return found


def _task(name: str, key: str, output: str) -> Task:
    return Task(Family(f"{name} {digest(key)[:8]}", (), solve=lambda text, params: output), {})


def _plain(text: str) -> str:
    return " ".join(text.split())
