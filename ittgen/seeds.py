"""Seed files, and other people's datasets, read row by row: JSONL, or one JSON array. What a row means is `formats`'.

A file holds tasks (the Self-Instruct form, flat seeds, Alpaca), or ShareGPT conversations, or messages; all of its rows
have the form of the first one.
"""

import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonlines

from ittgen.errors import SeedError, nearest
from ittgen.formats import KEYS, Form, example_of, form_of
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
    """Every task of a file, in its order.

    Raises SeedError with file and line, or row of a JSON array, for what is not JSON, has no instruction, an odd field
    or another form than the first, and for a file that cannot be read or holds no task.
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
    """(line or row from 1, its task or what is wrong with it) of every line that is not blank, or row of an array.

    Raises SeedError when the file cannot be read, or begins as a JSON array and is none.
    """
    form: Form | None = None
    for number, where, value in _values(path):
        try:
            row = _stored(value, where)
            form, found = _form(row, form, where)
            yield number, example_of(row, found, where)
        except SeedError as error:
            yield number, error


def _form(row: Any, file: Form | None, where: str) -> tuple[Form, Form]:
    """(the file's form, the row's), which must be the same one. Raises SeedError."""
    found = form_of(row, where)
    if file is None or found == file:
        return found, found
    if KEYS[file] in row:
        return file, file
    raise SeedError(f'{where}: a row of "{KEYS[found]}" in a file whose rows have "{KEYS[file]}"; make two files of it')


def _values(path: Path) -> Iterator[tuple[int, str, Any]]:
    """(number, where it is, value or what is wrong with it) of each line or item."""
    try:
        content = path.read_bytes().removeprefix(BOM_UTF8)
    except OSError as error:
        raise SeedError(f"seeds {path}: {error.strerror}") from None
    if content.lstrip().startswith(b"["):
        for number, value in enumerate(_array(content, path), 1):
            yield number, f"seeds {path}, row {number}", value
        return
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            where = f"seeds {path}, line {number}"
            yield number, where, _line(line, where)


def _array(content: bytes, path: Path) -> list[Any]:
    try:
        rows: list[Any] = json.loads(content.decode())
    except json.JSONDecodeError as error:
        raise SeedError(f"seeds {path}, line {error.lineno}: not JSON: {error.msg}, column {error.colno}") from None
    except UnicodeDecodeError:
        raise SeedError(f"seeds {path}: not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise SeedError(f"seeds {path}: no JSON that can be read: {error}") from None
    return rows


def _line(line: bytes, where: str) -> Any:
    try:
        return jsonlines.Reader([line.decode()]).read()
    except jsonlines.InvalidLineError as error:
        return SeedError(f"{where}: not JSON: {error.__cause__ or error}")
    except UnicodeDecodeError:
        return SeedError(f"{where}: not UTF-8")
    except (ValueError, RecursionError) as error:
        return SeedError(f"{where}: no JSON that can be read: {error}")


def _stored(value: Any, where: str) -> Any:
    """The value itself. Raises SeedError for what cannot be hashed and stored: NaN, half a surrogate pair."""
    if isinstance(value, SeedError):
        raise value
    try:
        canonical(value).encode()
    except (ValueError, RecursionError) as error:
        raise SeedError(f"{where}: no text or number that can be stored: {error}") from None
    return value
