"""Rows in the shapes that trainers read, streamed to one file. Knows examples, not versions.

alpaca      a JSON array of {"instruction", "input", "output", and the fields of meta, such as a seed's "category"};
            cannot hold: system, reasoning, further turns, scores, provenance
messages    JSONL of {"messages": [system?, user, assistant, further turns]}; the user's is instruction, blank line,
            input; cannot hold: where the instruction ends and the input begins, reasoning, scores, meta, provenance
"""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ittgen.errors import UsageError, VersionError, nearest
from ittgen.records import Example
from ittgen.versions.files import sync, sync_folder
from ittgen.versions.rows import conversation


def export(examples: Iterable[Example], format: str, path: Path, *, force: bool = False) -> int:
    """Write the examples to `path` and return how many there were; the file appears whole or not at all.

    Raises UsageError for a format that is not known, VersionError when the file exists (unless `force`) or cannot be
    written.
    """
    if format not in FORMATS:
        raise UsageError(f'there is no format "{format}"{nearest(format, list(FORMATS))}')
    if path.exists() and not force:
        raise VersionError(f"{path} exists; name another file, or overwrite it with force")
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
    between = "[\n"
    for example in examples:
        row = {"instruction": example.instruction, "input": example.input, "output": example.output}
        yield between + json.dumps(row | {k: v for k, v in example.meta.items() if k not in row}, ensure_ascii=False), 1
        between = ",\n"
    yield ("[]\n" if between == "[\n" else "\n]\n"), 0


def messages(examples: Iterable[Example]) -> Iterator[tuple[str, int]]:
    """(piece of the file, rows in it)."""
    for example in examples:
        yield json.dumps({"messages": conversation(example)}, ensure_ascii=False) + "\n", 1


FORMATS: dict[str, Callable[[Iterable[Example]], Iterator[tuple[str, int]]]] = {"alpaca": alpaca, "messages": messages}
