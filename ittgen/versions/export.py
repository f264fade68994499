"""Rows in the shapes that trainers read, streamed to one file. Knows examples, not versions.

alpaca      a JSON array of {"instruction", "input", "output", "system" where there is one};
            cannot hold: reasoning, further turns, scores, provenance
sharegpt    a JSON array of {"conversations": [{"from": "system" | "human" | "gpt", "value"}, …]};
            cannot hold: where the instruction ends and the input begins, reasoning, scores, provenance
messages    the same as JSONL of {"messages": [{"role": "system" | "user" | "assistant", "content"}, …]}

Each row has the fields of `meta` beside these, and first of all every field that its row had in the file it was read
from, as it was: such a field that bears the name of one of ours above is found under "fields".
"""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import Any, BinaryIO

from ittgen.errors import UsageError, VersionError, nearest
from ittgen.formats import FIELDS, SPEAKERS, our_fields, own_fields, turn_fields
from ittgen.records import Example
from ittgen.versions.files import sync, sync_folder
from ittgen.versions.rows import conversation

Row = dict[str, Any]


def export(examples: Iterable[Example], format: str, path: Path, *, force: bool = False) -> int:
    """Write the examples to `path` and return how many there were; the file appears whole or not at all.

    Raises UsageError for a format that is not known, VersionError when the file exists (unless `force`) or cannot be
    written.
    """
    if format not in FORMATS:
        raise UsageError(f'there is no format "{format}"{nearest(format, list(FORMATS))}')
    if path.exists() and not force:
        raise VersionError(f"{path} exists; name another file, or overwrite it with --force (in Python: force=True)")
    place = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with place.open("xb") as file:
            count = _write(file, FORMATS[format](examples))
        place.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise VersionError(f"cannot write {path}: {error.strerror or error}; name another file") from None
    finally:
        place.unlink(missing_ok=True)
    return count


def _write(file: BinaryIO, pieces: Iterable[tuple[str, int]]) -> int:
    count = 0
    for text, rows in pieces:
        file.write(text.encode())
        count += rows
    sync(file)
    return count


def alpaca(examples: Iterable[Example]) -> Iterator[tuple[str, int]]:
    """(piece of the file, rows in it)."""
    return _array(_with_fields(_task(example), example) for example in examples)


def sharegpt(examples: Iterable[Example]) -> Iterator[tuple[str, int]]:
    """(piece of the file, rows in it)."""
    return _array(_with_fields({"conversations": _turns(example, _spoken)}, example) for example in examples)


def messages(examples: Iterable[Example]) -> Iterator[tuple[str, int]]:
    """(piece of the file, rows in it)."""
    for example in examples:
        yield _text(_with_fields({"messages": _turns(example, dict)}, example)) + "\n", 1


def _array(rows: Iterable[Row]) -> Iterator[tuple[str, int]]:
    between = "[\n"
    for row in rows:
        yield between + _text(row), 1
        between = ",\n"
    yield ("[]\n" if between == "[\n" else "\n]\n"), 0


def _text(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False)


def _task(example: Example) -> Row:
    system = {"system": example.system} if example.system else {}
    return {"instruction": example.instruction, "input": example.input, "output": example.output, **system}


def _turns(example: Example, spell: Callable[[Row], Row]) -> list[Row]:
    """Every turn with the further fields it was read with; those stand for system, user, assistant and later turns."""
    more = chain(turn_fields(example)[0 if example.system else 1 :], repeat({}))
    return [spell(turn) | dict(extra) for turn, extra in zip(conversation(example), more, strict=False)]


def _spoken(turn: Row) -> Row:
    return {"from": SPEAKERS[turn["role"]], "value": turn["content"]}


def _with_fields(row: Row, example: Example) -> Row:
    """The row with what else is known of it: the fields it came with, or else ours.

    A field whose name the row needs goes under "fields", unless it was empty or says the same.
    """
    own = own_fields(example)
    free = {key: value for key, value in {**our_fields(example), **own}.items() if key not in row}
    taken = {key: value for key, value in own.items() if key in row and value and value != row[key]}
    name = FIELDS
    while name in free:
        name += "_"
    return {**row, **free, **({name: taken} if taken else {})}


FORMATS: dict[str, Callable[[Iterable[Example]], Iterator[tuple[str, int]]]] = {
    "alpaca": alpaca,
    "sharegpt": sharegpt,
    "messages": messages,
}
