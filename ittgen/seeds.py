"""Seed files become examples: one JSON line a task, in the Self-Instruct form or flat.

    {"id", "name"?, "instruction", "instances": [{"input", "output"}, …], "is_classification"}
    {"instruction", "input"?, "output"?}

The first instance becomes the example's input and output. Every other field of the line is kept in `meta`, so that
nothing a seed file says is lost: {"id", "name", "is_classification", "instances" (where they hold more than that), …}.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonlines

from ittgen.errors import SeedError, nearest
from ittgen.records import Example
from ittgen.text import canonical


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
    seeds = []
    for _, seed in numbered(path):
        if isinstance(seed, SeedError):
            raise seed
        seeds.append(seed)
    if not seeds:
        raise SeedError(f"seeds {path}: the file holds no task")
    return seeds


def numbered(path: Path) -> Iterator[tuple[int, Example | SeedError]]:
    """(line number from 1, its seed task or what is wrong with it) of every line that is not blank.

    Raises SeedError when the file cannot be read.
    """
    try:
        lines = path.read_bytes().removeprefix(BOM_UTF8).split(b"\n")
    except OSError as error:
        raise SeedError(f"seeds {path}: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _seed(line, f"seeds {path}, line {number}")


def _seed(line: bytes, where: str) -> Example | SeedError:
    try:
        return _example(_json(line, where), where)
    except SeedError as error:
        return error


def _json(line: bytes, where: str) -> Any:
    """The line's value. Raises SeedError for what cannot be hashed and stored either: NaN, half a surrogate pair."""
    try:
        value = jsonlines.Reader([line.decode()]).read()
        canonical(value).encode()
    except jsonlines.InvalidLineError as error:
        raise SeedError(f"{where}: not JSON: {error.__cause__ or error}") from None
    except UnicodeDecodeError:
        raise SeedError(f"{where}: not UTF-8") from None
    except ValueError as error:
        raise SeedError(f"{where}: no text or number that can be stored: {error}") from None
    return value


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
    pairs = [(_text(one, "input", where, ""), _text(one, "output", where, "")) for one in instances]
    given, output = pairs[0] if pairs else ("", "")
    return Example(instruction, given, output, meta=meta)


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
