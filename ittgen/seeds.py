"""Seed files become examples: one JSON line a task, in the Self-Instruct form or flat.

    {"id", "name"?, "instruction", "instances": [{"input", "output"}, …], "is_classification"}
    {"instruction", "input"?, "output"?}

The first instance becomes the example's input and output. Every other field of the line is kept in `meta`, so that
nothing a seed file says is lost: {"id", "name", "is_classification", "instances" (where they hold more than that), …}.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonlines

from ittgen.errors import SeedError, nearest
from ittgen.records import Example


def locate(name: str, folder: Path, packaged: Path) -> Path:
    """The file behind `seeds = …`: a set's name ("general") or a path beside the recipe.

    A set is looked up in `folder/seeds`, then among the packaged ones. Raises SeedError, naming where it looked.
    """
    if name.endswith((".jsonl", ".json")) or "/" in name:
        path = folder / name
        if not path.is_file():
            raise SeedError(f"seeds {path}: no such file")
        return path
    for place in (folder / "seeds", packaged):
        if (path := place / f"{name}.jsonl").is_file():
            return path
    sets = sorted(p.stem for place in (folder / "seeds", packaged) for p in place.glob("*.jsonl"))
    raise SeedError(f'seeds: there is no set "{name}" in {folder / "seeds"} or {packaged}{nearest(name, sets)}')


def load(path: Path) -> list[Example]:
    """Every seed task of a file, in its order.

    Raises SeedError with file and line for a line that is not JSON, has no instruction, or has an odd field, and for a
    file that cannot be read or holds no task.
    """
    seeds = [_example(line, f"seeds {path}, line {number}") for number, line in _lines(path)]
    if not seeds:
        raise SeedError(f"seeds {path}: the file holds no task")
    return seeds


def _lines(path: Path) -> list[tuple[int, Any]]:
    """(line number, value) of every line that is not blank."""
    lines: list[tuple[int, Any]] = []
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    lines.append((number, jsonlines.Reader([line]).read()))
    except jsonlines.InvalidLineError as error:
        raise SeedError(f"seeds {path}, line {number}: not JSON: {_reason(error)}") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise SeedError(f"seeds {path}: {reason}") from None
    return lines


def _reason(error: jsonlines.InvalidLineError) -> str:
    return str(error.__cause__ or error)


def _example(line: Any, where: str) -> Example:
    if not isinstance(line, Mapping):
        raise SeedError(f"{where}: a seed is a JSON object with an instruction, not {type(line).__name__}")
    instruction = _text(line, "instruction", where)
    if not instruction.strip():
        raise SeedError(f'{where}: "instruction" is empty')
    instances = _instances(line, where)
    meta = {key: value for key, value in line.items() if key not in ("instruction", "input", "output")}
    if len(instances) < 2 and all(instance.keys() <= {"input", "output"} for instance in instances):
        meta.pop("instances", None)
    first = instances[0] if instances else {}
    return Example(
        instruction=instruction,
        input=_text(first, "input", where, ""),
        output=_text(first, "output", where, ""),
        meta=meta,
    )


def _instances(line: Mapping[str, Any], where: str) -> Sequence[Mapping[str, Any]]:
    """The instances as dicts; a flat row is its own and only one."""
    if "instances" not in line:
        return [line]
    instances = line["instances"]
    if not isinstance(instances, list) or not all(isinstance(i, Mapping) for i in instances):
        raise SeedError(f'{where}: "instances" must be a list of {{"input", "output"}}')
    return instances


def _text(line: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = line.get(key, default)
    if value is None:
        raise SeedError(f'{where}: "{key}" is missing')
    if not isinstance(value, str):
        raise SeedError(f'{where}: "{key}" must be text, not {value!r}')
    return value
